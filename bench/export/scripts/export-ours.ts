import { writePreviewWorkbook } from "../../../core/workbook/preview-workbook.ts";
import { EXPORT_ABOUT } from "../export-about.ts";
import { runExport } from "../export-script.ts";

// The preview's workbook as the command line and the editor write it.
await runExport(async (file, categorization) => {
	const result = await writePreviewWorkbook(file, categorization, EXPORT_ABOUT, new AbortController().signal);
	if (!result.written) throw new Error(result.message);
});
