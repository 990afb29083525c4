import assert from "node:assert/strict";
import type { DataSource } from "../../../core/config/model.ts";
import { formatInstant, parseInstant } from "../../../core/dates/instant.ts";
import { loadUsageLogs } from "../../../core/loading/load-usage-logs.ts";
import { createFolder, type Folder, makeSource } from "../connectors/source-fixture.ts";

const AS_OF = parseInstant("2026-11-12T12:00:00Z")!;

describe("load usage logs", () => {
	let folder: Folder;
	before(() => {
		folder = createFolder();
	});
	after(() => folder.remove());

	/** Logs and problems as lines. */
	async function checkLogs(
		sources: readonly (readonly [Partial<DataSource>, string])[],
		logs: readonly string[],
		problems: readonly string[] = [],
	) {
		const files = sources.map(([values, content], index) => {
			folder.write(`source-${index}.csv`, content);
			return makeSource({ index, name: `s${index}`, path: `source-${index}.csv`, ...values });
		});
		const loaded = await loadUsageLogs(files, AS_OF, { resolvePath: (path) => folder.file(path), signal: new AbortController().signal });
		assert.deepEqual(loaded.failures, []);
		assert.deepEqual(
			loaded.value?.map(
				(log) => `${log.server} ${formatInstant(log.loggedAt)} ${log.activeRegistered} ${log.activeEnterprise} ${log.activeDesigners}`,
			),
			logs,
		);
		assert.equal(loaded.problemCount, problems.length);
		assert.deepEqual(
			loaded.problems.map(({ code, source, row, column, message }) => `${code} ${source} ${row} ${column}: ${message}`),
			problems,
		);
	}

	const L: Partial<DataSource> = { provides: "usageLog" };
	const A: Partial<DataSource> = { provides: "userActivity" };
	const LOG = "server,loggedAt,activeRegistered,activeEnterprise,activeDesigners\n";
	const ACCESS = "server,user,userType,accessedAt\n";

	it("reads logs in the order of sources and rows, also those after asOf", () =>
		checkLogs(
			[
				[L, `${LOG}live,2026-11-11T21:00:05Z,37,4,1\nlive,2026-11-04T21:00:05Z,36,4,0\nlive,2027-01-06T21:00:00Z,1,0,0\n`],
				[{ ...L, timeZone: "Europe/Berlin", dateFormat: "dd/MM/yyyy" }, `${LOG} test ,04/11/2026 22:00,5.0,0,0\n`],
			],
			[
				"live 2026-11-11T21:00:05Z 37 4 1",
				"live 2026-11-04T21:00:05Z 36 4 0",
				"live 2027-01-06T21:00:00Z 1 0 0",
				"test 2026-11-04T21:00:00Z 5 0 0",
			],
		));

	it("leaves out logs that cannot be used, and tells each", () =>
		checkLogs(
			[
				[
					L,
					`${LOG},2026-11-11,1,1,1\nlive,,1,1,1\nlive,2026-11-31,1,1,1\nlive,2026-11-11,-1,1.5,\nlive,2026-11-11,many,1,"1,204"\nlive,2026-11-11,1,1,1,9\n`,
				],
			],
			["live 2026-11-11T00:00:00Z 1 1 1"],
			[
				"source/missing-key s0 2 server: The server is empty; the row is left out.",
				"source/missing-key s0 3 loggedAt: The loggedAt is empty; the row is left out.",
				'source/unparseable-date s0 4 loggedAt: "2026-11-31" is not a date in the format iso; the row is left out.',
				'source/not-a-number s0 5 activeRegistered: "-1" is not a whole number from 0; the row is left out.',
				'source/not-a-number s0 5 activeEnterprise: "1.5" is not a whole number from 0; the row is left out.',
				"source/not-a-number s0 5 activeDesigners: The cell is empty; the row is left out.",
				'source/not-a-number s0 6 activeRegistered: "many" is not a whole number from 0; the row is left out.',
				'source/not-a-number s0 6 activeDesigners: "1,204" is not a whole number from 0; the row is left out.',
				"source/surplus-cells s0 7 null: One cell stands beyond the last column, without effect; check the quotes and the delimiter of this row.",
			],
		));

	it("computes logs from accesses, before those that were sent, which go before them", () =>
		checkLogs(
			[
				[
					A,
					`${ACCESS}live,ann,Registered,2026-11-01\nlive,ann,registered,2026-11-02\nlive,bob,ENTERPRISE,2026-11-05\nlive,cy, Designer ,2026-11-01\n`,
				],
				[L, `${LOG}test,2026-11-11T21:00:00Z,1,2,3\n`],
			],
			["live 2026-11-04T21:00:00Z 1 0 1", "live 2026-11-11T21:00:00Z 1 1 1", "test 2026-11-11T21:00:00Z 1 2 3"],
		));

	it("quotes no cell of accesses, since any of them can be the name of a user", () =>
		checkLogs(
			[
				[
					{ ...A, columns: { userType: "Login", user: "Kind", accessedAt: "Name" } },
					"server,Login,Kind,Name\nlive,ann.walter,Designer,Ann Walter\nlive,Registered,x,Ann Walter\nlive,ann.walter,Designer,2026-11-02,Ann\n",
				],
			],
			[],
			[
				"source/unknown-user-type s0 2 Login: The cell is not a user type; use Registered, Enterprise, Designer. The row is left out.",
				"source/unparseable-date s0 2 Name: The cell is not a date in the format iso; the row is left out.",
				"source/unparseable-date s0 3 Name: The cell is not a date in the format iso; the row is left out.",
				"source/surplus-cells s0 4 null: One cell stands beyond the last column, without effect; check the quotes and the delimiter of this row.",
				"source/unknown-user-type s0 4 Login: The cell is not a user type; use Registered, Enterprise, Designer. The row is left out.",
			],
		));

	it("has the version of logs that have one", async () => {
		folder.write("source-0.csv", `${LOG.trim()},version\nlive,2026-11-04,1,1,1, 4.1 \nlive,2026-11-11,1,1,1,\n`);
		const source = makeSource({ ...L, name: "s0", path: "source-0.csv" });
		const { value } = await loadUsageLogs([source], AS_OF, {
			resolvePath: (path) => folder.file(path),
			signal: new AbortController().signal,
		});
		assert.deepEqual(
			value?.map((log) => log.version ?? null),
			["4.1", null],
		);
	});

	it("leaves out accesses that cannot be used, and tells each; a user who never came is none", () =>
		checkLogs(
			[
				[
					{ ...A, columns: { userType: "Kind" } },
					"server,user,Kind,accessedAt\n,ann,Registered,2026-11-01\nlive,,Registered,2026-11-01\nlive,dan,Admin,2026-11-01\nlive,eve,,2026-11-01\nlive,fay,Designer,soon\nlive,gus,Designer,\nlive,hal,Designer,2026-11-13\nlive,ann,Registered,2026-11-01\n",
				],
			],
			["live 2026-11-04T21:00:00Z 1 0 0", "live 2026-11-11T21:00:00Z 1 0 0"],
			[
				"source/missing-key s0 2 server: The server is empty; the row is left out.",
				"source/missing-key s0 3 user: The user is empty; the row is left out.",
				"source/unknown-user-type s0 4 Kind: The cell is not a user type; use Registered, Enterprise, Designer. The row is left out.",
				"source/unknown-user-type s0 5 Kind: The user type is empty; use Registered, Enterprise, Designer. The row is left out.",
				"source/unparseable-date s0 6 accessedAt: The cell is not a date in the format iso; the row is left out.",
				"source/future-access s0 8 accessedAt: The access at 2026-11-13T00:00:00Z lies in the future; it does not count.",
			],
		));

	it("takes several sources of accesses as one list", () =>
		checkLogs(
			[
				[A, `${ACCESS}a,ann,Registered,2026-11-01\na,bob,Registered,2026-11-05\n`],
				[A, `${ACCESS}b,ann,Registered,2026-11-01\nb,ann,Registered,2026-11-05\n`],
				[A, `${ACCESS}c,ann,Registered,2026-11-01\nc,bob,Registered,2026-11-13\n`],
				[A, `${ACCESS}c,ann,Registered,2026-11-05\nc,eve,Registered,2026-11-14\n`],
			],
			[
				"a 2026-11-04T21:00:00Z 1 0 0",
				"a 2026-11-11T21:00:00Z 2 0 0",
				"b 2026-11-04T21:00:00Z 1 0 0",
				"b 2026-11-11T21:00:00Z 1 0 0",
				"c 2026-11-04T21:00:00Z 1 0 0",
				"c 2026-11-11T21:00:00Z 1 0 0",
			],
			[
				"source/future-access s2 3 accessedAt: The access at 2026-11-13T00:00:00Z lies in the future; it does not count.",
				"source/future-access s3 3 accessedAt: The access at 2026-11-14T00:00:00Z lies in the future; it does not count.",
			],
		));

	it("has no logs when one source fails", async () => {
		folder.write("source-0.csv", `${LOG}live,2026-11-11,1,1,1\n`);
		const sources = [makeSource({ ...L, name: "s0", path: "source-0.csv" }), makeSource({ ...A, index: 1, name: "s1", path: "gone.csv" })];
		const loaded = await loadUsageLogs(sources, AS_OF, { resolvePath: (path) => folder.file(path), signal: new AbortController().signal });
		assert.equal(loaded.value, null);
		assert.deepEqual(
			loaded.failures.map(({ sourceIndex, code }) => [sourceIndex, code]),
			[[1, "source/missing-file"]],
		);
	});

	it("rejects with the signal's reason when it is cancelled", async () => {
		const signal = AbortSignal.abort(new Error("enough"));
		const loading = loadUsageLogs([makeSource({ ...L, path: "source-0.csv" })], AS_OF, {
			resolvePath: (path) => folder.file(path),
			signal,
		});
		await assert.rejects(loading, new Error("enough"));
	});
});
