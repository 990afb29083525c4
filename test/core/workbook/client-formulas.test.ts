import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { UsageLogRow } from "../../../core/subscriptions/usage-log.ts";
import { buildUsageReport, type ReportSubscription } from "../../../core/subscriptions/usage-report.ts";
import { createClientFormulas } from "../../../core/workbook/client-formulas.ts";
import { writeUsageReportWorkbook } from "../../../core/workbook/usage-report-workbook.ts";
import { readSheetsWithLibreOffice, requireLibreOffice } from "../../support/libreoffice.ts";
import { readWorkbook, type Sheet, saveWithoutResults, sheetOf } from "../../support/read-workbook.ts";

const AS_OF = Date.UTC(2026, 10, 5, 9);
const LOGGED_AT = Date.UTC(2026, 10, 4, 21);

/** Names that a search for a text would mix up: they differ in upper case, are the same number, or have a joker. */
const SUBSCRIPTIONS: readonly ReportSubscription[] = [
	subscription("Aldgate", [250, 40, 6], ["live", "test"]),
	// The same figures and servers once more: they count, the server's users do not.
	subscription("Aldgate", [250, 40, 6], ["live"]),
	subscription("aldgate", [100, 10, 1], ["lower"]),
	subscription("A*", [10, 1, 1], ["star", "silent"]),
	subscription("007", [7, null, null], ["seven"]),
	subscription("7", [70, null, null], ["seventy"]),
	subscription('=HYPERLINK("x")', [40, 4, 2], ["formula", "shared"]),
	// A server of two clients, and a subscription without a server.
	subscription("Bowline", [1200, 100, 20], ["shared"]),
	subscription("Bowline", [300, null, 5], []),
	subscription("Silent", [null, null, null], ["mute"]),
	subscription("Dunmore", [5, 5, 5], []),
];

const LOGS: readonly UsageLogRow[] = [
	...[log("live", [231, 38, 7]), log("test", [100, 40, 3]), log("lower", [99, 9, 1]), log("star", [12, 1, 0])],
	...[log("seven", [6, 0, 0]), log("seventy", [60, 0, 0]), log("formula", [30, 3, 1]), log("shared", [900, 50, 10])],
	log("orphan", [1, 1, 1]),
];

/** What a person does on the sheet "Usage Report", and the same in what the report is made of. */
const EDITS: readonly {
	readonly what: string;
	readonly edit: (sheet: Sheet) => void;
	readonly subscriptions?: (from: readonly ReportSubscription[]) => readonly ReportSubscription[];
	readonly logs?: (from: readonly UsageLogRow[]) => readonly UsageLogRow[];
}[] = [
	{ what: "nothing", edit: () => undefined },
	{
		what: "paid users of one subscription, on each of its rows",
		edit: (sheet) => {
			const [row] = rowsWith(sheet, "B", "test");
			setCells(sheet, "D", rowsWith(sheet, "N", sheet.getCell(`N${row}`).value), 300);
		},
		subscriptions: (from) => from.map((one, index) => (index === 0 ? { ...one, registeredUsers: 300 } : one)),
	},
	{
		what: "the largest server's users, which then is no longer the largest",
		edit: (sheet) => setCells(sheet, "G", rowsWith(sheet, "B", "live"), 50),
		logs: (from) => from.map((one) => (one.server === "live" ? { ...one, activeRegistered: 50 } : one)),
	},
	{
		what: "the users of a server that never reported",
		edit: (sheet) => setCells(sheet, "GHI", rowsWith(sheet, "B", "silent"), 4),
		logs: (from) => [...from, log("silent", [4, 4, 4])],
	},
	{
		what: "the users of a server of two clients, and a name",
		edit: (sheet) => {
			setCells(sheet, "G", rowsWith(sheet, "B", "shared"), 1300);
			setCells(sheet, "A", rowsWith(sheet, "A", "007"), "Bond");
		},
		logs: (from) => from.map((one) => (one.server === "shared" ? { ...one, activeRegistered: 1300 } : one)),
	},
	{ what: "the order of the rows", edit: reverseRows },
];

describe("the formulas of the sheet Clients", () => {
	let folder = "";
	before(async () => {
		folder = await mkdtemp(join(tmpdir(), "usage-report-formulas-"));
	});
	after(() => rm(folder, { recursive: true, force: true }));

	it("give what the report would say after each of these edits", async function () {
		this.timeout(240_000);
		const program = requireLibreOffice();
		const file = await writeReport("report");
		const edited = EDITS.map((_, index) => join(folder, `edit-${index}.xlsx`));
		for (const [index, { edit }] of EDITS.entries()) {
			const workbook = await readWorkbook(file);
			edit(sheetOf(workbook, "Usage Report"));
			await saveWithoutResults(workbook, edited[index]!);
		}
		const sheets = await readSheetsWithLibreOffice(program, edited);
		for (const [index, { what, subscriptions = same, logs = same }] of EDITS.entries()) {
			const expected = buildUsageReport(subscriptions(SUBSCRIPTIONS), logs(LOGS), AS_OF);
			const totals = expected.clients.map((client) => [
				client.client,
				...[client.registeredUsers, client.enterpriseUsers, client.designerUsers],
				...[client.activeRegistered?.atLeast, client.activeRegistered?.atMost],
				...[client.activeEnterprise?.atLeast, client.activeEnterprise?.atMost],
				...[client.activeDesigners?.atLeast, client.activeDesigners?.atMost],
			]);
			const shown = sheets[index]?.get("Clients")?.slice(1, -1) ?? [];
			assert.deepEqual(
				shown.map((row) => [row[0], ...Array.from({ length: 9 }, (_, column) => row[column + 3] ?? "")]),
				totals.map((row) => row.map((value) => String(value ?? ""))),
				what,
			);
		}
	});

	it("are left out where a client's servers are not all in the workbook", async () => {
		const report = buildUsageReport(SUBSCRIPTIONS, LOGS, AS_OF);
		const file = await writeReport("part", { ...report, rows: report.rows.filter((row) => row.server !== "test") });
		const sheet = sheetOf(await readWorkbook(file), "Clients");
		const rows = new Map(Array.from({ length: sheet.rowCount }, (_, index) => [String(sheet.getCell(`A${index + 1}`).value), index + 1]));
		assert.equal(sheet.getCell(`D${rows.get("Aldgate")}`).value, 500);
		assert.equal(sheet.getCell(`H${rows.get("Aldgate")}`).value, 331);
		assert.notEqual(sheet.getCell(`D${rows.get("aldgate")}`).formula, undefined);
	});

	it("are left out of a report so large that a program would be busy with them for long", () => {
		const many = Array.from({ length: 5000 }, (_, index) => subscription(`Client ${index}`, [1, 1, 1], [`server ${index}`]));
		const formulasOf = (count: number) => {
			const report = buildUsageReport(many.slice(0, count), [], AS_OF);
			return createClientFormulas(report).atMost(report.clients[0]!, "G");
		};
		assert.notEqual(formulasOf(4000), null);
		assert.equal(formulasOf(5000), null);
	});

	async function writeReport(name: string, report = buildUsageReport(SUBSCRIPTIONS, LOGS, AS_OF)): Promise<string> {
		const file = join(folder, `${name}.xlsx`);
		const about = { title: "t", madeAt: AS_OF, sources: [], problems: [], problemCount: 0 };
		const result = await writeUsageReportWorkbook(file, report, about, new AbortController().signal);
		assert.ok(result.written);
		return file;
	}
});

function same<Value>(value: Value): Value {
	return value;
}

/** Numbers of the rows that have a value in a column. */
function rowsWith(sheet: Sheet, column: string, value: unknown): readonly number[] {
	const rows = Array.from({ length: sheet.rowCount - 1 }, (_, index) => index + 2);
	return rows.filter((row) => sheet.getCell(`${column}${row}`).value === value);
}

/** Sets cells of some rows to a value. */
function setCells(sheet: Sheet, columns: string, rows: readonly number[], value: number | string): void {
	assert.notEqual(rows.length, 0);
	for (const row of rows) for (const column of columns) sheet.getCell(`${column}${row}`).value = value;
}

/** As sorting by a column in the other direction would. */
function reverseRows(sheet: Sheet): void {
	const rows = Array.from({ length: sheet.rowCount - 1 }, (_, index) => [...(sheet.getRow(index + 2).values as unknown[])].slice(1));
	for (const [index, values] of rows.toReversed().entries()) {
		for (let column = 1; column <= 16; column++)
			sheet.getRow(index + 2).getCell(column).value = (values[column - 1] ?? null) as string | number | null;
	}
}

function subscription(
	client: string,
	[registeredUsers, enterpriseUsers, designerUsers]: readonly [number | null, number | null, number | null],
	servers: readonly string[],
): ReportSubscription {
	return { client, renewalDate: null, registeredUsers, enterpriseUsers, designerUsers, servers };
}

function log(server: string, [activeRegistered, activeEnterprise, activeDesigners]: readonly [number, number, number]): UsageLogRow {
	return { server, loggedAt: LOGGED_AT, activeRegistered, activeEnterprise, activeDesigners };
}
