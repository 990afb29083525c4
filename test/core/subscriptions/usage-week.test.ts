import assert from "node:assert/strict";
import { formatInstant, parseInstant } from "../../../core/dates/instant.ts";
import { startOfWeek, weekOf } from "../../../core/subscriptions/usage-week.ts";

describe("usage weeks", () => {
	const cases = [
		{ what: "the beginning belongs to its week", instant: "2026-11-04T21:00:00Z", start: "2026-11-04T21:00:00Z" },
		{ what: "one millisecond before it does not", instant: "2026-11-04T20:59:59.999Z", start: "2026-10-28T21:00:00Z" },
		{ what: "the last millisecond", instant: "2026-11-11T20:59:59.999Z", start: "2026-11-04T21:00:00Z" },
		{ what: "in the middle", instant: "2026-11-08T03:04:05Z", start: "2026-11-04T21:00:00Z" },
		{ what: "across the turn of the year", instant: "2026-01-03T00:00:00Z", start: "2025-12-31T21:00:00Z" },
		{ what: "New Year's Eve, a Wednesday, before 21:00", instant: "2025-12-31T20:59:59.999Z", start: "2025-12-24T21:00:00Z" },
		{ what: "on a leap day", instant: "2028-02-29T12:00:00Z", start: "2028-02-23T21:00:00Z" },
		{ what: "the Wednesday after a leap day", instant: "2028-03-01T21:00:00Z", start: "2028-03-01T21:00:00Z" },
		{ what: "British summer time: 22:00 there", instant: "2026-07-01T22:00:00+01:00", start: "2026-07-01T21:00:00Z" },
		{ what: "British summer time: 21:59 there", instant: "2026-07-01T21:59:59+01:00", start: "2026-06-24T21:00:00Z" },
		{ what: "the week in which British summer time ends", instant: "2026-10-25T03:00:00Z", start: "2026-10-21T21:00:00Z" },
		{ what: "week 0", instant: "1970-01-01T00:00:00Z", start: "1969-12-31T21:00:00Z" },
		{ what: "before week 0", instant: "1969-12-31T20:59:59.999Z", start: "1969-12-24T21:00:00Z" },
	];
	for (const { what, instant, start } of cases) {
		it(what, () => {
			assert.equal(formatInstant(startOfWeek(weekOf(instantOf(instant)))), start);
		});
	}

	it("numbers consecutive weeks consecutively, over year change, leap day and clock changes", () => {
		const first = weekOf(instantOf("2027-12-01T21:00:00Z"));
		const starts = ["2027-12-29T21:00:00Z", "2028-01-05T21:00:00Z", "2028-02-23T21:00:00Z", "2028-03-01T21:00:00Z", "2028-03-29T21:00:00Z"];
		assert.deepEqual(
			starts.map((start) => weekOf(instantOf(start)) - first),
			[4, 5, 12, 13, 17],
		);
	});
});

function instantOf(text: string): number {
	const instant = parseInstant(text);
	assert.notEqual(instant, null, text);
	return instant!;
}
