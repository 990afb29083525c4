/** Which cells show the lines of which figures. */
export interface SparklineColumn {
	/** Without characters that a formula would need quotes for. */
	readonly sheet: string;
	/** The letter of the column that shows them. */
	readonly column: string;
	/** The first and the last column of the figures, by letter. */
	readonly from: string;
	readonly to: string;
	/** The last data row; 1 when there is none. */
	readonly lastRow: number;
}

/**
 * Lines within cells (sparklines) for the data rows of a sheet, each scaled by itself, with gaps for empty cells and a marker at the last
 * figure: an extension that ends a sheet's XML. Excel 2010 and LibreOffice 7.4 and later show them, older programs leave the cells
 * empty. Empty text when there is no data row.
 */
export function sparklines({ sheet, column, from, to, lastRow }: SparklineColumn): string {
	if (lastRow === 1) return "";
	const lines = Array.from({ length: lastRow - 1 }, (_, index) => {
		const row = index + 2;
		return `<x14:sparkline><xm:f>${sheet}!${from}${row}:${to}${row}</xm:f><xm:sqref>${column}${row}</xm:sqref></x14:sparkline>`;
	});
	const colors = COLOR_NAMES.map((name) => `<x14:color${name} rgb="${name === "Last" ? MARKER : LINE}"/>`);
	// Hidden columns still count: whoever hides the figures wants to see the line.
	const group = `<x14:sparklineGroup lineWeight="1.25" displayEmptyCellsAs="gap" last="1" displayHidden="1">`;
	return [
		`<extLst><ext xmlns:x14="${X14}" uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}">`,
		`<x14:sparklineGroups xmlns:xm="${XM}">${group}${colors.join("")}`,
		`<x14:sparklines>${lines.join("")}</x14:sparklines>`,
		"</x14:sparklineGroup></x14:sparklineGroups></ext></extLst>",
	].join("");
}

const X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main";
const XM = "http://schemas.microsoft.com/office/excel/2006/main";
const LINE = "FF1F3A5F";
const MARKER = "FFC0392B";
/** In the order of the schema. */
const COLOR_NAMES = ["Series", "Negative", "Axis", "Markers", "First", "Last", "High", "Low"];
