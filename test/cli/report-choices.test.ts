import assert from "node:assert/strict";
import path from "node:path";
import { readWorkbook, sheetOf, valuesOf } from "../support/read-workbook.ts";
import { makeFolder, runCli } from "./cli-support.ts";

const LOG = `server,loggedAt,activeRegistered,activeEnterprise,activeDesigners
ald-live,2026-11-04T21:00:00Z,90,0,0
ald-test,2026-11-04T21:00:00Z,30,0,0
bow,2026-11-04T21:00:00Z,120,0,0
corvid,2026-11-04T21:00:00Z,90,0,0
orphan,2026-11-04T21:00:00Z,3,0,0
corvid,2026-12-02T21:00:00Z,90,0,0
`;

const SOURCE = "dataSources:\n  - { name: log, provides: usageLog, type: csv, path: ../log.csv }\n";

/** Two folders of two clients each, with one log for both; Aldgate has a subscription in each. */
const FILES: Readonly<Record<string, string>> = {
	"log.csv": LOG,
	"north/aldgate.usage.yaml": project("Aldgate plc", "2027-01-31", 100, "[ald-live, ald-test]"),
	"north/bow.usage.yaml": project("Bow & Sons", "2027-06-30", 100, "[bow]"),
	"south/aldgate.usage.yaml": project("Aldgate plc", "2027-06-30", 50, "[ald-test]"),
	"south/corvid.usage.yaml": project("Corvid", "2027-12-31", 100, "[corvid]"),
};

describe("choices of the report on the command line", () => {
	const cases: readonly { line: readonly string[]; rows: readonly string[]; note: string | null }[] = [
		{ line: [], rows: ["ald-live", "ald-test", "ald-test", "bow", "corvid", "orphan"], note: null },
		{ line: ["--client", "Aldgate plc"], rows: ["ald-live", "ald-test", "ald-test"], note: '3 of 6 rows: Client: "Aldgate plc".' },
		{
			line: ["--client", " Corvid ", "--client", "Bow & Sons"],
			rows: ["bow", "corvid"],
			note: '2 of 6 rows: Client: "Corvid" and "Bow & Sons".',
		},
		{
			line: ["--renewal-within", "90d"],
			rows: ["ald-live", "ald-test"],
			note: "2 of 6 rows: Renewal within 90 days from the day of the report.",
		},
		{ line: ["--renewal-within", "12w"], rows: [], note: "0 of 6 rows: Renewal within 84 days from the day of the report." },
		{
			line: ["--renewal-within", "13w"],
			rows: ["ald-live", "ald-test"],
			note: "2 of 6 rows: Renewal within 91 days from the day of the report.",
		},
		{ line: ["--renewal-within", "0d"], rows: [], note: "0 of 6 rows: Renewal on the day of the report." },
		{ line: ["--only-flagged"], rows: ["ald-live", "ald-test", "bow", "orphan"], note: "4 of 6 rows: With any flag." },
		{ line: ["--flag", "over-use"], rows: ["bow"], note: '1 of 6 rows: With a flag of these: "over-use".' },
		{
			line: ["--flag", "Over-Use", "--flag", "under-use", "--flag", "over-use"],
			rows: ["ald-test", "bow"],
			note: '2 of 6 rows: With a flag of these: "over-use" and "under-use".',
		},
		{
			line: ["--only-flagged", "--client", "Aldgate plc", "--renewal-within", "365d"],
			rows: ["ald-live", "ald-test"],
			note: '2 of 6 rows: With any flag. Client: "Aldgate plc". Renewal within 365 days from the day of the report.',
		},
	];
	for (const { line, rows, note } of cases) it(line.join(" ") || "none", () => checkChoice(line, rows, note));

	it("says in the text and in the workbook what was chosen, and keeps the totals of all servers", () =>
		inFolder(async (folder) => {
			const { stdout } = await runCli(["report", ".", "--renewal-within", "90d"], folder);
			assert.match(stdout, /^Usage report as of .*\n2 of 6 rows: Renewal within 90 days from the day of the report\.\n/);
			assert.match(stdout, /\nAldgate plc +2 +90–120 \/ 150 .*\n/);
			assert.match(stdout, /The totals of a client are over all its servers, also over those that are not shown\./);
			assert.doesNotMatch(stdout, /Corvid|Bow|orphan/);
			const { exitCode, stderr } = await runCli(["report", ".", "--renewal-within", "90d", "--out", "report.xlsx"], folder);
			assert.equal(exitCode, 0, stderr);
			assert.equal(stderr, "Wrote report.xlsx: 2 rows.\n");
			const workbook = await readWorkbook(path.join(folder, "report.xlsx"));
			const about = valuesOf(sheetOf(workbook, "About")).flat().map(String);
			assert.ok(
				about.some((text) => /^2 of 6\. /.test(text)),
				about.join("\n"),
			);
			assert.ok(about.includes("Renewal within 90 days from the day of the report."), about.join("\n"));
		}));

	const errors: readonly { line: readonly string[]; stderr: RegExp }[] = [
		{
			line: ["--client", "Aldgate"],
			stderr: /^usage-report: There is no client "Aldgate" in the subscriptions\.\nDid you mean one of these\?\n {2}Aldgate plc\n$/,
		},
		{
			line: ["--client", "Corvid", "--client", "Zebra Crossing"],
			stderr: /^usage-report: There is no client "Zebra Crossing" in the subscriptions\.\n$/,
		},
		{ line: ["--client", ""], stderr: /There is no client ""/ },
		{ line: ["--renewal-within", "90"], stderr: /--renewal-within "90" is not a number of days or weeks.*90d or 12w/ },
		{ line: ["--renewal-within", "-1d"], stderr: /is not a number of days/ },
		{ line: ["--renewal-within", "3m"], stderr: /is not a number of days/ },
		{ line: ["--renewal-within", "36501d"], stderr: /more than 36,500 days/ },
		{ line: ["--renewal-within", "6000w"], stderr: /more than 36,500 days/ },
		{ line: ["--flag", "overuse"], stderr: /--flag "overuse" is no flag of the report\. They are never reported, stale, / },
		{ line: ["--client"], stderr: /argument missing/ },
	];
	for (const { line, stderr } of errors) {
		it(`${line.join(" ")}: ${stderr}`, () =>
			inFolder(async (folder) => {
				const result = await runCli(["report", ".", ...line], folder);
				assert.equal(result.exitCode, 2);
				assert.equal(result.stdout, "");
				assert.match(result.stderr, stderr);
			}));
	}

	it("counts every subscription and log once, whatever overlaps among the folders and files that are named", () =>
		inFolder(async (folder) => {
			const all = await json(folder, ["."]);
			const named = await json(folder, ["north", "south/corvid.usage.yaml", "south", ".", path.join(folder, "north", "bow.usage.yaml")]);
			assert.deepEqual(named.value, all.value);
			assert.deepEqual(
				all.value.clients.map(({ client, servers, registeredUsers, activeRegistered }) => ({
					client,
					servers,
					registeredUsers,
					activeRegistered,
				})),
				[
					{ client: "Aldgate plc", servers: 2, registeredUsers: 150, activeRegistered: { atLeast: 90, atMost: 120 } },
					{ client: "Bow & Sons", servers: 1, registeredUsers: 100, activeRegistered: { atLeast: 120, atMost: 120 } },
					{ client: "Corvid", servers: 1, registeredUsers: 100, activeRegistered: { atLeast: 90, atMost: 90 } },
				],
			);
			// All four projects read the same log.
			assert.equal(named.stderr, "usage-report: 1 log is later than 2026-11-05T09:00:00Z and left out.\n");
		}));
});

function project(client: string, renewalDate: string, registeredUsers: number, servers: string): string {
	return `kind: project
title: ${client}
subscriptions:
  - { client: ${client}, renewalDate: ${renewalDate}, registeredUsers: ${registeredUsers}, servers: ${servers} }
${SOURCE}`;
}

interface Answer {
	readonly rows: readonly { readonly server: string }[];
	readonly clients: readonly {
		readonly client: string;
		readonly servers: number;
		readonly registeredUsers: number;
		readonly activeRegistered: unknown;
	}[];
}

async function json(folder: string, args: readonly string[]): Promise<{ readonly value: Answer; readonly stderr: string }> {
	const { exitCode, stdout, stderr } = await runCli(["report", ...args, "--format", "json"], folder);
	assert.equal(exitCode, 0, stderr);
	return { value: JSON.parse(stdout) as Answer, stderr };
}

/** The same rows in JSON and CSV, with a note of what was chosen. */
async function checkChoice(line: readonly string[], rows: readonly string[], note: string | null): Promise<void> {
	await inFolder(async (folder) => {
		const later = "usage-report: 1 log is later than 2026-11-05T09:00:00Z and left out.\n";
		const { value, stderr } = await json(folder, [".", ...line]);
		assert.deepEqual(
			value.rows.map(({ server }) => server),
			rows,
		);
		assert.equal(stderr, `${note === null ? "" : `usage-report: ${note}\n`}${later}`);
		const csv = await runCli(["report", ".", ...line, "--format", "csv"], folder);
		assert.deepEqual(
			csv.stdout
				.trimEnd()
				.split("\n")
				.slice(1)
				.map((record) => record.split(",")[1]),
			rows,
		);
		assert.equal(csv.stderr, stderr);
	});
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
	const { folder, remove } = makeFolder(FILES);
	try {
		await work(folder);
	} finally {
		remove();
	}
}
