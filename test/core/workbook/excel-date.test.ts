import assert from "node:assert/strict";
import { parseDay } from "../../../core/dates/day-number.ts";
import { parseInstant } from "../../../core/dates/instant.ts";
import { toExcelDay, toExcelInstant } from "../../../core/workbook/excel-date.ts";

describe("Excel dates", () => {
	const days = [
		{ day: "2026-11-04", cell: 46330 },
		{ day: "1970-01-01", cell: 25569 },
		{ day: "1900-03-01", cell: 61 },
		{ day: "1900-02-28", cell: "1900-02-28" },
		{ day: "1899-12-30", cell: "1899-12-30" },
		{ day: "0001-01-01", cell: "0001-01-01" },
		{ day: "9999-12-31", cell: 2958465 },
	];
	for (const { day, cell } of days) {
		it(`${day} → ${cell}`, () => assert.equal(toExcelDay(parseDay(day)!), cell));
	}

	const instants = [
		{ instant: "2026-11-04T12:00:00Z", cell: 46330.5 },
		{ instant: "2026-11-04T12:00:00.999Z", cell: 46330.5 },
		{ instant: "1900-03-01T00:00:00Z", cell: 61 },
		{ instant: "1900-02-28T23:59:59Z", cell: "1900-02-28T23:59:59Z" },
	];
	for (const { instant, cell } of instants) {
		it(`${instant} → ${cell}`, () => assert.equal(toExcelInstant(parseInstant(instant)!), cell));
	}
});
