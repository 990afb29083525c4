import type { DeployedLimitRow } from "../config/deployed-owners.ts";
import { foldName } from "../config/fold-name.ts";
import { foldColumnName } from "../connectors/closest-name.ts";
import { cellsOf, nextRecordStart } from "../connectors/csv/csv-records.ts";
import { t } from "../texts/translate.ts";
import { isLimit, LIMIT_NAMES, MAX_LIMIT } from "../usage/limits.ts";
import { parseCount, quoteCell, readText } from "./cells.ts";
import { mapColumns } from "./column-mapping.ts";

/** What a table of deployed settings says. */
export interface SettingsText {
	/** Limits, in the order of the text. */
	readonly rows: readonly DeployedLimitRow[];
	/** Rows that could not be understood, in the order of the text. */
	readonly faults: readonly SettingsFault[];
	/** How many rows are about settings that are no limits. */
	readonly otherSettings: number;
}

/** A row that could not be understood. */
export interface SettingsFault {
	/** Counted from 1, header rows and empty ones included. */
	readonly row: number;
	/** What is wrong with it, in a sentence. */
	readonly message: string;
}

/**
 * Reads the result of the settings script as a person brings it: copied from a grid (cells separated by tabs) or saved as CSV, with or without a header,
 * also several results one below the other. Nothing is left out in silence: a row is a limit, another setting, or a fault.
 */
export function readSettingsText(text: string): SettingsText {
	const content = text.replace(/^\uFEFF/, "");
	return readRecords(splitRecords(content, chooseDelimiter(content)));
}

/** The delimiter by which most of the beginning makes sense. */
function chooseDelimiter(content: string): string {
	const beginning = content.length <= SAMPLE_LENGTH ? content : content.slice(0, content.lastIndexOf("\n", SAMPLE_LENGTH) + 1);
	const tried = ["\t", ",", ";", "|"].map((delimiter) => ({ delimiter, made: sense(readRecords(splitRecords(beginning, delimiter))) }));
	return tried.reduce((best, candidate) => (candidate.made > best.made ? candidate : best)).delimiter;
}

const SAMPLE_LENGTH = 20_000;

function sense({ rows, otherSettings, faults }: SettingsText): number {
	return rows.length * 1e6 + otherSettings * 1e3 - faults.length;
}

function splitRecords(text: string, delimiter: string): readonly (readonly string[])[] {
	// What is copied from a grid has no quotes around cells, but cells may begin with one.
	if (delimiter === "\t") return text.split(/\r\n|[\r\n]/).map((line) => line.split("\t"));
	const bytes = Buffer.from(`${text}\n`);
	const separator = Buffer.from(delimiter);
	const records: (readonly string[])[] = [];
	for (let start = 0; start < bytes.length; ) {
		const next = nextRecordStart(bytes, start, bytes.length, separator);
		const end = next < 0 ? bytes.length : next;
		records.push(cellsOf(bytes.subarray(start, end), 0, lengthWithoutLineEnd(bytes.subarray(start, end)), separator));
		start = end;
	}
	return records;
}

function lengthWithoutLineEnd(record: Uint8Array): number {
	let length = record.length;
	while (length > 0 && (record[length - 1] === 0x0a || record[length - 1] === 0x0d)) length--;
	return length;
}

/** Where the columns stand, and whom rows are about. */
interface Layout {
	readonly kind: "project" | "instance" | null;
	readonly indices: Readonly<Record<string, number>>;
}

function readRecords(records: readonly (readonly string[])[]): SettingsText {
	const rows: DeployedLimitRow[] = [];
	const faults: SettingsFault[] = [];
	let otherSettings = 0;
	let layout: Layout | null = null;
	for (const [index, cells] of records.entries()) {
		if (cells.every((cell) => readText(cell) === null)) continue;
		const header = readHeader(cells);
		if (header !== null) {
			layout = header;
			continue;
		}
		const read = readRow(cells, layout ?? guessLayout(cells), index + 1);
		if (read === null) otherSettings++;
		else if ("message" in read) faults.push(read);
		else rows.push(read);
	}
	return { rows, faults, otherSettings };
}

/** A row that names our columns, or those of the comparison that the script makes too; null for any other. */
function readHeader(cells: readonly string[]): Layout | null {
	const value = cells.map(foldColumnName).find((name) => name === "value" || name === "deployed");
	if (value === undefined) return null;
	const { indices, failures } = mapColumns(
		"settings",
		{ value },
		cells.map((cell) => cell.trim()),
	);
	if (failures.length > 0) return null;
	const title = foldColumnName(cells[indices["title"]!]!);
	const isInstance = title === foldColumnName("InstanceName") || indices["instanceId"] !== undefined;
	return { kind: isInstance ? "instance" : title === foldColumnName("ProjectTitle") ? "project" : null, indices };
}

/** Without a header, only the columns of the script's first part are understood: whose, which, the value, and of an instance its number. */
function guessLayout(cells: readonly string[]): Layout | null {
	const count = cells.findLastIndex((cell) => cell.trim() !== "") + 1;
	if (count > 4 || limitOf(cells[1] ?? "") === null) return null;
	return { kind: count === 4 ? "instance" : null, indices: { title: 0, name: 1, value: 2, instanceId: 3 } };
}

/** Null for another setting than a limit. */
function readRow(cells: readonly string[], layout: Layout | null, row: number): DeployedLimitRow | SettingsFault | null {
	const shown = () => quoteCell(cells.join(" "));
	if (layout === null)
		return { row, message: t`${shown()} names none of the three limits, and there is no header above that names the columns.` };
	const cell = (column: string) => readText(cells[layout.indices[column] ?? -1]);
	const title = cell("title");
	const name = cell("name");
	const value = cell("value");
	if (title === null || name === null)
		return {
			row,
			message: title === null ? t`${shown()} does not tell whose setting it is.` : t`${shown()} does not tell which setting it is.`,
		};
	const limit = limitOf(name);
	if (limit === null) return null;
	const days = value === null ? null : parseCount(value);
	if (!isLimit(days)) {
		const what = value === null ? t("no value") : t`the value ${quoteCell(value)}`;
		return { row, message: t`${limit} of ${quoteCell(title)} has ${what}, which is not a whole number of days from 0 to ${MAX_LIMIT}.` };
	}
	const writtenId = cell("instanceId");
	const instanceId = parseCount(writtenId ?? "");
	if (writtenId !== null && instanceId === null && layout.kind === "instance")
		return { row, message: t`${limit} of ${quoteCell(title)} has the instance number ${quoteCell(writtenId)}, which is no number.` };
	return { kind: layout.kind, title, instanceId, limit, days, row };
}

function limitOf(cell: string): (typeof LIMIT_NAMES)[number] | null {
	return LIMIT_NAMES.find((limit) => foldName(limit) === foldName(cell)) ?? null;
}
