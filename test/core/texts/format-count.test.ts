import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { formatCounted, formatDifference, joinFirstWords, joinWords } from "../../../core/texts/format-count.ts";

describe("numbers and lists in sentences", () => {
	for (const [count, expected] of [
		[0, "0 days"],
		[1, "1 day"],
		[-1, "-1 day"],
		[2, "2 days"],
		[1204, "1,204 days"],
	] as const) {
		it(`count ${expected}`, () => assert.equal(formatCounted(count, "day"), expected));
	}

	for (const [difference, expected] of [
		[0, "0"],
		[1204, "+1,204"],
		[-87, "−87"],
	] as const) {
		it(`show the difference ${expected}`, () => assert.equal(formatDifference(difference), expected));
	}

	for (const [words, expected] of [
		[[], ""],
		[["a"], "a"],
		[["a", "b"], "a and b"],
		[["a", "b", "c"], "a, b and c"],
	] as const) {
		it(`join ${words.length} words`, () => assert.equal(joinWords(words), expected));
	}

	for (const [count, expected] of [
		[5, "1, 2, 3, 4 and 5"],
		[6, "1, 2, 3, 4, 5 and 1 other"],
		[1209, "1, 2, 3, 4, 5 and 1,204 others"],
	] as const) {
		it(`join the first of ${count} words`, () => {
			const words = Array.from({ length: count }, (_, index) => String(index + 1));
			assert.equal(joinFirstWords(words), expected);
		});
	}
});
