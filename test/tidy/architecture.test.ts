import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, it } from "mocha";

/** The only places that may import a package, as path prefixes; a package that is missing here may not be imported by the product. */
const HOMES: Readonly<Record<string, readonly string[]>> = {
	"@vscode-elements/elements": ["client/webviews/"],
	"@vscode/l10n": ["core/texts/translate.ts"],
	ajv: ["core/schema/"],
	"better-sqlite3": ["core/connectors/sqlite-binding.ts"],
	commander: ["cli/"],
	"csv-parse": ["core/connectors/csv.ts"],
	"csv-stringify": ["workspace/runs/results-csv.ts", "cli/"],
	"d3-array": ["client/webviews/shared/charts/"],
	"d3-shape": ["client/webviews/shared/charts/"],
	exceljs: ["core/workbook/"],
	"fastest-levenshtein": [
		"core/schema/closest-word.ts",
		"core/connectors/closest-name.ts",
		"core/loading/propose-columns.ts",
		"cli/near-names.ts",
	],
	hyparquet: ["core/connectors/parquet/"],
	"hyparquet-compressors": ["core/connectors/parquet/parquet-library.ts"],
	lit: ["client/webviews/"],
	vscode: ["client/"],
	"vscode-languageclient": ["client/"],
	"vscode-languageserver": ["server/main.ts", "server/server.ts"],
	"vscode-languageserver-protocol": ["server/", "client/"],
	"vscode-languageserver-textdocument": ["server/"],
	yaml: ["workspace/yaml/"],
	yauzl: ["core/connectors/excel/workbook-file.ts", "core/workbook/package/read-package.ts"],
	yazl: ["core/workbook/package/pack-workbook.ts"],
};

/** Packages that only a dynamic `import()` may load, because a validation must not pay for them. */
const LAZY = ["better-sqlite3", "exceljs", "hyparquet", "hyparquet-compressors", "yauzl", "yazl"];

/** The folders of `workspace/` in the order of their dependence. */
const WORKSPACE_ROOMS = ["yaml", "jobs", "data", "history", "insights", "checks", "entities", "edits", "runs"];

interface ImportSite {
	readonly file: string;
	readonly packageName: string;
	readonly typeOnly: boolean;
	readonly dynamic: boolean;
}

describe("architecture", () => {
	const sites = productFiles().flatMap(importSites);

	it("imports each package only in its own room", () => {
		const strays = sites.filter((site) => !(HOMES[site.packageName] ?? []).some((home) => site.file.startsWith(home)));
		assert.deepEqual(
			strays.map((site) => `${site.file}: ${site.packageName}`),
			[],
		);
	});

	it("gives no room to a package that nobody imports", () => {
		const imported = new Set(sites.map((site) => site.packageName));
		assert.deepEqual(
			Object.keys(HOMES).filter((name) => !imported.has(name)),
			[],
		);
	});

	it("loads heavy and native packages only when they are used", () => {
		const eager = sites.filter((site) => LAZY.includes(site.packageName) && !site.typeOnly && !site.dynamic);
		assert.deepEqual(
			eager.map((site) => `${site.file}: ${site.packageName}`),
			[],
		);
	});

	it("keeps the Node entry of the language server library in the composition root", () => {
		const strays = productFiles().filter(
			(file) =>
				readFileSync(file, "utf8").includes('"vscode-languageserver/node"') && !["server/main.ts", "server/server.ts"].includes(file),
		);
		assert.deepEqual(strays, []);
	});

	it("lets a room of workspace import only those that come before it", () => {
		const strays = productFiles().flatMap((file) => {
			const room = workspaceRoomOf(file);
			const imported = [...readFileSync(file, "utf8").matchAll(/ from "(\.[^"]*)"/g)].map((match) => join(dirname(file), match[1]!));
			return imported
				.map((other) => workspaceRoomOf(other.replaceAll("\\", "/")))
				.filter((other) => room !== "" && WORKSPACE_ROOMS.indexOf(other) > WORKSPACE_ROOMS.indexOf(room))
				.map((other) => `${file}: ${other}`);
		});
		assert.deepEqual(strays, []);
	});

	it("knows all rooms of workspace", () => {
		const rooms = new Set(
			productFiles()
				.map(workspaceRoomOf)
				.filter((room) => room !== ""),
		);
		assert.deepEqual([...rooms].sort(), [...WORKSPACE_ROOMS].sort());
	});

	it("writes files in one place, which leaves none half written", () => {
		const writers = productFiles().filter((file) =>
			/import \{[^}]*\b(?:writeFile|writeFileSync|appendFile|appendFileSync|createWriteStream|rename|renameSync)\b[^}]*\} from "node:fs/.test(
				readFileSync(file, "utf8"),
			),
		);
		// The history is SQLite's to write; its folder gets a file that keeps it out of git.
		assert.deepEqual(writers, ["core/history/open-history.ts", "core/output/move-into-place.ts"]);
	});

	it("has no mutable state at module level", () => {
		const stateful = productFiles().filter((file) => /^(?:export )?(?:let|var) /m.test(readFileSync(file, "utf8")));
		assert.deepEqual(stateful, []);
	});

	it("keeps every source file short enough to be one room", () => {
		const long = productFiles().filter((file) => !file.endsWith(".generated.ts") && readFileSync(file, "utf8").split("\n").length > 400);
		assert.deepEqual(long, []);
	});
});

/** The folder of `workspace/` that a file is in; empty for any other file. */
function workspaceRoomOf(file: string): string {
	return /^workspace\/([a-z]+)\//.exec(file)?.[1] ?? "";
}

function productFiles(): readonly string[] {
	return globSync("{core,workspace,server,client,cli}/**/*.ts")
		.map((file) => file.replaceAll("\\", "/"))
		.sort();
}

/** Imports of packages, written as `import … from "x"`, `export … from "x"`, `import "x"` or `import("x")`. */
function importSites(file: string): readonly ImportSite[] {
	const text = readFileSync(file, "utf8");
	const pattern =
		/(?:^|\n)\s*(import|export)\s+(type\s)?[^;]*?from\s*"([^".][^"]*)"|(?:^|\n)import\s*"([^".][^"]*)"|\bimport\(\s*"([^".][^"]*)"/g;
	return [...text.matchAll(pattern)]
		.map((match) => ({
			file,
			packageName: packageOf(match[3] ?? match[4] ?? match[5] ?? ""),
			typeOnly: match[2] !== undefined,
			dynamic: match[5] !== undefined,
		}))
		.filter((site) => !site.packageName.startsWith("node:"));
}

function packageOf(specifier: string): string {
	return specifier
		.split("/")
		.slice(0, specifier.startsWith("@") ? 2 : 1)
		.join("/");
}
