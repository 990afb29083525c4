import type { Provides, SourceType } from "../config/model.ts";
import { closestName, foldColumnName, listNames } from "../connectors/closest-name.ts";
import { joinWords } from "../texts/format-count.ts";
import { t } from "../texts/translate.ts";
import { quoteCell } from "./cells.ts";
import type { SourceRepair } from "./loaded.ts";
import { looksLikeData } from "./looks-like-data.ts";
import { proposeColumns } from "./propose-columns.ts";

/** One of our columns. */
export interface OurColumn {
	readonly name: string;
	/** A source without it cannot be used. */
	readonly required: boolean;
	/** Names that the column has where the vendor's own scripts wrote the table; tried in order when it is not found under ours. */
	readonly aliases: readonly string[];
}

/** What a source that provides something may have as columns, in the order in which the documentation lists them. */
export const OUR_COLUMNS: Readonly<Record<Provides, readonly OurColumn[]>> = {
	devices: [required("device"), optional("inventoryDate"), optional("deviceName")],
	installations: [
		required("device"),
		required("product"),
		optional("installDate"),
		optional("lastUsageDate"),
		optional("publisher"),
		optional("version"),
	],
	usageLog: [
		required("server"),
		required("loggedAt"),
		required("activeRegistered"),
		required("activeEnterprise"),
		required("activeDesigners"),
		optional("version"),
	],
	userActivity: [required("server"), required("user"), required("userType"), required("accessedAt")],
	settings: [
		required("title", "ProjectTitle", "InstanceName"),
		required("name", "SettingName", "ProjectName"),
		required("value"),
		optional("instanceId"),
	],
};

/** Where our columns stand in a table. */
export interface ColumnMapping {
	/** Index in the table by our column; optional columns that the table does not have are absent. */
	readonly indices: Readonly<Record<string, number>>;
	/** What is wrong with the columns; the indices may be used only when this is empty. */
	readonly failures: readonly ColumnFailure[];
}

/** Why columns of ours cannot be read. */
export interface ColumnFailure {
	readonly code: "source/missing-column" | "source/duplicate-column";
	/** The entry's key that one would change. */
	readonly key: "columns" | "delimiter";
	readonly message: string;
	/** The key of `columns` whose value is wrong; null when none is. */
	readonly column: string | null;
	/** What was surely meant; empty when nobody can tell. */
	readonly repairs: readonly SourceRepair[];
}

/**
 * Finds our columns among a table's. An entry of `columns` decides; a column without one is found under its own name. Names are
 * compared exactly first, then ignoring case, spaces and `_`. A column that is named must exist, also when it is optional. Of the
 * columns that are missing without being named one failure tells; where the delimiter is to blame, it tells of all.
 * @param type of the source; only of delimited text can the delimiter be wrong.
 */
export function mapColumns(
	provides: Provides,
	columns: Readonly<Record<string, string>>,
	tableColumns: readonly string[],
	type: SourceType = "csv",
): ColumnMapping {
	const indices: Record<string, number> = {};
	const duplicates: ColumnFailure[] = [];
	const missing: MissingColumn[] = [];
	for (const { name, required, aliases } of OUR_COLUMNS[provides]) {
		const written = Object.hasOwn(columns, name) ? columns[name]! : null;
		const names = written === null ? [name, ...aliases] : [written];
		const found = names.map((candidate) => findColumn(candidate, tableColumns)).find((places) => places.length > 0) ?? [];
		if (found.length > 1) duplicates.push(duplicateColumn(name, written, tableColumns[found[0]!]!, found));
		else if (found.length === 1) indices[name] = found[0]!;
		else if (written !== null || required) missing.push({ name, written });
	}
	if (missing.length > 0 && isWithoutHeader(provides, tableColumns, Object.keys(indices).length))
		return { indices, failures: [withoutHeader(missing, type)] };
	const free = tableColumns.filter((_, index) => !Object.values(indices).includes(index));
	const failures = describeMissing(missing, tableColumns, free, type);
	if (failures[0]?.key !== "columns") return { indices, failures: [...failures, ...duplicates] };
	const mapped = proposeMapping(provides, columns, missing, tableColumns, indices);
	return { indices, failures: [...withProposal(failures, mapped, missing), ...duplicates] };
}

/** Columns that no category and no report depends on. */
const VIEW_COLUMNS: readonly string[] = ["deviceName", "publisher", "version"];

/** The indices of a mapping that are to be read. */
export function wantedIndices({ indices }: ColumnMapping, viewColumns: boolean): ColumnMapping["indices"] {
	return viewColumns ? indices : Object.fromEntries(Object.entries(indices).filter(([name]) => !VIEW_COLUMNS.includes(name)));
}

/**
 * Entries of `columns` that would find the missing columns, and beside them optional ones that nothing names yet. A required column
 * may take one that an optional column has only because of its name.
 */
function proposeMapping(
	provides: Provides,
	columns: Readonly<Record<string, string>>,
	missing: readonly MissingColumn[],
	tableColumns: readonly string[],
	indices: ColumnMapping["indices"],
): Readonly<Record<string, string>> {
	const isMissing = (name: string) => missing.some((column) => column.name === name);
	const wanted = OUR_COLUMNS[provides].filter(({ name, required }) => isMissing(name) || (!required && !Object.hasOwn(columns, name)));
	const taken = new Set(Object.entries(indices).flatMap(([name, index]) => (wanted.some((column) => column.name === name) ? [] : [index])));
	const isUnique = (column: string) => tableColumns.indexOf(column) === tableColumns.lastIndexOf(column);
	const free = tableColumns.filter((column, index) => !taken.has(index) && isUnique(column));
	const proposed = proposeColumns(provides, wanted, free);
	// Where nothing that is missing is found, the source stays as unusable as it is.
	if (!proposed.some(({ ours }) => isMissing(ours))) return {};
	return Object.fromEntries(proposed.filter(({ ours }) => !Object.hasOwn(indices, ours)).map(({ ours, theirs }) => [ours, theirs]));
}

/** The failures, the first of which has the mapping as a repair too, if it finds a missing column that no other repair finds. */
function withProposal(
	failures: readonly ColumnFailure[],
	columns: Readonly<Record<string, string>>,
	missing: readonly MissingColumn[],
): readonly ColumnFailure[] {
	const mended = new Set(failures.flatMap(({ repairs }) => repairs.map(({ keys }) => keys.at(-1))));
	if (!missing.some(({ name }) => Object.hasOwn(columns, name) && !mended.has(name))) return failures;
	const repair: SourceRepair = { title: t("Map columns from the file's header"), keys: ["columns"], value: columns, guessed: true };
	return failures.map((failure, index) => (index === 0 ? { ...failure, repairs: [...failure.repairs, repair] } : failure));
}

/** One of our columns that the table does not have. */
interface MissingColumn {
	readonly name: string;
	/** Null when `columns` has no entry for it. */
	readonly written: string | null;
}

/**
 * Whether what stands where names of columns are to be is a row of data. Of accesses that is believed sooner: where nothing
 * looks like two of our columns, one of the cells may be the name of a user, which is not to be shown.
 * @param found how many of ours are found by their very names.
 */
export function isWithoutHeader(provides: Provides, tableColumns: readonly string[], found: number): boolean {
	const delimiter = guessDelimiter(tableColumns);
	const names = delimiter === null ? tableColumns : tableColumns.flatMap((name) => name.split(delimiter));
	if (looksLikeData(names)) return true;
	if (tableColumns.every((name) => NUMBERED.test(name))) return false;
	return provides === "userActivity" && found === 0 && proposeColumns(provides, OUR_COLUMNS[provides], names).length < 2;
}

/** Names that we give to columns without one. */
const NUMBERED = /^Column \d+$/;

/** Quotes nothing of the row. */
function withoutHeader(missing: readonly MissingColumn[], type: SourceType): ColumnFailure {
	const advice =
		type === "csv"
			? t(
					'The first row does not look like names of columns. If the file has no header, set "header: false" and name "Column 1" and so on under "columns".',
				)
			: t("The first row does not look like names of columns. Add a row with their names.");
	return { code: "source/missing-column", key: "columns", message: `${describeAbsence(missing)}. ${advice}`, column: null, repairs: [] };
}

/** @param free columns of the table that are not taken by others of ours. */
function describeMissing(
	missing: readonly MissingColumn[],
	tableColumns: readonly string[],
	free: readonly string[],
	type: SourceType,
): readonly ColumnFailure[] {
	if (missing.length === 0) return [];
	const delimiter = type === "csv" ? guessDelimiter(tableColumns) : null;
	if (delimiter !== null) return [wrongDelimiter(missing, tableColumns[0]!, delimiter)];
	const named = missing.filter((column): column is Named => column.written !== null).map((column) => wrongName(column, free));
	const unnamed = missing.filter((column) => column.written === null);
	const all = unnamed.length === 0 ? named : [notFound(unnamed, free), ...named];
	// Of one source, the columns that there are need be listed once.
	return all.map((failure, index) =>
		index > 0 ? failure : { ...failure, message: t`${failure.message} The columns are: ${listNames(tableColumns)}.` },
	);
}

type Named = MissingColumn & { readonly written: string };

function findColumn(wanted: string, tableColumns: readonly string[]): readonly number[] {
	const exact = indicesWhere(tableColumns, (column) => column === wanted.trim());
	if (exact.length > 0) return exact;
	const folded = foldColumnName(wanted);
	return indicesWhere(tableColumns, (column) => foldColumnName(column) === folded);
}

function indicesWhere(names: readonly string[], holds: (name: string) => boolean): readonly number[] {
	return names.flatMap((name, index) => (holds(name) ? [index] : []));
}

function wrongName({ name, written }: Named, free: readonly string[]): ColumnFailure {
	const meant = closestName(written, free);
	return {
		code: "source/missing-column",
		key: "columns",
		message: t`There is no column "${written}" (for "${name}").${meant === null ? "" : t` Did you mean "${meant}"?`}`,
		column: name,
		repairs: meant === null ? [] : [{ title: t`Change to "${meant}"`, keys: ["columns", name], value: meant }],
	};
}

function notFound(unnamed: readonly MissingColumn[], free: readonly string[]): ColumnFailure {
	const near = unnamed.flatMap(({ name }) => {
		const meant = closestName(name, free);
		return meant === null ? [] : [{ name, meant }];
	});
	const isOne = unnamed.length === 1;
	const sentences = [
		`${describeAbsence(unnamed)}.`,
		...near.map(({ name, meant }) => t`Did you mean "${meant}"${isOne ? "" : t` (for "${name}")`}?`),
		...(near.length > 0 ? [] : [isOne ? t`Name it: "${`columns: { ${unnamed[0]!.name}: … }`}".` : t('Name them under "columns".')]),
	];
	return {
		code: "source/missing-column",
		key: "columns",
		message: sentences.join(" "),
		column: null,
		repairs: near.map(({ name, meant }) => ({
			title: t`Take "${name}" from the column "${meant}"`,
			keys: ["columns", name],
			value: meant,
		})),
	};
}

function describeAbsence(missing: readonly MissingColumn[]): string {
	const names = joinWords(missing.map(({ name, written }) => (written === null ? `"${name}"` : t`"${written}" (for "${name}")`)));
	if (missing.length > 1)
		return missing.every(({ written }) => written === null) ? t`There are no columns for ${names}` : t`There are no columns ${names}`;
	return missing[0]!.written === null ? t`There is no column for ${names}` : t`There is no column ${names}`;
}

/** The delimiter of a table that was cut at another character, so that it has one column with all names in it; null for any other table. */
export function guessDelimiter(tableColumns: readonly string[]): string | null {
	const only = tableColumns.length === 1 ? tableColumns[0]! : "";
	return [";", "\t", "|", ","].find((character) => only.includes(character)) ?? null;
}

function wrongDelimiter(missing: readonly MissingColumn[], only: string, delimiter: string): ColumnFailure {
	const name = delimiter === "\t" ? t("a tab") : `"${delimiter}"`;
	const advice = delimiter === "\t" ? t('a tab: set delimiter to "\\t"') : t`${name}: set delimiter to it`;
	return {
		code: "source/missing-column",
		key: "delimiter",
		message: t`${describeAbsence(missing)}. The only column is ${quoteCell(only)}. Perhaps the delimiter is ${advice}.`,
		column: null,
		repairs: [{ title: t`Set the delimiter to ${name}`, keys: ["delimiter"], value: delimiter }],
	};
}

function duplicateColumn(name: string, written: string | null, column: string, found: readonly number[]): ColumnFailure {
	const places = found.map((index) => String(index + 1)).reduce((list, place) => t`${list} and ${place}`);
	const message = t`The column "${column}" (for "${name}") occurs ${found.length} times, as columns ${places}. Rename all but one in the source.`;
	return { code: "source/duplicate-column", key: "columns", message, column: written === null ? null : name, repairs: [] };
}

function required(name: string, ...aliases: readonly string[]): OurColumn {
	return { name, required: true, aliases };
}

function optional(name: string): OurColumn {
	return { name, required: false, aliases: [] };
}
