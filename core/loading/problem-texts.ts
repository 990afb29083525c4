import type { DateFormat } from "../config/model.ts";
import { formatCount } from "../texts/format-count.ts";
import { quoteCell } from "./cells.ts";

/** What `source/missing-key` says of a row that lacks a value in one of our columns. */
export function describeMissingKey(column: string): string {
	return `The ${column} is empty; the row is left out.`;
}

/** What `source/unparseable-date` says of a cell's text; `kept` is what becomes of the row. */
export function describeUnparseableDate(written: string, format: DateFormat, kept: "row is kept" | "row is left out"): string {
	const fate = kept === "row is kept" ? "the row is kept without it" : "the row is left out";
	return `${quoteCell(written)} is not a date in the format ${format}; ${fate}.`;
}

/** What `source/surplus-cells` says of a row with a number of cells beyond the last column. */
export function describeSurplusCells(count: number): string {
	const cells = count === 1 ? "One cell stands" : `${formatCount(count)} cells stand`;
	return `${cells} beyond the last column, without effect; check the quotes and the delimiter of this row.`;
}
