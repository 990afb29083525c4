import { makeDateParser, type ParsedDate } from "../../dates/date-format.ts";
import { MS_PER_DAY } from "../../dates/instant.ts";
import type { TimeZone } from "../../dates/time-zone.ts";
import type { Cell } from "../connector.ts";
import { formatLocalTime, toDateCell } from "../local-date.ts";
import type { ColumnUse } from "../used-columns.ts";
import type { Workbook } from "./read-workbook.ts";
import type { SheetCell } from "./sheet-rows.ts";

/** Turns a cell of a sheet into one of a table. */
export type SheetCellReader = (cell: SheetCell) => Cell;

/** Days from 1899-12-30, where Excel counts from, to 1904-01-01. */
const DAYS_TO_1904 = 1462;

/** Of an ISO 8601 time that names an instant, which the loader reads as it reads text. */
const HAS_OFFSET = /T.*(?:Z|[+-]\d{2}:?\d{2})$/i;

/** As many different dates with their times as are remembered, which spares working them out. */
const MAX_REMEMBERED = 65_536;

/**
 * A reader for one column, or several alike. A number that is shown as a date is one, on the clock of the source's zone, and in a column
 * of text the text of that date. An error is null in a column of text; elsewhere it is told, as any other text that is no date or number.
 */
export function createCellReader({ dateStyles, startsIn1904 }: Workbook, zone: TimeZone, use: ColumnUse): SheetCellReader {
	const parseSerial = makeDateParser("excelSerial", UTC);
	const parseIso = makeDateParser("iso", UTC);
	const remembered = new Map<string, Cell>();

	function toCell(parsed: ParsedDate | null, otherwise: Cell): Cell {
		if (parsed === null) return otherwise;
		const msOfDay = parsed.instant - parsed.day * MS_PER_DAY;
		return use === "date" ? toDateCell(parsed.day, msOfDay, zone) : formatLocalTime(parsed.day, msOfDay);
	}

	function readDate(digits: string): Cell {
		const known = remembered.get(digits);
		if (known !== undefined) return known;
		const serial = Number(digits) + (startsIn1904 ? DAYS_TO_1904 : 0);
		const cell = toCell(parseSerial(String(serial)), toNumber(digits));
		if (remembered.size >= MAX_REMEMBERED) remembered.clear();
		remembered.set(digits, cell);
		return cell;
	}

	return (cell) => {
		switch (cell.kind) {
			case "text":
				return cell.text;
			case "number":
				return use !== "count" && dateStyles[cell.style] === true ? readDate(cell.text) : toNumber(cell.text);
			case "isoDate":
				return HAS_OFFSET.test(cell.text) ? cell.text : toCell(parseIso(cell.text), cell.text);
			case "error":
				return use === "text" ? null : cell.text;
		}
	};
}

/** The clock on which a day and its time are what they are written as. */
const UTC: TimeZone = {
	name: "UTC",
	dayOf: (instant) => Math.floor(instant / MS_PER_DAY),
	instantOf: (day, msOfDay) => day * MS_PER_DAY + msOfDay,
};

/** What is no number stays the text that it is. */
function toNumber(digits: string): number | string {
	const number = Number(digits);
	return Number.isFinite(number) ? number : digits;
}
