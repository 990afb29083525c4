import { compareCodeUnits } from "../compare-code-units.ts";
import type { SqliteDatabase } from "../connectors/sqlite-binding.ts";
import type { InstantMs } from "../dates/instant.ts";
import { chooseLogs } from "../subscriptions/logged-weeks.ts";
import type { UsageLogRow } from "../subscriptions/usage-log.ts";
import type { UsageWeek } from "../subscriptions/usage-week.ts";
import type { HistoryFailure } from "./history-failure.ts";
import { LOG_COLUMNS, type StoredRow, toLog } from "./log-rows.ts";
import { type OpenOptions, writeHistory } from "./open-history.ts";

/** What is to be stored. */
export interface StoreInput {
	/**
	 * The project whose logs they are, with its file as seen from the folder of the history: its servers are noted for it. Null when nobody knows.
	 */
	readonly project: { readonly file: string; readonly title: string } | null;
	readonly logs: readonly UsageLogRow[];
	/** Whether computed logs take the place of stored computed ones that say something else. */
	readonly replaceComputed: boolean;
	/** Logs after this instant are left out. */
	readonly now: InstantMs;
}

/** What became of the logs, of which one counts per server and week. */
export interface StoredLogs {
	readonly failed: false;
	readonly added: number;
	readonly replaced: number;
	/** The same is stored, or one that counts for more: of a later instant, or sent by the server itself. */
	readonly unchanged: number;
	/** Computed logs that say something else than the stored computed ones, which stay. */
	readonly kept: number;
	/** The first of these. */
	readonly differing: readonly DifferingLog[];
	/** All that lie after `now`. */
	readonly future: number;
}

/** A stored log that stays, and what was computed now. */
export interface DifferingLog {
	readonly week: UsageWeek;
	readonly stored: UsageLogRow;
	readonly computed: UsageLogRow;
}

const NAMED_DIFFERENCES = 5;

/**
 * Stores logs. Of several logs of a week the one that counts is stored: the later, and at the same instant one that a server sent. A stored log is
 * replaced by one that counts for more, or that says something else of the same instant; a computed one by a computed one only if
 * `replaceComputed`, since a list of last accesses only shows less later. Everything is stored or nothing, and when this resolves it is on
 * the disk. What is there already is not written again. A file that is not there is made when there is something to store.
 * @param file absolute.
 * @throws the signal's reason once it is aborted.
 */
export async function storeLogs(file: string, input: StoreInput, options: OpenOptions = {}): Promise<StoredLogs | HistoryFailure> {
	const { project, logs, replaceComputed, now } = input;
	const present = logs.filter(({ loggedAt }) => loggedAt <= now);
	const found = { failed: false, future: logs.length - present.length } as const;
	if (present.length === 0) return { ...found, ...NOTHING };
	const byServer = chooseByServer(present);
	return writeHistory<StoredLogs>(file, options, (database) => {
		const compare = () => compareWithStored(database, byServer, replaceComputed, options.signal);
		// Without anything to write nobody has to wait for anybody.
		const before = database.transaction(compare)();
		if (before.changes.length === 0 && isNoted(database, project, byServer)) return { ...found, ...before.outcome };
		const store = database.transaction(() => {
			const { changes, outcome } = compare();
			write(database, changes, options.signal);
			note(database, project, byServer);
			return outcome;
		});
		return { ...found, ...store.immediate() };
	});
}

/** Whether one log has more users of any type than another. */
export function hasMoreUsers(log: UsageLogRow, other: UsageLogRow): boolean {
	return (
		log.activeRegistered > other.activeRegistered ||
		log.activeEnterprise > other.activeEnterprise ||
		log.activeDesigners > other.activeDesigners
	);
}

type Outcome = Omit<StoredLogs, "failed" | "future">;

const NOTHING: Outcome = { added: 0, replaced: 0, unchanged: 0, kept: 0, differing: [] };

type LogsByServer = ReadonlyMap<string, ReadonlyMap<UsageWeek, UsageLogRow>>;

/** The number of the week, then a row of {@link LOG_COLUMNS}. */
type WeekRow = readonly [number, ...StoredRow];

interface Change {
	readonly week: UsageWeek;
	readonly log: UsageLogRow;
}

function chooseByServer(logs: readonly UsageLogRow[]): LogsByServer {
	const ordered = [...logs.filter((log) => log.isComputed === true), ...logs.filter((log) => log.isComputed !== true)];
	const { byServer } = chooseLogs(ordered, Number.POSITIVE_INFINITY);
	// In the order of the table's key, in which writing is fastest.
	const inOrder = [...byServer].sort(([left], [right]) => compareCodeUnits(left, right));
	return new Map(inOrder.map(([server, weeks]) => [server, new Map(weeks.map(({ week, log }) => [week, log]))]));
}

function compareWithStored(
	database: SqliteDatabase,
	byServer: LogsByServer,
	replaceComputed: boolean,
	signal: AbortSignal | undefined,
): { readonly changes: readonly Change[]; readonly outcome: Outcome } {
	const select = database.prepare(`SELECT week, ${LOG_COLUMNS} FROM log WHERE server = ?`).raw(true);
	const changes: Change[] = [];
	const counts = { added: 0, replaced: 0, unchanged: 0, kept: 0 };
	const differing: DifferingLog[] = [];
	for (const [server, weeks] of byServer) {
		signal?.throwIfAborted();
		const stored = new Map((select.all(server) as readonly WeekRow[]).map(([week, ...row]) => [week, toLog(row)]));
		for (const [week, log] of weeks) {
			const known = stored.get(week);
			const fate = known === undefined ? "added" : judge(known, log, replaceComputed);
			counts[fate]++;
			if (fate === "kept" && differing.length < NAMED_DIFFERENCES) differing.push({ week, stored: known!, computed: log });
			if (fate === "added" || fate === "replaced") changes.push({ week, log: withVersion(log, known) });
		}
	}
	return { changes, outcome: { ...counts, differing } };
}

/** What becomes of a log for whose week another one is stored. */
function judge(stored: UsageLogRow, log: UsageLogRow, replaceComputed: boolean): "replaced" | "unchanged" | "kept" {
	if (stored.isComputed === true && log.isComputed === true) {
		if (saysTheSame(stored, log)) return "unchanged";
		return replaceComputed ? "replaced" : "kept";
	}
	if (log.loggedAt !== stored.loggedAt) return log.loggedAt > stored.loggedAt ? "replaced" : "unchanged";
	if (log.isComputed === true) return "unchanged";
	return stored.isComputed === true || !saysTheSame(stored, log) ? "replaced" : "unchanged";
}

function saysTheSame(stored: UsageLogRow, log: UsageLogRow): boolean {
	return (
		stored.loggedAt === log.loggedAt &&
		stored.activeRegistered === log.activeRegistered &&
		stored.activeEnterprise === log.activeEnterprise &&
		stored.activeDesigners === log.activeDesigners &&
		(log.version === undefined || log.version === stored.version)
	);
}

/** A version that is known of an instant stays known when a source does not say it any more. */
function withVersion(log: UsageLogRow, stored: UsageLogRow | undefined): UsageLogRow {
	const isKnown = log.version === undefined && stored?.version !== undefined && stored.loggedAt === log.loggedAt;
	return isKnown ? { ...log, version: stored.version } : log;
}

function write(database: SqliteDatabase, changes: readonly Change[], signal: AbortSignal | undefined): void {
	const upsert = database.prepare(
		`INSERT INTO log (server, week, logged_at, active_registered, active_enterprise, active_designers, version, is_computed)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (server, week) DO UPDATE SET logged_at = excluded.logged_at, active_registered = excluded.active_registered,
			active_enterprise = excluded.active_enterprise, active_designers = excluded.active_designers,
			version = excluded.version, is_computed = excluded.is_computed`,
	);
	for (const [index, { week, log }] of changes.entries()) {
		if (index % CHANGES_BETWEEN_LOOKS === 0) signal?.throwIfAborted();
		const { server, loggedAt, activeRegistered, activeEnterprise, activeDesigners, version = null } = log;
		const isComputed = log.isComputed === true ? 1 : 0;
		upsert.run(server, week, loggedAt, activeRegistered, activeEnterprise, activeDesigners, version, isComputed);
	}
}

const CHANGES_BETWEEN_LOOKS = 1000;

function isNoted(database: SqliteDatabase, project: StoreInput["project"], byServer: LogsByServer): boolean {
	if (project === null) return true;
	const noted = database.prepare("SELECT id, title FROM project WHERE file = ?").get(project.file) as NotedProject | undefined;
	if (noted === undefined || noted.title !== project.title) return false;
	const servers = new Set(database.prepare("SELECT server FROM project_server WHERE project = ?").pluck().all(noted.id));
	return [...byServer.keys()].every((server) => servers.has(server));
}

interface NotedProject {
	readonly id: number;
	readonly title: string;
}

function note(database: SqliteDatabase, project: StoreInput["project"], byServer: LogsByServer): void {
	if (project === null) return;
	const id = database
		.prepare("INSERT INTO project (file, title) VALUES (?, ?) ON CONFLICT (file) DO UPDATE SET title = excluded.title RETURNING id")
		.pluck()
		.get(project.file, project.title) as number;
	const insert = database.prepare("INSERT INTO project_server (project, server) VALUES (?, ?) ON CONFLICT DO NOTHING");
	for (const server of byServer.keys()) insert.run(id, server);
}
