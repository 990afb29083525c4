import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { checkBeyondRetention } from "../../../../core/config/limit-rules/limits-beyond-retention.ts";
import { checkMarked, type Days, findIn } from "./limit-checks.ts";

const [I, U, N] = ["InstallDateCutOffLimit", "UsedCategoryLimit", "UnusedCategoryLimit"];

describe("limits/beyond-retention", () => {
	for (const { now, usage = null, install = null, marked } of [
		{ now: [7, 30, 90], marked: [] },
		{ now: [7, 30, 90], usage: [90, 50], install: [7, 50], marked: [] },
		{ now: [7, 30, 90], usage: [89, 50], marked: [N] },
		{ now: [7, 30, 90], usage: [89, 49], marked: [] },
		{ now: [7, 30, 90], usage: [31, 50], marked: [N] },
		{ now: [7, 30, 90], usage: [30, 50], marked: [U, N] },
		{ now: [7, 30, 90], usage: [0, 5000], marked: [U, N] },
		{ now: [7, 30, 90], install: [6, 50], marked: [I] },
		{ now: [7, 30, 90], install: [6, 49], marked: [] },
		{ now: [0, 30, 90], install: [0, 50], marked: [] },
		{ now: [7, 30, 90], usage: [400, 50], install: [400, 50], marked: [] },
	] as readonly Row[]) {
		it(`${now}: usage ${usage}, installs ${install}: ${marked.join(", ") || "nothing"}`, () =>
			checkMarked(checkBeyondRetention, { now, retention: { usage: toOldest(usage), install: toOldest(install) } }, marked));
	}

	it("tells nothing of what is not known", () => checkMarked(checkBeyondRetention, { now: [7, 30, 90], retention: null }, []));

	it("says which category is out of reach, and why", () => {
		const retention = { usage: { ageDays: 30, dates: 1204 }, install: { ageDays: 1, dates: 60 } };
		assert.deepEqual(
			findIn(checkBeyondRetention, { now: [7, 30, 90], retention }).map(({ message }) => message),
			[
				"`InstallDateCutOffLimit` is 7 days, but install dates in the linked data go back only 1 day before End of Sync (the oldest of 60 dates): nothing can become Unused by its install date.",
				"`UsedCategoryLimit` is 30 days, but usage dates in the linked data go back only 30 days before End of Sync (the oldest of 1,204 dates): whatever was ever used is Used, and nothing can become Rarely Used.",
				"`UnusedCategoryLimit` is 90 days, but usage dates in the linked data go back only 30 days before End of Sync (the oldest of 1,204 dates): nothing that was ever used can become Unused.",
			],
		);
	});
});

interface Row {
	readonly now: Days;
	/** Age of the oldest date, and how many there are. */
	readonly usage?: readonly [age: number, dates: number] | null;
	readonly install?: readonly [age: number, dates: number] | null;
	readonly marked: readonly string[];
}

function toOldest(oldest: Row["usage"]): { readonly ageDays: number; readonly dates: number } | null {
	return oldest == null ? null : { ageDays: oldest[0], dates: oldest[1] };
}
