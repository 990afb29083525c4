import { stringify } from "csv-stringify/sync";
import { INSTALLATION_COLUMNS, type LineForm } from "./installation-lines.ts";
import type { ReportRowJson } from "./results-json.ts";

// Comma, LF, quotes where needed; a header first. Absent values are empty.

const REPORT_COLUMNS = [
	"client",
	"server",
	"renewalDate",
	"registeredUsers",
	"enterpriseUsers",
	"designerUsers",
	"activeRegistered",
	"activeEnterprise",
	"activeDesigners",
	"weeklyDifference",
	"lastUpdate",
	"flags",
] as const satisfies readonly (keyof ReportRowJson)[];

/** One record per installation. */
export const CSV_LINES: LineForm = {
	labels: INSTALLATION_COLUMNS.map((_, index) => (index === 0 ? "" : ",")),
	cell: toCell,
	end: "\n",
	header: record(INSTALLATION_COLUMNS),
};

/** The rows of the usage report; several flags are joined by "; ". */
export function* toReportCsv(rows: readonly ReportRowJson[]): Iterable<string> {
	yield record(REPORT_COLUMNS);
	for (const row of rows) yield record(REPORT_COLUMNS.map((column) => (column === "flags" ? row.flags.join("; ") : row[column])));
}

/** Text that stands in a cell as it is. The library decides about all other; being asked takes it a hundred times as long. */
const PLAIN = /^[\p{L}\p{N} ._+\-()/&@:]*$/u;

function toCell(value: string | number | null): string {
	if (value === null) return "";
	if (typeof value === "number" || PLAIN.test(value)) return String(value);
	return record([value]).slice(0, -1);
}

function record(cells: readonly (string | number | null)[]): string {
	return stringify([cells as (string | number | null)[]]);
}
