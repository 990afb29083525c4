import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { createRandom } from "../generate/random.ts";
import { REPORT_AS_OF } from "./report-rows.ts";

/** A file whose logs are reported on. */
export type ReportForm = "csv" | "sqlite";

/** The project over each form. */
export const REPORT_PROJECTS: Readonly<Record<ReportForm, string>> = { csv: "csv.usage.yaml", sqlite: "sqlite.usage.yaml" };

/** Weeks of logs that each server has. */
export const REPORT_WEEKS = 52;

const SERVERS_OF_A_CLIENT = 5;
const WEEK_MS = 7 * 86_400_000;
/** Changes with whatever changes the files. */
const VERSION = "report 1";

/** Makes a year of weekly logs of so many servers below a folder, where they are not there yet; answers their folder. */
export function prepareReport(dataFolder: string, servers: number, say: (line: string) => void): string {
	const folder = join(dataFolder, `report-${servers}`);
	const stamp = join(folder, "generator.txt");
	if (existsSync(stamp) && readFileSync(stamp, "utf8") === VERSION) return folder;
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const logs = makeLogs(servers);
	const subscriptions = Array.from({ length: servers }, (_, server) => {
		const client = Math.floor(server / SERVERS_OF_A_CLIENT);
		const renewal = new Date(REPORT_AS_OF + (((client * 37) % 500) - 100) * 86_400_000).toISOString().slice(0, 10);
		return [
			`Client ${String(client).padStart(5, "0")}`,
			serverName(server),
			renewal,
			100 + (client % 300),
			client % 40,
			client % 7,
		] as const;
	});
	writeFileSync(
		join(folder, "log.csv"),
		`server,loggedAt,activeRegistered,activeEnterprise,activeDesigners\n${logs.map((row) => `${row.join(",")}\n`).join("")}`,
	);
	writeFileSync(
		join(folder, "subscriptions.csv"),
		`client,server,renewalDate,registeredUsers,enterpriseUsers,designerUsers\n${subscriptions.map((row) => `${row.join(",")}\n`).join("")}`,
	);
	writeDatabase(join(folder, "log.db"), logs, subscriptions);
	writeProjects(folder, subscriptions);
	writeFileSync(`${stamp}.partial`, VERSION);
	renameSync(`${stamp}.partial`, stamp);
	say(`made ${logs.length.toLocaleString("en")} logs of ${servers.toLocaleString("en")} servers`);
	return folder;
}

type Log = readonly [server: string, loggedAt: string, registered: number, enterprise: number, designers: number];
type Subscription = readonly [client: string, server: string, renewal: string, registered: number, enterprise: number, designers: number];

/** Week by week, as a central log has them: some weeks are missing, some logs are retried, and few figures jump. */
function makeLogs(servers: number): readonly Log[] {
	const random = createRandom(20_261_104);
	const active = Array.from({ length: servers }, () => 20 + random.below(400));
	const latest = REPORT_AS_OF - 3_600_000;
	const logs: Log[] = [];
	for (let week = REPORT_WEEKS - 1; week >= 0; week--) {
		for (let server = 0; server < servers; server++) {
			const jump = random.chance(30) ? random.below(120) : 0;
			active[server] = Math.max(0, active[server]! + random.below(7) - 3 + jump);
			if (random.chance(200)) continue;
			const add = (later: number) =>
				logs.push([
					serverName(server),
					new Date(latest - week * WEEK_MS + later * 1000).toISOString().slice(0, 19).replace("T", " "),
					active[server]! + (later > 60 ? 1 : 0),
					server % 40,
					server % 7,
				]);
			add(random.below(60));
			if (random.chance(300)) add(60 + random.below(3000));
		}
	}
	return logs;
}

function serverName(server: number): string {
	return `server-${String(server).padStart(5, "0")}.clients.example`;
}

function writeDatabase(file: string, logs: readonly Log[], subscriptions: readonly Subscription[]): void {
	const database = new Database(file);
	try {
		database.exec(`
			CREATE TABLE log (server TEXT, loggedAt TEXT, activeRegistered INTEGER, activeEnterprise INTEGER, activeDesigners INTEGER);
			CREATE TABLE subscriptions (client TEXT, server TEXT, renewalDate TEXT, registeredUsers INTEGER, enterpriseUsers INTEGER, designerUsers INTEGER);
		`);
		const addLog = database.prepare("INSERT INTO log VALUES (?, ?, ?, ?, ?)");
		const addSubscription = database.prepare("INSERT INTO subscriptions VALUES (?, ?, ?, ?, ?, ?)");
		database.transaction(() => {
			for (const row of logs) addLog.run(row);
			for (const row of subscriptions) addSubscription.run(row);
		})();
	} finally {
		database.close();
	}
}

function writeProjects(folder: string, subscriptions: readonly Subscription[]): void {
	const entries: string[] = [];
	for (let at = 0; at < subscriptions.length; at += SERVERS_OF_A_CLIENT) {
		const [client, , renewal, registered, enterprise, designers] = subscriptions[at]!;
		const servers = subscriptions.slice(at, at + SERVERS_OF_A_CLIENT).map(([, server]) => server);
		entries.push(
			`  - client: ${client}\n    renewalDate: ${renewal}\n    registeredUsers: ${registered}\n    enterpriseUsers: ${enterprise}\n    designerUsers: ${designers}\n    servers: [${servers.join(", ")}]\n`,
		);
	}
	for (const [form, source] of [
		["csv", "type: csv, path: log.csv"],
		["sqlite", "type: sqlite, path: log.db, table: log"],
	] as const) {
		const text = `kind: project\ntitle: All clients from ${form}\nsubscriptions:\n${entries.join("")}dataSources:\n  - { name: log, provides: usageLog, ${source} }\n`;
		writeFileSync(join(folder, REPORT_PROJECTS[form]), text);
	}
}
