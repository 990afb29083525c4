import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseDay } from "../../../core/dates/day-number.ts";
import { parseInstant } from "../../../core/dates/instant.ts";
import type { Categorization } from "../../../core/usage/categorization.ts";
import { categorize } from "../../../core/usage/categorize.ts";
import { DEFAULT_LIMITS } from "../../../core/usage/limits.ts";
import { MAX_CELL_TEXT } from "../../../core/workbook/cell-text.ts";
import { writePreviewWorkbook } from "../../../core/workbook/preview-workbook.ts";
import { readSheetsWithLibreOffice, requireLibreOffice } from "../../support/libreoffice.ts";
import { makeEstate } from "../../support/make-estate.ts";
import { asLibreOfficeText, readWorkbook, saveWithoutResults, sheetOf, valuesOf } from "../../support/read-workbook.ts";

const AS_OF = parseInstant("2026-11-05T09:00:00Z")!;
const ABOUT = {
	title: "Aldgate EMEA",
	madeAt: AS_OF,
	sources: ["SCCM (data/installs.csv)"],
	problems: [],
	problemCount: 0,
	limitsFromProject: false,
};
const INSTALLATIONS_HEADER = ["Device", "Product", "Install Date", "Last Usage Date", "Category", "Reason", "Rule"];
const OUTCOME_HEADERS = [
	...["Used", "Rarely Used", "Unused"],
	...["Device stopped reporting usage", "Invalid usage date", "Recently installed", "Invalid install date", "No Product Usage"].map(
		unreported,
	),
	...["No Device usage", "Device Inventory too old", "Invalid Device Inventory date", "No Device Inventory date"].map(unreported),
];

// device, inventory date | device, product, install date, last usage date; - for a missing date
const DEVICES = ["PC1 2026-11-04", "PC2 -", "=PC3 2026-11-04"];
const INSTALLATIONS = [
	"PC1 Word 2020-01-01 2026-11-04",
	"PC1 Excel 2020-01-01 2026-09-20",
	"PC1 =cmd 2020-01-01 2026-01-01",
	"PC1 Visio 2026-11-02 -",
	"PC1 Zoom_& 1899-12-30 2027-01-01",
	"PC2 Word - -",
	"=PC3 Word 2025-05-05 -",
];

describe("the preview's workbook", () => {
	let folder = "";
	before(async () => {
		folder = await mkdtemp(join(tmpdir(), "usage-report-preview-"));
	});
	after(() => rm(folder, { recursive: true, force: true }));

	it("opens on the summary, with limits, dates and all twelve outcomes", async () => {
		const workbook = await write("summary.xlsx", readEstate(DEVICES, INSTALLATIONS));
		assert.deepEqual(
			workbook.worksheets.map((sheet) => sheet.name),
			["Summary", "Products", "Installations", "About"],
		);
		assert.equal(workbook.views[0]?.activeTab, 0);
		assert.deepEqual(valuesOf(sheetOf(workbook, "Summary")), [
			["Aldgate EMEA"],
			["Installations by usage category"],
			[],
			["As of (UTC)", "2026-11-05 09:00:00"],
			["End of Sync", "2026-11-04"],
			["InstallDateCutOffLimit", "7 days"],
			["UsedCategoryLimit", "30 days"],
			["UnusedCategoryLimit", "90 days"],
			["Installations", 7],
			["Devices", 3],
			["Products", 5],
			["Data problems", "None"],
			[],
			["Category", "Reason", "Installations", "Share"],
			["Used", null, 1, 1 / 7],
			["Rarely Used", null, 1, 1 / 7],
			["Unused", null, 1, 1 / 7],
			["Unreported", "Device stopped reporting usage", 0, 0],
			["Unreported", "Invalid usage date", 1, 1 / 7],
			["Unreported", "Recently installed", 0, 0],
			["Unreported", "Invalid install date", 0, 0],
			["Unreported", "No Product Usage", 1, 1 / 7],
			["Unreported", "No Device usage", 1, 1 / 7],
			["Unreported", "Device Inventory too old", 0, 0],
			["Unreported", "Invalid Device Inventory date", 0, 0],
			["Unreported", "No Device Inventory date", 1, 1 / 7],
			["Total", null, 7, 1],
			["of which reported", null, 3, 3 / 7],
			["of which Unreported", null, 4, 4 / 7],
		]);
	});

	it("counts the outcomes of every product", async () => {
		const workbook = await write("products.xlsx", readEstate(DEVICES, INSTALLATIONS));
		assert.deepEqual(valuesOf(sheetOf(workbook, "Products")), [
			["Product", "Installations", ...OUTCOME_HEADERS],
			["=cmd", 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
			["Excel", 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
			["Visio", 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0],
			["Word", 3, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1],
			["Zoom &", 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0],
			["Total", 7, 1, 1, 1, 0, 1, 0, 0, 1, 1, 0, 0, 1],
		]);
	});

	it("lists the installations by device and product, with real dates", async () => {
		const workbook = await write("installations.xlsx", readEstate(DEVICES, INSTALLATIONS));
		const sheet = sheetOf(workbook, "Installations");
		assert.deepEqual(valuesOf(sheet), [
			INSTALLATIONS_HEADER,
			["=PC3", "Word", "2025-05-05", null, "Unreported", "No Device usage", 10],
			["PC1", "=cmd", "2020-01-01", "2026-01-01", "Unused", null, 8],
			["PC1", "Excel", "2020-01-01", "2026-09-20", "Rarely Used", null, 9],
			["PC1", "Visio", "2026-11-02", null, "Unreported", "No Product Usage", 11],
			["PC1", "Word", "2020-01-01", "2026-11-04", "Used", null, 7],
			["PC1", "Zoom &", "1899-12-30", "2027-01-01", "Unreported", "Invalid usage date", 5],
			["PC2", "Word", null, null, "Unreported", "No Device Inventory date", 1],
		]);
		assert.equal(sheet.autoFilter, "A1:G8");
		assert.equal(sheet.getCell("C2").numFmt, "yyyy-mm-dd");
		assert.equal(sheet.getCell("A2").numFmt, "@");
	});

	it("continues on further sheets when one is full, and says so", async () => {
		const workbook = await write("parts.xlsx", readEstate(DEVICES, INSTALLATIONS), 3);
		const names = ["Installations", "Installations 2", "Installations 3"];
		const parts = names.map((name) => valuesOf(sheetOf(workbook, name)));
		assert.deepEqual(
			parts.map(([header, ...rows]) => [header, rows.map((row) => `${row[0]} ${row[1]}`)]),
			[
				[INSTALLATIONS_HEADER, ["=PC3 Word", "PC1 =cmd", "PC1 Excel"]],
				[INSTALLATIONS_HEADER, ["PC1 Visio", "PC1 Word", "PC1 Zoom &"]],
				[INSTALLATIONS_HEADER, ["PC2 Word"]],
			],
		);
		assert.ok(
			valuesOf(sheetOf(workbook, "Summary")).some((row) => row[1] === 'Too many for one sheet: they continue up to "Installations 3".'),
		);
	});

	it("fills exactly one sheet", async () => {
		const workbook = await write("exact.xlsx", readEstate(DEVICES, INSTALLATIONS), 7);
		assert.deepEqual(
			workbook.worksheets.map((sheet) => sheet.name),
			["Summary", "Products", "Installations", "About"],
		);
	});

	it("an instance without any installation is a workbook with headers and zeros", async () => {
		const workbook = await write("empty.xlsx", readEstate([], []));
		assert.deepEqual(valuesOf(sheetOf(workbook, "Installations")), [INSTALLATIONS_HEADER]);
		const summary = valuesOf(sheetOf(workbook, "Summary"));
		assert.ok(summary.some((row) => row[0] === "End of Sync" && row[1] === "none: no usable date in any source"));
		assert.ok(summary.some((row) => row[0] === "Total" && row[2] === 0 && row[3] === 0));
	});

	it("says when the limits are the project's, and how many data problems there are", async () => {
		const file = join(folder, "about.xlsx");
		const problem = { code: "source/unparseable-date", source: "SCCM", row: 1017, column: "LastUsed", message: "no date" };
		const about = { ...ABOUT, limitsFromProject: true, problems: [problem], problemCount: 48_211 };
		await writePreviewWorkbook(file, readEstate(DEVICES, INSTALLATIONS), about, new AbortController().signal);
		const workbook = await readWorkbook(file);
		const summary = new Map(valuesOf(sheetOf(workbook, "Summary")).map((row) => [row[0], row[1]]));
		assert.equal(summary.get("UsedCategoryLimit"), "30 days (the project's: the instance has none of its own)");
		assert.equal(summary.get("Data problems"), '48,211, see the sheet "About"');
		assert.deepEqual(valuesOf(sheetOf(workbook, "About")).at(-1), ["source/unparseable-date", "SCCM", 1017, "LastUsed", "no date"]);
	});

	it("keeps any text a text, and the file valid: the same in LibreOffice, as stored and as calculated afresh", async function () {
		this.timeout(120_000);
		const names = [
			"=1+1",
			"+1",
			"-1",
			"@SUM(A1)",
			"<a>&\"'",
			"_x0041_",
			"\u0007bell\u007f",
			"half \ud83d pair",
			"🙂 Größe",
			"__proto__",
			"0123",
			"2026-01-01",
			"TRUE",
			"#N/A",
		];
		const shown = [...names.slice(0, 6), "␇bell␡", "half \ufffd pair", ...names.slice(8)];
		const installations = [...names, "x".repeat(40_000)].map((name) => ({ device: `device ${name}`, product: name }));
		const workbook = await write("texts.xlsx", categorize(makeEstate({ installations }), AS_OF, DEFAULT_LIMITS, []));
		const products = valuesOf(sheetOf(workbook, "Products"))
			.slice(1, -1)
			.map((row) => String(row[0]));
		const longest = products.find((product) => product.startsWith("xxx"));
		assert.equal(longest?.length, MAX_CELL_TEXT);
		assert.match(longest ?? "", /x … \[cut here; the whole text has 40,000 characters\]$/);
		assert.deepEqual(new Set(products), new Set([...shown, longest]));

		const program = requireLibreOffice();
		const stripped = join(folder, "stripped.xlsx");
		const expected = ["Summary", "Products", "Installations", "About"].map((name) => {
			const isShare = (row: number, column: number) => name === "Summary" && row >= 14 && column === 3;
			const rows = valuesOf(sheetOf(workbook, name));
			return [name, rows.map((row, index) => row.map((value, column) => asLibreOfficeText(value, isShare(index, column))))] as const;
		});
		await saveWithoutResults(workbook, stripped);
		const [asStored, calculated] = await readSheetsWithLibreOffice(program, [join(folder, "texts.xlsx"), stripped]);
		for (const [name, rows] of expected) {
			assert.deepEqual(asStored?.get(name), rows, name);
			assert.deepEqual(calculated?.get(name), rows, `${name}, calculated`);
		}
	});

	it("leaves nothing behind when it is cancelled", async () => {
		const controller = new AbortController();
		const file = join(folder, "cancelled.xlsx");
		const writing = writePreviewWorkbook(file, readEstate(DEVICES, INSTALLATIONS), ABOUT, controller.signal);
		controller.abort();
		assert.deepEqual(await writing, { written: false, message: "Cancelled." });
		assert.deepEqual(
			(await readdir(folder)).filter((name) => name.includes("cancelled")),
			[],
		);
	});

	async function write(name: string, categorization: Categorization, rowsPerSheet?: number) {
		const file = join(folder, name);
		const result = await writePreviewWorkbook(file, categorization, ABOUT, new AbortController().signal, rowsPerSheet);
		assert.deepEqual(result, { written: true, rows: categorization.rule.length });
		return readWorkbook(file);
	}
});

function readEstate(devices: readonly string[], installations: readonly string[]): Categorization {
	const estate = makeEstate({
		devices: devices.map((line) => {
			const [device = "", inventory = ""] = line.split(" ");
			return { device, inventoryDay: dayOf(inventory) };
		}),
		installations: installations.map((line) => {
			const [device = "", product = "", installed = "", lastUsed = ""] = line.split(" ");
			return { device, product: product.replaceAll("_", " "), installDay: dayOf(installed), lastUsageDay: dayOf(lastUsed) };
		}),
	});
	return categorize(estate, AS_OF, DEFAULT_LIMITS, []);
}

function dayOf(text: string): number | null {
	return text === "-" ? null : parseDay(text);
}

function unreported(reason: string): string {
	return `Unreported: ${reason}`;
}
