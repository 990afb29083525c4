import assert from "node:assert/strict";
import fc from "fast-check";
import type { DateFormat } from "../../../core/config/model.ts";
import type { Cell } from "../../../core/connectors/connector.ts";
import { DATE_FORMATS, makeDateParser } from "../../../core/dates/date-format.ts";
import { formatDay, NO_DAY } from "../../../core/dates/day-number.ts";
import { makeTimeZone } from "../../../core/dates/time-zone.ts";
import { readText } from "../../../core/loading/cells.ts";
import { makeDayReader, NOT_A_DAY } from "../../../core/loading/day-reader.ts";

describe("day reader", () => {
	const show = (day: number) => (day === NO_DAY ? "none" : day === NOT_A_DAY ? "not a day" : formatDay(day));

	const cells: readonly (readonly [DateFormat, Cell, string])[] = [
		["iso", null, "none"],
		["iso", " NULL ", "none"],
		["iso", "2026-02-28", "2026-02-28"],
		["iso", "2026-02-29", "not a day"],
		["iso", "0000-01-01", "not a day"],
		["iso", " 2026-02-28 ", "2026-02-28"],
		["iso", "2026-02-28 23:59:59", "2026-02-28"],
		["iso", "2026-02-28T23:59:59.123456789", "2026-02-28"],
		["iso", "2026-02-28T24:00:00", "not a day"],
		["iso", "2026-02-28T23:59:59Z", "2026-03-01"],
		["iso", "2026-02-28x23:59:59", "not a day"],
		["iso", new Date("2026-02-28T20:00:00Z"), "2026-03-01"],
		["iso", new Date(Number.NaN), "none"],
		["iso", new Date(8.64e15), "not a day"],
		["dd/MM/yyyy", "3/2/2026", "2026-02-03"],
		["MM/dd/yyyy", "3/2/2026", "2026-03-02"],
		["yyyy/MM/dd", "2026/3/2 7:00 PM", "2026-03-02"],
		["epochSeconds", 1_767_312_000, "2026-01-02"],
		["epochSeconds", 1_767_312_000.5, "2026-01-02"],
		["epochSeconds", 1_767_312_000n, "2026-01-02"],
		["epochSeconds", 2n ** 62n, "not a day"],
		["epochSeconds", 1e300, "not a day"],
		["epochSeconds", "1767312000", "2026-01-02"],
		["epochMilliseconds", 1_767_312_000_000, "2026-01-02"],
		["epochMilliseconds", -1, "1970-01-01"],
		["excelSerial", 46_024, "2026-01-02"],
		["excelSerial", 60, "not a day"],
	];
	const zone = makeTimeZone("Asia/Tokyo")!;
	for (const [format, cell, day] of cells) {
		it(`${format}: ${typeof cell === "string" ? JSON.stringify(cell) : String(cell)} is ${day}`, () => {
			const read = makeDayReader(format, zone);
			assert.deepEqual([show(read(cell)), show(read(cell))], [day, day]);
		});
	}

	it("says of every text and number what the parser says", () => {
		const digits = fc.stringMatching(/^\d{4}-[01]\d-[0-3]\d([T ][0-2]\d:[0-5]\d(:[0-6]\d([.,]\d{1,10})?)?)?( ?(Z|[+-]0\d:00))?$/);
		const slashes = fc.stringMatching(/^\d{1,4}\/[01]?\d\/[0-3]?\d( \d{1,2}:[0-5]\d( [AP]M)?)?$/);
		const numbers = fc.oneof(fc.integer(), fc.double(), fc.maxSafeInteger(), fc.bigInt());
		const written = fc.oneof(digits, slashes, fc.string(), numbers.map(String), numbers);
		const readers = DATE_FORMATS.map((format) => ({ read: makeDayReader(format, zone), parse: makeDateParser(format, zone) }));
		fc.assert(
			fc.property(fc.array(written, { maxLength: 20 }), (values) => {
				for (const { read, parse } of readers) {
					for (const cell of values) {
						const text = readText(cell);
						assert.equal(read(cell), text === null ? NO_DAY : (parse(text)?.day ?? NOT_A_DAY), String(cell));
					}
				}
			}),
			{ numRuns: 300 },
		);
	});
});
