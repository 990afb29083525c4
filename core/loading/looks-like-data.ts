import { USER_TYPES } from "../subscriptions/usage-log.ts";

/**
 * Whether the names of a table's columns are rather the cells of a row, as in a file without a header: a date, a large number or an address is no
 * name of a column, and neither is a user type, unless others stand beside it as above numbers of users. Such cells are not quoted, since in a list of accesses one
 * of them is the name of a user.
 */
export function looksLikeData(tableColumns: readonly string[]): boolean {
	const names = tableColumns.map((name) => name.trim().toLowerCase());
	const types = USER_TYPES.filter((type) => names.includes(type.toLowerCase()));
	return types.length === 1 || tableColumns.some((name) => DATA.test(name));
}

/** Dates of every kind, instants as numbers, and addresses. */
const DATA = /\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{5}|[^\s@]@[^\s@]/;
