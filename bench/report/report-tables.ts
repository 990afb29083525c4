import { besideSqlTable } from "../beside-sql-table.ts";
import { formatRatio, type Table } from "../tables.ts";
import type { ReportMeasured } from "./measure-report.ts";

/** One line per contender, each beside the SQL that reads the same file. */
export function reportTable({ measured }: ReportMeasured): Table {
	return besideSqlTable(measured);
}

/** Which goals are reached. */
export function reportGoalsTable({ measured }: ReportMeasured): Table {
	const rows = (["csv", "sqlite"] as const).flatMap((form) => {
		const is = measured.find(({ name }) => name === `cli-report-${form}`)?.wallRatio;
		const text = form === "csv" ? "CSV: time, to DuckDB's" : "SQLite: time, to SQL's on SQLite";
		return is === null || is === undefined ? [] : [[text, "1 ×", `${formatRatio(is)} ×`, is <= 1 ? "yes" : "no"]];
	});
	return { head: ["goal", "at most", "measured", "met"], rows };
}
