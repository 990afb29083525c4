import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import type { UsageLogRow, UserAccess, UserType } from "../../core/subscriptions/usage-log.ts";
import type { ReportSubscription } from "../../core/subscriptions/usage-report.ts";
import { type ReferenceReport, referenceLogs, referenceReport } from "../support/reference-report.ts";
import { FIRST_ROW, TABLE_TYPES, type TableCell, type TableType, writeTable } from "../support/write-table.ts";
import { makeFolder, runCli } from "./cli-support.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** Ways in which a source writes instants. */
const CLOCKS = ["iso", "offset", "epochMilliseconds", "london", "date cells"] as const;
type Clock = (typeof CLOCKS)[number];

interface LogSource {
	readonly provides: "usageLog";
	readonly type: TableType;
	readonly clock: Clock;
	readonly rows: readonly { readonly log: UsageLogRow; readonly fault: "none" | "server" | "count" }[];
}

interface ActivitySource {
	readonly provides: "userActivity";
	readonly type: TableType;
	readonly clock: Clock;
	readonly rows: readonly { readonly access: UserAccess; readonly fault: "none" | "type" | "user" | "never came" }[];
}

interface TestProject {
	readonly subscriptions: readonly ReportSubscription[];
	readonly sources: readonly (LogSource | ActivitySource)[];
}

// The turn of a year, a leap day, and weeks in which clocks change.
const WEDNESDAYS = ["2027-01-06T21:00:00Z", "2028-03-01T21:00:00Z", "2026-10-28T21:00:00Z", "2027-03-31T21:00:00Z"].map((text) =>
	Date.parse(text),
);

const server = fc.constantFrom("live", "live", "test", "test", "Live", " live ", "a b");
const type = fc.constantFrom(...TABLE_TYPES);
const clock = fc.constantFrom(...CLOCKS);
const figure = fc.oneof(
	{ weight: 5, arbitrary: fc.integer({ min: 60, max: 66 }) },
	{ weight: 2, arbitrary: fc.integer({ min: 0, max: 90 }) },
	{ weight: 1, arbitrary: fc.constantFrom(0, 999_999_999_999) },
);
const paid = fc.option(fc.integer({ min: 0, max: 140 }));
const later = fc.oneof(fc.constantFrom(0, 0, 7000, -1, 1, WEEK - 1), fc.integer({ min: -DAY, max: WEEK }));

const world = fc.tuple(fc.constantFrom(...WEDNESDAYS), later).chain(([wednesday, ms]) => {
	const asOf = wednesday + ms;
	const logRow = fc.record({
		log: fc
			.record({
				server,
				loggedAt: fc.tuple(fc.integer({ min: -1, max: 12 }), later).map(([weeks, plus]) => wednesday - weeks * WEEK + plus),
				activeRegistered: figure,
				activeEnterprise: figure,
				activeDesigners: figure,
			})
			.map((log): UsageLogRow => log),
		fault: fc.constantFrom("none", "none", "none", "none", "none", "none", "server", "count"),
	});
	const accessRow = fc.record({
		access: fc.record({
			server,
			user: fc.constantFrom("ann", "bob", " bob", "Bob", "cid", "O'Neill, D."),
			userType: fc.constantFrom<UserType>("Registered", "Enterprise", "Designer"),
			accessedAt: fc
				.tuple(fc.integer({ min: -1, max: 200 }), fc.constantFrom(0, 0, 1, -1, 30_000_000))
				.map(([days, plus]) => wednesday - days * DAY + plus),
		}),
		fault: fc.constantFrom("none", "none", "none", "none", "none", "none", "type", "user", "never came"),
	});
	const source: fc.Arbitrary<LogSource | ActivitySource> = fc.oneof(
		fc.record({ provides: fc.constant("usageLog"), type, clock, rows: fc.array(logRow, { maxLength: 40, size: "max" }) }),
		fc.record({ provides: fc.constant("userActivity"), type, clock, rows: fc.array(accessRow, { maxLength: 40, size: "max" }) }),
	) as fc.Arbitrary<LogSource | ActivitySource>;
	const subscription: fc.Arbitrary<ReportSubscription> = fc.record({
		client: fc.constantFrom("Aldgate plc", "Bow & Sons", "b: c"),
		renewalDate: fc.option(fc.constantFrom(-91, -90, -1, 0, 1, 90, 91, 400).map((days) => Math.floor(asOf / DAY) + days)),
		registeredUsers: paid,
		enterpriseUsers: paid,
		designerUsers: paid,
		servers: fc.array(fc.oneof(server, fc.constant("never")), { minLength: 1, maxLength: 3 }),
	});
	return fc.record({
		asOf: fc.constant(asOf),
		projects: fc.array(
			fc.record({ subscriptions: fc.array(subscription, { maxLength: 3 }), sources: fc.array(source, { maxLength: 3 }) }),
			{ minLength: 1, maxLength: 2 },
		),
	});
});

describe("the report from files beside a plain one", () => {
	it("has the same rows, totals and data problems, whatever the sources", async () => {
		await fc.assert(
			fc.asyncProperty(world, async ({ asOf, projects }) => checkWorld(asOf, projects)),
			{ numRuns: 50, endOnFailure: true },
		);
	}).timeout(240_000);
});

async function checkWorld(asOf: number, projects: readonly TestProject[]): Promise<void> {
	const { folder, remove } = makeFolder({});
	const ends: (() => Promise<void>)[] = [];
	try {
		const problems: Problem[] = [];
		const computed: UsageLogRow[] = [];
		const sent: UsageLogRow[] = [];
		for (const [number, project] of projects.entries()) {
			const found = await writeProject(path.join(folder, `p${number}`), project, asOf);
			problems.push(...found.problems);
			computed.push(...referenceLogs(found.accesses, asOf));
			sent.push(...found.logs);
		}
		const argv = ["report", ".", "--format", "json", "--as-of", new Date(asOf).toISOString()];
		const { exitCode, stdout, stderr } = await runCli(argv, folder, { atEnd: (end) => void ends.push(end) });
		assert.equal(exitCode, 0, stderr);
		const found = JSON.parse(stdout);
		const plain = referenceReport(
			projects.flatMap(({ subscriptions }) => subscriptions),
			[...computed, ...sent],
			asOf,
		);
		assert.deepEqual({ rows: found.rows, clients: found.clients }, toJson(plain));
		assert.deepEqual(
			(found.problems as readonly Problem[]).map(({ code, source, row }) => [code, source, row].join(" ")).sort(),
			problems.map(({ code, source, row }) => [code, source, row].join(" ")).sort(),
		);
		assert.equal(found.problemCount, problems.length);
		// With what the first report has stored in the history.
		const again = await runCli(argv, folder, { atEnd: (end) => void ends.push(end) });
		assert.deepEqual({ exitCode: again.exitCode, stdout: again.stdout }, { exitCode, stdout });
	} finally {
		for (const end of ends) await end();
		remove();
	}
}

interface Problem {
	readonly code: string;
	readonly source: string;
	readonly row: number;
}

/** Writes a project with its sources; answers what there is to read in them. */
async function writeProject(folder: string, { subscriptions, sources }: TestProject, asOf: number) {
	mkdirSync(folder);
	const logs: UsageLogRow[] = [];
	const accesses: UserAccess[] = [];
	const problems: Problem[] = [];
	const entries: string[] = [];
	for (const [number, source] of sources.entries()) {
		const name = `s${number}`;
		const rows: TableCell[][] = [];
		for (const [index, row] of source.rows.entries()) {
			const report = (code: string) => problems.push({ code, source: name, row: index + FIRST_ROW[source.type] });
			if ("log" in row) {
				const log = { ...row.log, loggedAt: toPrecision(row.log.loggedAt, source) };
				const own = row.fault === "server" ? "  " : log.server;
				const count = row.fault === "count" ? -1 : log.activeRegistered;
				rows.push([own, showInstant(log.loggedAt, source), count, log.activeEnterprise, log.activeDesigners]);
				if (row.fault === "none") logs.push(log);
				else report(row.fault === "server" ? "source/missing-key" : "source/not-a-number");
			} else {
				const access = { ...row.access, accessedAt: toPrecision(row.access.accessedAt, source) };
				const { fault } = row;
				rows.push([
					access.server,
					fault === "user" ? null : access.user,
					fault === "type" ? "Admin" : access.userType.toUpperCase(),
					fault === "never came" ? null : showInstant(access.accessedAt, source),
				]);
				if (fault === "user") report("source/missing-key");
				else if (fault === "type") report("source/unknown-user-type");
				else if (fault === "none" && access.accessedAt > asOf) report("source/future-access");
				else if (fault === "none") accesses.push(access);
			}
		}
		const isLog = source.provides === "usageLog";
		const columns = isLog ? ["Server", "When", "Registered", "Enterprise", "Designers"] : ["Server", "Who", "Kind", "When"];
		const mapping = isLog
			? "{ loggedAt: When, activeRegistered: Registered, activeEnterprise: Enterprise, activeDesigners: Designers }"
			: "{ user: Who, userType: Kind, accessedAt: When }";
		const place = await writeTable(folder, name, source.type, columns, rows);
		entries.push(`  - { name: ${name}, provides: ${source.provides}, ${place}, columns: ${mapping}${clockOf(source)} }\n`);
	}
	const yaml = [
		`kind: project\ntitle: ${path.basename(folder)}\n`,
		subscriptions.length === 0 ? "" : `subscriptions:\n${subscriptions.map((own) => `  - ${JSON.stringify(toYaml(own))}\n`).join("")}`,
		entries.length === 0 ? "" : `dataSources:\n${entries.join("")}`,
	];
	writeFileSync(path.join(folder, "project.usage.yaml"), yaml.join(""));
	return { logs, accesses, problems };
}

/** Without what is missing. */
function toYaml(subscription: ReportSubscription): Record<string, unknown> {
	const renewalDate = subscription.renewalDate === null ? null : showDay(subscription.renewalDate);
	return Object.fromEntries(Object.entries({ ...subscription, renewalDate }).filter(([, value]) => value !== null));
}

function clockOf({ clock: own, type: ownType }: LogSource | ActivitySource): string {
	if (own === "epochMilliseconds") return ", dateFormat: epochMilliseconds";
	return own === "london" && ownType !== "excel" ? ", timeZone: Europe/London" : "";
}

function showInstant(instant: number, { clock: own, type: ownType }: LogSource | ActivitySource): TableCell {
	switch (own) {
		case "offset":
			return `${new Date(instant + 5.5 * HOUR).toISOString().slice(0, -1)}+05:30`;
		case "epochMilliseconds":
			return instant;
		case "london":
			return ownType === "excel" ? new Date(instant).toISOString() : showInLondon(instant);
		case "date cells":
			return ownType === "excel" ? new Date(instant) : new Date(instant).toISOString();
		case "iso":
			return new Date(instant).toISOString();
	}
}

/** The instant that comes back: cells of dates have whole seconds here, and an hour that a clock shows twice is its first. */
function toPrecision(instant: number, { clock: own, type: ownType }: LogSource | ActivitySource): number {
	if (own === "date cells" && ownType === "excel") return Math.floor(instant / 1000) * 1000;
	return own === "london" && ownType !== "excel" && showInLondon(instant) === showInLondon(instant - HOUR) ? instant - HOUR : instant;
}

const LONDON = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/London", dateStyle: "short", timeStyle: "medium" });

function showInLondon(instant: number): string {
	return `${LONDON.format(instant)}.${String(((instant % 1000) + 1000) % 1000).padStart(3, "0")}`;
}

function showDay(day: number): string {
	return new Date(day * DAY).toISOString().slice(0, 10);
}

/** The reference in the form of the contract. */
function toJson({ rows, clients }: ReferenceReport): unknown {
	const day = (value: unknown) => (typeof value === "number" ? showDay(value) : null);
	return {
		rows: (rows as readonly Record<string, unknown>[]).map(({ subscription, ...row }) => ({
			...row,
			renewalDate: day(row["renewalDate"]),
			lastUpdate: typeof row["lastUpdate"] === "number" ? `${new Date(row["lastUpdate"]).toISOString().slice(0, 19)}Z` : null,
		})),
		clients: (clients as readonly Record<string, unknown>[]).map((client) => ({ ...client, renewalDate: day(client["renewalDate"]) })),
	};
}
