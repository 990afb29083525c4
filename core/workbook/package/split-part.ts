import type { SharedTexts } from "./shared-texts.ts";

/** A long sheet's part as exceljs wrote it, without its only data row. */
export interface SheetFrame {
	/** Up to the end of the header row, with the range of all cells, which exceljs does not write. */
	readonly before: Buffer;
	/** From the end of the rows on. */
	readonly after: Buffer;
	/** Numbers of the looks of the data row's cells, from the left. */
	readonly styleNumbers: readonly number[];
}

/**
 * Takes the data row, number 2, out of a sheet's part.
 * @param cells how many it has.
 * @param range all cells that the sheet is going to have, such as `A1:G8`.
 */
export function splitSheet(part: Buffer, cells: number, range: string): SheetFrame {
	const text = part.toString();
	const from = text.indexOf('<row r="2"');
	const to = text.indexOf("</sheetData>");
	if (from < 0 || to < from) throw new Error("A long sheet has no row that shows the looks of its cells.");
	const views = text.indexOf("<sheetViews>");
	if (views < 0 || views > from) throw new Error("A long sheet has no view.");
	const styleNumbers = Array.from(text.slice(from, to).matchAll(/<c r="[A-Z]+2" s="(\d+)"\/>/g), ([, number]) => Number(number));
	if (styleNumbers.length !== cells) throw new Error("The row that shows the looks of a long sheet's cells is not as it was made.");
	const before = `${text.slice(0, views)}<dimension ref="${range}"/>${text.slice(views, from)}`;
	return { before: Buffer.from(before), after: Buffer.from(text.slice(to)), styleNumbers };
}

/** The part of the texts that exceljs wrote. */
export interface SharedTextsFrame {
	/** How many texts it has. */
	readonly count: number;
	/** The part with more texts, in pieces. */
	withTexts(texts: SharedTexts): Iterable<Buffer>;
}

/** Makes the part of the texts ready for more of them. */
export function splitSharedTexts(part: Buffer): SharedTextsFrame {
	const from = part.indexOf("<sst");
	const to = part.indexOf(">", from) + 1;
	const opening = /^<sst xmlns="([^"]*)" count="(\d+)" uniqueCount="\2">$/.exec(part.toString("latin1", from, to));
	const end = part.lastIndexOf("</sst>");
	if (opening === null || end < to) throw new Error("The texts of the workbook are not as they were made.");
	return {
		count: Number(opening[2]),
		*withTexts(texts) {
			yield part.subarray(0, from);
			yield Buffer.from(`<sst xmlns="${opening[1]}" count="${texts.count()}" uniqueCount="${texts.count()}">`);
			yield part.subarray(to, end);
			yield* texts.chunks;
			yield part.subarray(end);
		},
	};
}
