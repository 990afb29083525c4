import assert from "node:assert/strict";
import { createProgressLine, withProgressLine } from "../../cli/progress.ts";
import { makeFolder, runCli, SMALL_CLIENT } from "./cli-support.ts";

describe("a command line as a whole", () => {
	const broken = { write: () => Promise.reject(new Error("a fault of the program")), failure: () => null, columns: null, colours: false };

	it("tells of a failure of the program without a stack trace", async () => {
		const { exitCode, stderr } = await runInClient(["check"], { stdout: broken });
		assert.equal(exitCode, 2);
		assert.equal(
			stderr,
			"usage-report: an unexpected failure: a fault of the program\nRun the same again with --verbose for the details.\n",
		);
	});

	it("and with one when --verbose asks for it", async () => {
		const { exitCode, stderr } = await runInClient(["check", "--verbose"], { stdout: broken });
		assert.equal(exitCode, 2);
		assert.match(stderr, /^usage-report: an unexpected failure: a fault of the program\nError: a fault of the program\n {4}at /);
	});

	for (const line of [
		"check",
		"categorize floor.usage.yaml",
		"categorize floor.usage.yaml --out result.xlsx",
		"report",
		"report --out result.xlsx",
	]) {
		it(`${line}: cancelled before it begins`, async () => {
			const { exitCode, stdout, stderr } = await runInClient(line.split(" "), { signal: AbortSignal.abort() });
			assert.deepEqual({ exitCode, stdout, stderr }, { exitCode: 130, stdout: "", stderr: "usage-report: cancelled.\n" });
		});
	}

	for (const { name, taken, last } of [
		{ name: "until its end", taken: 12, last: 11 },
		{ name: "until it is given up", taken: 11, last: 10 },
	]) {
		it(`a long output shows on a terminal how far it is ${name}, and wipes the line`, () => {
			const written: string[] = [];
			const stderr = { write: async (text: string) => written.push(text) > 0, failure: () => null, columns: 60, colours: true };
			const io = { stderr } as unknown as Parameters<typeof withProgressLine>[0];
			const texts = Array.from({ length: 12 }, (_, index) => ({ text: String(index), rows: 1000 }));
			let looks = 0;
			let count = 0;
			let newest = "";
			for (const text of withProgressLine(io, texts, 12_000, () => 80 * looks++)) {
				newest = text;
				if (++count === taken) break;
			}
			assert.equal(newest, String(last));
			assert.deepEqual(written, ["\r\u001B[KWriting: 10,000 of 12,000 installations", "\r\u001B[K"]);
		});
	}

	it("progress appears on a terminal after a while, a few times a second, and is wiped", async () => {
		const written: string[] = [];
		let nowMs = 0;
		const stderr = { write: async (text: string) => written.push(text) > 0, failure: () => null, columns: 29, colours: true };
		const progress = createProgressLine({ stderr } as unknown as Parameters<typeof createProgressLine>[0], () => nowMs);
		for (const [atMs, rows] of [
			[100, 1000],
			[900, 9000],
			[1000, 10000],
			[1200, 12000],
		] as const) {
			nowMs = atMs;
			progress.onProgress({ sourceName: "installs", rows, bytes: null, totalBytes: null });
		}
		await progress.end();
		assert.deepEqual(written, ["\r\u001B[KReading installs: 9,000 rows", "\r\u001B[KReading installs: 12,000 ro…", "\r\u001B[K"]);
	});

	it("progress stays silent where there is no terminal", async () => {
		const written: string[] = [];
		const stderr = { write: async (text: string) => written.push(text) > 0, failure: () => null, columns: null, colours: false };
		let nowMs = 0;
		const progress = createProgressLine({ stderr } as unknown as Parameters<typeof createProgressLine>[0], () => nowMs);
		nowMs = 5000;
		progress.onProgress({ sourceName: "installs", rows: 1, bytes: null, totalBytes: null });
		await progress.end();
		assert.deepEqual(written, []);
	});
});

async function runInClient(argv: readonly string[], overrides: Parameters<typeof runCli>[2]) {
	const { folder, remove } = makeFolder(SMALL_CLIENT);
	try {
		return await runCli(argv, folder, overrides);
	} finally {
		remove();
	}
}
