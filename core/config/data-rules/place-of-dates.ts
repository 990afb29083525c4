import type { ConfigProblem } from "../../problems.ts";
import type { DateColumnName } from "../../usage/source-facts.ts";
import type { DataSource } from "../model.ts";

/** Where one would change which dates a column has: at the column's name where it is written, otherwise where the data is named. */
export function placeOfDates(source: DataSource, column: DateColumnName): Pick<ConfigProblem, "path" | "anchor"> {
	const keys = Object.hasOwn(source.columns, column) ? ["columns", column] : [dataKeyOf(source)];
	return { path: ["dataSources", source.index, ...keys], anchor: "value" };
}

/** Where one would change the format of a source's dates: at its name where another than the default is stated. */
export function placeOfFormat(source: DataSource): Pick<ConfigProblem, "path" | "anchor"> {
	return { path: ["dataSources", source.index, source.dateFormat === "iso" ? dataKeyOf(source) : "dateFormat"], anchor: "value" };
}

/** Where the data of a source is named. */
export function placeOfData(source: DataSource): Pick<ConfigProblem, "path" | "anchor"> {
	return { path: ["dataSources", source.index, dataKeyOf(source)], anchor: "value" };
}

/** A column as the source calls it, or by our name where it goes by that. */
export function describeColumn(source: DataSource, column: DateColumnName): string {
	const theirs = Object.hasOwn(source.columns, column) ? source.columns[column]! : column;
	return theirs === column ? `"${column}"` : `"${theirs}" (${column})`;
}

function dataKeyOf(source: DataSource): string {
	return source.path === null ? "connection" : "path";
}
