import type { ConfigFix, ConfigProblem, DataProblem } from "../problems.ts";
import { formatCount, joinWords } from "../texts/format-count.ts";
import { t } from "../texts/translate.ts";
import type { DataSource } from "./model.ts";

/** Rows named in one summary. */
const ROWS_SHOWN = 3;

/**
 * What is wrong with the sources of one configuration file, at their entries: every failure as an error, and the data problems of each
 * source summed up as one warning per code, with their number and the first rows. In the order of failures, then of counts.
 * Problems of sources that are not among those given are left out, and so are failures that the schema reports by itself.
 */
export function toConfigProblems(sources: readonly DataSource[], loaded: LoadFaults): readonly ConfigProblem[] {
	const failures = loaded.failures
		.filter((failure) => sources.some((source) => source.index === failure.sourceIndex && !isSchemaFault(source, failure.code)))
		.map((failure) => placeFailure(sources.find((source) => source.index === failure.sourceIndex)!, failure));
	const summaries = loaded.counts.flatMap(({ source: name, code, count }) => {
		const source = sources.find((candidate) => candidate.name === name);
		if (source === undefined || count === 0) return [];
		return [
			summarize(
				source,
				code,
				count,
				loaded.problems.filter((problem) => problem.source === name && problem.code === code),
			),
		];
	});
	return [...failures, ...summaries];
}

/** What a load tells of its sources; every `Loaded` is one. */
export interface LoadFaults {
	/** Why sources could not be read. */
	readonly failures: readonly Failure[];
	/** The first data problems per source and code, in the order of rows. */
	readonly problems: readonly DataProblem[];
	/** The number of all data problems by source name and code. */
	readonly counts: readonly { readonly source: string; readonly code: string; readonly count: number }[];
}

/** Why one source could not be read; every `SourceFailure` is one. */
interface Failure {
	readonly sourceIndex: number;
	readonly code: string;
	/** The entry's key that one would change, and the one below it where there is one. */
	readonly key: string;
	readonly column?: string;
	readonly message: string;
	/** What would mend it. */
	readonly repairs?: readonly Repair[];
}

/** Values, at keys of an entry, that would mend it; every `SourceRepair` is one. */
interface Repair {
	readonly title: string;
	readonly keys: readonly string[];
	/** A mapping is written key by key. */
	readonly value: string | Readonly<Record<string, string>>;
	/** Keys of the entry that are removed. */
	readonly without?: readonly string[];
	/** Whether a person should look at it. */
	readonly guessed?: true;
}

function placeFailure(source: DataSource, { code, key, column, message, repairs = [] }: Failure): ConfigProblem {
	const sure = repairs.filter(({ guessed }) => guessed !== true);
	const fixes = repairs.flatMap((repair) => toFix(source, repair, sure.length === 1 && repair === sure[0]) ?? []);
	return {
		code,
		severity: "error",
		message,
		...placeOf(source, key, column),
		...(fixes.length === 0 ? {} : { fixes }),
	};
}

/** What is written key by key is one fix, so that it is carried out as a whole. */
function toFix(source: DataSource, { title, keys, value, without = [] }: Repair, preferred: boolean): ConfigFix | null {
	const path = ["dataSources", source.index, ...keys];
	const steps =
		typeof value === "string" ? [{ path, value }] : Object.entries(value).map(([key, text]) => ({ path: [...path, key], value: text }));
	const [first, ...sets] = steps.map((step): ConfigFix => ({ kind: "set", title, preferred, ...step }));
	const removals = without.map((key): ConfigFix => ({ kind: "remove", title, preferred, path: ["dataSources", source.index, key] }));
	const further = [...sets, ...removals];
	return first === undefined ? null : { ...first, ...(further.length === 0 ? {} : { further }) };
}

/**
 * Columns that are missing are no fault of those that are named, so that of `columns` the key alone is marked; where there is no such
 * key, or the default delimiter, which may not be written, it is the data that differs.
 */
function placeOf(source: DataSource, key: string, column: string | undefined): Pick<ConfigProblem, "path" | "anchor"> {
	const entry = ["dataSources", source.index];
	if (column !== undefined) return { path: [...entry, key, column], anchor: "value" };
	if (key === "delimiter" && source.delimiter === ",") return { path: [...entry, dataKeyOf(source)], anchor: "value" };
	if (key !== "columns") return { path: [...entry, key], anchor: "value" };
	if (Object.keys(source.columns).length > 0) return { path: [...entry, key], anchor: "key" };
	return { path: [...entry, dataKeyOf(source)], anchor: "value" };
}

/** Whether a source could not be read because its entry has too few keys, or too many. */
function isSchemaFault(source: DataSource, code: string): boolean {
	return code === "source/missing-location" || (code === "source/invalid-query" && source.table !== null && source.query !== null);
}

function summarize(source: DataSource, code: string, count: number, problems: readonly DataProblem[]): ConfigProblem {
	return {
		code,
		severity: "warning",
		message: `${describe(source, code, count)}${describeRows(count, problems)}`,
		path: ["dataSources", source.index, keyOf(source, code)],
		anchor: "value",
	};
}

/** What was found, and what becomes of it; a full stop at the end. */
function describe(source: DataSource, code: string, count: number): string {
	const one = count === 1;
	const many = formatCount(count);
	switch (code) {
		case "source/unparseable-date":
			return one
				? t`1 cell is not a date in the format ${source.dateFormat}; ${fateOf(source, one)}.`
				: t`${many} cells are not dates in the format ${source.dateFormat}; ${fateOf(source, one)}.`;
		case "source/missing-key":
			return one
				? t("1 row has no value in a key column; it is left out.")
				: t`${many} rows have no value in a key column; they are left out.`;
		case "source/surplus-cells":
			return one
				? t("1 row has more cells than there are columns; the surplus ones are not read.")
				: t`${many} rows have more cells than there are columns; the surplus ones are not read.`;
		case "source/unknown-user-type":
			return one
				? t("1 row names a user type other than Registered, Enterprise and Designer; it is left out.")
				: t`${many} rows name a user type other than Registered, Enterprise and Designer; they are left out.`;
		case "source/future-access":
			return one ? t("1 access lies in the future; it does not count.") : t`${many} accesses lie in the future; they do not count.`;
		case "source/not-a-number":
			return one
				? t("1 cell is not a whole number from 0; its row is left out.")
				: t`${many} cells are not whole numbers from 0; their rows are left out.`;
		default:
			return one ? t("1 data problem was found.") : t`${many} data problems were found.`;
	}
}

/** What becomes of a row whose date cannot be read: without its date a log or an access says nothing, an installation does. */
function fateOf(source: DataSource, one: boolean): string {
	const isDated = source.provides === "usageLog" || source.provides === "userActivity";
	if (isDated) return one ? t("its row is left out") : t("their rows are left out");
	return one ? t("it counts as empty") : t("they count as empty");
}

function describeRows(count: number, problems: readonly DataProblem[]): string {
	const rows = problems.filter((problem) => problem.row !== null).slice(0, ROWS_SHOWN);
	if (rows.length === 0) return "";
	const named = rows.map(({ row, column }) => t`row ${formatCount(row!)}${column === null ? "" : ` (${column})`}`);
	return count > rows.length ? t` First: ${named.join(", ")}.` : t` See ${joinWords(named)}.`;
}

/**
 * The key that one would look at. A date format other than the default is written in the file for certain, the default one may
 * not be; then, and for everything else, it is the data itself that is meant.
 */
function keyOf(source: DataSource, code: string): string {
	if (code === "source/unparseable-date" && source.dateFormat !== "iso") return "dateFormat";
	return dataKeyOf(source);
}

/** The key that says where the data is. */
function dataKeyOf(source: DataSource): string {
	return source.path === null ? "connection" : "path";
}
