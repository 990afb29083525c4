import assert from "node:assert/strict";
import { dayAt } from "../../../../core/columns/day-column.ts";
import type { KernelKind } from "../../../../core/connectors/csv/csv-kernel.ts";
import { DATE_FORMATS, makeDateParser } from "../../../../core/dates/date-format.ts";
import { formatDay, NO_DAY } from "../../../../core/dates/day-number.ts";
import { makeTimeZone } from "../../../../core/dates/time-zone.ts";
import { makeSource } from "../source-fixture.ts";
import { readBytes } from "./csv-table-fixture.ts";

const KERNELS: readonly KernelKind[] = ["wasm", "plain"];

/** Every part of a date or a time that decides about something, in all orders. */
function writtenDates(): readonly string[] {
	const years = ["1899", "1900", "2000", "2024", "2079", "2100", "9999", "0000", "0001", "24", "20245"];
	const months = ["00", "1", "02", "06", "12", "13"];
	const days = ["0", "01", "5", "28", "29", "30", "31", "32", "006"];
	const dates = years.flatMap((year) =>
		months.flatMap((month) =>
			days.flatMap((day) => [`${year}-${month}-${day}`, `${year}/${month}/${day}`, `${day}/${month}/${year}`, `${month}/${day}/${year}`]),
		),
	);
	const times = [
		"T00:00",
		" 23:59",
		" 24:00",
		"t7:05",
		" 12:60",
		" 10:20:30",
		"T10:20:60",
		" 10:20:30.123456789",
		" 10:20:30.",
		"T10:20:30,5",
		" 0:30 AM",
		" 12:30 am",
		" 11:30PM",
		" 13:30 PM",
		"  10:20",
		"T10:20Z",
		" 10:20z",
		" 10:20 Z",
		" 23:30+01:00",
		"T00:30-0500",
		"T00:30+19",
		"x",
		" ",
		"T",
		" 1",
	];
	const stems = ["2026-11-04", "04/11/2026", "4/1/2026", "2026/11/04", "2026/1/4", "1899-12-31"];
	const numbers = [
		"0",
		"1",
		"59",
		"60",
		"61",
		"45000",
		"45000.5",
		"45000.",
		".5",
		"2958465",
		"2958466",
		"9999999",
		"12345678",
		"-1",
		"-86401.5",
		"86399",
		"86400",
		"1700000000",
		"1700000000000",
		"253402300799",
		"253402300800",
		"999999999999999",
		"9999999999999999",
		"1e9",
		"+5",
		"１２",
	];
	return [...dates, ...stems.flatMap((stem) => times.map((time) => stem + time)), ...numbers];
}

describe("csv tables: dates", function () {
	this.timeout(120_000);

	const texts = writtenDates();
	for (const dateFormat of DATE_FORMATS) {
		for (const timeZone of ["UTC", "Europe/London", "Pacific/Auckland"]) {
			it(`${dateFormat} in ${timeZone}, as the general parser reads them`, async () => {
				const parse = makeDateParser(dateFormat, makeTimeZone(timeZone)!);
				const shown = (day: number) => (day === NO_DAY ? "none" : formatDay(day));
				const expected = texts.map((text) => `${text} ${shown(parse(text.trim())?.day ?? NO_DAY)}`);
				const source = makeSource({ path: "dates.csv", dateFormat, timeZone });
				const file = Buffer.from(`device;product;installDate\n${texts.map((text) => `D;P;${text}\n`).join("")}`);
				for (const kernel of KERNELS) {
					const { table, counts } = await readBytes({ ...source, delimiter: ";" }, file, { kernel });
					const column = table!.installDay!;
					assert.deepEqual(
						texts.map((text, row) => `${text} ${shown(dayAt(column, row))}`),
						expected,
						kernel,
					);
					const refused = expected.filter((line) => line.endsWith("none")).length;
					assert.deepEqual(counts, [{ code: "source/unparseable-date", count: refused }], kernel);
				}
			});
		}
	}
});
