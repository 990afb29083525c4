import { besideSqlTable } from "../beside-sql-table.ts";
import { formatRatio, round, type Table } from "../tables.ts";
import type { ActivityMeasured } from "./measure-activity.ts";

/** One line per contender, each beside the SQL that reads the same file. */
export function activityTable({ measured, rows }: ActivityMeasured): Table {
	return besideSqlTable(measured, { head: "ns per access", cell: ({ wallMs }) => round((wallMs * 1e6) / rows) });
}

/** Which goals are reached. */
export function activityGoalsTable({ measured }: ActivityMeasured): Table {
	const ours = measured.find(({ name }) => name === "cli-activity-csv");
	const goal = (text: string, most: number, is: number | null | undefined): readonly (readonly string[])[] =>
		is === null || is === undefined ? [] : [[text, `${most} ×`, `${formatRatio(is)} ×`, is <= most ? "yes" : "no"]];
	return {
		head: ["goal", "at most", "measured", "met"],
		rows: [...goal("time, to DuckDB's", 1, ours?.wallRatio), ...goal("peak memory, to DuckDB's", 0.5, ours?.peakRatio)],
	};
}
