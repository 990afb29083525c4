import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseDay } from "../../../core/dates/day-number.ts";
import { parseInstant } from "../../../core/dates/instant.ts";
import type { DataProblem } from "../../../core/problems.ts";
import type { UsageLogRow } from "../../../core/subscriptions/usage-log.ts";
import { buildUsageReport, type ReportSubscription } from "../../../core/subscriptions/usage-report.ts";
import { writeUsageReportWorkbook } from "../../../core/workbook/usage-report-workbook.ts";
import { readSheetsWithLibreOffice, requireLibreOffice } from "../../support/libreoffice.ts";
import { asLibreOfficeText, readWorkbook, type Sheet, saveWithoutResults, sheetOf, valuesOf } from "../../support/read-workbook.ts";

const AS_OF = instantOf("2026-11-05T09:00:00Z");
const MADE_AT = instantOf("2026-11-05T09:30:00Z");

const SUBSCRIPTIONS: readonly ReportSubscription[] = [
	subscription("Aldgate & Sons <plc>", "2027-03-31", [250, 40, 6], ["live", "test"]),
	subscription("Bowline", "2026-12-01", [1200, 100, 20], ["bow", "silent"]),
	subscription('=HYPERLINK("http://x")', "2026-10-15", [40, 4, 2], ["@old"]),
	subscription("Corvid", null, [0, 0, 0], ["-c"]),
	subscription("Dunmore", null, [null, null, null], []),
];

const LOGS: readonly UsageLogRow[] = [
	log("live", "2026-10-28T21:00:00Z", [235, 38, 5]),
	log("live", "2026-11-04T21:00:07Z", [231, 38, 7]),
	log("test", "2026-11-04T21:00:00Z", [100, 40, 3]),
	log("bow", "2026-10-28T21:00:00Z", [1000, 100, 20]),
	log("bow", "2026-11-04T21:00:00Z", [1340, 100, 20]),
	log("@old", "2026-10-14T21:00:00Z", [30, 3, 1]),
	log("-c", "2026-11-04T21:00:00Z", [0, 0, 0]),
	log("=orphan()", "2026-11-04T21:00:00Z", [20, 3, 1]),
	log("live", "2026-11-11T21:00:00Z", [1, 1, 1]),
];

const PROBLEMS: readonly DataProblem[] = [
	{ code: "source/unparseable-date", source: "weekly log", row: 17, column: "LogDate", message: '"2026-02-30" is no date.' },
	{ code: "source/missing-key", source: "weekly log", row: 1018, column: "Server", message: "=The row has no server; it is left out." },
	{ code: "source/surplus-cells", source: "accesses", row: null, column: null, message: "Some rows have more cells than columns.\u0007" },
];

const REPORT_HEADER = [
	...["Client", "Server", "Renewal Date", "Registered Users", "Enterprise Users", "Designer Users"],
	...["Active Registered", "Active Enterprise", "Active Designers", "Weekly Difference", "Last Update", "Flags", "Details"],
	...["Subscription", "Paid Users Count for Client", "Active Users Count for Client"],
];

describe("the usage report's workbook", () => {
	let folder = "";
	let file = "";
	before(async () => {
		folder = await mkdtemp(join(tmpdir(), "usage-report-workbook-"));
		file = join(folder, "report.xlsx");
		const about = {
			title: "Aldgate, Bowline & others",
			madeAt: MADE_AT,
			sources: ["weekly log (data/usage-log.db)", "=accesses"],
			problems: PROBLEMS,
			problemCount: 48_211,
		};
		const result = await writeUsageReportWorkbook(file, buildUsageReport(SUBSCRIPTIONS, LOGS, AS_OF), about, new AbortController().signal);
		assert.deepEqual(result, { written: true, rows: 7 });
	});
	after(() => rm(folder, { recursive: true, force: true }));

	it("opens on the report, before clients, trend, history and about", async () => {
		const workbook = await readWorkbook(file);
		assert.deepEqual(
			workbook.worksheets.map((sheet) => sheet.name),
			["Usage Report", "Clients", "Trend", "Weekly History", "About"],
		);
		assert.equal(workbook.views[0]?.activeTab, 0);
	});

	it("has every row of the report, with real numbers and dates", async () => {
		const rows = valuesOf(sheetOf(await readWorkbook(file), "Usage Report"));
		assert.deepEqual(rows[0], REPORT_HEADER);
		// All columns but the details, of which more below.
		assert.deepEqual(
			rows.slice(1).map((row) => row.slice(0, 12)),
			[
				['=HYPERLINK("http://x")', "@old", "2026-10-15", 40, 4, 2, 30, 3, 1, null, "2026-10-14 21:00:00", "stale, renewal past"],
				[
					"Bowline",
					"bow",
					"2026-12-01",
					1200,
					100,
					20,
					1340,
					100,
					20,
					340,
					"2026-11-04 21:00:00",
					"large difference, over-use, renewal due",
				],
				["Bowline", "silent", "2026-12-01", 1200, 100, 20, null, null, null, null, null, "never reported, renewal due"],
				["Aldgate & Sons <plc>", "live", "2027-03-31", 250, 40, 6, 231, 38, 7, -4, "2026-11-04 21:00:07", "over-use"],
				["Aldgate & Sons <plc>", "test", "2027-03-31", 250, 40, 6, 100, 40, 3, null, "2026-11-04 21:00:00", "under-use"],
				["Corvid", "-c", null, 0, 0, 0, 0, 0, 0, null, "2026-11-04 21:00:00", null],
				[null, "=orphan()", null, null, null, null, 20, 3, 1, null, "2026-11-04 21:00:00", "server without subscription"],
			],
		);
		assert.equal(rows[4]?.[12], "Designer: 7 active, 6 paid (1 over).");
		assert.equal(String(rows[3]?.[12]).split("\n").length, 2);
	});

	it("has per-client totals that follow edits", async () => {
		const sheet = sheetOf(await readWorkbook(file), "Clients");
		assert.deepEqual(valuesOf(sheet).slice(1), [
			['=HYPERLINK("http://x")', "2026-10-15", 1, 40, 4, 2, 30, 30, 3, 3, 1, 1, 0.75, 0.75, 0.5],
			["Bowline", "2026-12-01", 2, 1200, 100, 20, 1340, 1340, 100, 100, 20, 20, 1340 / 1200, 1, 1],
			["Aldgate & Sons <plc>", "2027-03-31", 2, 250, 40, 6, 231, 331, 40, 78, 7, 10, 331 / 250, 78 / 40, 10 / 6],
			["Corvid", null, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
			["Dunmore", null, 0],
			["Total", null, 6, 1490, 144, 28, 1601, 1701, 143, 181, 28, 31, 1701 / 1490, 181 / 144, 31 / 28],
		]);
		assert.equal(
			sheet.getCell("D4").formula,
			`IF(COUNTIFS('Usage Report'!$D$2:$D$8,">=0",'Usage Report'!$O$2:$O$8,3)=0,"",SUMIFS('Usage Report'!$D$2:$D$8,'Usage Report'!$O$2:$O$8,3))`,
		);
		assert.equal(sheet.getCell("D7").formula, "SUBTOTAL(109,D2:D6)");
		assert.equal(sheet.getCell("M4").formula, 'IF(AND(ISNUMBER(H4),N(D4)>0),H4/D4,"")');
	});

	it("has the counted logs as history", async () => {
		assert.deepEqual(valuesOf(sheetOf(await readWorkbook(file), "Weekly History")), [
			["Client", "Server", "Week From", "Logged At", "Active Registered", "Active Enterprise", "Active Designers"],
			['=HYPERLINK("http://x")', "@old", "2026-10-14 21:00:00", "2026-10-14 21:00:00", 30, 3, 1],
			["Aldgate & Sons <plc>", "live", "2026-10-28 21:00:00", "2026-10-28 21:00:00", 235, 38, 5],
			["Aldgate & Sons <plc>", "live", "2026-11-04 21:00:00", "2026-11-04 21:00:07", 231, 38, 7],
			["Aldgate & Sons <plc>", "test", "2026-11-04 21:00:00", "2026-11-04 21:00:00", 100, 40, 3],
			["Bowline", "bow", "2026-10-28 21:00:00", "2026-10-28 21:00:00", 1000, 100, 20],
			["Bowline", "bow", "2026-11-04 21:00:00", "2026-11-04 21:00:00", 1340, 100, 20],
			["Corvid", "-c", "2026-11-04 21:00:00", "2026-11-04 21:00:00", 0, 0, 0],
			[null, "=orphan()", "2026-11-04 21:00:00", "2026-11-04 21:00:00", 20, 3, 1],
		]);
	});

	it("has the versions and marks the breaks, where the logs have a version", async () => {
		const jump = [
			{ ...log("live", "2026-10-21T21:00:00Z", [235, 38, 5]), version: "4.1" },
			{ ...log("live", "2026-10-28T21:00:00Z", [900, 38, 5]), version: "4.2" },
			log("live", "2026-11-04T21:00:00Z", [901, 38, 5]),
		];
		const target = join(folder, "versions.xlsx");
		const about = { title: "t", madeAt: MADE_AT, sources: [], problems: [], problemCount: 0 };
		const written = await writeUsageReportWorkbook(target, buildUsageReport([], jump, AS_OF), about, new AbortController().signal);
		assert.ok(written.written);
		assert.deepEqual(
			valuesOf(sheetOf(await readWorkbook(target), "Weekly History")).map((row) => row.slice(7)),
			[["Version", "Break"], ["4.1"], ["4.2", "New version: counted another way"], []],
		);
	});

	it("says when and from what it was made, the windows, and the data problems", async () => {
		const rows = valuesOf(sheetOf(await readWorkbook(file), "About"));
		const facts = new Map(rows.filter((row) => row.length === 2).map(([label, value]) => [label, value]));
		assert.equal(facts.get("As of (UTC)"), "2026-11-05 09:00:00");
		assert.equal(facts.get("Made at (UTC)"), "2026-11-05 09:30:00");
		assert.equal(facts.get("Made from"), "weekly log (data/usage-log.db)");
		assert.equal(facts.get(null), "=accesses");
		assert.equal(facts.get("Logs after that instant"), "1, which count nowhere in this report");
		assert.match(String(facts.get("Active, Registered")), /\b90 days/);
		assert.match(String(facts.get("Active, Enterprise")), /\b90 days/);
		assert.match(String(facts.get("Active, Designer")), /\b180 days/);
		assert.deepEqual(rows.slice(-5), [
			[],
			["Code", "Source", "Row", "Column", "Message"],
			["source/unparseable-date", "weekly log", 17, "LogDate", '"2026-02-30" is no date.'],
			["source/missing-key", "weekly log", 1018, "Server", "=The row has no server; it is left out."],
			["source/surplus-cells", "accesses", null, null, "Some rows have more cells than columns.␇"],
		]);
		assert.ok(rows.some((row) => row[0] === "48,211 problems were found. 3 of them are listed here."));
	});

	const tables = [
		{ name: "Usage Report", lastCell: "P8", frozenColumns: 2 },
		{ name: "Clients", lastCell: "O6", frozenColumns: 1 },
		{ name: "Trend", lastCell: "AW8", frozenColumns: 3 },
		{ name: "Weekly History", lastCell: "G9", frozenColumns: 2 },
	];
	for (const { name, lastCell, frozenColumns } of tables) {
		it(`${name}: frozen header, filter, landscape, one page wide, header on each page`, async () => {
			const sheet = sheetOf(await readWorkbook(file), name);
			const [view] = sheet.views;
			assert.equal(view?.state, "frozen");
			assert.deepEqual(view?.state === "frozen" ? [view.xSplit, view.ySplit] : [], [frozenColumns, 1]);
			assert.equal(sheet.autoFilter, `A1:${lastCell}`);
			const { orientation, fitToPage, fitToWidth, fitToHeight, printTitlesRow } = sheet.pageSetup;
			assert.deepEqual([orientation, fitToPage, fitToWidth, fitToHeight, printTitlesRow], ["landscape", true, 1, 0, "1:1"]);
		});
	}

	it("shows dates as dates, and keeps text that looks like a formula text even when it is edited", async () => {
		const sheet = sheetOf(await readWorkbook(file), "Usage Report");
		assert.deepEqual(
			["C2", "K2", "D3", "J3", "A2", "B2", "A3"].map((address) => sheet.getCell(address).numFmt),
			["yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "#,##0", "+#,##0;-#,##0;0", "@", "@", undefined],
		);
		assert.equal(sheet.getCell("A2").formula, undefined);
	});

	it("has fills that follow the flags and the figures", async () => {
		const sheet = sheetOf(await readWorkbook(file), "Usage Report") as Sheet & {
			readonly conditionalFormattings: readonly { readonly ref: string }[];
		};
		assert.deepEqual(
			[...new Set(sheet.conditionalFormattings.map((entry) => entry.ref))],
			["A2:B8", "C2:C8", "D2:F8", "G2:I8", "J2:J8", "K2:K8", "L2:L8"],
		);
	});

	it("holds the same in LibreOffice, as stored and as calculated afresh", async function () {
		this.timeout(120_000);
		const program = requireLibreOffice();
		const workbook = await readWorkbook(file);
		const expected = ["Usage Report", "Clients", "Trend", "Weekly History", "About"].map((name) => {
			const isShare = (column: number) => name === "Clients" && column >= 12;
			const rows = valuesOf(sheetOf(workbook, name));
			return [name, rows.map((row) => row.map((value, column) => asLibreOfficeText(value, isShare(column))))] as const;
		});
		const stripped = join(folder, "stripped.xlsx");
		await saveWithoutResults(workbook, stripped);
		const [asStored, calculated] = await readSheetsWithLibreOffice(program, [file, stripped]);
		for (const [name, rows] of expected) {
			assert.deepEqual(asStored?.get(name), rows, name);
			assert.deepEqual(calculated?.get(name), rows, `${name}, calculated`);
		}
	});

	it("an empty report is a workbook with headers", async () => {
		const empty = join(folder, "empty.xlsx");
		const about = { title: "Nobody", madeAt: MADE_AT, sources: [], problems: [], problemCount: 0 };
		const result = await writeUsageReportWorkbook(empty, buildUsageReport([], [], AS_OF), about, new AbortController().signal);
		assert.deepEqual(result, { written: true, rows: 0 });
		const workbook = await readWorkbook(empty);
		assert.deepEqual(valuesOf(sheetOf(workbook, "Usage Report")), [REPORT_HEADER]);
		assert.deepEqual(valuesOf(sheetOf(workbook, "Clients"))[1], ["Total", null, ...Array.from({ length: 10 }, () => 0)]);
		assert.equal(valuesOf(sheetOf(workbook, "About")).at(-1)?.[0], "None: every row of every source could be read.");
	});
});

function subscription(
	client: string,
	renewal: string | null,
	[registeredUsers, enterpriseUsers, designerUsers]: readonly [number | null, number | null, number | null],
	servers: readonly string[],
): ReportSubscription {
	return { client, renewalDate: renewal === null ? null : parseDay(renewal), registeredUsers, enterpriseUsers, designerUsers, servers };
}

function log(
	server: string,
	loggedAt: string,
	[activeRegistered, activeEnterprise, activeDesigners]: readonly [number, number, number],
): UsageLogRow {
	return { server, loggedAt: instantOf(loggedAt), activeRegistered, activeEnterprise, activeDesigners };
}

function instantOf(text: string): number {
	const instant = parseInstant(text);
	assert.notEqual(instant, null, text);
	return instant!;
}
