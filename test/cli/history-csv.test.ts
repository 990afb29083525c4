import assert from "node:assert/strict";
import { toHistoryCsv } from "../../cli/formats/history-csv.ts";
import type { DataSource } from "../../core/config/model.ts";
import { parseInstant } from "../../core/dates/instant.ts";
import { loadLogFile } from "../../core/loading/load-log-file.ts";
import type { UsageLogRow } from "../../core/subscriptions/usage-log.ts";
import { createFolder, type Folder, makeSource } from "../core/connectors/source-fixture.ts";

const HEAD = "server,loggedAt,activeRegistered,activeEnterprise,activeDesigners";
const EXPORT_HEAD = `${HEAD},version,origin`;

describe("a file of logs that is imported", () => {
	let folder: Folder;
	before(() => {
		folder = createFolder();
	});
	after(() => folder.remove());

	async function load(content: string, values: Partial<DataSource> = {}) {
		folder.write("logs.csv", content);
		const source = makeSource({ name: "logs.csv", path: "logs.csv", provides: "usageLog", ...values });
		return loadLogFile(source, { resolvePath: (path) => folder.file(path), signal: new AbortController().signal });
	}

	for (const { name, content, values = {}, lines, problems = [] } of [
		{
			name: "without origins: servers have sent them",
			content: `${HEAD}\n live ,2026-11-04T21:00:07Z,231,38,7\n`,
			lines: [`live,2026-11-04T21:00:07Z,231,38,7,,sent`],
		},
		{
			name: "with origins in any case, where nothing means sent",
			content: `Origin,${HEAD},Version\ncomputed,a,2026-11-04T21:00:00Z,1,2,3,2026.1\nSENT,b,2026-11-04T21:00:00Z,1,2,3,\n,c,2026-11-04T21:00:00Z,1,2,3,\n`,
			lines: ["a,2026-11-04T21:00:00Z,1,2,3,2026.1,computed", "b,2026-11-04T21:00:00Z,1,2,3,,sent", "c,2026-11-04T21:00:00Z,1,2,3,,sent"],
		},
		{
			name: "of a vendor, with its own columns and dates",
			content: "Host;Logged At;Reg;Active Enterprise;active_designers\nlive;04/11/2026 21:00;1,0;2;3\nlive;11/11/2026 21:00;4;5;6\n",
			values: {
				delimiter: ";",
				dateFormat: "dd/MM/yyyy",
				timeZone: "Europe/London",
				columns: { server: "Host", activeRegistered: "Reg" },
			} as const,
			lines: ["live,2026-11-11T21:00:00Z,4,5,6,,sent"],
			problems: [["source/not-a-number", 2, "Reg", '"1,0" is not a whole number from 0; the row is left out.']],
		},
		{
			name: "with faulty cells: each row is told with its place, and left out",
			content: `${EXPORT_HEAD}\n,2026-11-04T21:00:00Z,1,2,3,,\nlive,soon,1,2,3,,\nlive,2026-11-04T21:00:00Z,-1,2,3,,\nlive,2026-11-04T21:00:00Z,1,2,3,,guessed\nlive,2026-11-04T21:00:00Z,1,2,3,,,more\n`,
			lines: ["live,2026-11-04T21:00:00Z,1,2,3,,sent"],
			problems: [
				["source/missing-key", 2, "server", "The server is empty; the row is left out."],
				["source/unparseable-date", 3, "loggedAt", '"soon" is not a date in the format iso; the row is left out.'],
				["source/not-a-number", 4, "activeRegistered", '"-1" is not a whole number from 0; the row is left out.'],
				["history/unknown-origin", 5, "origin", '"guessed" is neither "sent" nor "computed"; the row is left out.'],
				[
					"source/surplus-cells",
					6,
					null,
					"One cell stands beyond the last column, without effect; check the quotes and the delimiter of this row.",
				],
			],
		},
	]) {
		it(`is read ${name}`, async () => {
			const loaded = await load(content, values);
			assert.deepEqual(loaded.failures, []);
			assert.deepEqual([...toHistoryCsv(loaded.value ?? [])].slice(1).join("").trimEnd().split("\n"), lines);
			assert.deepEqual(
				loaded.problems.map(({ code, row, column, message }) => [code, row, column, message]),
				problems,
			);
		});
	}

	for (const { name, content, values = {}, message } of [
		{
			name: "columns are missing",
			content: "Host,When,activeRegistered,activeEnterprise,activeDesigners\n",
			message:
				'There are no columns for "server" and "loggedAt". The columns are: "Host", "When", "activeRegistered", "activeEnterprise", "activeDesigners".',
		},
		{
			name: "a column that is named is not there",
			content: `${HEAD}\n`,
			values: { columns: { version: "Release" } },
			message: `There is no column "Release" (for "version"). The columns are: "server", "loggedAt", "activeRegistered", "activeEnterprise", "activeDesigners".`,
		},
		{
			name: "there is no such time zone",
			content: `${HEAD}\n`,
			values: { timeZone: "Europe/Londn" },
			message: 'There is no time zone "Europe/Londn". Did you mean "Europe/London"?',
		},
		{
			name: "a quote is never closed",
			content: `${HEAD}\nlive,2026-11-04T21:00:00Z,1,2,3\n"live,2026-11-04T21:00:00Z,1,2,3\n`,
			message: /quote/,
		},
	]) {
		it(`is refused as a whole when ${name}`, async () => {
			const loaded = await load(content, values);
			assert.equal(loaded.value, null);
			assert.equal(loaded.failures.length, 1);
			if (typeof message === "string") assert.equal(loaded.failures[0]?.message, message);
			else assert.match(loaded.failures[0]?.message ?? "", message);
		});
	}

	it("that was exported gives the same bytes again, whatever the names and instants are", async () => {
		const at = (text: string) => parseInstant(text)!;
		const logs: readonly UsageLogRow[] = [
			{ server: "b", loggedAt: at("2026-11-04T21:00:00.250Z"), activeRegistered: 1, activeEnterprise: 0, activeDesigners: 0 },
			{
				server: 'a, "quoted"\nsecond line',
				loggedAt: at("2026-11-04T21:00:00Z"),
				activeRegistered: 2,
				activeEnterprise: 0,
				activeDesigners: 0,
				version: "=1+1",
			},
			{
				server: "a",
				loggedAt: at("2026-11-11T21:00:00Z"),
				activeRegistered: 3,
				activeEnterprise: 0,
				activeDesigners: 9_007_199_254_740_991,
				isComputed: true,
			},
			{ server: "a", loggedAt: at("0999-11-11T21:00:00Z"), activeRegistered: 3, activeEnterprise: 0, activeDesigners: 0 },
			{ server: "=live", loggedAt: at("2026-11-11T21:00:00Z"), activeRegistered: 3, activeEnterprise: 0, activeDesigners: 0 },
			{ server: "größer 🖥", loggedAt: at("2026-11-11T21:00:00Z"), activeRegistered: 3, activeEnterprise: 0, activeDesigners: 0 },
		];
		const first = [...toHistoryCsv(logs)].join("");
		const loaded = await load(first);
		assert.equal(loaded.problemCount, 0);
		assert.equal([...toHistoryCsv(loaded.value ?? [])].join(""), first);
		assert.equal([...toHistoryCsv(logs.toReversed())].join(""), first);
		assert.ok(first.startsWith(`${EXPORT_HEAD}\n=live,`));
	});
});
