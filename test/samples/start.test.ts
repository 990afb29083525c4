import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../cli/cli-support.ts";

describe("the main job on the samples", function () {
	this.timeout(120_000);

	it("says everything within 100 columns and writes the Excel files that it names", () => {
		const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(ROOT, "scripts", "start.ts")], {
			cwd: ROOT,
			encoding: "utf8",
			env: { ...process.env, NO_COLOR: "1" },
		});
		assert.equal(stderr, "");
		assert.equal(status, 0);
		assert.deepEqual(
			stdout.split("\n").filter((line) => [...line].length > 100),
			[],
		);
		for (const text of [
			"as of 2026-11-05T09:00:00Z",
			"9 files checked: 5 warnings, 6 notes.",
			"Wexcombe London Computers",
			"No Device Inventory date",
			"never reported:",
			"npm run vscode",
		]) {
			assert.ok(stdout.includes(text), `it says nothing of: ${text}\n${stdout}`);
		}
		const files = [...stdout.matchAll(/^out\/\S+\.xlsx/gm)].map(([name]) => name);
		assert.equal(files.length, 7);
		for (const name of files) assert.ok(existsSync(path.join(ROOT, name)), name);
	});
});
