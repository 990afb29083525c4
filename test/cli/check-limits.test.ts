import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, it } from "mocha";
import { commitAll } from "../support/git-repository.ts";
import { makeFolder, runCli, SMALL_CLIENT } from "./cli-support.ts";

const INSTANCE = SMALL_CLIENT["floor.usage.yaml"]!;

const SETTINGS = `dataSources:
  - { name: deployed, provides: settings, type: csv, path: settings.csv }
`;

interface Checked {
	readonly code: string;
	readonly message: string;
	readonly related: readonly { readonly file: string; readonly range: { readonly start: { readonly line: number } } }[];
}

describe("check: limits beside their history", () => {
	async function checkChanged(files: Readonly<Record<string, string>>, committed: boolean): Promise<Checked | undefined> {
		const { folder, remove } = makeFolder({ ...SMALL_CLIENT, ...files });
		try {
			if (committed) commitAll(folder);
			writeFileSync(
				path.join(folder, "floor.usage.yaml"),
				(files["floor.usage.yaml"] ?? INSTANCE).replace("UsedCategoryLimit: 30", "UsedCategoryLimit: 45"),
			);
			const { stdout, exitCode } = await runCli(["check", "floor.usage.yaml", "--format", "json"], folder);
			assert.equal(exitCode, 1);
			const { files: checked } = JSON.parse(stdout) as { readonly files: readonly { readonly problems: readonly Checked[] }[] };
			const impact = await runCli(
				["impact", "floor.usage.yaml", "--from", committed ? "committed" : "deployed", "--format", "json"],
				folder,
			);
			const changed = checked[0]?.problems.find(({ code }) => code === "limits/changed");
			const { moved } = JSON.parse(impact.stdout) as { readonly moved: number };
			assert.equal(moved, 1);
			assert.match(changed?.message ?? "", /: 1 installation becomes Used instead of Rarely Used/);
			return changed;
		} finally {
			remove();
		}
	}

	it("tells the numbers of impact, since the last commit", async () => {
		const changed = await checkChanged({}, true);
		assert.deepEqual(changed?.related[0]?.file, "floor.usage.yaml");
	});

	it("leads to the row of the deployed settings", async () => {
		const settings = [
			"title,name,value",
			"Corvane Floor,InstallDateCutOffLimit,7",
			'"Flo\nor",Theme,dark',
			"Corvane Floor,UsedCategoryLimit,30",
			"Corvane Floor,UnusedCategoryLimit,90",
			"",
		];
		const changed = await checkChanged(
			{ "floor.usage.yaml": INSTANCE.replace("dataSources:\n", SETTINGS), "settings.csv": settings.join("\n") },
			false,
		);
		assert.deepEqual([changed?.related[0]?.file, changed?.related[0]?.range.start.line], ["settings.csv", 5]);
	});
});
