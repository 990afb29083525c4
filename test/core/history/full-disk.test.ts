import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { checkHistory } from "../../../core/history/check-history.ts";
import { readLogs } from "../../../core/history/read-logs.ts";
import { storeLogs } from "../../../core/history/store-logs.ts";
import { createFixture } from "../../support/fixture-workspace.ts";
import { batchOf } from "./kill-support.ts";

const SIZE = 400;
const WRITER = join(import.meta.dirname, "store-program.ts");

describe("a history on a full disk", function () {
	this.timeout(120_000);
	if (process.platform === "win32") return;

	it("keeps what was stored when the size of files is limited", async () => {
		const fixture = createFixture({});
		try {
			// Blocks of 512 bytes: room for some batches and not for many.
			const script = `ulimit -f 1200; exec "$@"`;
			const file = fixture.path(".usage-report/history.db");
			await checkFull(["sh", "-c", script, "sh", process.execPath, WRITER, file, "w", "0", String(SIZE)], file);
			await checkGoesOn(file);
		} finally {
			fixture.dispose();
		}
	});

	it("keeps what was stored when the drive is full", async function () {
		const fixture = createFixture({});
		const drive = fixture.path("drive");
		mkdirSync(drive);
		// Only a superuser may do that, and not everywhere.
		const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=700k,mode=777", "tmpfs", drive]).status === 0;
		try {
			if (!mounted) this.skip();
			const file = join(drive, ".usage-report", "history.db");
			await checkFull([process.execPath, WRITER, file, "w", "0", String(SIZE)], file);
			const failed = await storeLogs(file, {
				project: null,
				// More than what the write-ahead log of the writer has left free.
				logs: batchOf("other", 0, 20_000),
				replaceComputed: false,
				now: Number.POSITIVE_INFINITY,
			});
			assert.equal(failed.failed && failed.code, "history/disk-full");
			spawnSync("mount", ["-o", "remount,size=8m", drive]);
			await checkGoesOn(file);
		} finally {
			if (mounted) spawnSync("umount", [drive]);
			fixture.dispose();
		}
	});
});

/** Runs a writer until the disk is full; all that it has said to be stored is there, nothing of another batch is, and the file is sound. */
async function checkFull([program = "", ...args]: readonly string[], file: string): Promise<void> {
	const { stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
	assert.equal(stderr, "");
	const lines = stdout.trim().split("\n");
	const last = lines.pop() ?? "";
	assert.match(
		last,
		/^failed history\/disk-full The history .*history\.db cannot be written: the drive is full, or a quota is used up\. Free some/,
	);
	assert.ok(lines.length > 0);
	assert.deepEqual(
		lines,
		lines.map((_, batch) => `stored ${batch}`),
	);
	const read = await readLogs(file, null);
	assert.ok(!read.failed, JSON.stringify(read));
	const found = new Set(read.logs.map((log) => JSON.stringify(log)));
	const said = lines.flatMap((_, batch) => batchOf("w", batch, SIZE));
	assert.deepEqual(
		said.filter((log) => !found.has(JSON.stringify(log))),
		[],
	);
	assert.equal(read.logs.length, said.length);
	const checked = await checkHistory(file);
	assert.equal(checked.failed ? checked.message : checked.logs, said.length);
}

/** With room again, the next run stores what this one could not. */
async function checkGoesOn(file: string): Promise<void> {
	const stored = await storeLogs(file, {
		project: null,
		logs: batchOf("other", 0, 5000),
		replaceComputed: false,
		now: Number.POSITIVE_INFINITY,
	});
	assert.equal(stored.failed ? stored.message : stored.added, 5000);
	const checked = await checkHistory(file);
	assert.ok(!checked.failed, JSON.stringify(checked));
}
