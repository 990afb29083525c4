import assert from "node:assert/strict";
import exceljs from "exceljs";

/** A sheet read back from an Excel file. */
export type Sheet = exceljs.Worksheet;

/** Reads an Excel file whole, with the library that wrote it. */
export async function readWorkbook(file: string): Promise<exceljs.Workbook> {
	const workbook = new exceljs.Workbook();
	await workbook.xlsx.readFile(file);
	return workbook;
}

/** A sheet by name; fails when there is none. */
export function sheetOf(workbook: exceljs.Workbook, name: string): Sheet {
	const sheet = workbook.getWorksheet(name);
	assert.notEqual(sheet, undefined, `there is no sheet ${name}`);
	return sheet!;
}

/**
 * Cells by row, the header included: dates as ISO text without `T` and `Z`, formulas as their stored result, empty cells as
 * null. Trailing empty cells are left out.
 */
export function valuesOf(sheet: Sheet): readonly (readonly (string | number | null)[])[] {
	const rows: (string | number | null)[][] = [];
	for (let rowNumber = 1; rowNumber <= sheet.rowCount; rowNumber++) {
		const row = sheet.getRow(rowNumber);
		const cells = Array.from({ length: row.cellCount }, (_, index) => plainValue(row.getCell(index + 1)));
		rows.push(cells.slice(0, cells.findLastIndex((cell) => cell !== null) + 1));
	}
	return rows;
}

function plainValue(cell: exceljs.Cell): string | number | null {
	// The value of a formula cell leaves out a result of 0, the cell's own result does not.
	const value = cell.formula === undefined ? cell.value : cell.result;
	if (value === null || value === undefined || value === "") return null;
	if (value instanceof Date)
		return value
			.toISOString()
			.replace("T", " ")
			.replace(/(?: 00:00:00)?\.000Z$/, "");
	assert.ok(typeof value === "string" || typeof value === "number", `unexpected cell ${JSON.stringify(value)}`);
	return value;
}

/** Saves a copy whose formulas have no stored results, so that whoever opens it has to calculate them. */
export async function saveWithoutResults(workbook: exceljs.Workbook, file: string): Promise<void> {
	for (const sheet of workbook.worksheets) {
		sheet.eachRow((row) => {
			row.eachCell((cell) => {
				if (cell.formula !== undefined) cell.value = { formula: cell.formula };
			});
		});
	}
	await workbook.xlsx.writeFile(file);
}

/** A value as {@link "./libreoffice.ts"} answers it. @param isShare for a number that is shown as a percentage. */
export function asLibreOfficeText(value: string | number | null, isShare: boolean): string {
	if (typeof value !== "number") return value ?? "";
	return isShare ? `${Number((value * 100).toPrecision(15))}%` : String(Number(value.toPrecision(15)));
}
