import exceljs from "exceljs";
import { DATE_COLUMNS, HEADERS, listRows, runExport, toDates } from "../export-script.ts";

// Plain exceljs with the whole workbook in memory, as its documentation shows it first.
await runExport(async (file, categorization) => {
	const workbook = new exceljs.Workbook();
	const sheet = workbook.addWorksheet("Installations", { views: [{ state: "frozen", xSplit: 2, ySplit: 1 }] });
	sheet.columns = HEADERS.map(([header, width], index) => ({
		header,
		width,
		...(DATE_COLUMNS.includes(index) ? { style: { numFmt: "yyyy-mm-dd" } } : {}),
	}));
	for (const row of listRows(categorization)) {
		sheet.addRow(toDates(row));
	}
	await workbook.xlsx.writeFile(file);
});
