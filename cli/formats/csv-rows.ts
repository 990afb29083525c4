import { stringify } from "csv-stringify/sync";
import type { InstallationJson, ReportRowJson } from "../../workspace/runs/results-json.ts";

const INSTALLATION_COLUMNS = [
	"device",
	"product",
	"installDate",
	"lastUsageDate",
	"category",
	"reason",
	"rule",
] as const satisfies readonly (keyof InstallationJson)[];

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

/** Installations as CSV (comma, LF, quotes where needed): a header, then one record each. Absent values are empty. */
export function* toInstallationCsv(installations: Iterable<InstallationJson>): Iterable<string> {
	yield record(INSTALLATION_COLUMNS);
	for (const installation of installations) yield record(INSTALLATION_COLUMNS.map((column) => installation[column]));
}

/** The rows of the usage report as CSV; several flags are joined by "; ". */
export function* toReportCsv(rows: readonly ReportRowJson[]): Iterable<string> {
	yield record(REPORT_COLUMNS);
	for (const row of rows) yield record(REPORT_COLUMNS.map((column) => (column === "flags" ? row.flags.join("; ") : row[column])));
}

function record(cells: readonly (string | number | null)[]): string {
	return stringify([cells as (string | number | null)[]]);
}
