import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { needFile } from "../generate/need-file.ts";
import { createRandom, createZipf } from "../generate/random.ts";
import { ACTIVITY_AS_OF } from "./activity-counts.ts";

/** A file whose accesses are counted. */
export type ActivityForm = "csv" | "sqlite";

/** The project over each form. */
export const PROJECTS: Readonly<Record<ActivityForm, string>> = { csv: "csv.usage.yaml", sqlite: "sqlite.usage.yaml" };

const SERVERS = 200;
const USERS = 130_000;
const DAYS = 730;
const DAY_MS = 86_400_000;
/** Changes with whatever changes the files. */
const VERSION = "activity 1";

/** Makes the files of so many accesses below a folder, as far as they are not there yet; answers the folder of this size. */
export async function prepareActivity(
	dataFolder: string,
	rows: number,
	forms: ReadonlySet<ActivityForm>,
	say: (line: string) => void,
): Promise<string> {
	const folder = join(dataFolder, `activity-${rows}`);
	const stamp = join(folder, "generator.txt");
	if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== VERSION) rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	writeFileSync(stamp, VERSION);
	writeProjects(folder);

	await needFile(folder, "activity.csv", (file) => writeCsv(file, rows), say);
	if (forms.has("sqlite")) await needFile(folder, "activity.db", (file) => writeDatabase(file, rows), say);
	return folder;
}

/** One access. */
interface Access {
	readonly server: string;
	readonly user: string;
	readonly userType: string;
	/** Day and second of the day. */
	readonly day: number;
	readonly second: number;
}

/**
 * Calls back for each access in the order of time, as a log has them: two years up to a day after the instant of the report, more on
 * working days. Few users come often, some to two servers, and some change their type; a few rows have a type that is none.
 */
function forEachAccess(rows: number, take: (access: Access) => void): void {
	const random = createRandom(20_261_104);
	const rankOf = createZipf(USERS, 0.7);
	const users = Array.from({ length: USERS }, (_, user) => {
		random.reseed(user);
		const changes = random.chance(500);
		const type = pickType(random.below(100));
		return {
			name: `user${String(100_000 + user)}`,
			// Servers of very different sizes.
			server: serverName(Math.floor((random.below(1000) * random.below(1000) * SERVERS) / 1_000_000)),
			second: random.chance(4000) ? serverName(random.below(SERVERS)) : null,
			type,
			laterType: changes ? pickType(random.below(100)) : type,
			changesOn: random.below(DAYS),
		};
	});
	const firstDay = Math.floor(ACTIVITY_AS_OF / DAY_MS) - DAYS + 2;
	const weights = Array.from({ length: DAYS }, (_, day) => ([0, 6].includes(new Date((firstDay + day) * DAY_MS).getUTCDay()) ? 1 : 6));
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	random.reseed(7);
	let done = 0;
	let weighed = 0;
	for (let day = 0; day < DAYS; day++) {
		weighed += weights[day]!;
		const until = Math.round((rows * weighed) / total);
		const count = until - done;
		for (let at = 0; at < count; at++) {
			const user = users[rankOf(random)]!;
			take({
				server: user.second !== null && random.chance(3000) ? user.second : user.server,
				user: user.name,
				userType: random.chance(5) ? "Guest" : day < user.changesOn ? user.type : user.laterType,
				day: firstDay + day,
				second: 6 * 3600 + Math.floor((at * 14 * 3600) / count),
			});
		}
		done = until;
	}
}

function pickType(percent: number): string {
	return percent < 85 ? "Registered" : percent < 97 ? "Enterprise" : "Designer";
}

function serverName(server: number): string {
	return `client-${String(server).padStart(3, "0")}`;
}

const CHUNK_BYTES = 1 << 20;

function writeCsv(file: string, rows: number): void {
	const handle = openSync(file, "w");
	const chunk = Buffer.alloc(CHUNK_BYTES);
	let used = chunk.write("server,user,userType,accessedAt\n");
	const formatDay = createDayFormat();
	forEachAccess(rows, ({ server, user, userType, day, second }) => {
		if (used > CHUNK_BYTES - 100) {
			writeSync(handle, chunk, 0, used);
			used = 0;
		}
		used += chunk.write(`${server},${user},${userType},${formatDay(day)} ${formatSecond(second)}\n`, used, "latin1");
	});
	writeSync(handle, chunk, 0, used);
	closeSync(handle);
}

async function writeDatabase(file: string, rows: number): Promise<void> {
	const { default: Database } = await import("better-sqlite3");
	const database = new Database(file);
	try {
		database.pragma("journal_mode = OFF");
		database.pragma("synchronous = OFF");
		database.exec('CREATE TABLE activity (server TEXT, "user" TEXT, userType TEXT, accessedAt TEXT); BEGIN');
		const add = database.prepare("INSERT INTO activity VALUES (?, ?, ?, ?)");
		const formatDay = createDayFormat();
		forEachAccess(rows, ({ server, user, userType, day, second }) => {
			add.run(server, user, userType, `${formatDay(day)} ${formatSecond(second)}`);
		});
		database.exec("COMMIT");
	} finally {
		database.close();
	}
}

function createDayFormat(): (day: number) => string {
	let last = Number.NaN;
	let text = "";
	return (day) => {
		if (day !== last) text = new Date(day * DAY_MS).toISOString().slice(0, "yyyy-MM-dd".length);
		last = day;
		return text;
	};
}

function formatSecond(second: number): string {
	const two = (value: number) => (value < 10 ? `0${value}` : String(value));
	return `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
}

function writeProjects(folder: string): void {
	const write = (name: string, source: readonly string[]) => {
		const lines = [
			"kind: project",
			`title: Activity from ${name}`,
			"dataSources:",
			"  - name: activity",
			"    provides: userActivity",
			...source,
		];
		writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
	};
	write(PROJECTS.csv, ["    type: csv", "    path: activity.csv"]);
	write(PROJECTS.sqlite, ["    type: sqlite", "    path: activity.db", "    table: activity"]);
}
