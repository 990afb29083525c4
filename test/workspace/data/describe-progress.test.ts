import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { LoadProgress } from "../../../core/loading/loaded.ts";
import { addUpBytes, createProgressDescriber } from "../../../workspace/data/describe-progress.ts";

describe("progress in words", () => {
	const MB = 1_000_000;
	const rows: readonly { at: number; bytes: number | null; total: number | null; text: string; percentage: number | null }[] = [
		{ at: 100, bytes: null, total: null, text: "installs: 1,000 rows", percentage: null },
		{ at: 100, bytes: 0, total: 0, text: "installs: 1,000 rows", percentage: null },
		{ at: 100, bytes: 10 * MB, total: 1000 * MB, text: "installs: 1,000 rows, 10 of 1,000 MB", percentage: 1 },
		{ at: 1000, bytes: 0, total: 1000 * MB, text: "installs: 1,000 rows, 0 of 1,000 MB", percentage: 0 },
		{ at: 1000, bytes: 250 * MB, total: 1000 * MB, text: "installs: 1,000 rows, 250 of 1,000 MB, about 3 s left", percentage: 25 },
		{ at: 1000, bytes: 995 * MB, total: 1000 * MB, text: "installs: 1,000 rows, 995 of 1,000 MB, about 1 s left", percentage: 99 },
		{ at: 9000, bytes: 10 * MB, total: 1000 * MB, text: "installs: 1,000 rows, 10 of 1,000 MB, about 15 min left", percentage: 1 },
		{ at: 9000, bytes: 1001 * MB, total: 1000 * MB, text: "installs: 1,000 rows, 1,001 of 1,000 MB", percentage: 100 },
	];
	for (const { at, bytes, total, text, percentage } of rows) {
		it(`${at} ms: ${text}`, () => {
			let now = 50;
			const describeProgress = createProgressDescriber(() => now);
			now += at;
			assert.deepEqual(describeProgress({ sourceName: "installs", rows: 1000, bytes, totalBytes: total }), { text, percentage });
		});
	}

	it("adds up the bytes of all sources, unless one does not tell", () => {
		const told: (readonly [string, number | null, number | null])[] = [];
		const note = ({ sourceName, bytes, totalBytes }: LoadProgress) => void told.push([sourceName, bytes, totalBytes]);
		const report = addUpBytes(30, note);
		report({ sourceName: "a", rows: 1, bytes: 5, totalBytes: 10 });
		report({ sourceName: "b", rows: 1, bytes: 7, totalBytes: 20 });
		report({ sourceName: "a", rows: 2, bytes: 10, totalBytes: 10 });
		report({ sourceName: "c", rows: 2, bytes: null, totalBytes: null });
		addUpBytes(null, note)({ sourceName: "d", rows: 1, bytes: 5, totalBytes: 10 });
		assert.deepEqual(told, [
			["a", 5, 30],
			["b", 12, 30],
			["a", 17, 30],
			["c", null, null],
			["d", null, null],
		]);
	});
});
