import type { Provides } from "../config/model.ts";
import { closestName, foldColumnName, listNames } from "../connectors/closest-name.ts";

/** One of our columns. */
export interface OurColumn {
	readonly name: string;
	/** A source without it cannot be used. */
	readonly required: boolean;
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
	settings: [required("title"), required("name"), required("value"), optional("instanceId")],
};

/** Where our columns stand in a table. */
export interface ColumnMapping {
	/** Index in the table by our column; optional columns that the table does not have are absent. */
	readonly indices: Readonly<Record<string, number>>;
	/** What is wrong with the entry's `columns`; the indices may be used only when this is empty. */
	readonly failures: readonly ColumnFailure[];
}

/** Why one of our columns cannot be read. */
export interface ColumnFailure {
	readonly code: "source/missing-column" | "source/duplicate-column";
	readonly message: string;
}

/**
 * Finds our columns among a table's. An entry of `columns` decides; a column without one is found under its own name. Names are
 * compared exactly first, then ignoring case, spaces and `_`. A column that is named must exist, also when it is optional.
 */
export function mapColumns(provides: Provides, columns: Readonly<Record<string, string>>, tableColumns: readonly string[]): ColumnMapping {
	const indices: Record<string, number> = {};
	const failures: ColumnFailure[] = [];
	for (const { name, required } of OUR_COLUMNS[provides]) {
		const written = Object.hasOwn(columns, name) ? columns[name]! : null;
		const found = findColumn(written ?? name, tableColumns);
		if (found.length > 1) failures.push(duplicateColumn(name, tableColumns[found[0]!]!, found));
		else if (found.length === 1) indices[name] = found[0]!;
		else if (written !== null || required) failures.push(missingColumn(name, written, tableColumns));
	}
	return { indices, failures };
}

function findColumn(wanted: string, tableColumns: readonly string[]): readonly number[] {
	const exact = indicesWhere(tableColumns, (column) => column === wanted.trim());
	if (exact.length > 0) return exact;
	const folded = foldColumnName(wanted);
	return indicesWhere(tableColumns, (column) => foldColumnName(column) === folded);
}

function indicesWhere(names: readonly string[], holds: (name: string) => boolean): readonly number[] {
	return names.flatMap((name, index) => (holds(name) ? [index] : []));
}

function missingColumn(name: string, written: string | null, tableColumns: readonly string[]): ColumnFailure {
	const meant = closestName(written ?? name, tableColumns);
	const sentences = [
		written === null ? `There is no column for "${name}".` : `There is no column "${written}" (for "${name}").`,
		meant === null ? "" : `Did you mean "${meant}"?`,
		written === null && meant === null ? `Name it: "columns: { ${name}: … }".` : "",
		`The columns are: ${listNames(tableColumns)}.`,
		delimiterAdvice(tableColumns),
	];
	return { code: "source/missing-column", message: sentences.filter((sentence) => sentence !== "").join(" ") };
}

/** A table that was cut at the wrong character has one column with all names in it. */
function delimiterAdvice(tableColumns: readonly string[]): string {
	const only = tableColumns.length === 1 ? tableColumns[0]! : "";
	const delimiter = [";", "\t", "|", ","].find((character) => only.includes(character));
	if (delimiter === undefined) return "";
	return `Perhaps the delimiter is ${delimiter === "\t" ? 'a tab: set delimiter to "\\t"' : `"${delimiter}": set delimiter to it`}.`;
}

function duplicateColumn(name: string, column: string, found: readonly number[]): ColumnFailure {
	const places = found.map((index) => index + 1).join(" and ");
	const message = `The column "${column}" (for "${name}") occurs ${found.length} times, as columns ${places}. Rename all but one in the source.`;
	return { code: "source/duplicate-column", message };
}

function required(name: string): OurColumn {
	return { name, required: true };
}

function optional(name: string): OurColumn {
	return { name, required: false };
}
