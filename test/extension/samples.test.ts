import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "mocha";
import { commitFolder } from "../../client/commands/commit-folder.ts";
import { freeFolderName } from "../../client/commands/sample-folders.ts";

describe("samples", () => {
	for (const { taken, name } of [
		{ taken: [], name: "samples" },
		{ taken: ["other"], name: "samples" },
		{ taken: ["Samples"], name: "samples-2" },
		{ taken: ["samples", "samples-2", "samples-4"], name: "samples-3" },
	]) {
		it(`come into ${name} beside [${taken.join(" ")}]`, () => {
			assert.equal(freeFolderName("samples", taken), name);
		});
	}

	it("get a history of their own, also within a repository, which stays as it is", async () => {
		const outer = mkdtempSync(join(tmpdir(), "usage-report-samples-"));
		const git = (folder: string, ...args: readonly string[]) => execFileSync("git", args, { cwd: folder, encoding: "utf8" }).trim();
		try {
			git(outer, "init", "--quiet");
			const inner = join(outer, "samples");
			mkdirSync(inner);
			writeFileSync(join(inner, "a.usage.yaml"), "kind: project\r\ntitle: A\r\n");
			assert.deepEqual(await commitFolder(inner, "Samples"), { made: true });
			assert.equal(git(inner, "log", "--format=%s"), "Samples");
			assert.equal(git(inner, "show", "HEAD:a.usage.yaml"), "kind: project\r\ntitle: A");
			assert.throws(() => execFileSync("git", ["rev-parse", "HEAD"], { cwd: outer, stdio: "pipe" }));
		} finally {
			rmSync(outer, { recursive: true, force: true });
		}
	}).timeout(120_000);

	it("stay without a history where that fails, and it is said why", async () => {
		const outcome = await commitFolder(join(tmpdir(), "usage-report-there-is-none"), "Samples");
		assert.equal(outcome.made, false);
		assert.ok(!outcome.made && outcome.why !== "");
	});
});
