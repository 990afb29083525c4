import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, globSync, linkSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { listFiles, PackageManager } from "@vscode/vsce";
import { describe, it } from "mocha";
import { README } from "../../scripts/package.ts";

/** All files of a packaged extension: programs, what they show, and what a person reads; no source, no test, one SQLite binary. */
const PACKAGED = [
	"CHANGELOG.md",
	"LICENSE",
	"client/README.md",
	"client/icons/clients-view.svg",
	"client/icons/usage-file-dark.svg",
	"client/icons/usage-file-light.svg",
	"client/icons/usage-report.png",
	"client/syntaxes/language-configuration.json",
	"client/syntaxes/usage-report.tmLanguage.json",
	"client/walkthrough/clients.svg",
	"client/walkthrough/export.svg",
	"client/walkthrough/limit.svg",
	"client/walkthrough/own-client.svg",
	"client/walkthrough/preview.svg",
	"client/walkthrough/report.svg",
	"client/walkthrough/samples.svg",
	"client/walkthrough/what-if.svg",
	"dist/better-sqlite3.cjs",
	"dist/client.cjs",
	"dist/exceljs.cjs",
	"dist/native/better_sqlite3.node",
	"dist/server.cjs",
	"dist/third-party-licences.txt",
	"dist/webviews/preview.css",
	"dist/webviews/preview.js",
	"dist/webviews/report-print.css",
	"dist/webviews/report.css",
	"dist/webviews/report.js",
	"dist/worker.cjs",
	"docs/configuration.md",
	"docs/data-sources.md",
	"docs/decision-table.md",
	"docs/diagnostics.md",
	"docs/editors.md",
	"docs/history.md",
	"docs/language-server.md",
	"docs/privacy.md",
	"docs/settings-script.md",
	"docs/usage-report.md",
	"l10n/bundle.l10n.de.json",
	"l10n/bundle.l10n.json",
	"package.json",
	"package.nls.de.json",
	"package.nls.json",
	"samples/.vscode/settings.json",
	"samples/README.md",
	"samples/granmora-timber/data/mill-machines.txt",
	"samples/granmora-timber/data/mill-software.txt",
	"samples/granmora-timber/data/office-apps.csv",
	"samples/granmora-timber/data/office-devices.csv",
	"samples/granmora-timber/data/usage-log.db",
	"samples/granmora-timber/granmora-timber.usage.yaml",
	"samples/granmora-timber/mills.usage.yaml",
	"samples/granmora-timber/offices.usage.yaml",
	"samples/saint-alverne/data/accesses.csv",
	"samples/saint-alverne/data/laboratoires.db",
	"samples/saint-alverne/data/logiciels.csv",
	"samples/saint-alverne/data/postes.csv",
	"samples/saint-alverne/laboratories.usage.yaml",
	"samples/saint-alverne/saint-alverne.usage.yaml",
	"samples/saint-alverne/wards.usage.yaml",
	"samples/wexcombe-hale/data/dublin.db",
	"samples/wexcombe-hale/data/london-devices.csv",
	"samples/wexcombe-hale/data/london-installs.csv",
	"samples/wexcombe-hale/data/london-metering.csv",
	"samples/wexcombe-hale/data/weekly-usage.csv",
	"samples/wexcombe-hale/dublin.usage.yaml",
	"samples/wexcombe-hale/london.usage.yaml",
	"samples/wexcombe-hale/wexcombe-hale.usage.yaml",
];

describe("package", () => {
	it("holds exactly the files that the extension needs (after a build)", async () => {
		const project = linkProject();
		try {
			// The published types don't know `readmePath`, which the packaging itself passes on in the same way.
			const options = { cwd: project, packageManager: PackageManager.None, readmePath: README };
			const files = await listFiles(options);
			assert.deepEqual([...files].sort(), PACKAGED);
		} finally {
			rmSync(project, { recursive: true, force: true });
		}
	}).timeout(180_000);
});

/** The project without what is installed, downloaded or left by tests: looking through all that would take half a minute. */
function linkProject(): string {
	mkdirSync("out/test", { recursive: true });
	const folder = mkdtempSync(join("out/test", "package-"));
	const own = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" }).split("\0");
	for (const file of [...own, ...globSync("dist/**/*.*")]) {
		if (file === "" || !existsSync(file)) continue;
		mkdirSync(dirname(join(folder, file)), { recursive: true });
		linkSync(file, join(folder, file));
	}
	return folder;
}
