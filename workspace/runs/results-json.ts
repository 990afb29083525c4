import { dayAt } from "../../core/columns/day-column.ts";
import { type DayNumber, formatDay, NO_DAY } from "../../core/dates/day-number.ts";
import { formatInstant } from "../../core/dates/instant.ts";
import type { DataProblem } from "../../core/problems.ts";
import type { ClientTotals } from "../../core/subscriptions/client-totals.ts";
import type { UsageReportRow } from "../../core/subscriptions/usage-report.ts";
import type { Categorization } from "../../core/usage/categorization.ts";
import { OUTCOMES } from "../../core/usage/category.ts";
import { nameCounts, outcomeIndexOfRule } from "../../core/usage/count-outcomes.ts";
import { deviceCount, installationCount, productCount } from "../../core/usage/estate-lookups.ts";
import { createInstallationNames, type InstallationNames } from "../../core/usage/installation-names.ts";
import { LIMIT_NAMES, type LimitName, type Limits } from "../../core/usage/limits.ts";
import type { CategorizeRun } from "./run-categorize.ts";
import type { ReportRun } from "./run-report.ts";

/** What `categorize` says in JSON; the order of the keys is a part of the contract. Dates `YYYY-MM-DD`, instants ISO 8601 UTC. */
export interface CategorizeJson {
	readonly instance: string;
	readonly asOf: string;
	readonly endOfSync: string | null;
	readonly limits: LimitsJson;
	readonly installations: number;
	readonly devices: number;
	readonly products: number;
	/** All twelve outcomes, also those that count 0, in their fixed order. */
	readonly totals: readonly OutcomeCountJson[];
	/** By product name in code-unit order; counts in the order of `totals`. */
	readonly byProduct: readonly { readonly product: string; readonly counts: readonly number[] }[];
	/** The first 1,000 per source and code. */
	readonly problems: readonly DataProblemJson[];
	readonly problemCount: number;
}

/** Three limits by name, in the order I, U, N. */
export type LimitsJson = { readonly [name in LimitName]: number };

/** The count of one outcome. */
export interface OutcomeCountJson {
	readonly category: string;
	readonly reason: string | null;
	readonly count: number;
}

/** One line of `categorize --format ndjson`, with the consolidated dates that the rule looked at. */
export interface InstallationJson {
	readonly device: string;
	readonly product: string;
	readonly installDate: string | null;
	readonly lastUsageDate: string | null;
	readonly category: string;
	readonly reason: string | null;
	readonly rule: number;
}

/** What `report` says in JSON. */
export interface ReportJson {
	readonly asOf: string;
	readonly rows: readonly ReportRowJson[];
	readonly clients: readonly ReportClientJson[];
	readonly problems: readonly DataProblemJson[];
	readonly problemCount: number;
}

/** One server of the report; flags by name, in their fixed order. */
export interface ReportRowJson {
	readonly client: string | null;
	readonly server: string;
	readonly renewalDate: string | null;
	readonly registeredUsers: number | null;
	readonly enterpriseUsers: number | null;
	readonly designerUsers: number | null;
	readonly activeRegistered: number | null;
	readonly activeEnterprise: number | null;
	readonly activeDesigners: number | null;
	readonly weeklyDifference: number | null;
	readonly lastUpdate: string | null;
	readonly flags: readonly string[];
}

/** One client of the report over all its servers. */
export interface ReportClientJson extends Omit<ClientTotals, "renewalDate"> {
	readonly renewalDate: string | null;
}

/** A fault of a row of linked data. */
export type DataProblemJson = DataProblem;

/** The summary of a categorized instance. */
export function toCategorizeJson(run: CategorizeRun): CategorizeJson {
	const { categorization, counts, loaded } = run;
	return {
		...toSummaryJson(run),
		byProduct: nameCounts(categorization.estate, counts.byProduct).byProduct,
		problems: loaded.problems.map(toDataProblemJson),
		problemCount: loaded.problemCount,
	};
}

/** What is said of an instance as a whole. */
export function toSummaryJson(run: CategorizeRun): Omit<CategorizeJson, "byProduct" | "problems" | "problemCount"> {
	const { categorization, counts } = run;
	const { estate, limits } = categorization;
	return {
		instance: run.instanceName,
		asOf: formatInstant(categorization.asOf),
		endOfSync: categorization.endOfSync === null ? null : formatDay(categorization.endOfSync),
		limits: toLimitsJson(limits),
		installations: installationCount(estate),
		devices: deviceCount(estate),
		products: productCount(estate),
		totals: OUTCOMES.map(({ category, reason }, index) => ({ category, reason, count: counts.totals[index] ?? 0 })),
	};
}

/** Limits with their names in the order of the contract. */
export function toLimitsJson(limits: Limits): LimitsJson {
	return Object.fromEntries(LIMIT_NAMES.map((name) => [name, limits[name]])) as LimitsJson;
}

/** One installation by its index in the estate. @param names of the estate, for many installations. */
export function toInstallationJson(
	categorization: Categorization,
	installation: number,
	names: InstallationNames = createInstallationNames(categorization.estate),
): InstallationJson {
	const { estate } = categorization;
	const rule = categorization.rule[installation] ?? 0;
	const outcome = OUTCOMES[outcomeIndexOfRule(rule)];
	return {
		device: names.device(installation),
		product: names.product(installation),
		installDate: formatStoredDay(dayAt(estate.installDay, installation)),
		lastUsageDate: formatStoredDay(dayAt(categorization.effectiveUsage, installation)),
		category: outcome?.category ?? "",
		reason: outcome?.reason ?? null,
		rule,
	};
}

/** The usage report. */
export function toReportJson(run: ReportRun): ReportJson {
	return {
		asOf: formatInstant(run.report.asOf),
		rows: run.report.rows.map(toReportRowJson),
		clients: run.report.clients.map(toReportClientJson),
		problems: run.problems.map(toDataProblemJson),
		problemCount: run.problemCount,
	};
}

/** One row of the usage report. */
export function toReportRowJson(row: UsageReportRow): ReportRowJson {
	return {
		client: row.client,
		server: row.server,
		renewalDate: formatOptionalDay(row.renewalDate),
		registeredUsers: row.registeredUsers,
		enterpriseUsers: row.enterpriseUsers,
		designerUsers: row.designerUsers,
		activeRegistered: row.activeRegistered,
		activeEnterprise: row.activeEnterprise,
		activeDesigners: row.activeDesigners,
		weeklyDifference: row.weeklyDifference,
		lastUpdate: row.lastUpdate === null ? null : formatInstant(row.lastUpdate),
		flags: row.flags.map((flag) => flag.name),
	};
}

function toReportClientJson(totals: ClientTotals): ReportClientJson {
	return {
		client: totals.client,
		renewalDate: formatOptionalDay(totals.renewalDate),
		servers: totals.servers,
		registeredUsers: totals.registeredUsers,
		enterpriseUsers: totals.enterpriseUsers,
		designerUsers: totals.designerUsers,
		activeRegistered: totals.activeRegistered,
		activeEnterprise: totals.activeEnterprise,
		activeDesigners: totals.activeDesigners,
	};
}

/** A data problem with its keys in the order of the contract. */
export function toDataProblemJson(problem: DataProblem): DataProblemJson {
	return { code: problem.code, source: problem.source, row: problem.row, column: problem.column, message: problem.message };
}

function formatOptionalDay(day: DayNumber | null): string | null {
	return day === null ? null : formatDay(day);
}

function formatStoredDay(day: DayNumber): string | null {
	return day === NO_DAY ? null : formatDay(day);
}
