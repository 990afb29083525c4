import { DATE_FORMATS } from "../dates/date-format.ts";
import { typeOfFile } from "./file-types.ts";
import type { DataSource, Provides, SourceType } from "./model.ts";
import { listAt, readText, valueAt } from "./value-at.ts";

const SOURCE_TYPES: readonly SourceType[] = ["csv", "excel", "sqlite", "parquet", "postgres", "sqlserver", "clickhouse"];

/**
 * Reads `dataSources` of a plain tree, with defaults applied. Entries without a usable name, type or `provides`, and those that
 * provide what the kind of file cannot use, are left out; the schema reports them.
 */
export function readDataSources(tree: unknown, usable: readonly Provides[]): readonly DataSource[] {
	return listAt(tree, ["dataSources"]).flatMap((entry, index) => readDataSource(entry, index, usable) ?? []);
}

/** An entry that is still being written, as far as it says which table to read; null when it does not even say which kind of file. */
export function readHalfWrittenSource(entry: unknown): Omit<DataSource, "index" | "name" | "provides"> | null {
	const type = SOURCE_TYPES.find((candidate) => candidate === valueAt(entry, ["type"])) ?? typeOfFile(textOf(entry, "path") ?? "");
	return type === null ? null : readRest(entry, type);
}

function readDataSource(entry: unknown, index: number, usable: readonly Provides[]): DataSource | null {
	const name = textOf(entry, "name");
	const provides = usable.find((candidate) => candidate === valueAt(entry, ["provides"]));
	const type = SOURCE_TYPES.find((candidate) => candidate === valueAt(entry, ["type"]));
	return name === null || provides === undefined || type === undefined ? null : { index, name, provides, ...readRest(entry, type) };
}

function readRest(entry: unknown, type: SourceType): Omit<DataSource, "index" | "name" | "provides"> {
	return {
		type,
		connector: textOf(entry, "connector"),
		path: textOf(entry, "path"),
		connection: textOf(entry, "connection"),
		table: textOf(entry, "table"),
		query: textOf(entry, "query"),
		sheet: textOf(entry, "sheet"),
		columns: readColumns(valueAt(entry, ["columns"])),
		dateFormat: DATE_FORMATS.find((candidate) => candidate === valueAt(entry, ["dateFormat"])) ?? "iso",
		timeZone: textOf(entry, "timeZone") ?? "UTC",
		delimiter: delimiterOf(valueAt(entry, ["delimiter"])),
		encoding: textOf(entry, "encoding") ?? "utf-8",
		header: valueAt(entry, ["header"]) !== false,
	};
}

function readColumns(value: unknown): Readonly<Record<string, string>> {
	if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
	const entries = Object.keys(value).map((ours) => [ours, readText(valueAt(value, [ours]))] as const);
	return Object.fromEntries(entries.filter((entry): entry is readonly [string, string] => entry[1] !== null));
}

/** A delimiter may be white space, so it is the one text that is not trimmed. */
function delimiterOf(value: unknown): string {
	return typeof value === "string" && value !== "" ? value : ",";
}

function textOf(entry: unknown, key: string): string | null {
	return readText(valueAt(entry, [key]));
}
