import assert from "node:assert/strict";
import { formatInstant, parseInstant, utcDayOf } from "../../../core/dates/instant.ts";

describe("instants", () => {
	const CASES: readonly (readonly [text: string, instant: string | null])[] = [
		["2026-11-04T21:00:00Z", "2026-11-04T21:00:00Z"],
		["2026-11-04 21:00", "2026-11-04T21:00:00Z"],
		["2026-11-04", "2026-11-04T00:00:00Z"],
		["2026-11-04T21:00:00.999Z", "2026-11-04T21:00:00Z"],
		["2026-11-04T21:00:00+13:00", "2026-11-04T08:00:00Z"],
		["2026-11-04T21:00:00-0330", "2026-11-05T00:30:00Z"],
		["2026-11-04T21:00+13", "2026-11-04T08:00:00Z"],
		["1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"],
		["2026-02-30", null],
		["2026-11-04T24:00:00Z", null],
		["2026-11-04T21:60:00Z", null],
		["2026-11-04T21:00:60Z", null],
		["2026-11-04T21:00:00+19:00", null],
		["2026-11-04T21:00:00+13:60", null],
		["2026-11-04T", null],
		["yesterday", null],
		["", null],
	];
	for (const [text, instant] of CASES) {
		it(`reads ${JSON.stringify(text)} as ${instant}`, () => {
			const parsed = parseInstant(text);
			assert.equal(parsed === null ? null : formatInstant(parsed), instant);
		});
	}

	it("lies on the UTC day before 1970-01-01 just before it", () => {
		assert.equal(utcDayOf(-1), -1);
		assert.equal(utcDayOf(0), 0);
	});
});
