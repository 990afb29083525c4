import { writeFileSync } from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import exceljs from "exceljs";

/** A cell of a table that a test writes. */
export type TableCell = string | number | Date | null;

/** Types of file that a test writes tables to. */
export const TABLE_TYPES = ["csv", "sqlite", "excel"] as const;
export type TableType = (typeof TABLE_TYPES)[number];

/** Row number of the first record, as the product counts. */
export const FIRST_ROW: { readonly [type in TableType]: number } = { csv: 2, sqlite: 1, excel: 2 };

/**
 * Writes a table to a file `<name>.<ending>` in a folder.
 * @returns the properties of a data source that says where it is, such as `type: csv, path: log.csv`.
 */
export async function writeTable(
	folder: string,
	name: string,
	type: TableType,
	columns: readonly string[],
	rows: readonly (readonly TableCell[])[],
): Promise<string> {
	switch (type) {
		case "csv": {
			const quote = (cell: TableCell) => (cell === null ? "" : `"${String(cell).replaceAll('"', '""')}"`);
			const lines = [columns, ...rows].map((row) => `${row.map(quote).join(",")}\n`);
			writeFileSync(path.join(folder, `${name}.csv`), lines.join(""));
			return `type: csv, path: ${name}.csv`;
		}
		case "sqlite": {
			const database = new Database(path.join(folder, `${name}.db`));
			const quoted = columns.map((column) => `"${column}"`).join(", ");
			database.exec(`CREATE TABLE rows (${quoted})`);
			const insert = database.prepare(`INSERT INTO rows (${quoted}) VALUES (${columns.map(() => "?").join(", ")})`);
			database.transaction(() => {
				for (const row of rows) insert.run(row);
			})();
			database.close();
			return `type: sqlite, path: ${name}.db, table: rows`;
		}
		case "excel": {
			const workbook = new exceljs.Workbook();
			const sheet = workbook.addWorksheet("Rows");
			sheet.addRow(columns);
			for (const row of rows) {
				const added = sheet.addRow(row);
				row.forEach((cell, index) => {
					if (cell instanceof Date) added.getCell(index + 1).numFmt = "yyyy-mm-dd hh:mm:ss";
				});
			}
			await workbook.xlsx.writeFile(path.join(folder, `${name}.xlsx`));
			return `type: excel, path: ${name}.xlsx`;
		}
	}
}
