import assert from "node:assert/strict";
import Database from "better-sqlite3";
import { readActivity } from "../../../core/loading/read-activity.ts";
import { countActivity, toUsageLogs } from "../../../core/subscriptions/count-activity.ts";
import { createFolder, type Folder, makeSource } from "../connectors/source-fixture.ts";

const AS_OF = Date.UTC(2026, 10, 12, 12);
const OPTIONS = { signal: new AbortController().signal, onProgress: () => {} };

/** Rows that a page of text can hold, and all sorts of others. */
const PLAIN = [
	["live", "ann", "Registered", "2026-11-02 10:00:00"],
	["live", " bob ", "designer", "2026-06-02"],
	["live", "cid", "Guest", "2026-11-02"],
	["", "dan", "Registered", "2026-11-02"],
	["live", null, "Registered", "2026-11-02"],
	["live", "eve", null, "soon"],
	["live", "fay", "Enterprise", null],
	["live", "gus", "Enterprise", "2026-11-12T12:00:00.001Z"],
	["dé", "日本", "Designer", "2026-11-05T01:00:00+05:30"],
	["live", "NULL", "Designer", "2026-11-05"],
] as const;
const ODD = [
	["live", 'say "hi"', "Designer", "2026-11-05 10:00:00"],
	['"quoted"', "hal", "Designer", "2026-11-05 10:00:00"],
	["li\nve", "ida", "Designer", "2026-11-05 10:00:00"],
	["li\u0001ve", "jim", "Designer", "2026-11-05 10:00:00"],
	["live\u007f", "kim", "Designer", "2026-11-05 10:00:00"],
	[Buffer.from("live"), 17, "Designer", "2026-11-05 10:00:00"],
	[1.5, Buffer.from([0, 255]), "Designer", "2026-11-05 10:00:00"],
	["live", "lou", "Designer", 20261105],
] as const;

describe("read accesses of a database", function () {
	this.timeout(60_000);

	let folder: Folder;
	before(() => {
		folder = createFolder();
	});
	after(() => folder.remove());

	function write(rows: readonly (readonly unknown[])[]): string {
		const file = folder.file("activity.db");
		folder.write("activity.db", "");
		const database = new Database(file);
		database.exec("CREATE TABLE activity (other, accessedAt, server, user, userType); BEGIN");
		const add = database.prepare("INSERT INTO activity VALUES ('x', ?, ?, ?, ?)");
		for (const [server, user, userType, accessedAt] of rows) add.run(accessedAt, server, user, userType);
		database.exec("COMMIT");
		database.close();
		return file;
	}

	/** What is read of the table in pages of text where they are regular, and of a query in rows of cells. */
	async function readBoth(rows: readonly (readonly unknown[])[]) {
		const path = write(rows);
		const source = makeSource({ provides: "userActivity", type: "sqlite", path, name: "s" });
		const read = async (values: Partial<typeof source>, part: { from: number; to: number | null; exact: true } | null = null) => {
			const done = await readActivity({ source: { ...source, ...values }, path, part, asOf: AS_OF }, OPTIONS);
			assert.deepEqual(done.failures, []);
			return done;
		};
		const contentOf = ({ tallies, problems, counts, dates, records }: Awaited<ReturnType<typeof read>>) => ({
			...{ problems, dates, records },
			counts: counts.toSorted((one, other) => Number(one.code > other.code) - Number(one.code < other.code)),
			logs: toUsageLogs(countActivity(tallies, AS_OF), AS_OF),
		});
		return { read, contentOf, table: await read({ table: "activity" }), query: await read({ query: "SELECT * FROM activity" }) };
	}

	it("gives the same from pages of text and from rows of cells", async () => {
		for (const rows of [PLAIN, ODD, [...PLAIN, ...ODD, ...PLAIN], []]) {
			const { contentOf, table, query } = await readBoth(rows);
			assert.deepEqual(contentOf(table), contentOf(query));
			assert.equal(table.records, rows.length);
		}
		const { contentOf, table } = await readBoth(PLAIN);
		assert.deepEqual(
			contentOf(table).problems.map(({ code, row }) => `${code} ${row}`),
			[
				"source/unknown-user-type 3",
				"source/missing-key 4",
				"source/missing-key 5",
				"source/unknown-user-type 6",
				"source/unparseable-date 6",
				"source/future-access 8",
				"source/missing-key 10",
			],
		);
		assert.deepEqual(
			contentOf(table)
				.logs.filter(({ loggedAt }) => loggedAt === Date.UTC(2026, 10, 11, 21))
				.map((log) => `${log.server} ${log.activeRegistered} ${log.activeEnterprise} ${log.activeDesigners}`),
			["live 1 0 1", "dé 0 0 1"],
		);
	});

	it("goes from pages of text to rows of cells where a page is odd, and stays there", async () => {
		// More than a page before the odd rows, and behind them.
		const many = Array.from({ length: 60_000 }, (_, row) => [
			"live",
			`user number ${row % 500}`,
			"Registered",
			`2026-0${1 + (row % 9)}-1${row % 10}`,
		]);
		const { contentOf, table, query } = await readBoth([...many, ...ODD, ...many, ...PLAIN]);
		assert.deepEqual(contentOf(table), contentOf(query));
		assert.ok(table.tallies.length > 1);
	});

	it("reads in each part its own rows alone", async () => {
		const { read, contentOf, table } = await readBoth([...PLAIN, ...ODD, ...PLAIN]);
		for (const middle of [2, 11, 20]) {
			const first = await read({ table: "activity" }, { from: 1, to: middle, exact: true });
			const second = await read({ table: "activity" }, { from: middle, to: null, exact: true });
			assert.equal(first.records + second.records, table.records);
			assert.deepEqual([first.records, second.records], [middle - 1, table.records - middle + 1]);
			const joined = countActivity([...first.tallies, ...second.tallies], AS_OF);
			assert.deepEqual(toUsageLogs(joined, AS_OF), contentOf(table).logs);
			assert.equal(first.problems.length + second.problems.length, table.problems.length);
		}
	});
});
