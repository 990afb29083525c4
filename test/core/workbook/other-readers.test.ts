import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseInstant } from "../../../core/dates/instant.ts";
import type { UsageLogRow } from "../../../core/subscriptions/usage-log.ts";
import { buildUsageReport, type ReportSubscription } from "../../../core/subscriptions/usage-report.ts";
import { categorize } from "../../../core/usage/categorize.ts";
import { DEFAULT_LIMITS } from "../../../core/usage/limits.ts";
import { writePreviewWorkbook } from "../../../core/workbook/preview-workbook.ts";
import { writeUsageReportWorkbook } from "../../../core/workbook/usage-report-workbook.ts";
import type { WriteResult } from "../../../core/workbook/write-workbook.ts";
import { makeEstate, type WrittenInstallation } from "../../support/make-estate.ts";
import { readSheetsWithOpenpyxl, requireOpenpyxl } from "../../support/openpyxl.ts";
import { readWorkbook, valuesOf } from "../../support/read-workbook.ts";

const AS_OF = parseInstant("2026-11-05T09:00:00Z")!;
const MS_PER_WEEK = 7 * 86_400_000;

/**
 * Names that have harmed writers of workbooks: formulas, markup, characters that XML forbids, escapes of Excel, white space, length. An escape within an
 * escape is not among them, because openpyxl itself reads it wrongly.
 */
const NAMES = [
	...["=1+1", "+1", "-1", "@SUM(A1)", " =1", "'quoted", 'a&b <c> "d"', "]]>", "&amp;", "_x0041_"],
	...[
		"bell\u0007",
		"two\nlines",
		"re\r\nturn",
		"tab\there",
		"half \ud800",
		"\udc00 half",
		"\ufffe",
		"\u0085\u2028",
		" blank ",
		"\u00a0",
		"😀",
	],
	...["00123", "1e5", "2026-01-01", "TRUE", "Ünïcödé 漢字", "x".repeat(40_000)],
];

/** Each kind of workbook: its name, and how it is written. */
const WORKBOOKS: readonly { readonly name: string; readonly write: (file: string) => Promise<WriteResult> }[] = [
	{ name: "preview-plain", write: (file) => writePreview(file, 40, {}) },
	{ name: "preview-all-columns", write: (file) => writePreview(file, 300, { allColumns: true, name: NAMES }) },
	{ name: "preview-many-sheets", write: (file) => writePreview(file, 120, { name: NAMES, rowsPerSheet: 25 }) },
	{ name: "preview-empty", write: (file) => writePreview(file, 0, {}) },
	{ name: "report-plain", write: (file) => writeReport(file, 12, 30, [], "Aldgate") },
	{ name: "report-names", write: (file) => writeReport(file, NAMES.length, 8, NAMES, "=Aldgate & <Sons>") },
	{ name: "report-without-logs", write: (file) => writeReport(file, 3, 0, [], "") },
	{ name: "report-empty", write: (file) => writeReport(file, 0, 0, [], "Nobody") },
];

describe("openpyxl, which shares no code with exceljs", function () {
	this.timeout(60_000);
	let folder = "";
	before(async () => {
		folder = await mkdtemp(join(tmpdir(), "usage-report-readers-"));
	});
	after(() => rm(folder, { recursive: true, force: true }));

	it("reads every value as exceljs does, at once and row by row", async () => {
		const files = WORKBOOKS.map(({ name }) => join(folder, `${name}.xlsx`));
		for (const [index, { name, write }] of WORKBOOKS.entries()) assert.ok((await write(files[index]!)).written, name);
		const read = await readSheetsWithOpenpyxl(requireOpenpyxl(), files);
		for (const [index, { name }] of WORKBOOKS.entries()) {
			const sheets = (await readWorkbook(files[index]!)).worksheets;
			assert.deepEqual(read[index], Object.fromEntries(sheets.map((sheet) => [sheet.name, valuesOf(sheet)])), name);
		}
	});
});

interface PreviewKind {
	readonly allColumns?: boolean;
	readonly name?: readonly string[];
	readonly rowsPerSheet?: number;
}

function writePreview(
	file: string,
	count: number,
	{ allColumns = false, name = ["Word", "Excel"], rowsPerSheet }: PreviewKind,
): Promise<WriteResult> {
	const nameAt = (place: number) => `${name[place % name.length]}${place < name.length ? "" : Math.floor(place / name.length)}`;
	const days = [null, 20_000, 20_750, -30_000, -25_509, 40_000];
	const installations = Array.from(
		{ length: count },
		(_, place): WrittenInstallation => ({
			device: nameAt(place % 20),
			product: nameAt(Math.floor(place / 20)),
			installDay: days[place % days.length]!,
			lastUsageDay: days[(place + 2) % days.length]!,
			...(allColumns ? { publisher: place % 3 === 0 ? null : nameAt(place % 7), version: place % 4 === 0 ? null : `1.${place % 5}` } : {}),
		}),
	);
	const devices = installations.slice(0, 20).map(({ device }, place) => ({
		device,
		inventoryDay: 20_760,
		...(allColumns ? { deviceName: place % 2 === 0 ? null : `${device} (name)` } : {}),
	}));
	const categorization = categorize(makeEstate({ devices, installations }), AS_OF, DEFAULT_LIMITS, []);
	const problems = [{ code: "source/missing-key", source: name[0]!, row: 17, column: null, message: "=The row has no device.\u0001" }];
	const about = { title: name[0]!, madeAt: AS_OF, sources: [name.at(-1)!], problems, problemCount: 2, limitsFromProject: true };
	return writePreviewWorkbook(file, categorization, about, new AbortController().signal, rowsPerSheet);
}

function writeReport(file: string, servers: number, weeks: number, names: readonly string[], title: string): Promise<WriteResult> {
	const nameAt = (place: number) => names[place] ?? `server ${place}`;
	const subscriptions = Array.from(
		{ length: Math.ceil(servers / 2) },
		(_, place): ReportSubscription => ({
			client: names[place] ?? `client ${place}`,
			renewalDate: place % 3 === 0 ? null : 20_700 + place * 40,
			registeredUsers: place === 1 ? null : 100,
			enterpriseUsers: 10 * place,
			designerUsers: 0,
			servers: [nameAt(2 * place), nameAt(2 * place + 1)],
		}),
	);
	const logs = Array.from({ length: servers * weeks }, (_, place): UsageLogRow => {
		const server = place % Math.max(1, servers);
		const week = Math.floor(place / Math.max(1, servers));
		return {
			server: nameAt(server),
			loggedAt: AS_OF - (week + (server % 3)) * MS_PER_WEEK,
			activeRegistered: 60 + ((server * 7 + week * 3) % 50) + (week < 3 ? 200 : 0),
			activeEnterprise: week % 9,
			activeDesigners: server % 4,
			version: week < 3 ? "12.1" : "11",
		};
	});
	const about = { title, madeAt: AS_OF, sources: names.slice(0, 3), problems: [], problemCount: 0 };
	return writeUsageReportWorkbook(file, buildUsageReport(subscriptions, logs, AS_OF), about, new AbortController().signal);
}
