import type { DataSource } from "../../config/model.ts";
import { readText } from "../../loading/cells.ts";
import { timeZoneOf } from "../../loading/source-failures.ts";
import { t } from "../../texts/translate.ts";
import { closestName, listNames } from "../closest-name.ts";
import { type Cell, type Connector, type OpenTable, repairTo, SourceError, type TableRow } from "../connector.ts";
import { findUsedColumns } from "../used-columns.ts";
import { createCellReader, type SheetCellReader } from "./cell-values.ts";
import { readWorkbook, type Sheet, type Workbook } from "./read-workbook.ts";
import { readSharedStrings } from "./shared-strings.ts";
import { readSheetRows, type SheetRow } from "./sheet-rows.ts";
import { openWorkbookFile, type WorkbookFile } from "./workbook-file.ts";

/**
 * Reads one sheet of an Excel workbook row by row; only the texts that cells share are in memory. The first row that is not empty names
 * the columns. Rows that are hidden or filtered out are read like all others.
 */
export const excelConnector: Connector = { open: openExcel };

async function openExcel(source: DataSource, path: string | null, signal: AbortSignal): Promise<OpenTable> {
	const zone = timeZoneOf(source);
	const file = await openWorkbookFile(source, path, signal);
	try {
		const workbook = await readWorkbook(file);
		const sheet = chooseSheet(source, file, workbook.sheets);
		const strings =
			workbook.stringsPart === null || !file.has(workbook.stringsPart) ? [] : await readSharedStrings(file, workbook.stringsPart);
		const batches = readSheetRows(file, sheet.part, strings);
		const first = await batches.next();
		if (first.done === true) throw emptySheet(file, sheet, workbook.sheets);
		const [header, ...rows] = first.value as readonly [SheetRow, ...SheetRow[]];
		const readHeader = createCellReader(workbook, zone, "text");
		const columns = Array.from(header.cells, (cell, index) => readText(cell && readHeader(cell)) ?? `Column ${index + 1}`);
		const readers = createReaders(source, workbook, columns, zone);
		return { columns, batches: readRows(file, rows, batches, readers, signal), close: async () => file.close() };
	} catch (error) {
		file.close();
		throw error;
	}
}

/**
 * The sheet that a source names, or else the first that is not hidden.
 * @throws {SourceError} when there is none of that name.
 */
export function chooseSheet(source: DataSource, file: WorkbookFile, sheets: readonly Sheet[]): Sheet {
	const wanted = source.sheet?.trim() ?? null;
	if (wanted === null) return sheets.find((sheet) => !sheet.hidden) ?? sheets[0]!;
	const found =
		sheets.find(({ name }) => name.trim() === wanted) ?? sheets.find(({ name }) => name.trim().toLowerCase() === wanted.toLowerCase());
	if (found !== undefined) return found;
	const names = sheets.map(({ name }) => name);
	const meant = closestName(wanted, names);
	const advice = meant === null ? "" : t` Did you mean "${meant}"?`;
	const message = t`${file.shown} has no sheet "${wanted}".${advice} It has: ${listNames(names)}.`;
	throw new SourceError("source/missing-sheet", "sheet", message, repairTo("sheet", meant));
}

function emptySheet(file: WorkbookFile, sheet: Sheet, sheets: readonly Sheet[]): SourceError {
	const others = sheets.filter((other) => other !== sheet).map(({ name }) => name);
	const advice =
		others.length === 0 ? t("Export the table again.") : t`Name the one with the table by "sheet"; there are also: ${listNames(others)}.`;
	return new SourceError("source/empty-file", "sheet", t`The sheet "${sheet.name}" of ${file.shown} is empty. ${advice}`);
}

/** One reader per column, by what is read from it. */
function createReaders(
	source: DataSource,
	workbook: Workbook,
	columns: readonly string[],
	zone: ReturnType<typeof timeZoneOf>,
): readonly SheetCellReader[] {
	const uses = findUsedColumns(source, columns);
	const byUse = {
		text: createCellReader(workbook, zone, "text"),
		date: createCellReader(workbook, zone, "date"),
		count: createCellReader(workbook, zone, "count"),
	};
	return columns.map((_, index) => byUse[uses.get(index) ?? "text"]);
}

async function* readRows(
	file: WorkbookFile,
	first: readonly SheetRow[],
	rest: AsyncIterable<readonly SheetRow[]>,
	readers: readonly SheetCellReader[],
	signal: AbortSignal,
): AsyncGenerator<readonly TableRow[]> {
	const toRow = ({ number, cells }: SheetRow): TableRow => {
		const row: Cell[] = new Array(readers.length);
		for (let index = 0; index < readers.length; index++) {
			const cell = cells[index];
			row[index] = cell === undefined ? null : readers[index]!(cell);
		}
		let surplusCells = 0;
		for (let index = readers.length; index < cells.length; index++) if (cells[index] !== undefined) surplusCells++;
		return { number, cells: row, surplusCells };
	};
	if (first.length > 0) yield first.map(toRow);
	for await (const rows of rest) {
		signal.throwIfAborted();
		yield rows.map(toRow);
	}
	signal.throwIfAborted();
	await file.checkUnchanged();
}
