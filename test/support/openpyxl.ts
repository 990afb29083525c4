import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";

/** Cells of every sheet by its name: dates as ISO text, formulas as their stored result, empty cells as null. */
export type SheetValues = Readonly<Record<string, readonly (readonly (string | number | null)[])[]>>;

/** A Python that has openpyxl; `npm test` installs it where it can, so that its absence is a failure and not a reason to skip. */
export function requireOpenpyxl(): string {
	// Debian's package is for Debian's Python, which need not be the first on the PATH.
	const python = ["/usr/bin/python3", "python3", "python"].find((candidate) => {
		try {
			execFileSync(candidate, ["-c", "import openpyxl"], { stdio: "ignore" });
			return true;
		} catch {
			return false;
		}
	});
	assert.ok(
		python,
		"openpyxl is missing: install it (Debian: python3-openpyxl; elsewhere: pip install openpyxl), then run the tests again.",
	);
	return python;
}

/** Reads Excel files with openpyxl, another library than the one that wrote them; fails when it warns of anything. */
export async function readSheetsWithOpenpyxl(python: string, workbooks: readonly string[]): Promise<readonly SheetValues[]> {
	const { stdout } = await promisify(execFile)(python, ["-W", "error", "-c", SCRIPT, ...workbooks], { maxBuffer: 1 << 28 });
	return JSON.parse(stdout);
}

const SCRIPT = `
import datetime, json, sys, warnings
import openpyxl

# It knows no lines within cells, and says so.
warnings.filterwarnings("ignore", message="Sparkline Group extension")

def plain(value):
	if isinstance(value, datetime.datetime):
		return value.isoformat(sep=" ", timespec="seconds").removesuffix(" 00:00:00")
	return None if value == "" else value

def rows(sheet):
	for row in sheet.iter_rows(values_only=True):
		cells = [plain(value) for value in row]
		while cells and cells[-1] is None:
			cells.pop()
		yield cells

# As a program reads that looks at everything, and as one that reads row by row.
def read(file, read_only):
	book = openpyxl.load_workbook(file, data_only=True, read_only=read_only)
	return {sheet.title: list(rows(sheet)) for sheet in book.worksheets}

books = []
for file in sys.argv[1:]:
	book = read(file, False)
	assert book == read(file, True), file
	books.append(book)
json.dump(books, sys.stdout)
`;
