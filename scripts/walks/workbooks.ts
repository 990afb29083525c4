import { existsSync } from "node:fs";
import ExcelJS from "exceljs";
import type { Page } from "playwright-core";
import { answerFileDialog, STEP_MS, until } from "../workbench.ts";

/** One sheet of a workbook. */
export interface SheetRead {
	readonly name: string;
	/** Values row by row, the head first; formulas and other objects stand there as JSON, so that no test takes them for text. */
	readonly rows: readonly (readonly string[])[];
}

/** Answers the save dialog that is open with a path, and waits until the file has been written. */
export async function saveAs(page: Page, file: string): Promise<void> {
	const widget = page.locator(".quick-input-widget");
	const input = widget.locator("input").first();
	await input.waitFor({ state: "visible", timeout: STEP_MS });
	await until(
		async () => (await input.inputValue()).endsWith(".xlsx"),
		() => "The save dialog proposes no file name.",
	);
	await answerFileDialog(page, file, () => page.keyboard.press("Enter"));
	await until(
		async () => existsSync(file) && (await readSheets(file).catch(() => [])).length > 0,
		() => `${file} was not written.`,
	);
}

/** Reads a workbook as a spreadsheet program does. */
export async function readSheets(file: string): Promise<readonly SheetRead[]> {
	const workbook = new ExcelJS.Workbook();
	await workbook.xlsx.readFile(file);
	return workbook.worksheets.map((sheet) => {
		const rows: string[][] = [];
		sheet.eachRow({ includeEmpty: false }, (row) => {
			rows.push((row.values as readonly unknown[]).slice(1).map(textOf));
		});
		return { name: sheet.name, rows };
	});
}

function textOf(value: unknown): string {
	if (value === null || value === undefined) return "";
	if (value instanceof Date) return value.toISOString();
	return typeof value === "object" ? JSON.stringify(value) : String(value);
}
