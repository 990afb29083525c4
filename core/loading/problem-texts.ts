import type { DateFormat } from "../config/model.ts";
import { formatCount } from "../texts/format-count.ts";
import { t } from "../texts/translate.ts";
import { quoteCell } from "./cells.ts";

/** What `source/missing-key` says of a row that lacks a value in one of our columns. */
export function describeMissingKey(column: string): string {
	return t`The ${column} is empty; the row is left out.`;
}

/** What `source/unparseable-date` says of a cell's text, null where it must not be quoted; `kept` is what becomes of the row. */
export function describeUnparseableDate(written: string | null, format: DateFormat, kept: "row is kept" | "row is left out"): string {
	const fate = kept === "row is kept" ? t("the row is kept without it") : t("the row is left out");
	if (written === null) return t`The cell is not a date in the format ${format}; ${fate}.`;
	return t`${quoteCell(written)} is not a date in the format ${format}; ${fate}.`;
}

/** What `source/surplus-cells` says of a row with a number of cells beyond the last column. */
export function describeSurplusCells(count: number): string {
	const cells = count === 1 ? t("One cell stands") : t`${formatCount(count)} cells stand`;
	return t`${cells} beyond the last column, without effect; check the quotes and the delimiter of this row.`;
}
