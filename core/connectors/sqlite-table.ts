import type { DataSource } from "../config/model.ts";
import { t } from "../texts/translate.ts";
import { closestName, listNames } from "./closest-name.ts";
import { repairTo, SourceError } from "./connector.ts";
import type { SqliteDatabase } from "./sqlite-binding.ts";

/** A table of a SQLite database. */
export interface SqliteTable {
	readonly name: string;
	/**
	 * A name of the row number that SQLite gives every row and finds it by; null for views, for tables without one, and where columns have
	 * taken all of its names.
	 */
	readonly rowid: string | null;
	/**
	 * SQL that fixes the order of the rows, with a space before it: without it, which index covers the columns that are asked for would decide.
	 * Empty where rows have no order of their own.
	 */
	readonly orderBy: string;
	/** Its columns of text: those whose declared type says so. */
	readonly textColumns: ReadonlySet<string>;
	/** False for views and virtual tables, whose rows come from elsewhere. */
	readonly isStored: boolean;
}

/**
 * Finds a source's table or view, ignoring case when it is not found exactly.
 * @throws {SourceError} when there is none.
 */
export function findTable(database: SqliteDatabase, source: DataSource): SqliteTable {
	const wanted = source.table!;
	const names = listTables(database);
	const name = names.find((candidate) => candidate === wanted) ?? names.find((candidate) => foldCase(candidate) === foldCase(wanted));
	if (name !== undefined) return describeTable(database, name);
	const meant = closestName(wanted, names);
	const advice = meant === null ? "" : t` Did you mean "${meant}"?`;
	const message = t`${source.path ?? source.name} has no table "${wanted}".${advice} It has: ${listNames(names)}.`;
	throw new SourceError("source/missing-table", "table", message, repairTo("table", meant));
}

/** A name of a table or column as SQL takes it. */
export function quoteName(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}

/** The first and the last row number of a table; null when it has no row, no row numbers, or some that no number holds exactly. */
export function rowidBounds(
	database: SqliteDatabase,
	{ name, rowid }: SqliteTable,
): { readonly first: number; readonly last: number } | null {
	if (rowid === null) return null;
	const find = (end: "min" | "max") =>
		database
			.prepare<[], unknown>(`SELECT ${end}(${rowid}) FROM ${quoteName(name)}`)
			.pluck()
			.get();
	const [first, last] = [find("min"), find("max")];
	return Number.isSafeInteger(first) && Number.isSafeInteger(last) ? { first: first as number, last: last as number } : null;
}

/**
 * The row number of a table's first row, and one that divides it into halves of about as many rows, as far as its gaps tell; null for a
 * table that is too small for that, has no row numbers, or has some that no number holds exactly.
 */
export function findMiddleRowid(database: SqliteDatabase, table: SqliteTable): { readonly first: number; readonly middle: number } | null {
	const { name, rowid } = table;
	const bounds = rowidBounds(database, table);
	if (rowid === null || bounds === null) return null;
	const { first } = bounds;
	let { first: low, last: high } = bounds;
	const find = (end: "min" | "max", comparison: "<" | ">=") => {
		const sql = `SELECT ${end}(${rowid}) FROM ${quoteName(name)} WHERE ${rowid} ${comparison} ?`;
		const statement = database.prepare<number[], number>(sql).pluck();
		return (middle: number) => statement.get(middle)!;
	};
	const lastBefore = find("max", "<");
	const firstFrom = find("min", ">=");
	while (high - low >= LARGE_ROWS) {
		const middle = low + Math.ceil((high - low) / 2);
		const below = lastBefore(middle);
		const above = firstFrom(middle);
		if (above - below < (high - low) / 2) return { first, middle };
		// Most of it is one gap, so most rows are likely on the side that reaches farther.
		if (below - low >= high - above) high = below;
		else low = above;
	}
	return null;
}

/** Fewer rows are read by the time a second thread has begun. */
const LARGE_ROWS = 250_000;

function describeTable(database: SqliteDatabase, name: string): SqliteTable {
	const sql = "SELECT type, wr FROM pragma_table_list WHERE schema = 'main' AND name = ?";
	const found = database.prepare<[string], { readonly type: string; readonly wr: number }>(sql).get(name);
	const isStored = found?.type === "table";
	const columns = database.prepare<[string], Column>("SELECT name, type, pk FROM pragma_table_xinfo(?)").all(name);
	const rowid = isStored && found.wr === 0 ? findRowid(columns) : null;
	const keys = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
	const order = isStored && found.wr === 1 ? keys.map((column) => quoteName(column.name)) : rowid === null ? [] : [rowid];
	const textColumns = new Set(columns.filter(({ type }) => isTextType(type)).map((column) => column.name));
	return { name, rowid, orderBy: order.length === 0 ? "" : ` ORDER BY ${order.join(", ")}`, textColumns, isStored };
}

interface Column {
	readonly name: string;
	readonly type: string;
	/** Place in the primary key from 1; 0 for a column outside of it. */
	readonly pk: number;
}

/** SQLite's own rule. */
function isTextType(type: string): boolean {
	return /CHAR|CLOB|TEXT/i.test(type) && !/INT/i.test(type);
}

function findRowid(columns: readonly Column[]): string | null {
	const names = columns.map(({ name }) => foldCase(name));
	return ["rowid", "_rowid_", "oid"].find((name) => !names.includes(name)) ?? null;
}

/** Names of the tables and views of a database. */
export function listTables(database: SqliteDatabase): readonly string[] {
	const sql = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";
	return database.prepare<[], string>(sql).pluck().all();
}

function foldCase(name: string): string {
	return name.toLowerCase();
}
