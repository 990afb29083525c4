import assert from "node:assert/strict";
import fc from "fast-check";
import type { DateFormat } from "../../../core/config/model.ts";
import { DATE_FORMATS, makeDateParser } from "../../../core/dates/date-format.ts";
import { civilDateOf, formatDay, parseDay } from "../../../core/dates/day-number.ts";
import { makeTimeZone } from "../../../core/dates/time-zone.ts";

/** What a cell says: null, or its day and its instant. */
type Expected = null | readonly [day: string, instant: string];

describe("date formats", () => {
	checkCells("iso", "UTC", [
		["2026-10-05", ["2026-10-05", "2026-10-05T00:00:00.000Z"]],
		["2026-10-05T14:30", ["2026-10-05", "2026-10-05T14:30:00.000Z"]],
		["2026-10-05 14:30:15", ["2026-10-05", "2026-10-05T14:30:15.000Z"]],
		["2026-10-05  14:30:15", ["2026-10-05", "2026-10-05T14:30:15.000Z"]],
		["2026-10-05t23:59:59.9999999", ["2026-10-05", "2026-10-05T23:59:59.999Z"]],
		["2026-10-05 14:30:15,5", ["2026-10-05", "2026-10-05T14:30:15.500Z"]],
		["2026-10-05T14:30:15Z", ["2026-10-05", "2026-10-05T14:30:15.000Z"]],
		["2026-10-05 14:30:15 z", ["2026-10-05", "2026-10-05T14:30:15.000Z"]],
		["2026-10-05T23:30:00-05:00", ["2026-10-06", "2026-10-06T04:30:00.000Z"]],
		["2026-10-05 00:30:00 +0100", ["2026-10-04", "2026-10-04T23:30:00.000Z"]],
		["2026-10-05T00:30+01", ["2026-10-04", "2026-10-04T23:30:00.000Z"]],
		["0001-01-01", ["0001-01-01", "0001-01-01T00:00:00.000Z"]],
		["9999-12-31T23:59:59.999", ["9999-12-31", "9999-12-31T23:59:59.999Z"]],
		["2028-02-29", ["2028-02-29", "2028-02-29T00:00:00.000Z"]],
		["2026-02-29", null],
		["2026-02-30", null],
		["2026-13-01", null],
		["2026-00-01", null],
		["2026-01-32", null],
		["0000-01-01", null],
		["10000-01-01", null],
		["0001-01-01T00:00+01:00", null],
		["9999-12-31T23:30-01:00", null],
		["2026-1-5", null],
		["26-10-05", null],
		["20261005", null],
		["2026/10/05", null],
		["05-10-2026", null],
		["2026-10-05T", null],
		["2026-10-05T14", null],
		["2026-10-05T4:30", null],
		["2026-10-05T24:00", null],
		["2026-10-05T14:60", null],
		["2026-10-05T14:30:60", null],
		["2026-10-05 02:30 PM", null],
		["2026-10-05Z", null],
		["2026-10-05T14:30+19:00", null],
		["2026-10-05T14:30 Europe/London", null],
		["2026-10-05 x", null],
		["never", null],
		["0", null],
	]);
	checkCells("iso", "Pacific/Auckland", [
		["2026-10-05", ["2026-10-05", "2026-10-04T11:00:00.000Z"]],
		["2026-10-05 23:59:59", ["2026-10-05", "2026-10-05T10:59:59.000Z"]],
		["2026-10-05T10:59:59Z", ["2026-10-05", "2026-10-05T10:59:59.000Z"]],
		["2026-10-05T11:00:00Z", ["2026-10-06", "2026-10-05T11:00:00.000Z"]],
		// Clocks skip 02:00 to 03:00, and show 02:00 to 03:00 twice.
		["2026-09-27 02:30", ["2026-09-27", "2026-09-26T14:30:00.000Z"]],
		["2026-04-05 02:30", ["2026-04-05", "2026-04-04T13:30:00.000Z"]],
	]);
	checkCells("dd/MM/yyyy", "UTC", [
		["05/10/2026", ["2026-10-05", "2026-10-05T00:00:00.000Z"]],
		["5/1/2026", ["2026-01-05", "2026-01-05T00:00:00.000Z"]],
		["31/12/2026 23:59", ["2026-12-31", "2026-12-31T23:59:00.000Z"]],
		["31/12/2026T9:05:07", ["2026-12-31", "2026-12-31T09:05:07.000Z"]],
		["31/12/2026 12:00:00 AM", ["2026-12-31", "2026-12-31T00:00:00.000Z"]],
		["31/12/2026 12:00 pm", ["2026-12-31", "2026-12-31T12:00:00.000Z"]],
		["31/12/2026 11:59:59PM", ["2026-12-31", "2026-12-31T23:59:59.000Z"]],
		["31/12/2026 11:59\u202fPM", ["2026-12-31", "2026-12-31T23:59:00.000Z"]],
		["31/12/2026 23:30 -01:00", ["2027-01-01", "2027-01-01T00:30:00.000Z"]],
		["12/31/2026", null],
		["29/02/2026", null],
		["31/04/2026", null],
		["0/1/2026", null],
		["005/10/2026", null],
		["5/10/26", null],
		["5-10-2026", null],
		["5.10.2026", null],
		["2026/10/05", null],
		["2026-10-05", null],
		["05/10/2026 0:30 AM", null],
		["05/10/2026 13:30 PM", null],
		["05/10/2026 24:00", null],
		["05/10/2026 PM", null],
		["05/10/2026 12", null],
		["05/10/2026 10:30 AM AM", null],
	]);
	checkCells("MM/dd/yyyy", "America/New_York", [
		["10/05/2026", ["2026-10-05", "2026-10-05T04:00:00.000Z"]],
		["1/5/2026 11:59:59 PM", ["2026-01-05", "2026-01-06T04:59:59.000Z"]],
		["10/05/2026 01:30:00 Z", ["2026-10-04", "2026-10-05T01:30:00.000Z"]],
		["3/8/2026 2:30 AM", ["2026-03-08", "2026-03-08T07:30:00.000Z"]],
		["11/1/2026 1:30 AM", ["2026-11-01", "2026-11-01T05:30:00.000Z"]],
		["31/12/2026", null],
		["2/29/2026", null],
		["10/5/026", null],
	]);
	checkCells("yyyy/MM/dd", "UTC", [
		["2026/10/05", ["2026-10-05", "2026-10-05T00:00:00.000Z"]],
		["2026/1/5 4:30", ["2026-01-05", "2026-01-05T04:30:00.000Z"]],
		["2026/13/05", null],
		["2026/02/29", null],
		["26/10/05", null],
		["2026-10-05", null],
		["05/10/2026", null],
	]);
	checkCells("epochSeconds", "UTC", [
		["0", ["1970-01-01", "1970-01-01T00:00:00.000Z"]],
		["-0", ["1970-01-01", "1970-01-01T00:00:00.000Z"]],
		["86399.9999", ["1970-01-01", "1970-01-01T23:59:59.999Z"]],
		["86400", ["1970-01-02", "1970-01-02T00:00:00.000Z"]],
		["-1", ["1969-12-31", "1969-12-31T23:59:59.000Z"]],
		["-0.0001", ["1969-12-31", "1969-12-31T23:59:59.999Z"]],
		["-0.5", ["1969-12-31", "1969-12-31T23:59:59.500Z"]],
		["1791158400.123", ["2026-10-05", "2026-10-05T00:00:00.123Z"]],
		["253402300799", ["9999-12-31", "9999-12-31T23:59:59.000Z"]],
		["253402300800", null],
		["-62135596800", ["0001-01-01", "0001-01-01T00:00:00.000Z"]],
		["-62135596801", null],
		["999999999999999999", null],
		["9999999999999999999999", null],
		["1e9", null],
		["1,000", null],
		["0x10", null],
		["1.", null],
		[".5", null],
		["--1", null],
		["2026-10-05", null],
	]);
	checkCells("epochSeconds", "Pacific/Auckland", [
		["1791197999", ["2026-10-05", "2026-10-05T10:59:59.000Z"]],
		["1791198000", ["2026-10-06", "2026-10-05T11:00:00.000Z"]],
	]);
	checkCells("epochMilliseconds", "UTC", [
		["1791158400123", ["2026-10-05", "2026-10-05T00:00:00.123Z"]],
		["1791158399999.9", ["2026-10-04", "2026-10-04T23:59:59.999Z"]],
		["-1", ["1969-12-31", "1969-12-31T23:59:59.999Z"]],
		["-0.1", ["1969-12-31", "1969-12-31T23:59:59.999Z"]],
		["253402300800000", null],
		["now", null],
	]);
	checkCells("excelSerial", "UTC", [
		["0", ["1899-12-30", "1899-12-30T00:00:00.000Z"]],
		["1", ["1900-01-01", "1900-01-01T00:00:00.000Z"]],
		["59", ["1900-02-28", "1900-02-28T00:00:00.000Z"]],
		["60", null],
		["60.5", null],
		["61", ["1900-03-01", "1900-03-01T00:00:00.000Z"]],
		["25569", ["1970-01-01", "1970-01-01T00:00:00.000Z"]],
		["46300", ["2026-10-05", "2026-10-05T00:00:00.000Z"]],
		["46300.5", ["2026-10-05", "2026-10-05T12:00:00.000Z"]],
		["46300.604166666664", ["2026-10-05", "2026-10-05T14:30:00.000Z"]],
		["46300.999999999999", ["2026-10-05", "2026-10-05T23:59:59.999Z"]],
		["2958465", ["9999-12-31", "9999-12-31T00:00:00.000Z"]],
		["2958466", null],
		["-1", null],
		["46300,5", null],
		["4.63e4", null],
		["2026-10-05", null],
	]);
	checkCells("excelSerial", "Europe/London", [["46204.5", ["2026-07-01", "2026-07-01T11:00:00.000Z"]]]);

	it("have a parser each, and a text that it reads back", () => {
		assert.deepEqual(Object.keys(WRITERS).sort(), [...DATE_FORMATS].sort());
	});

	it("read back every day that they write, with and without a time", () => {
		const days = fc.integer({ min: parseDay("1900-03-01")!, max: parseDay("9999-12-30")! });
		const seconds = fc.option(fc.integer({ min: 0, max: 86_399 }), { nil: null });
		fc.assert(
			fc.property(
				fc.constantFrom(...DATE_FORMATS),
				fc.constantFrom("UTC", "Asia/Kolkata", "Pacific/Honolulu"),
				days,
				seconds,
				(format, zoneName, day, second) => {
					const zone = makeTimeZone(zoneName)!;
					const instant = zone.instantOf(day, (second ?? 0) * 1000);
					assert.deepEqual(makeDateParser(format, zone)(WRITERS[format](day, second, instant)), { day, instant });
				},
			),
			{ numRuns: 2000 },
		);
	});
});

/** Writes a day, or a day and a second of it, in a format; an epoch needs the instant. */
const WRITERS: { readonly [format in DateFormat]: (day: number, second: number | null, instant: number) => string } = {
	iso: (day, second) => formatDay(day) + timeOf(second),
	"dd/MM/yyyy": (day, second) => inOrder(day, ["day", "month", "year"]) + timeOf(second),
	"MM/dd/yyyy": (day, second) => inOrder(day, ["month", "day", "year"]) + timeOf(second),
	"yyyy/MM/dd": (day, second) => inOrder(day, ["year", "month", "day"]) + timeOf(second),
	epochSeconds: (_day, _second, instant) => String(instant / 1000),
	epochMilliseconds: (_day, _second, instant) => String(instant),
	excelSerial: (day, second) => String(day + 25_569 + (second ?? 0) / 86_400),
};

function inOrder(day: number, parts: readonly ("day" | "month" | "year")[]): string {
	const civil = civilDateOf(day);
	return parts.map((part) => String(civil[part]).padStart(part === "year" ? 4 : 1, "0")).join("/");
}

function timeOf(second: number | null): string {
	return second === null ? "" : ` ${new Date(second * 1000).toISOString().slice(11, 19)}`;
}

function checkCells(format: DateFormat, zoneName: string, cells: readonly (readonly [text: string, expected: Expected])[]): void {
	describe(`${format} in ${zoneName}`, () => {
		const zone = makeTimeZone(zoneName);
		assert.ok(zone !== null);
		const parse = makeDateParser(format, zone);
		for (const [text, expected] of cells) {
			it(`reads ${JSON.stringify(text)} as ${expected === null ? "no date" : expected.join(", ")}`, () => {
				const parsed = parse(text);
				assert.deepEqual(parsed === null ? null : [formatDay(parsed.day), new Date(parsed.instant).toISOString()], expected);
			});
		}
	});
}
