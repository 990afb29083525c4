// What the streaming writer of exceljs cannot do, done with what it keeps to itself. Its version is pinned, and the tests that hold
// every part of the workbooks against the rules of the format watch over these functions.

import type ExcelJS from "exceljs";
import { letterOf } from "./column-letters.ts";

/** Puts XML, an `extLst`, at the end of a sheet that is not committed yet; empty text changes nothing. */
export function endSheetWith(sheet: ExcelJS.Worksheet, xml: string): void {
	if (xml === "") return;
	const inner = sheet as unknown as InnerSheet;
	const close = inner._writeCloseWorksheet;
	inner._writeCloseWorksheet = function (this: InnerSheet) {
		this._write(xml);
		close.call(this);
	};
}

/** Puts what the fonts say into the order of the schema; to be called when all sheets are committed, before the workbook is. */
export function orderFonts(workbook: ExcelJS.stream.xlsx.WorkbookWriter): void {
	const { fonts } = (workbook as unknown as InnerWorkbook).styles.model;
	for (const [index, font] of fonts.entries()) fonts[index] = font.replace(/(?<=^<font>).*(?=<\/font>$)/s, orderElements);
}

/**
 * Gives every filter the hidden name that Excel gives it too: LibreOffice shows no filter without. To be called before the workbook is
 * committed.
 */
export function nameFilters(workbook: ExcelJS.stream.xlsx.WorkbookWriter): void {
	const { zip, _worksheets: sheets } = workbook as unknown as InnerWorkbook;
	const append = zip.append.bind(zip);
	zip.append = (content, entry) => {
		if (entry.name !== "/xl/workbook.xml") return append(content, entry);
		const names = sheets.filter(Boolean).map((sheet, index) => filterName(sheet, index));
		const xml = String(content).replace("<definedNames>", () => `<definedNames>${names.join("")}`);
		return append(xml, entry);
	};
}

function filterName({ name, autoFilter }: InnerSheet, index: number): string {
	if (autoFilter === null || typeof autoFilter === "string") return "";
	const { from, to } = autoFilter;
	const range = `$${letterOf(from.column - 1)}$${from.row}:$${letterOf(to.column - 1)}$${to.row}`;
	return `<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">'${name}'!${range}</definedName>`;
}

interface InnerSheet {
	/** Our own names: letters, digits and blanks. */
	readonly name: string;
	readonly autoFilter: null | string | { readonly from: CellPlace; readonly to: CellPlace };

	_write(xml: string): void;
	_writeCloseWorksheet(): void;
}

interface InnerWorkbook {
	/** Each font as its XML. */
	readonly styles: { readonly model: { readonly fonts: string[] } };
	/** By number, from 1 on. */
	readonly _worksheets: readonly InnerSheet[];
	readonly zip: { append(content: unknown, entry: { readonly name: string }): unknown };
}

interface CellPlace {
	readonly row: number;
	readonly column: number;
}

const FONT_ELEMENTS = ["b", "i", "strike", "outline", "shadow", "u", "vertAlign", "sz", "color", "name", "family", "charset", "scheme"];

function orderElements(xml: string): string {
	const place = (element: string) => FONT_ELEMENTS.indexOf(/^<(\w+)/.exec(element)?.[1] ?? "");
	return (xml.match(/<[^>]*>/g) ?? []).toSorted((a, b) => place(a) - place(b)).join("");
}
