import type { DataSource } from "../config/model.ts";
import type { TableRow } from "../connectors/connector.ts";
import { formatInstant, type InstantMs } from "../dates/instant.ts";
import { computeLogs } from "../subscriptions/active-users.ts";
import { USER_TYPES, type UsageLogRow, type UserAccess, type UserType } from "../subscriptions/usage-log.ts";
import { quoteCell } from "./cells.ts";
import type { Loaded, LoadOptions, SourceFailure } from "./loaded.ts";
import { createProblemLog } from "./problem-log.ts";
import { readSource } from "./read-source.ts";
import type { RowReader } from "./row-reader.ts";

/**
 * Loads a project's usage logs: those of its `usageLog` sources in the order of their rows, then those computed from its
 * `userActivity` sources, which are taken as one list. Logs after `asOf` are among them. Other sources are passed over.
 * @throws the signal's reason once it is aborted, and nothing else.
 */
export async function loadUsageLogs(
	sources: readonly DataSource[],
	asOf: InstantMs,
	options: LoadOptions,
): Promise<Loaded<readonly UsageLogRow[]>> {
	const log = createProblemLog();
	const failures: SourceFailure[] = [];
	const logs: UsageLogRow[] = [];
	const lists: AccessList[] = [];
	for (const source of sources) {
		const start = rowFunctionOf(source, logs, lists);
		if (start !== null) failures.push(...(await readSource(source, options, log, start)));
	}
	const { logs: computed, futureAccesses } = computeLogs(
		lists.flatMap((list) => list.accesses),
		asOf,
	);
	for (const row of computed) logs.push(row);
	reportFutureAccesses(lists, futureAccesses);
	return { value: failures.length === 0 ? logs : null, failures, ...log.summarize() };
}

function rowFunctionOf(
	source: DataSource,
	logs: UsageLogRow[],
	lists: AccessList[],
): ((reader: RowReader) => (row: TableRow) => void) | null {
	switch (source.provides) {
		case "usageLog":
			return (reader) => addLogs(reader, logs);
		case "userActivity":
			return (reader) => addAccesses(reader, lists);
		case "settings":
		case "devices":
		case "installations":
			return null;
	}
}

function addLogs(reader: RowReader, logs: UsageLogRow[]): (row: TableRow) => void {
	const readServer = reader.text("server");
	const readLoggedAt = reader.text("loggedAt");
	const parseLoggedAt = reader.date("loggedAt", "row is left out");
	const readRegistered = reader.count("activeRegistered");
	const readEnterprise = reader.count("activeEnterprise");
	const readDesigners = reader.count("activeDesigners");
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
		logs.push({ server, loggedAt: loggedAt.instant, activeRegistered, activeEnterprise, activeDesigners });
	};
}

/** The accesses of one source, and where each was read. */
interface AccessList {
	readonly reader: RowReader;
	readonly accesses: UserAccess[];
	/** Row numbers by access. */
	readonly rows: number[];
}

function addAccesses(reader: RowReader, lists: AccessList[]): (row: TableRow) => void {
	const list: AccessList = { reader, accesses: [], rows: [] };
	lists.push(list);
	const readServer = reader.text("server");
	const readUser = reader.text("user");
	const readUserType = reader.text("userType");
	const readAccessedAt = reader.date("accessedAt", "row is left out");
	return (row) => {
		const server = readServer(row);
		const user = readUser(row);
		if (server === null || user === null) {
			reader.reportMissing(row, server === null ? "server" : "user");
			return;
		}
		const written = readUserType(row);
		const userType = written === null ? null : findUserType(written);
		const accessedAt = readAccessedAt(row);
		if (userType === null) {
			const what = written === null ? "The user type is empty" : `${quoteCell(written)} is not a user type`;
			reader.report(
				row.number,
				"source/unknown-user-type",
				"userType",
				() => `${what}; use ${USER_TYPES.join(", ")}. The row is left out.`,
			);
			return;
		}
		// A user who never came is known to the server, but no access.
		if (accessedAt === null) return;
		list.accesses.push({ server, user, userType, accessedAt: accessedAt.instant });
		list.rows.push(row.number);
	};
}

function findUserType(written: string): UserType | null {
	return USER_TYPES.find((type) => type.toLowerCase() === written.toLowerCase()) ?? null;
}

/** `indices` are those of the lists' accesses one after the other, in ascending order. */
function reportFutureAccesses(lists: readonly AccessList[], indices: readonly number[]): void {
	let offset = 0;
	for (const { reader, accesses, rows } of lists) {
		for (const index of indices) {
			if (index < offset || index >= offset + accesses.length) continue;
			const accessedAt = formatInstant(accesses[index - offset]!.accessedAt);
			reader.report(
				rows[index - offset]!,
				"source/future-access",
				"accessedAt",
				() => `The access at ${accessedAt} lies in the future; it does not count.`,
			);
		}
		offset += accesses.length;
	}
}
