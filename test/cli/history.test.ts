import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseInstant } from "../../core/dates/instant.ts";
import { type CliResult, makeFolder, runCli, SMALL_CLIENT } from "./cli-support.ts";

const HISTORY = ".usage-report/history.db";
const HEAD = "server,loggedAt,activeRegistered,activeEnterprise,activeDesigners,version,origin\n";

/** The small client's project, one with accesses in another folder, and one without usage. */
const CLIENTS: Readonly<Record<string, string>> = {
	...SMALL_CLIENT,
	"mill/mill.usage.yaml": `kind: project
title: Mill
subscriptions:
  - { client: Mill AB, renewalDate: 2027-03-31, registeredUsers: 5, servers: [mill] }
dataSources:
  - { name: accesses, provides: userActivity, type: csv, path: accesses.csv }
`,
	"mill/accesses.csv": `server,user,userType,accessedAt
mill,Ann Example,Registered,2026-10-20T10:00:00Z
mill,Bo Example,Designer,2026-10-27T10:00:00Z
`,
	"quiet/quiet.usage.yaml": "kind: project\ntitle: Quiet\n",
};

/** What the Mill's history has after a run at the tests' now. */
const MILL = `mill,2026-10-21T21:00:00Z,1,0,0,,computed
mill,2026-10-28T21:00:00Z,1,0,1,,computed
mill,2026-11-04T21:00:00Z,1,0,1,,computed
`;

describe("usage-report log", () => {
	for (const { name, line, stdout, stderr = "", exitCode = 0 } of [
		{
			name: "a project: what its servers have sent",
			line: "log corvane.usage.yaml",
			stdout: `Corvane (corvane.usage.yaml)\n  2 added, 0 replaced, 0 already there\n  history: ${HISTORY}\n`,
		},
		{
			name: "a folder: every project beside itself, those without usage left out",
			line: "log",
			stdout: `Corvane (corvane.usage.yaml)\n  2 added, 0 replaced, 0 already there\n  history: ${HISTORY}\nMill (mill/mill.usage.yaml)\n  3 added, 0 replaced, 0 already there\n  history: mill/${HISTORY}\n`,
			stderr: "usage-report: quiet/quiet.usage.yaml is left out: it has no data source with usage logs or accesses.\n",
		},
		{
			name: "up to an instant",
			line: "log mill --as-of 2026-10-28T21:00:00Z",
			stdout: `Mill (mill/mill.usage.yaml)\n  2 added, 0 replaced, 0 already there\n  history: mill/${HISTORY}\n`,
		},
		{
			name: "logs after the instant are left out, and told",
			line: "log corvane.usage.yaml --as-of 2026-11-01",
			stdout: `Corvane (corvane.usage.yaml)\n  1 added, 0 replaced, 0 already there\n  1 log is later than 2026-11-01T00:00:00Z and left out\n  history: ${HISTORY}\n`,
		},
		{
			name: "into a history of one's choice",
			line: "log mill --history all.db",
			stdout: "Mill (mill/mill.usage.yaml)\n  3 added, 0 replaced, 0 already there\n  history: all.db\n",
		},
		{
			name: "a project without usage that was named",
			line: "log quiet/quiet.usage.yaml",
			stdout: "",
			stderr:
				"usage-report: quiet/quiet.usage.yaml is not logged. quiet.usage.yaml has no data source that provides usageLog or userActivity, so there is nothing to log.\n",
			exitCode: 2,
		},
		{
			name: "nothing of the future",
			line: "log --as-of 2026-11-06",
			stdout: "",
			stderr: "usage-report: --as-of 2026-11-06T00:00:00Z lies in the future, of which nothing can be stored yet.\n",
			exitCode: 2,
		},
		{
			name: "not without a history",
			line: "log --history off",
			stdout: "",
			stderr: "usage-report: --history off leaves nothing to do for usage-report log.\n",
			exitCode: 2,
		},
	]) {
		it(`stores ${name}`, () =>
			inFolder(async (run) => {
				assert.deepEqual(await run(line), { exitCode, stdout, stderr });
			}));
	}

	it("changes nothing when it is run again, and computes weeks later that were missed", () =>
		inFolder(async (run) => {
			await run("log mill --as-of 2026-10-21T21:00:00Z");
			assert.match((await run("log mill")).stdout, /\n {2}2 added, 0 replaced, 1 already there\n/);
			const before = await run("history export mill");
			assert.equal(before.stdout, HEAD + MILL);
			assert.match((await run("log mill")).stdout, /\n {2}0 added, 0 replaced, 3 already there\n/);
			assert.deepEqual(await run("history export mill"), before);
		}));

	it("keeps stored computed logs when the accesses say something else, until it may replace them", () =>
		inFolder(async (run, folder) => {
			await run("log mill");
			// As a list of last accesses looks some weeks later, with one more user.
			writeFileSync(
				path.join(folder, "mill/accesses.csv"),
				"server,user,userType,accessedAt\nmill,Ann,Registered,2026-11-02T10:00:00Z\nmill,Cy,Enterprise,2026-10-20T10:00:00Z\n",
			);
			const kept = await run("log mill");
			assert.equal(
				kept.stdout,
				`Mill (mill/mill.usage.yaml)
  0 added, 0 replaced, 0 already there
  3 stored logs stay though the accesses give other figures now:
    mill, 2026-10-21T21:00:00Z: 1 / 0 / 0 stored, 0 / 1 / 0 now
    mill, 2026-10-28T21:00:00Z: 1 / 0 / 1 stored, 0 / 1 / 0 now
    mill, 2026-11-04T21:00:00Z: 1 / 0 / 1 stored, 1 / 1 / 0 now
    (registered / enterprise / designer users)
    --replace takes the new ones. Keep the stored ones where the source has only the last access of each user:
    such a list shows fewer users of a week the longer ago it is.
  history: mill/${HISTORY}
`,
			);
			assert.equal((await run("history export mill")).stdout, HEAD + MILL);
			assert.match((await run("log mill --replace")).stdout, /\n {2}0 added, 3 replaced, 0 already there\n/);
			assert.match((await run("history export mill")).stdout, /\nmill,2026-11-04T21:00:00Z,1,1,0,,computed\n/);
		}));

	it("says as JSON what it did", () =>
		inFolder(async (run) => {
			const { stdout } = await run("log mill corvane.usage.yaml --as-of 2026-11-01 --format json");
			const counts = { replaced: 0, unchanged: 0, kept: 0, differing: [] };
			const sound = { problems: [], problemCount: 0 };
			assert.equal(
				JSON.stringify(JSON.parse(stdout)),
				JSON.stringify({
					asOf: "2026-11-01T00:00:00Z",
					projects: [
						{ project: "Corvane", file: "corvane.usage.yaml", history: HISTORY, added: 1, ...counts, future: 1, ...sound },
						{ project: "Mill", file: "mill/mill.usage.yaml", history: `mill/${HISTORY}`, added: 2, ...counts, future: 0, ...sound },
					],
				}),
			);
		}));

	it("logs the other projects when one cannot be", () =>
		inFolder(async (run, folder) => {
			writeFileSync(path.join(folder, "all.db"), "no database");
			rmSync(path.join(folder, "log.csv"));
			const { exitCode, stdout, stderr } = await run("log .");
			assert.equal(exitCode, 2);
			assert.match(stderr, /^usage-report: corvane\.usage\.yaml is not logged\. .*\nlog: There is no file log\.csv/m);
			assert.match(stdout, /^Mill \(mill\/mill\.usage\.yaml\)\n {2}3 added/);
			const damaged = await run("log mill --history all.db");
			assert.equal(damaged.exitCode, 2);
			assert.match(
				damaged.stderr,
				/^usage-report: mill\/mill\.usage\.yaml is not logged\. The history .*all\.db is damaged, or is no database/,
			);
			assert.equal(readFileSync(path.join(folder, "all.db"), "utf8"), "no database");
		}));
});

describe("usage-report history", () => {
	for (const { name, line, stdout } of [
		{ name: "of a project", line: "history export mill/mill.usage.yaml", stdout: HEAD + MILL },
		{
			name: "of a project in a history that several share: its own logs",
			line: "history export mill/mill.usage.yaml --history all.db",
			stdout: HEAD + MILL,
		},
		{
			name: "of a history by its name: all logs",
			line: "history export --history all.db",
			stdout: `${HEAD}corvane-live,2026-10-28T21:00:04Z,235,38,7,,sent\ncorvane-live,2026-11-04T21:00:07Z,231,38,7,,sent\n${MILL}`,
		},
	]) {
		it(`exports the logs ${name}`, () =>
			inFolder(async (run) => {
				await run("log mill corvane.usage.yaml");
				await run("log mill corvane.usage.yaml --history all.db");
				assert.deepEqual(await run(line), { exitCode: 0, stdout, stderr: "" });
			}));
	}

	it("exports what another history imports and exports again, to the byte; a second import adds nothing", () =>
		inFolder(async (run, folder) => {
			await run("log mill corvane.usage.yaml --history all.db");
			assert.equal((await run("history export --history all.db --out all.csv")).stderr, "Wrote all.csv: 5 logs.\n");
			const lines = (counts: string) => `all.csv: 5 logs of 2 servers\n  ${counts}\n  history: copy.db\n`;
			assert.deepEqual(await run("history import all.csv --history copy.db"), {
				exitCode: 0,
				stdout: lines("5 added, 0 replaced, 0 already there"),
				stderr: "",
			});
			assert.equal((await run("history import all.csv --history copy.db")).stdout, lines("0 added, 0 replaced, 5 already there"));
			assert.equal((await run("history export --history copy.db")).stdout, readFileSync(path.join(folder, "all.csv"), "utf8"));
		}));

	it("imports what a vendor supplies, tells of every faulty row, and the report has the rest", () =>
		inFolder(async (run, folder) => {
			const rows = [
				"04/11/2026 22:00:00;corvane-test;12;1;0",
				"04/11/2026;;1;0;0",
				"31/02/2026;corvane-test;1;0;0",
				"28/10/2026 21:00:00;corvane-test;ten;0;0",
				"07/11/2026 21:00:00;corvane-test;13;1;0",
			];
			writeFileSync(path.join(folder, "vendor.csv"), `Log date;Server Name;Reg;Ent;Des\n${rows.join("\n")}\n`);
			const { exitCode, stdout, stderr } = await runCli(
				[
					...["history", "import", "vendor.csv", "corvane.usage.yaml", "--delimiter", ";", "--date-format", "dd/MM/yyyy"],
					...["--time-zone", "Europe/Berlin", "--column", "loggedAt=Log date", "--column", "server=server name"],
					...["--column", "activeRegistered=Reg", "--column", "ACTIVEENTERPRISE=Ent", "--column", "activeDesigners=Des"],
				],
				folder,
			);
			assert.equal(
				stdout,
				`vendor.csv: 2 logs of 1 server\n  1 added, 0 replaced, 0 already there\n  1 log is later than 2026-11-05T09:00:00Z and left out\n  history: ${HISTORY}\n`,
			);
			assert.equal(
				stderr,
				`usage-report: vendor.csv, row 3, Server Name: The server is empty; the row is left out.
usage-report: vendor.csv, row 4, Log date: "31/02/2026" is not a date in the format dd/MM/yyyy; the row is left out.
usage-report: vendor.csv, row 5, Reg: "ten" is not a whole number from 0; the row is left out.
`,
			);
			assert.equal(exitCode, 1);
			const report = JSON.parse((await run("report corvane.usage.yaml --format json")).stdout) as Report;
			assert.deepEqual(
				report.rows.map(({ server, activeRegistered, lastUpdate }) => ({ server, activeRegistered, lastUpdate })),
				[
					{ server: "corvane-live", activeRegistered: 231, lastUpdate: "2026-11-04T21:00:07Z" },
					{ server: "corvane-test", activeRegistered: 12, lastUpdate: "2026-11-04T21:00:00Z" },
				],
			);
		}));

	for (const { name, line, files = {}, stderr } of [
		{
			name: "a file that is not there",
			line: "history import gone.csv mill",
			stderr: "There is no file gone.csv.\n",
		},
		{
			name: "columns of other names, of which some can be guessed",
			line: "history import a.csv --history new.db",
			files: { "a.csv": "Host name,Log date,Reg,activeEnterprise,activeDesigners\nx,2026-11-04,1,2,3\n" },
			stderr: `a.csv cannot be imported, and nothing was stored.
  There are no columns for "server", "loggedAt" and "activeRegistered". The columns are: "Host name", "Log date", "Reg", "activeEnterprise", "activeDesigners".
  Say which column is meant, as in --column "server=Host name" --column "loggedAt=Log date" --column "activeRegistered=Reg"
`,
		},
		{
			name: "another delimiter",
			line: "history import a.csv --history new.db",
			files: { "a.csv": "server;loggedAt;activeRegistered;activeEnterprise;activeDesigners\n" },
			stderr: `a.csv cannot be imported, and nothing was stored.
  There are no columns for "server", "loggedAt", "activeRegistered", "activeEnterprise" and "activeDesigners". The only column is "server;loggedAt;activeRegistered;activeEnterprise;activeDesigners". Perhaps the delimiter is ";": set --delimiter to it.
`,
		},
		{
			name: "a broken file, of which no row is taken",
			line: "history import a.csv --history new.db",
			files: {
				"a.csv": 'server,loggedAt,activeRegistered,activeEnterprise,activeDesigners\nx,2026-11-04,1,2,3\n"x,2026-11-04,1,2,3\n',
			},
			stderr: /^usage-report: a\.csv cannot be imported, and nothing was stored\.\n {2}.*quote/,
		},
		{
			name: "a column that is not ours",
			line: "history import log.csv --history new.db --column user=Name",
			stderr:
				'--column "user=Name" is not OURS=THEIRS, as in --column "server=Host name". Ours are server, loggedAt, activeRegistered, activeEnterprise, activeDesigners and version.\n',
		},
		{
			name: "a delimiter of two characters",
			line: "history import log.csv --history new.db --delimiter ||",
			stderr: '--delimiter "||" is not one character. Write it as in --delimiter ";" or --delimiter tab.\n',
		},
		{ name: "no project", line: "history import log.csv floor.usage.yaml", stderr: /floor\.usage\.yaml is no project: / },
		{ name: "no folder", line: "history export nowhere", stderr: "There is no file or folder nowhere.\n" },
		{
			name: "a history that is not there",
			line: "history export --history new.db",
			stderr: "There is no history new.db yet. usage-report log, report and history import write one.\n",
		},
		{
			name: "no place to choose among several projects",
			line: "history import log.csv .",
			stderr: `There are several histories here. Name a project, or one of these with --history:\n  ${HISTORY}\n  mill/${HISTORY}\n  quiet/${HISTORY}\n`,
		},
		{ name: "off", line: "history export --history off", stderr: "--history off is no history. Name its file.\n" },
		{
			name: "a history that would be written over",
			line: "history export --history log.csv --out log.csv",
			stderr: /log\.csv is the history itself\. Choose another name with --out\.\n$/,
		},
	] as readonly { name: string; line: string; files?: Readonly<Record<string, string>>; stderr: string | RegExp }[]) {
		it(`refuses ${name}`, () =>
			inFolder(async (run, folder) => {
				for (const [file, content] of Object.entries(files)) writeFileSync(path.join(folder, file), content);
				const result = await run(line);
				assert.equal(result.exitCode, 2);
				assert.equal(result.stdout, "");
				if (typeof stderr === "string") assert.equal(result.stderr, `usage-report: ${stderr}`);
				else assert.match(result.stderr, stderr);
				assert.ok(!existsSync(path.join(folder, "new.db")));
			}));
	}

	it("checks every history of a folder", () =>
		inFolder(async (run, folder) => {
			assert.deepEqual(await run("history check mill"), {
				exitCode: 2,
				stdout: "",
				stderr: `usage-report: There is no history mill/${HISTORY} yet. usage-report log, report and history import write one.\n`,
			});
			await run("log");
			const own = `${HISTORY} is sound (schema version 1)\n  2 logs of 1 server, from 2026-10-28T21:00:04Z to 2026-11-04T21:00:07Z\n  2 sent, 0 computed\n`;
			const mill = `mill/${HISTORY} is sound (schema version 1)\n  3 logs of 1 server, from 2026-10-21T21:00:00Z to 2026-11-04T21:00:00Z\n  0 sent, 3 computed\n`;
			assert.deepEqual(await run("history check"), { exitCode: 0, stdout: own + mill, stderr: "" });
			writeFileSync(path.join(folder, HISTORY), "no database");
			const damaged = await run("history check");
			assert.equal(damaged.exitCode, 2);
			assert.match(damaged.stderr, /history\.db is damaged, or is no database/);
			assert.equal(damaged.stdout, mill);
		}));
});

describe("usage-report report with a history", () => {
	for (const { name, first, second, activeRegistered } of [
		{ name: "beside the project", first: "", second: "", activeRegistered: 231 },
		{ name: "in a file of one's choice", first: " --history all.db", second: " --history all.db", activeRegistered: 231 },
		{ name: "in another file than before", first: " --history all.db", second: "", activeRegistered: null },
		{ name: "switched off", first: "", second: " --history off", activeRegistered: null },
	]) {
		it(`${activeRegistered === null ? "does not know" : "knows"} what the sources have lost: ${name}`, () =>
			inFolder(async (run, folder) => {
				await run(`report corvane.usage.yaml${first}`);
				assert.equal(existsSync(path.join(folder, HISTORY)), first === "");
				writeFileSync(path.join(folder, "log.csv"), "server,loggedAt,activeRegistered,activeEnterprise,activeDesigners\n");
				const { rows } = JSON.parse((await run(`report corvane.usage.yaml --format json${second}`)).stdout) as Report;
				assert.equal(rows[0]?.activeRegistered, activeRegistered);
			}));
	}

	it("that cannot be used says so among the problems, and is made all the same", () =>
		inFolder(async (run, folder) => {
			writeFileSync(path.join(folder, "all.db"), "no database");
			const { exitCode, stdout } = await run("report corvane.usage.yaml --history all.db --format json");
			assert.equal(exitCode, 0);
			const { rows, problems } = JSON.parse(stdout) as Report;
			assert.equal(rows[0]?.activeRegistered, 231);
			assert.deepEqual(
				problems.map(({ code, source }) => ({ code, source })),
				[{ code: "history/damaged", source: "history" }],
			);
		}));
});

interface Report {
	readonly rows: readonly { readonly server: string; readonly activeRegistered: number | null; readonly lastUpdate: string | null }[];
	readonly problems: readonly { readonly code: string; readonly source: string }[];
}

async function inFolder(test: (run: (line: string) => Promise<CliResult>, folder: string) => Promise<void>): Promise<void> {
	const { folder, remove } = makeFolder(CLIENTS);
	try {
		await test((line) => runCli(line.split(" "), folder, { now: () => parseInstant("2026-11-05T09:00:00Z")! }), folder);
	} finally {
		remove();
	}
}
