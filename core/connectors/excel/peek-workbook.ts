import type { DataSource } from "../../config/model.ts";
import { makeTimeZone } from "../../dates/time-zone.ts";
import { readText } from "../../loading/cells.ts";
import { type Beginning, PEEKED_ROWS } from "../beginning.ts";
import { SourceError } from "../connector.ts";
import { createCellReader } from "./cell-values.ts";
import { chooseSheet } from "./excel.ts";
import { readWorkbook, type Sheet, type Workbook } from "./read-workbook.ts";
import { readSharedStrings } from "./shared-strings.ts";
import { readSheetRows, type SheetRow } from "./sheet-rows.ts";
import { openWorkbookFile, type WorkbookFile } from "./workbook-file.ts";

/** Texts that are read at first: programs write those of the first rows first. */
const FIRST_STRINGS = 5000;

/**
 * The sheets of a workbook, and the beginning of the one that a source names or, without a name, of the first.
 * @throws {SourceError} when there is no such file, or it is no workbook.
 */
export async function peekWorkbook(source: DataSource, path: string, signal: AbortSignal): Promise<Beginning> {
	const file = await openWorkbookFile(source, path, signal);
	try {
		const workbook = await readWorkbook(file);
		const sheets = workbook.sheets.filter(({ hidden }) => !hidden).map(({ name }) => name);
		const sheet = findSheet(source, file, workbook.sheets);
		const [header, ...rows] = sheet === null ? [] : await readFirstRows(file, workbook, sheet);
		if (header === undefined) return { tables: [], sheets, columns: [], rows: [] };
		const zone = makeTimeZone("UTC")!;
		const readHeader = createCellReader(workbook, zone, "text");
		const readCell = createCellReader(workbook, zone, "date");
		return {
			tables: [],
			sheets,
			columns: Array.from(header.cells, (cell, index) => readText(cell && readHeader(cell)) ?? `Column ${index + 1}`),
			rows: rows.map(({ cells }) => Array.from(header.cells, (_, index) => (cells[index] === undefined ? null : readCell(cells[index])))),
		};
	} finally {
		file.close();
	}
}

function findSheet(source: DataSource, file: WorkbookFile, sheets: readonly Sheet[]): Sheet | null {
	try {
		return chooseSheet(source, file, sheets);
	} catch (error) {
		// Which sheets there are can be told all the same.
		if (error instanceof SourceError) return null;
		throw error;
	}
}

async function readFirstRows(file: WorkbookFile, { stringsPart }: Workbook, { part }: Sheet): Promise<readonly SheetRow[]> {
	if (stringsPart === null || !file.has(stringsPart)) return takeRows(file, part, [], true);
	const few = await takeRows(file, part, await readSharedStrings(file, stringsPart, FIRST_STRINGS), false);
	return few.length > 0 ? few : takeRows(file, part, await readSharedStrings(file, stringsPart), true);
}

/** @param complete false when texts may be missing; then the rows end where one is. */
async function takeRows(file: WorkbookFile, part: string, strings: readonly string[], complete: boolean): Promise<readonly SheetRow[]> {
	const rows: SheetRow[] = [];
	try {
		for await (const batch of readSheetRows(file, part, strings)) {
			rows.push(...batch);
			if (rows.length > PEEKED_ROWS) break;
		}
	} catch (error) {
		if (complete || !(error instanceof SourceError)) throw error;
	}
	return rows.slice(0, PEEKED_ROWS + 1);
}
