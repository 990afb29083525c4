import assert from "node:assert/strict";
import path from "node:path";
import { readSheetsWithLibreOffice, requireLibreOffice, type SheetTexts } from "../support/libreoffice.ts";
import { makeFolder, ROOT, runCli } from "./cli-support.ts";

const LABORATORIES = path.join(ROOT, "samples", "saint-alverne", "laboratories.usage.yaml");
const CLIENTS = ["granmora-timber", "saint-alverne", "wexcombe-hale"].map((name) => path.join(ROOT, "samples", name));

describe("Excel files against JSON", () => {
	describe("as exceljs reads them", () => describeComparison(readSheetsWithExceljs));

	describe("as LibreOffice shows them", () =>
		describeComparison(async (file) => (await readSheetsWithLibreOffice(requireLibreOffice(), [file]))[0]!));
});

function describeComparison(read: SheetReader): void {
	it("categorize: every installation, in the same order", async () => {
		const lines = (await run(["categorize", LABORATORIES, "--format", "ndjson"])).trim().split("\n");
		const sheets = await readExcel(read, ["categorize", LABORATORIES]);
		assert.deepEqual(
			toRecords(sheets.get("Installations")!),
			lines.map((line) => {
				const { device, product, installDate, lastUsageDate, category, reason, rule } = JSON.parse(line);
				return toShown({
					Device: device,
					Product: product,
					"Install Date": installDate,
					"Last Usage Date": lastUsageDate,
					Category: category,
					Reason: reason,
					Rule: rule,
				});
			}),
		);
	});

	it("report: every row, and the totals of the clients", async () => {
		const json = JSON.parse(await run(["report", ...CLIENTS, "--history", "off", "--format", "json"])) as {
			rows: Record<string, unknown>[];
			clients: Record<string, unknown>[];
		};
		const sheets = await readExcel(read, ["report", ...CLIENTS, "--history", "off"]);
		// Behind these columns stand the details and what the formulas of the sheet Clients go by.
		const rows = toRecords(sheets.get("Usage Report")!).map((row) => Object.fromEntries(Object.entries(row).slice(0, 12)));
		assert.deepEqual(
			rows,
			json.rows.map((row) =>
				toShown({
					Client: row["client"],
					Server: row["server"],
					"Renewal Date": row["renewalDate"],
					"Registered Users": row["registeredUsers"],
					"Enterprise Users": row["enterpriseUsers"],
					"Designer Users": row["designerUsers"],
					"Active Registered": row["activeRegistered"],
					"Active Enterprise": row["activeEnterprise"],
					"Active Designers": row["activeDesigners"],
					"Weekly Difference": row["weeklyDifference"],
					"Last Update": typeof row["lastUpdate"] === "string" ? row["lastUpdate"].replace("T", " ").replace("Z", "") : null,
					Flags: (row["flags"] as string[]).join(", "),
				}),
			),
		);
		assert.deepEqual(
			toRecords(sheets.get("Clients")!)
				.slice(0, -1)
				.map((row) => [
					row["Client"],
					row["Renewal Date"],
					row["Servers"],
					row["Active Registered (at least)"],
					row["Active Registered (at most)"],
				]),
			json.clients.map((client) => {
				const active = client["activeRegistered"] as { readonly atLeast: number; readonly atMost: number };
				return [client["client"], client["renewalDate"], String(client["servers"]), String(active.atLeast), String(active.atMost)];
			}),
		);
	});
}

type SheetReader = (file: string) => Promise<SheetTexts>;

async function run(argv: readonly string[]): Promise<string> {
	const { exitCode, stdout, stderr } = await runCli(argv, ROOT);
	assert.equal(exitCode, 0, stderr);
	return stdout;
}

async function readExcel(read: SheetReader, argv: readonly string[]) {
	const { folder, remove } = makeFolder({});
	try {
		const file = path.join(folder, "result.xlsx");
		await run([...argv, "--out", file]);
		return await read(file);
	} finally {
		remove();
	}
}

/** Cells as LibreOffice shows them: dates in ISO form, what is empty as an empty text. */
async function readSheetsWithExceljs(file: string): ReturnType<SheetReader> {
	const { default: exceljs } = await import("exceljs");
	const workbook = new exceljs.Workbook();
	await workbook.xlsx.readFile(file);
	return new Map(
		workbook.worksheets.map((sheet) => {
			const rows: string[][] = [];
			sheet.eachRow((row) => rows.push((row.values as unknown[]).slice(1).map(showCell)));
			return [sheet.name, rows.map((row) => Array.from(row, (cell) => cell ?? ""))];
		}),
	);
}

function showCell(value: unknown): string {
	if (value === null || value === undefined) return "";
	if (value instanceof Date) return value.toISOString().replace("T00:00:00.000Z", "").replace("T", " ").replace(".000Z", "");
	return typeof value === "object" && "result" in value ? String(value.result) : String(value);
}

/** Rows by the names in the first one; empty cells are empty texts. */
function toRecords([header, ...rows]: readonly (readonly string[])[]): readonly Record<string, string>[] {
	return rows.map((row) => Object.fromEntries(header!.map((name, index) => [name, row[index] ?? ""])));
}

function toShown(record: Readonly<Record<string, unknown>>): Record<string, string> {
	return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, value === null ? "" : String(value)]));
}
