import exceljs from "exceljs";
import { DATE_COLUMNS, HEADERS, listRows, runExport, toDates } from "../export-script.ts";

// Plain exceljs, its streaming writer as its documentation shows it, with the fastest compression as ours.
await runExport(async (file, categorization) => {
	const workbook = new exceljs.stream.xlsx.WorkbookWriter({
		filename: file,
		useStyles: true,
		useSharedStrings: true,
		zip: { zlib: { level: 1 } },
	});
	const sheet = workbook.addWorksheet("Installations", { views: [{ state: "frozen", xSplit: 2, ySplit: 1 }] });
	sheet.columns = HEADERS.map(([header, width], index) => ({
		header,
		width,
		...(DATE_COLUMNS.includes(index) ? { style: { numFmt: "yyyy-mm-dd" } } : {}),
	}));
	for (const row of listRows(categorization)) {
		sheet.addRow(toDates(row)).commit();
	}
	sheet.commit();
	await workbook.commit();
});
