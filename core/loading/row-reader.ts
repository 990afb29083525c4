import type { DataSource } from "../config/model.ts";
import type { TableRow } from "../connectors/connector.ts";
import { makeDateParser, type ParsedDate } from "../dates/date-format.ts";
import type { TimeZone } from "../dates/time-zone.ts";
import { t } from "../texts/translate.ts";
import { parseCount, quoteCell, readText } from "./cells.ts";
import type { ProblemLog } from "./problem-log.ts";
import { describeMissingKey } from "./problem-texts.ts";

/** Makes readers of one table's cells, by our column names. A column that the table does not have is null in every row. */
export interface RowReader {
	/** The source's time zone. */
	readonly zone: TimeZone;
	/** Reads trimmed text. */
	text(column: string): (row: TableRow) => string | null;
	/** Reads dates; what is not a date in the source's format is reported and null. `kept` says what becomes of the row. */
	date(column: string, kept: "row is kept" | "row is left out"): (row: TableRow) => ParsedDate | null;
	/** Reads whole numbers from 0; anything else, also null, is reported and null. */
	count(column: string): (row: TableRow) => number | null;
	/** Reports a problem of a row, given by its number, in one of our columns. */
	report(rowNumber: number, code: string, column: string, describe: () => string): void;
	/** Reports that a row has no value in a column without which it is left out. */
	reportMissing(row: TableRow, column: string): void;
}

/** Readers for a table whose columns have been mapped. */
export function createRowReader(
	source: DataSource,
	indices: Readonly<Record<string, number>>,
	tableColumns: readonly string[],
	zone: TimeZone,
	log: ProblemLog,
): RowReader {
	const report = (rowNumber: number, code: string, column: string, describe: () => string) => {
		const index = indices[column];
		log.add(source, code, rowNumber, index === undefined ? null : tableColumns[index]!, describe);
	};
	const text = (column: string): ((row: TableRow) => string | null) => {
		const index = indices[column];
		return index === undefined ? () => null : (row) => readText(row.cells[index]);
	};
	return {
		zone,
		text,
		report,
		date(column, kept) {
			const index = indices[column];
			if (index === undefined) return () => null;
			const parse = rememberLast(makeDateParser(source.dateFormat, zone));
			return (row) => {
				const cell = row.cells[index];
				if (cell instanceof Date && !Number.isNaN(cell.getTime())) return { day: zone.dayOf(cell.getTime()), instant: cell.getTime() };
				const written = readText(cell);
				if (written === null) return null;
				const date = parse(written);
				if (date === null) log.addUnreadDate(source, row.number, tableColumns[index]!, () => written, kept);
				else log.noteDate(source, date.day);
				return date;
			};
		},
		count(column) {
			const read = text(column);
			return (row) => {
				const written = read(row);
				const count = written === null ? null : parseCount(written);
				if (count === null) {
					const what = written === null ? t("The cell is empty") : t`${quoteCell(written)} is not a whole number from 0`;
					report(row.number, "source/not-a-number", column, () => t`${what}; the row is left out.`);
				}
				return count;
			};
		},
		reportMissing(row, column) {
			report(row.number, "source/missing-key", column, () => describeMissingKey(column));
		},
	};
}

/** Neighbouring rows often have the same date, as a scan or a roll-out leaves it. */
function rememberLast(parse: (text: string) => ParsedDate | null): (text: string) => ParsedDate | null {
	let lastText = "";
	let lastDate: ParsedDate | null = null;
	return (text) => {
		if (text === lastText) return lastDate;
		lastText = text;
		lastDate = parse(text);
		return lastDate;
	};
}
