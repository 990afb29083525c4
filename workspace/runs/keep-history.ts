import { formatInstant, type InstantMs } from "../../core/dates/instant.ts";
import type { HistoryFailure } from "../../core/history/history-failure.ts";
import { isSent } from "../../core/history/merge-logs.ts";
import { hasMoreUsers } from "../../core/history/store-logs.ts";
import type { DataProblem } from "../../core/problems.ts";
import type { UsageLogRow } from "../../core/subscriptions/usage-log.ts";
import { formatCount, formatCounted } from "../../core/texts/format-count.ts";
import { t } from "../../core/texts/translate.ts";
import type { Workspace } from "../workspace.ts";

/** Which history a run goes by. */
export interface HistoryChoice {
	/** As `UsageHistory.placeOf` takes it. */
	readonly setting: string | null;
	/** Whether the logs that were read are stored. */
	readonly write: boolean;
	/** The clock's, whatever a report is as of: later logs are not stored. */
	readonly now: InstantMs;
}

/** What the history of a project adds to its sources. */
export interface KnownHistory {
	/** Its logs up to the instant of the report, by server and week. */
	readonly logs: readonly UsageLogRow[];
	readonly problems: readonly DataProblem[];
	/** Absolute name of the history's file when it has logs that the sources do not have, else null. */
	readonly usedFile: string | null;
}

/** A project whose history is asked. */
export interface ReadProject {
	readonly uri: string;
	readonly title: string;
	/** Servers that its subscriptions name. */
	readonly servers: readonly string[];
	/** Logs of its sources. */
	readonly logs: readonly UsageLogRow[];
}

/**
 * Reads what the history of a project has of its servers, and stores the logs that they sent. What is wrong with the history is told among the
 * problems, and does not keep a report from being made.
 * @throws `signal.reason` when aborted.
 */
export async function consultHistory(
	{ usageHistory }: Workspace,
	{ uri, title, servers, logs }: ReadProject,
	{ setting, write, now }: HistoryChoice,
	asOf: InstantMs,
	signal: AbortSignal,
): Promise<KnownHistory> {
	const place = await usageHistory.placeOf(uri, setting);
	if (place === null) return NOTHING_KNOWN;
	const named = new Set([...servers, ...logs.map(({ server }) => server)].map((server) => server.trim()));
	const stored = await usageHistory.read(place, [...named], signal);
	if (stored.failed) return { ...NOTHING_KNOWN, problems: [toProblem(stored)] };
	const sent = logs.filter(isSent);
	const written =
		write && place.canWrite && sent.length > 0
			? await usageHistory.store(place, title, { logs: sent, replaceComputed: false, now }, signal)
			: null;
	const known = stored.logs.filter(({ loggedAt }) => loggedAt <= asOf);
	const outdated = describeOutdated(logs, known);
	return {
		logs: known,
		problems: [...(written?.failed === true ? [toProblem(written)] : []), ...(outdated === null ? [] : [outdated])],
		usedFile: hasMore(known, logs) ? place.file : null,
	};
}

const NOTHING_KNOWN: KnownHistory = { logs: [], problems: [], usedFile: null };

/** The logs of several projects' histories, each once: some share one. */
export function joinKnown(known: readonly KnownHistory[]): readonly UsageLogRow[] {
	return [...new Map(known.flatMap(({ logs }) => logs).map((log) => [keyOf(log), log])).values()];
}

/** A history that could not be read or written, among the data problems of a report. */
function toProblem({ code, message }: HistoryFailure): DataProblem {
	return historyProblem(code, t`${message} The report is made from its sources.`);
}

/** Says that the accesses give more users than logs that were computed from them before; null when none does. */
function describeOutdated(logs: readonly UsageLogRow[], stored: readonly UsageLogRow[]): DataProblem | null {
	const computed = new Map(logs.filter((log) => !isSent(log)).map((log) => [keyOf(log), log]));
	const outdated = stored.flatMap((old) => {
		const now = isSent(old) ? undefined : computed.get(keyOf(old));
		return now !== undefined && hasMoreUsers(now, old) ? [{ old, now }] : [];
	});
	const [first] = outdated;
	if (first === undefined) return null;
	const { old, now } = first;
	const example = t`${old.server} at ${formatInstant(old.loggedAt)}: ${describeUsers(old)} stored, ${describeUsers(now)} now`;
	return historyProblem(
		"history/outdated-log",
		t`The accesses give more users now than ${formatCounted(outdated.length, "log")} that the history has of them (${example}). The stored ones count; "usage-report log --replace" takes the new ones.`,
	);
}

/** Registered, Enterprise and Designer users of a log. */
function describeUsers({ activeRegistered, activeEnterprise, activeDesigners }: UsageLogRow): string {
	return [activeRegistered, activeEnterprise, activeDesigners].map(formatCount).join(" / ");
}

function historyProblem(code: string, message: string): DataProblem {
	return { code, source: t("history"), row: null, column: null, message };
}

/** Whether some of these logs are not among others, or say something else there. */
function hasMore(logs: readonly UsageLogRow[], than: readonly UsageLogRow[]): boolean {
	const say = (log: UsageLogRow) => `${log.activeRegistered} ${log.activeEnterprise} ${log.activeDesigners} ${keyOf(log)}`;
	const said = new Set(than.map(say));
	return logs.some((log) => !said.has(say(log)));
}

function keyOf({ server, loggedAt }: UsageLogRow): string {
	return `${loggedAt} ${server.trim()}`;
}
