import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findOutlooks, projectToRenewal } from "../../../core/subscriptions/outlook.ts";
import type { UsageLogRow } from "../../../core/subscriptions/usage-log.ts";
import { buildUsageReport, type ReportSubscription } from "../../../core/subscriptions/usage-report.ts";
import { startOfWeek, weekOf } from "../../../core/subscriptions/usage-week.ts";
import { writeUsageReportWorkbook } from "../../../core/workbook/usage-report-workbook.ts";
import { readPackageParts } from "../../support/package-parts.ts";
import { readWorkbook, type Sheet, sheetOf, valuesOf } from "../../support/read-workbook.ts";

const AS_OF = Date.UTC(2026, 10, 5, 9);
const WEEK = weekOf(AS_OF);

const SUBSCRIPTIONS: readonly ReportSubscription[] = [
	{ client: "Bowline", renewalDate: 20_800, registeredUsers: 10, enterpriseUsers: null, designerUsers: null, servers: ["gap", "young"] },
	{ client: "Corvid", renewalDate: null, registeredUsers: 10, enterpriseUsers: null, designerUsers: null, servers: ["jump", "silent"] },
];

/** Weeks before the one of the report; those that are not named have no log. */
const LOGS: readonly UsageLogRow[] = [
	...[30, 25, 20, 10, 9, 8, 3, 1].map((back) => log("gap", back, 200 - back * 2)),
	...[4, 3, 2, 1, 0].map((back) => log("young", back, 50)),
	...Array.from({ length: 26 }, (_, back) => ({ ...log("jump", back, back < 5 ? 900 : 100), version: back < 5 ? "4.2" : "4.1" })),
];

describe("the sheet Trend", () => {
	const report = buildUsageReport(SUBSCRIPTIONS, LOGS, AS_OF);
	let folder = "";
	let file = "";
	let sheet: Sheet;
	before(async () => {
		folder = await mkdtemp(join(tmpdir(), "usage-report-trend-"));
		file = join(folder, "report.xlsx");
		const about = { title: "t", madeAt: AS_OF, sources: [], problems: [], problemCount: 0 };
		await writeUsageReportWorkbook(file, report, about, new AbortController().signal);
		sheet = sheetOf(await readWorkbook(file), "Trend");
	});
	after(() => rm(folder, { recursive: true, force: true }));

	it("has the rows of the report in their order", () => {
		const rows = valuesOf(sheet).slice(1);
		assert.deepEqual(
			rows.map((row) => row.slice(0, 4)),
			[
				["Bowline", "gap", null, "2026-12-13"],
				["Bowline", "young", null, "2026-12-13"],
				["Corvid", "jump", null, null],
				["Corvid", "silent", null, null],
			],
		);
	});

	it("has the 26 weeks under their days, blank without a log", () => {
		const [header = [], gap = []] = valuesOf(sheet);
		const days = Array.from({ length: 26 }, (_, place) => new Date(startOfWeek(WEEK - 25 + place)).toISOString().slice(0, 10));
		assert.deepEqual(header.slice(23), days);
		const figures = Array.from({ length: 26 }, (_, place) => gap[23 + place] ?? null);
		assert.deepEqual(figures, [150, ...blank(4), 160, ...blank(9), 180, 182, 184, ...blank(4), 194, null, 198, null]);
		assert.equal(sheet.getCell("X1").numFmt, "yyyy-mm-dd");
	});

	it("has slope, projection and their ranges as numbers, and says where there is none", () => {
		const [, gap = [], young = []] = valuesOf(sheet);
		const trend = findOutlooks(report).get("gap")!.trends.Registered!;
		const forecast = projectToRenewal(trend, 20_800, AS_OF)!;
		assert.deepEqual(gap.slice(4, 10), [trend.perWeek, trend.low, trend.high, forecast.expected, forecast.low, forecast.high]);
		assert.deepEqual(young.slice(4, 17), [
			"no trend with under 6 weeks",
			...blank(5),
			"no trend with under 6 weeks",
			...blank(5),
			"no trend with under 6 weeks",
		]);
	});

	it("says and marks the breaks", () => {
		assert.equal(sheet.getCell("W4").value, `${new Date(startOfWeek(WEEK - 4)).toISOString().slice(0, 10)}: version 4.2`);
		assert.equal(sheet.getCell("W2").value, null);
	});

	it("has a line for each row, with gaps, beside the figures that it shows", async () => {
		const parts = await readPackageParts(await readFile(file));
		const xml = parts.get("xl/worksheets/sheet3.xml") ?? "";
		assert.match(xml, /<x14:sparklineGroup [^>]*displayEmptyCellsAs="gap" last="1"/);
		const lines = [...xml.matchAll(/<xm:f>([^<]*)<\/xm:f><xm:sqref>([^<]*)</g)].map(([, from, at]) => `${at} ${from}`);
		assert.deepEqual(
			lines,
			[2, 3, 4, 5].map((row) => `C${row} Trend!X${row}:AW${row}`),
		);
	});

	it("prints all but the weeks", async () => {
		const parts = await readPackageParts(await readFile(file));
		assert.match(parts.get("xl/workbook.xml") ?? "", /_xlnm\.Print_Area" localSheetId="2">&apos;Trend&apos;!\$A\$1:\$W\$5</);
	});
});

function blank(count: number): readonly null[] {
	return Array.from({ length: count }, () => null);
}

function log(server: string, weeksBack: number, active: number): UsageLogRow {
	return { server, loggedAt: startOfWeek(WEEK - weeksBack), activeRegistered: active, activeEnterprise: active, activeDesigners: active };
}
