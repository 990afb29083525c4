import type { SqliteDatabase } from "../connectors/sqlite-binding.ts";
import { chooseLogs } from "../subscriptions/logged-weeks.ts";
import type { UsageLogRow } from "../subscriptions/usage-log.ts";
import type { UsageWeek } from "../subscriptions/usage-week.ts";

/** What a project has logged, to be stored. */
export interface ProjectLogs {
	/** Path of its file from the folder of the history, with forward slashes: what the project is noted as. */
	readonly file: string;
	readonly title: string;
	readonly logs: readonly UsageLogRow[];
}

/** What became of the logs of one project: one per server and week. */
export interface StoreOutcome {
	readonly added: number;
	readonly replaced: number;
	/** The same is stored, or one that counts for more: of a later instant, or sent by the server itself. */
	readonly unchanged: number;
	/** Computed logs that differ from the stored computed ones, which stay. */
	readonly kept: number;
	/** The first of these. */
	readonly differing: readonly DifferingLog[];
}

/** A stored log that was kept, and what was computed now. */
export interface DifferingLog {
	readonly week: UsageWeek;
	readonly stored: UsageLogRow;
	readonly computed: UsageLogRow;
}

const NAMED_DIFFERENCES = 5;

/**
 * Stores logs, and notes which project has logged which server. Of several logs of a week the one that counts is stored: the later, and at the same
 * instant one that a server sent. A stored log is replaced by one that counts for more, or that says something else of the same instant; a
 * computed one by a computed one only if `replaceComputed`, since a list of last accesses only shows less later. Everything is stored
 * or nothing; what is there already is not written again.
 */
export function storeLogs(
	database: SqliteDatabase,
	projects: readonly ProjectLogs[],
	replaceComputed: boolean,
	signal: AbortSignal,
): readonly StoreOutcome[] {
	const chosen = projects.map(({ file, title, logs }) => ({ file, title, byServer: chooseByServer(logs) }));
	const compare = () => chosen.map(({ byServer }) => compareWithStored(database, byServer, replaceComputed, signal));
	// Without anything to write nobody has to wait for anybody.
	const before = database.transaction(compare)();
	const hasNews = before.some(({ changes }) => changes.length > 0) || chosen.some((project) => !isNoted(database, project));
	if (!hasNews) return before.map(({ outcome }) => outcome);
	return database
		.transaction(() =>
			chosen.map((project) => {
				const { changes, outcome } = compareWithStored(database, project.byServer, replaceComputed, signal);
				write(database, changes, signal);
				note(database, project);
				return outcome;
			}),
		)
		.immediate();
}

type LogsByServer = ReadonlyMap<string, ReadonlyMap<UsageWeek, UsageLogRow>>;

interface Change {
	readonly week: UsageWeek;
	readonly log: UsageLogRow;
}

interface ChosenLogs {
	readonly file: string;
	readonly title: string;
	readonly byServer: LogsByServer;
}

function chooseByServer(logs: readonly UsageLogRow[]): LogsByServer {
	const ordered = [...logs.filter((log) => log.isComputed === true), ...logs.filter((log) => log.isComputed !== true)];
	const { byServer } = chooseLogs(ordered, Number.POSITIVE_INFINITY);
	return new Map([...byServer].map(([server, weeks]) => [server, new Map(weeks.map(({ week, log }) => [week, log]))]));
}

function compareWithStored(
	database: SqliteDatabase,
	byServer: LogsByServer,
	replaceComputed: boolean,
	signal: AbortSignal,
): { readonly changes: readonly Change[]; readonly outcome: StoreOutcome } {
	const select = selectLogs(database);
	const changes: Change[] = [];
	const counts = { added: 0, replaced: 0, unchanged: 0, kept: 0 };
	const differing: DifferingLog[] = [];
	for (const [server, weeks] of byServer) {
		signal.throwIfAborted();
		const stored = new Map((select.all(server) as readonly StoredRow[]).map((row) => [row[0], toLog(server, row)]));
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

function write(database: SqliteDatabase, changes: readonly Change[], signal: AbortSignal): void {
	const upsert = database.prepare(
		`INSERT INTO log (server, week, logged_at, active_registered, active_enterprise, active_designers, version, is_computed)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (server, week) DO UPDATE SET logged_at = excluded.logged_at, active_registered = excluded.active_registered,
			active_enterprise = excluded.active_enterprise, active_designers = excluded.active_designers,
			version = excluded.version, is_computed = excluded.is_computed`,
	);
	for (const [index, { week, log }] of changes.entries()) {
		if (index % CHANGES_BETWEEN_LOOKS === 0) signal.throwIfAborted();
		const { server, loggedAt, activeRegistered, activeEnterprise, activeDesigners, version = null } = log;
		const isComputed = log.isComputed === true ? 1 : 0;
		upsert.run(server, week, loggedAt, activeRegistered, activeEnterprise, activeDesigners, version, isComputed);
	}
}

const CHANGES_BETWEEN_LOOKS = 1000;

function isNoted(database: SqliteDatabase, { file, title, byServer }: ChosenLogs): boolean {
	if (byServer.size === 0) return true;
	const project = database.prepare("SELECT id, title FROM project WHERE file = ?").get(file) as { id: number; title: string } | undefined;
	if (project === undefined || project.title !== title) return false;
	const noted = new Set(database.prepare("SELECT server FROM project_server WHERE project = ?").pluck().all(project.id) as string[]);
	return [...byServer.keys()].every((server) => noted.has(server));
}

function note(database: SqliteDatabase, { file, title, byServer }: ChosenLogs): void {
	if (byServer.size === 0) return;
	database
		.prepare("INSERT INTO project (file, title) VALUES (?, ?) ON CONFLICT (file) DO UPDATE SET title = excluded.title")
		.run(file, title);
	const id = database.prepare("SELECT id FROM project WHERE file = ?").pluck().get(file) as number;
	const insert = database.prepare("INSERT INTO project_server (project, server) VALUES (?, ?) ON CONFLICT DO NOTHING");
	for (const server of byServer.keys()) insert.run(id, server);
}

/** Week, instant, three numbers of users, version, whether it was computed. */
export type StoredRow = readonly [number, number, number, number, number, string | null, number];

/** The stored logs of one server, by week. */
export function selectLogs(database: SqliteDatabase) {
	return database
		.prepare(
			"SELECT week, logged_at, active_registered, active_enterprise, active_designers, version, is_computed FROM log WHERE server = ? ORDER BY week",
		)
		.raw(true);
}

/** A row of the table as a log. */
export function toLog(
	server: string,
	[, loggedAt, activeRegistered, activeEnterprise, activeDesigners, version, isComputed]: StoredRow,
): UsageLogRow {
	return {
		server,
		loggedAt,
		activeRegistered,
		activeEnterprise,
		activeDesigners,
		...(version === null ? {} : { version }),
		...(isComputed === 1 ? { isComputed: true } : {}),
	};
}
