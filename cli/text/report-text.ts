import { formatDay } from "../../core/dates/day-number.ts";
import { formatInstant } from "../../core/dates/instant.ts";
import type { ClientTotals } from "../../core/subscriptions/client-totals.ts";
import type { UsageReport, UsageReportRow } from "../../core/subscriptions/usage-report.ts";
import { formatCount } from "../../core/texts/format-count.ts";
import type { ReportRun } from "../../workspace/runs/run-report.ts";
import type { Paint } from "./paint.ts";
import { formatProblems } from "./problems-text.ts";
import { formatTable, printable, wrap } from "./table.ts";

/** How a report is shown. */
export interface ReportTextOptions {
	/** Columns. */
	readonly width: number;
	readonly paint: Paint;
	/** What was chosen of it, a sentence for each condition, and of how many rows; null for all. */
	readonly shown?: { readonly inWords: readonly string[]; readonly of: number } | null;
}

/** Lines that show the usage report: a row per server with its flags below it, then what each client uses in all. */
export function formatReport(run: ReportRun, { width, paint, shown = null }: ReportTextOptions): readonly string[] {
	const { report } = run;
	return [
		`${paint("heading", "Usage report")} as of ${formatInstant(report.asOf)}`,
		...(shown === null ? [] : wrap(printable(describeShown(report, shown)), width)),
		paint("quiet", "Reg., Ent., Des.: active / paid users. Change: of the active registered users in a week."),
		"",
		...formatServers(report, width, paint),
		"",
		...formatClients(report, width, paint, shown !== null),
		...(report.logsAfterAsOf > 0
			? [
					"",
					`${formatCount(report.logsAfterAsOf)} ${report.logsAfterAsOf === 1 ? "log is" : "logs are"} later than that and ${report.logsAfterAsOf === 1 ? "does" : "do"} not count.`,
				]
			: []),
		...formatProblems(run.problems, run.problemCount, paint, width),
	];
}

function describeShown({ rows }: UsageReport, { inWords, of }: NonNullable<ReportTextOptions["shown"]>): string {
	return `${formatCount(rows.length)} of ${formatCount(of)} ${of === 1 ? "row" : "rows"}: ${inWords.join(" ")}`;
}

function formatServers(report: UsageReport, width: number, paint: Paint): readonly string[] {
	const [head, ...lines] = formatTable(
		[
			{ title: "Client", align: "left", flexible: true },
			{ title: "Server", align: "left", flexible: true },
			{ title: "Renewal", align: "left" },
			{ title: "Reg.", align: "right" },
			{ title: "Ent.", align: "right" },
			{ title: "Des.", align: "right" },
			{ title: "Change", align: "right" },
			{ title: "Last update", align: "left" },
		],
		report.rows.map((row) => [
			row.client ?? "–",
			row.server,
			row.renewalDate === null ? "–" : formatDay(row.renewalDate),
			againstPaid(row.activeRegistered, row.registeredUsers),
			againstPaid(row.activeEnterprise, row.enterpriseUsers),
			againstPaid(row.activeDesigners, row.designerUsers),
			formatChange(row.weeklyDifference),
			row.lastUpdate === null ? "never" : formatInstant(row.lastUpdate).slice(0, 10),
		]),
		width,
	);
	return [paint("heading", head ?? ""), ...lines.flatMap((line, index) => [line, ...formatFlags(report.rows[index]!, width, paint)])];
}

/** Every flag of a row on a line of its own, with what is behind it. */
function formatFlags(row: UsageReportRow, width: number, paint: Paint): readonly string[] {
	return row.flags.flatMap(({ name, detail }) => {
		const [first, ...rest] = wrap(printable(`${name}: ${detail}`), width - 6);
		return [`    ${paint("warning", first ?? "")}`, ...rest.map((line) => `      ${paint("warning", line)}`)];
	});
}

function formatClients(report: UsageReport, width: number, paint: Paint, isPart: boolean): readonly string[] {
	const [head, ...lines] = formatTable(
		[
			{ title: "Client in all", align: "left", flexible: true },
			{ title: "Servers", align: "right" },
			{ title: "Registered", align: "right" },
			{ title: "Enterprise", align: "right" },
			{ title: "Designers", align: "right" },
		],
		report.clients.map((client) => [
			client.client,
			formatCount(client.servers),
			rangeAgainstPaid(client.activeRegistered, client.registeredUsers),
			rangeAgainstPaid(client.activeEnterprise, client.enterpriseUsers),
			rangeAgainstPaid(client.activeDesigners, client.designerUsers),
		]),
		width,
	);
	const hasRange = report.clients.some((client) =>
		[client.activeRegistered, client.activeEnterprise, client.activeDesigners].some(
			(range) => range !== null && range.atLeast < range.atMost,
		),
	);
	const notes = [
		...(hasRange ? ["A range goes from the busiest server to the sum of all, since a person may use several of them."] : []),
		...(isPart ? ["The totals of a client are over all its servers, also over those that are not shown."] : []),
	];
	return [paint("heading", head ?? ""), ...lines, ...notes.flatMap((note) => wrap(note, width)).map((line) => paint("quiet", line))];
}

function againstPaid(active: number | null, paid: number | null): string {
	if (active === null && paid === null) return "–";
	return `${active === null ? "–" : formatCount(active)} / ${paid === null ? "–" : formatCount(paid)}`;
}

function rangeAgainstPaid(active: ClientTotals["activeRegistered"], paid: number | null): string {
	if (active === null) return againstPaid(null, paid);
	const range =
		active.atLeast === active.atMost ? formatCount(active.atLeast) : `${formatCount(active.atLeast)}–${formatCount(active.atMost)}`;
	return `${range} / ${paid === null ? "–" : formatCount(paid)}`;
}

function formatChange(difference: number | null): string {
	if (difference === null) return "–";
	return difference > 0 ? `+${formatCount(difference)}` : formatCount(difference);
}
