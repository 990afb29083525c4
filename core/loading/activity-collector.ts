import { createNames, type NameTable } from "../columns/name-table.ts";
import type { DataSource } from "../config/model.ts";
import type { TableRow } from "../connectors/connector.ts";
import { formatInstant, type InstantMs } from "../dates/instant.ts";
import { BATCH_ROWS, createActivityCounter, createBatch } from "../subscriptions/activity-counter.ts";
import type { ActivityTally } from "../subscriptions/activity-tally.ts";
import { USER_TYPES } from "../subscriptions/usage-log.ts";
import { t } from "../texts/translate.ts";
import type { ActivityRead } from "./activity-read.ts";
import type { SourceFailure } from "./loaded.ts";
import type { ProblemLog } from "./problem-log.ts";
import type { RowReader } from "./row-reader.ts";

/** Says what is wrong with a row, by our column; no cell is quoted, since with a wrong mapping any can hold the name of a user. */
export type ReportAccess = (row: number, code: string, column: string, describe: () => string) => void;

/** Collects the accesses of a source, and says what is wrong with them. */
export interface ActivityCollector {
	/**
	 * Takes the access of a row.
	 * @param type place in `USER_TYPES`; -1 for a cell that is none, -2 for one that is empty.
	 * @param accessedAt NaN for a user who never came, or where the date could not be read.
	 */
	add(row: number, server: number, user: number, type: number, accessedAt: InstantMs): void;
	/** What was collected; nothing may be added any more. */
	finish(servers: NameTable, users: NameTable): ActivityTally;
}

export const UNKNOWN_TYPE = -1;
export const EMPTY_TYPE = -2;

/** Without any access. @param asOf accesses after it lie in the future. */
export function createActivityCollector(asOf: InstantMs, report: ReportAccess): ActivityCollector {
	const counter = createActivityCounter();
	const batch = createBatch();
	let length = 0;

	function flush(): void {
		counter.addBatch(batch, length);
		length = 0;
	}

	return {
		add(row, server, user, type, accessedAt) {
			if (type < 0) {
				report(row, "source/unknown-user-type", "userType", () => describeType(type));
				return;
			}
			if (accessedAt <= asOf) {
				batch.servers[length] = server;
				batch.users[length] = user;
				batch.types[length] = type;
				batch.instants[length] = accessedAt;
				if (++length === BATCH_ROWS) flush();
			} else if (accessedAt > asOf) {
				const instant = formatInstant(accessedAt);
				report(row, "source/future-access", "accessedAt", () => t`The access at ${instant} lies in the future; it does not count.`);
			}
		},
		finish(servers, users) {
			flush();
			return counter.finish(servers, users);
		},
	};
}

/** Collects accesses from rows of cells. */
export function createRowCollector(asOf: InstantMs, reader: RowReader) {
	const servers = createNames();
	const users = createNames();
	const collector = createActivityCollector(asOf, reader.report);
	const readServer = reader.text("server");
	const readUser = reader.text("user");
	const readUserType = reader.text("userType");
	const readAccessedAt = reader.date("accessedAt", "row is left out");
	return {
		add(row: TableRow): void {
			const server = readServer(row);
			const user = readUser(row);
			if (server === null || user === null) {
				reader.reportMissing(row, server === null ? "server" : "user");
				return;
			}
			const written = readUserType(row);
			const type = written === null ? EMPTY_TYPE : findUserType(written);
			const accessedAt = readAccessedAt(row)?.instant ?? Number.NaN;
			collector.add(row.number, servers.indexOf(server), users.indexOf(user), type, accessedAt);
		},
		finish: (): ActivityTally => collector.finish(servers.finish(), users.finish()),
	};
}

/** What a log of one source's accesses tells. */
export function toActivityRead(
	tallies: readonly ActivityTally[],
	failures: readonly SourceFailure[],
	log: ProblemLog,
	records: number,
	range: ActivityRead["range"],
): ActivityRead {
	const { problems, counts, seenDates } = log.summarize();
	const dates = seenDates?.[0];
	return {
		tallies,
		failures,
		problems,
		counts: counts.map(({ code, count }) => ({ code, count })),
		...(dates === undefined ? {} : { dates: { unread: dates.unread, read: dates.read, early: dates.early } }),
		records,
		range,
	};
}

/** A source of accesses that cannot be used. */
export function failedActivity(failures: readonly SourceFailure[]): ActivityRead {
	return { tallies: [], failures, problems: [], counts: [], records: 0, range: null };
}

/** The kinds of report that a collector makes go to a log under the names of the table's columns. */
export function reportTo(log: ProblemLog, source: DataSource, nameOf: (column: string) => string): ReportAccess {
	return (row, code, column, describe) => log.add(source, code, row, nameOf(column), describe);
}

function findUserType(written: string): number {
	return USER_TYPES.findIndex((type) => type.toLowerCase() === written.toLowerCase());
}

function describeType(type: number): string {
	const names = USER_TYPES.join(", ");
	return type === EMPTY_TYPE
		? t`The user type is empty; use ${names}. The row is left out.`
		: t`The cell is not a user type; use ${names}. The row is left out.`;
}
