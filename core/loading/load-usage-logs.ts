import type { DataSource } from "../config/model.ts";
import type { TableRow } from "../connectors/connector.ts";
import type { InstantMs } from "../dates/instant.ts";
import type { SeenDates } from "../dates/seen-dates.ts";
import type { ActivityTally } from "../subscriptions/activity-tally.ts";
import { type ActivityCounts, countActivity, toUsageLogs } from "../subscriptions/count-activity.ts";
import type { UsageLogRow } from "../subscriptions/usage-log.ts";
import type { ActivityRead, ActivityRequest } from "./activity-read.ts";
import { joinFindings, loadInParts } from "./load-in-parts.ts";
import type { Loaded, LoadOptions } from "./loaded.ts";
import { createProblemLog, KEPT_PROBLEMS } from "./problem-log.ts";
import { readActivity } from "./read-activity.ts";
import { readSource } from "./read-source.ts";
import type { RowReader } from "./row-reader.ts";
import type { ReadProgress, SourcePart } from "./source-read.ts";

/** The work of a load that may happen in other threads. All reject with the signal's reason once it is aborted, and otherwise never. */
export interface UsageLogJobs {
	/** Reads a source of accesses or a part of one; several may be asked for at the same time. */
	readActivity(request: ActivityRequest, signal: AbortSignal, onProgress: (progress: ReadProgress) => void): Promise<ActivityRead>;
	countActivity(tallies: readonly ActivityTally[], asOf: InstantMs, signal: AbortSignal): Promise<ActivityCounts>;
	/** Divides a large source for several threads. */
	plan(source: DataSource, path: string | null, signal: AbortSignal): Promise<readonly SourcePart[] | null>;
}

/** How usage logs are loaded. */
export interface UsageLogOptions extends LoadOptions {
	/** Without them everything happens in this thread, one source after the other. */
	readonly jobs?: UsageLogJobs;
}

/**
 * Loads a project's usage logs: those computed from its `userActivity` sources, which are taken as one list, then those of its `usageLog`
 * sources in the order of their rows. Of two logs with the same instant the later one counts, so that a log that a server sent goes
 * before one that was computed. Logs after `asOf` are among them. Other sources are passed over.
 * @throws the signal's reason once it is aborted, and nothing else.
 */
export async function loadUsageLogs(
	sources: readonly DataSource[],
	asOf: InstantMs,
	options: UsageLogOptions,
): Promise<Loaded<readonly UsageLogRow[]>> {
	const jobs = options.jobs ?? HERE;
	const ours = sources.filter(({ provides }) => provides === "usageLog" || provides === "userActivity");
	const load = (source: DataSource) =>
		source.provides === "usageLog" ? loadLogs(source, options) : loadAccesses(source, asOf, options, jobs);
	const loads = options.jobs === undefined ? await inTurn(ours, load) : await Promise.all(ours.map(load));
	options.signal.throwIfAborted();
	const failures = loads.flatMap((one) => one.failures);
	const counts = loads.flatMap((one) => one.counts);
	const seenDates = loads.flatMap((one) => one.seenDates ?? []);
	const found = {
		failures,
		problems: loads.flatMap((one) => one.problems),
		problemCount: counts.reduce((sum, { count }) => sum + count, 0),
		counts,
		...(seenDates.length === 0 ? {} : { seenDates }),
	};
	if (failures.length > 0) return { value: null, ...found };
	const tallies = loads.flatMap((one) => one.tallies);
	const computed = tallies.length === 0 ? [] : toUsageLogs(await jobs.countActivity(tallies, asOf, options.signal), asOf);
	return { value: [...computed, ...loads.flatMap((one) => one.sent)], ...found };
}

/** What one source gave. */
interface LogLoad extends Pick<Loaded<unknown>, "failures" | "problems" | "counts" | "seenDates"> {
	readonly sent: readonly UsageLogRow[];
	readonly tallies: readonly ActivityTally[];
}

const HERE: UsageLogJobs = {
	readActivity: (request, signal, onProgress) => readActivity(request, { signal, onProgress }),
	countActivity: async (tallies, asOf) => countActivity(tallies, asOf),
	plan: async () => null,
};

async function inTurn<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<readonly Result[]> {
	const results: Result[] = [];
	for (const item of items) results.push(await work(item));
	return results;
}

async function loadLogs(source: DataSource, options: LoadOptions): Promise<LogLoad> {
	const log = createProblemLog();
	const sent: UsageLogRow[] = [];
	const failures = await readSource(source, options, log, (reader) => addLogs(reader, sent));
	return { sent, tallies: [], failures, ...log.summarize() };
}

async function loadAccesses(source: DataSource, asOf: InstantMs, options: LoadOptions, jobs: UsageLogJobs): Promise<LogLoad> {
	const path = source.path === null ? null : options.resolvePath(source.path);
	const reads = await loadInParts(
		source,
		path,
		{ read: (request, signal, onProgress) => jobs.readActivity({ ...request, asOf }, signal, onProgress), plan: jobs.plan },
		options.signal,
		(progress) => options.onProgress?.(progress),
	);
	const { counts, ...found } = joinFindings(reads, ({ records }) => records);
	const dates = reads.flatMap((read) => read.dates ?? []);
	const seenDates: readonly SeenDates[] =
		dates.length === 0
			? []
			: [
					{
						source: source.name,
						unread: dates.flatMap(({ unread }) => unread).slice(0, KEPT_PROBLEMS),
						read: dates.reduce((sum, { read }) => sum + read, 0),
						early: dates.reduce((sum, { early }) => sum + early, 0),
					},
				];
	return {
		sent: [],
		tallies: reads.flatMap((read) => read.tallies),
		...found,
		counts: counts.map((entry) => ({ source: source.name, ...entry })),
		seenDates,
	};
}

/** Makes a reader of the rows of a usage log; a row with a faulty cell is left out and told of. */
export function addLogs(reader: RowReader, logs: UsageLogRow[]): (row: TableRow) => void {
	const readServer = reader.text("server");
	const readLoggedAt = reader.text("loggedAt");
	const parseLoggedAt = reader.date("loggedAt", "row is left out");
	const readRegistered = reader.count("activeRegistered");
	const readEnterprise = reader.count("activeEnterprise");
	const readDesigners = reader.count("activeDesigners");
	const readVersion = reader.text("version");
	return (row) => {
		const server = readServer(row);
		if (server === null || readLoggedAt(row) === null) {
			reader.reportMissing(row, server === null ? "server" : "loggedAt");
			return;
		}
		const loggedAt = parseLoggedAt(row);
		const activeRegistered = readRegistered(row);
		const activeEnterprise = readEnterprise(row);
		const activeDesigners = readDesigners(row);
		if (loggedAt === null || activeRegistered === null || activeEnterprise === null || activeDesigners === null) return;
		const version = readVersion(row);
		const log = { server, loggedAt: loggedAt.instant, activeRegistered, activeEnterprise, activeDesigners };
		logs.push(version === null ? log : { ...log, version });
	};
}
