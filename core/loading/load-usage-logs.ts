import type { DataSource } from "../config/model.ts";
import type { TableRow } from "../connectors/connector.ts";
import { formatInstant, type InstantMs } from "../dates/instant.ts";
import { createLogMaker, type LogMaker } from "../subscriptions/log-maker.ts";
import { USER_TYPES, type UsageLogRow, type UserType } from "../subscriptions/usage-log.ts";
import { t } from "../texts/translate.ts";
import type { Loaded, LoadOptions, SourceFailure } from "./loaded.ts";
import { createProblemLog } from "./problem-log.ts";
import { readSource } from "./read-source.ts";
import type { RowReader } from "./row-reader.ts";

/**
 * Loads a project's usage logs: those computed from its `userActivity` sources, which are taken as one list, then those of its `usageLog`
 * sources in the order of their rows. Of two logs with the same instant the later one counts, so that a log that a server sent goes
 * before one that was computed. Logs after `asOf` are among them. Other sources are passed over.
 * @throws the signal's reason once it is aborted, and nothing else.
 */
export async function loadUsageLogs(
	sources: readonly DataSource[],
	asOf: InstantMs,
	options: LoadOptions,
): Promise<Loaded<readonly UsageLogRow[]>> {
	const log = createProblemLog();
	const failures: SourceFailure[] = [];
	const sent: UsageLogRow[] = [];
	const maker = createLogMaker(asOf);
	for (const source of sources) {
		const start = rowFunctionOf(source, sent, maker);
		if (start !== null) failures.push(...(await readSource(source, options, log, start)));
	}
	return { value: failures.length === 0 ? [...maker.finish(), ...sent] : null, failures, ...log.summarize() };
}

function rowFunctionOf(source: DataSource, sent: UsageLogRow[], maker: LogMaker): ((reader: RowReader) => (row: TableRow) => void) | null {
	switch (source.provides) {
		case "usageLog":
			return (reader) => addLogs(reader, sent);
		case "userActivity":
			return (reader) => addAccesses(reader, maker);
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

/** Whatever is wrong with a row, no cell of it is quoted: with a wrong mapping any column can hold the names of users. */
function addAccesses(reader: RowReader, maker: LogMaker): (row: TableRow) => void {
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
			const names = USER_TYPES.join(", ");
			reader.report(row.number, "source/unknown-user-type", "userType", () =>
				written === null
					? t`The user type is empty; use ${names}. The row is left out.`
					: t`The cell is not a user type; use ${names}. The row is left out.`,
			);
			return;
		}
		// A user who never came is known to the server, but no access.
		if (accessedAt === null) return;
		if (maker.add({ server, user, userType, accessedAt: accessedAt.instant })) return;
		const instant = formatInstant(accessedAt.instant);
		reader.report(
			row.number,
			"source/future-access",
			"accessedAt",
			() => t`The access at ${instant} lies in the future; it does not count.`,
		);
	};
}

function findUserType(written: string): UserType | null {
	return USER_TYPES.find((type) => type.toLowerCase() === written.toLowerCase()) ?? null;
}
