// The order in which the report lists servers. No document is needed here.

import type { ReportRow } from "../../../server/protocol/report-messages.ts";
import { type Check, flag, object, oneOf } from "../shared/check.ts";
import { weightOf } from "./flags.ts";

/** Columns of the table of servers, from left to right as it is made. */
export const SERVER_COLUMNS = [
	"client",
	"server",
	"flags",
	"renewalDate",
	"registered",
	"enterprise",
	"designers",
	"trend",
	"weeklyDifference",
	"lastUpdate",
	"registeredUsers",
	"enterpriseUsers",
	"designerUsers",
	"activeRegistered",
	"activeEnterprise",
	"activeDesigners",
] as const;
export type ServerColumn = (typeof SERVER_COLUMNS)[number];

/** One column to sort by. */
export interface ReportSort {
	readonly by: ServerColumn;
	readonly descending: boolean;
}

/** A sort as a view keeps it. */
export const isReportSort: Check<ReportSort> = object<ReportSort>({ by: oneOf(...SERVER_COLUMNS), descending: flag });

/**
 * The rows by one column, equal ones in the report's own order; rows without a value stand last in both directions. The list
 * itself when `sort` is null.
 */
export function sortRows<Row extends ReportRow>(rows: readonly Row[], sort: ReportSort | null): readonly Row[] {
	if (sort === null) return rows;
	const sign = sort.descending ? -1 : 1;
	const keyed = rows.map((row) => ({ row, key: keyOf(row, sort.by) }));
	return keyed.toSorted((a, b) => compare(a.key, b.key, sign)).map(({ row }) => row);
}

function compare(a: string | number | null, b: string | number | null, sign: number): number {
	if (a === b) return 0;
	if (a === null) return 1;
	if (b === null) return -1;
	if (typeof a === "string" && typeof b === "string")
		return sign * (a.localeCompare(b, undefined, { numeric: true, sensitivity: "base" }) || (a < b ? -1 : 1));
	return a < b ? -sign : sign;
}

function keyOf(row: ReportRow, by: ServerColumn): string | number | null {
	switch (by) {
		case "flags":
			// The heaviest first when descending: an alarm weighs more than any number of notices.
			return row.flags.length === 0 ? null : row.flags.reduce((sum, name) => sum + 100 ** RANKS.indexOf(weightOf(name)), 0);
		case "registered":
			return row.utilisation.registered;
		case "enterprise":
			return row.utilisation.enterprise;
		case "designers":
			return row.utilisation.designers;
		case "trend":
			return row.projection.registered?.perWeek ?? null;
		default:
			return row[by];
	}
}

const RANKS = ["notice", "warning", "alarm"] as const;
