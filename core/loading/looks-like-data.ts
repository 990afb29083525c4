import { USER_TYPES } from "../subscriptions/usage-log.ts";

/**
 * Whether the names of a table's columns are rather the cells of a row, as in a file without a header: a user type, a date, a large
 * number or an address is no name of a column. Such cells are not quoted, since in a list of accesses one of them is the name of a user.
 */
export function looksLikeData(tableColumns: readonly string[]): boolean {
	return tableColumns.some((name) => USER_TYPES.some((type) => type.toLowerCase() === name.trim().toLowerCase()) || DATA.test(name));
}

/** Dates of every kind, instants as numbers, and addresses. */
const DATA = /\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{5}|[^\s@]@[^\s@]/;
