import assert from "node:assert/strict";
import fc from "fast-check";
import { civilDateOf, dayNumberOf, formatDay, parseDay } from "../../../core/dates/day-number.ts";

describe("calendar days", () => {
	const CASES: readonly (readonly [text: string, day: number | null])[] = [
		["1970-01-01", 0],
		["1969-12-31", -1],
		["1970-02-01", 31],
		["2000-02-29", 11016],
		["2026-11-04", 20761],
		["0001-01-01", -719162],
		["9999-12-31", 2932896],
		["0000-12-31", null],
		["1900-02-29", null],
		["2026-02-29", null],
		["2026-02-30", null],
		["2026-04-31", null],
		["2026-13-01", null],
		["2026-00-10", null],
		["2026-01-00", null],
		["2026-1-1", null],
		["2026/01/01", null],
		["2026-01-01T00:00", null],
		["", null],
	];
	for (const [text, day] of CASES) {
		it(`reads ${JSON.stringify(text)} as ${day}`, () => {
			assert.equal(parseDay(text), day);
			if (day !== null) assert.equal(formatDay(day), text);
		});
	}

	it("agrees with the platform's calendar on every day of years 1 to 9999, both ways", () => {
		fc.assert(
			fc.property(fc.integer({ min: -719162, max: 2932896 }), (day) => {
				const date = new Date(day * 86_400_000);
				const civil = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
				assert.deepEqual(civilDateOf(day), civil);
				assert.equal(dayNumberOf(civil.year, civil.month, civil.day), day);
			}),
			{ numRuns: 2000 },
		);
	});
});
