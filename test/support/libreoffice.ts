import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { parse } from "csv-parse/sync";
import { requireProgram } from "./require-program.ts";

/** Comma, double quote, UTF-8, from row 1, every sheet into a file of its own. */
const CSV_FILTER = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1";

/** Where LibreOffice puts its program when it is not on the PATH. */
const USUAL_PLACES = ["/Applications/LibreOffice.app/Contents/MacOS/soffice", "C:\\Program Files\\LibreOffice\\program\\soffice.exe"];

/** The LibreOffice program of this machine. */
export function requireLibreOffice(): string {
	return requireProgram("soffice", "LibreOffice", "libreoffice-calc", USUAL_PLACES);
}

/** What the sheets of a workbook hold, by the name of the sheet: rows of cells as text. */
export type SheetTexts = ReadonlyMap<string, readonly (readonly string[])[]>;

/**
 * Opens Excel files with LibreOffice, one after the other, and answers what each holds: formulas as their results, dates in
 * the format of their cell, other numbers in full and without separators, shares as percentages. Trailing empty cells are
 * left out. The files' names must differ.
 */
export async function readSheetsWithLibreOffice(program: string, workbooks: readonly string[]): Promise<readonly SheetTexts[]> {
	const folder = await mkdtemp(join(tmpdir(), "usage-report-libreoffice-"));
	try {
		// A profile of its own lets it run beside another LibreOffice, and keeps one run's settings from the next.
		const profile = `-env:UserInstallation=${pathToFileURL(join(folder, "profile")).href}`;
		const csvFolder = join(folder, "csv");
		const options = [profile, "--headless", "--convert-to", CSV_FILTER, "--outdir", csvFolder];
		await promisify(execFile)(program, [...options, ...workbooks], { timeout: 100_000 });
		const names = await readdir(csvFolder);
		return await Promise.all(workbooks.map((workbook) => readSheets(csvFolder, names, `${basename(workbook, extname(workbook))}-`)));
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function readSheets(folder: string, names: readonly string[], prefix: string): Promise<SheetTexts> {
	const sheets = new Map<string, readonly (readonly string[])[]>();
	for (const name of names.filter((candidate) => candidate.startsWith(prefix))) {
		const rows: string[][] = parse(await readFile(join(folder, name), "utf8"), { relax_column_count: true });
		sheets.set(basename(name, ".csv").slice(prefix.length), rows.map(trimRow));
	}
	return sheets;
}

function trimRow(row: readonly string[]): readonly string[] {
	return row.slice(0, row.findLastIndex((cell) => cell !== "") + 1);
}
