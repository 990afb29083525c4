import type ExcelJS from "exceljs";
import { conditionalStyle, STYLES, type StyledCell, type Tone, textCell } from "./cell-styles.ts";
import { endSheetWith } from "./exceljs-gaps.ts";
import type { WorkbookDraft } from "./write-workbook.ts";

/** Rows of an Excel sheet below one header row. */
export const MAX_DATA_ROWS = 1_048_575;

/** One column of a table. */
export interface TableColumn<Row> {
	/** Text, or a cell with a look of its own. */
	readonly header: string | StyledCell;
	/** In characters of the default font. */
	readonly width: number;
	/** Right-aligned header, above figures and dates. */
	readonly rightAligned?: boolean;
	/** Not shown and not printed. */
	readonly hidden?: boolean;
	/** @param rowNumber the row as the sheet numbers it, for formulas. */
	readonly cell: (row: Row, rowNumber: number) => StyledCell;
	/** The cell of the totals row, which the table has when any column has this. @param lastRow the last data row; 1 when there is none. */
	readonly total?: (lastRow: number) => StyledCell;
}

/** A fill that follows the cells: it changes when somebody edits or sorts them. */
export interface ConditionalFill {
	/** Columns whose data rows may be filled, by letter: first and last. */
	readonly columns: readonly [string, string];
	/** Formula for the first of these columns in row 2, in relative references. */
	readonly formula: string;
	readonly tone: Tone;
}

/** A sheet that is one table from its first row on. */
export interface TableSheet<Row> {
	readonly name: string;
	/** Left part of the printed footer. */
	readonly footer: string;
	readonly columns: readonly TableColumn<Row>[];
	readonly rows: Iterable<Row>;
	/** Columns that stay in sight when one scrolls to the right. */
	readonly frozenColumns: number;
	/** Earlier ones prevail. */
	readonly fills?: readonly ConditionalFill[];
	/** In points; the default suits headers of two lines. */
	readonly headerHeight?: number;
	/** In points; rows with more text than fits are taller. */
	readonly leastRowHeight?: number;
	/** Letter of the last column that is printed; absent for all of them. */
	readonly lastPrintedColumn?: string;
	/** What ends the sheet's XML, an `extLst`. @param lastRow the last data row; 1 when there is none. */
	readonly extension?: (lastRow: number) => string;
}

/** Adds a table with a frozen header, filters and print set-up, and commits it; answers the number of data rows. */
export async function addTableSheet<Row>(draft: WorkbookDraft, table: TableSheet<Row>): Promise<number> {
	const sheet = beginTable(draft, table);
	const widths = table.columns.map((column) => column.width);
	let rowNumber = 1;
	for (const row of table.rows) {
		rowNumber++;
		const cells = table.columns.map((column) => column.cell(row, rowNumber));
		writeRow(sheet, rowNumber, cells, tallerOf(heightOf(cells, widths), table.leastRowHeight));
		if (rowNumber % ROWS_PER_FLUSH === 0) await draft.flush();
	}
	const lastRow = rowNumber;
	if (table.columns.some((column) => column.total !== undefined)) {
		const totals = table.columns.map((column) => column.total?.(lastRow) ?? { value: null, style: STYLES.totalText });
		writeRow(sheet, lastRow + 1, totals);
	}
	endTable(sheet, table, lastRow);
	await draft.flush();
	return lastRow - 1;
}

/** What a table has around its rows. */
export interface TableFrame extends Omit<TableSheet<never>, "columns" | "rows" | "leastRowHeight"> {
	readonly columns: readonly Pick<TableColumn<never>, "header" | "width" | "rightAligned" | "hidden">[];
}

/** Adds the sheet of a table up to its header row. */
export function beginTable(draft: WorkbookDraft, table: TableFrame): ExcelJS.Worksheet {
	const sheet = draft.workbook.addWorksheet(table.name, {
		views: [{ state: "frozen", xSplit: table.frozenColumns, ySplit: 1, showGridLines: false }],
		pageSetup: pageSetup("1:1"),
		headerFooter: { oddFooter: pageFooter(table.footer) },
	});
	setWidths(
		sheet,
		table.columns.map((column) => column.width),
	);
	for (const [index, column] of table.columns.entries()) if (column.hidden) sheet.getColumn(index + 1).hidden = true;
	const header = table.columns.map(({ header: value, rightAligned }) =>
		typeof value === "string" ? { value, style: rightAligned ? STYLES.numberHeader : STYLES.header } : value,
	);
	writeRow(sheet, 1, header, table.headerHeight ?? 32);
	return sheet;
}

/** Adds what follows the rows of a table and commits its sheet. @param lastRow the last data row; 1 when there is none. */
export function endTable(sheet: ExcelJS.Worksheet, table: TableFrame, lastRow: number): void {
	sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: lastRow, column: table.columns.length } };
	if (lastRow > 1) addFills(sheet, table.fills ?? [], lastRow);
	if (table.lastPrintedColumn !== undefined) sheet.pageSetup.printArea = `A$1:${table.lastPrintedColumn}$${lastRow}`;
	if (table.extension !== undefined) endSheetWith(sheet, table.extension(lastRow));
	sheet.commit();
}

function tallerOf(height: number | undefined, least: number | undefined): number | undefined {
	return height === undefined || least === undefined ? (height ?? least) : Math.max(height, least);
}

/** Few enough that a cancel acts at once, many enough that waiting costs nothing. */
const ROWS_PER_FLUSH = 200;

/** Landscape A4, one page wide and as many long as it takes. @param titleRows repeated on each page, such as `1:1`. */
export function pageSetup(titleRows: string | null): Partial<ExcelJS.PageSetup> {
	const setup: Partial<ExcelJS.PageSetup> = {
		paperSize: 9,
		orientation: "landscape",
		fitToPage: true,
		fitToWidth: 1,
		fitToHeight: 0,
		margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 },
	};
	return titleRows === null ? setup : { ...setup, printTitlesRow: titleRows };
}

/** Footer with a text, the sheet's name and page numbers. */
export function pageFooter(text: string): string {
	// `&` begins a code in a footer; Excel refuses footers over 255 characters.
	const safe = textCell(text.slice(0, 100)).value as string;
	return `&L&8 ${safe.replaceAll("&", "&&")}&C&8&A&R&8Page &P of &N`;
}

/** Sets the widths of the columns from the left, in characters; before the first row. */
export function setWidths(sheet: ExcelJS.Worksheet, widths: readonly number[]): void {
	sheet.columns = widths.map((width) => ({ width }));
}

/** Writes and commits one row; rows are written from the top down. Null leaves a cell out. @param height in points; the default follows the text. */
export function writeRow(sheet: ExcelJS.Worksheet, rowNumber: number, cells: readonly (StyledCell | null)[], height?: number): void {
	const row = sheet.getRow(rowNumber);
	for (const [index, content] of cells.entries()) {
		if (content === null) continue;
		const cell = row.getCell(index + 1);
		cell.value = content.value;
		cell.style = content.style;
	}
	if (height !== undefined) row.height = height;
	row.commit();
}

/**
 * Height for a row in which text wraps, in points; undefined when every cell fits on one line. It is an estimate, a little
 * generous, because not every program fits the row to its text on opening.
 */
export function heightOf(cells: readonly StyledCell[], widths: readonly number[]): number | undefined {
	let lines = 1;
	for (const [index, { value, style }] of cells.entries()) {
		if (typeof value !== "string" || style.alignment?.wrapText !== true) continue;
		const charactersPerLine = Math.max(1, ((widths[index] ?? 0) - 2) / WIDE_CHARACTER);
		lines = Math.max(
			lines,
			value.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / charactersPerLine)), 0),
		);
	}
	return lines === 1 ? undefined : Math.min(lines * POINTS_PER_LINE, MAX_ROW_POINTS);
}

/** Room that a character of running text needs, relative to the digit that column widths are measured in. */
const WIDE_CHARACTER = 1.08;
const POINTS_PER_LINE = 15;
/** The tallest row that Excel knows. */
const MAX_ROW_POINTS = 409;

function addFills(sheet: ExcelJS.Worksheet, fills: readonly ConditionalFill[], lastRow: number): void {
	for (const [index, fill] of fills.entries()) {
		sheet.addConditionalFormatting({
			ref: `${fill.columns[0]}2:${fill.columns[1]}${lastRow}`,
			rules: [{ type: "expression", priority: index + 1, formulae: [fill.formula], style: conditionalStyle(fill.tone) }],
		});
	}
}
