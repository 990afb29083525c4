import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type exceljs from "exceljs";
import fc from "fast-check";
import { after, before, describe, it } from "mocha";
import { dayAt } from "../../../core/columns/day-column.ts";
import { NO_DAY, parseDay } from "../../../core/dates/day-number.ts";
import { formatInstant, parseInstant } from "../../../core/dates/instant.ts";
import type { Categorization } from "../../../core/usage/categorization.ts";
import { categorize } from "../../../core/usage/categorize.ts";
import { OUTCOMES } from "../../../core/usage/category.ts";
import { outcomeIndexOfRule } from "../../../core/usage/count-outcomes.ts";
import { createInstallationNames } from "../../../core/usage/installation-names.ts";
import { DEFAULT_LIMITS } from "../../../core/usage/limits.ts";
import { orderByDeviceAndProduct } from "../../../core/usage/order-installations.ts";
import { CATEGORY_TONES } from "../../../core/workbook/category-tones.ts";
import { countCell, dayCell, textCell } from "../../../core/workbook/cell-styles.ts";
import { writePreviewWorkbook } from "../../../core/workbook/preview-workbook.ts";
import { addTableSheet, MAX_DATA_ROWS, type TableColumn } from "../../../core/workbook/table-sheet.ts";
import { writeWorkbook } from "../../../core/workbook/write-workbook.ts";
import { makeEstate, readEstate, type WrittenDevice, type WrittenInstallation } from "../../support/make-estate.ts";
import { readPackageParts } from "../../support/package-parts.ts";
import { readWorkbook, type Sheet, sheetOf } from "../../support/read-workbook.ts";

const AS_OF = parseInstant("2026-11-05T09:00:00Z")!;
const ABOUT = { title: "Aldgate & EMEA", madeAt: AS_OF, sources: [], problems: [], problemCount: 0, limitsFromProject: false };
const FOOTER = `${ABOUT.title} · as of ${formatInstant(AS_OF)}`;

// What once was no plain text to some program on the way.
const NASTY = [
	...["=1+1", " =1+1", "+1", "-1", "@SUM(A1)", "<a>&\"'", "]]>", "&amp;", "_x0041_", "_x", "0123", "1e5", "TRUE", "#N/A", "2026-01-01"],
	...[
		"\u0000",
		"\u0007bell\u007f",
		"\u001f",
		"\ufffe\uffff",
		"half \ud83d pair",
		"\udc00",
		"🙂 Größe",
		"\ufeffmark",
		"line\nbreak",
		"tab\tend",
	],
	...["carriage\rreturn", "both\r\nends", "two  blanks", "\u00a0", "__proto__", "constructor", "x".repeat(32_767), "y".repeat(32_768)],
	...["🙂".repeat(16_383), `${"z".repeat(32_000)}${"<".repeat(800)}`, "sheet</t></si></sst>", "\u2028"],
];

describe("a long sheet", function () {
	this.timeout(120_000);
	let folder = "";
	before(async () => {
		folder = await mkdtemp(join(tmpdir(), "usage-report-long-"));
	});
	after(() => rm(folder, { recursive: true, force: true }));

	const device = (name: string, more: Partial<WrittenDevice> = {}): WrittenDevice => ({
		device: name,
		inventoryDay: parseDay("2026-11-04"),
		...more,
	});
	const installs = (count: number): WrittenInstallation[] =>
		Array.from({ length: count }, (_, index) => ({
			device: `PC${index % 40}`,
			product: `Product ${Math.floor(index / 40)}`,
			lastUsageDay: 20_500 + (index % 300),
		}));
	const sheets: readonly {
		what: string;
		devices?: readonly WrittenDevice[];
		installations: readonly WrittenInstallation[];
		rowsPerSheet?: number;
	}[] = [
		{ what: "without a row", installations: [] },
		{ what: "with one row", installations: [{ device: "PC1", product: "Word" }] },
		{
			what: "with dates from before Excel's calendar on",
			installations: ["0001-01-01", "1899-12-31", "1900-01-01", "1900-02-28", "1900-03-01", "2079-06-06", "9999-12-31"].map(
				(day, index) => ({ device: "PC1", product: `Product ${index}`, installDay: parseDay(day), lastUsageDay: parseDay(day) }),
			),
		},
		{
			what: "with all optional columns",
			devices: [device("PC1", { deviceName: "=name" }), device("PC2", { deviceName: null })],
			installations: [
				{ device: "PC1", product: "Word", publisher: "Contoso", version: "1.0" },
				{ device: "PC1", product: "Excel", publisher: null, version: "-1" },
				{ device: "PC2", product: "Word", publisher: "Contoso", version: null },
			],
		},
		{ what: "with versions only", installations: [{ device: "PC1", product: "Word", version: "1.0" }] },
		{
			what: "with every name that is no plain text",
			devices: [device("PC1", { deviceName: "+PC1" })],
			installations: NASTY.map((name) => ({ device: `${name}1`, product: name, publisher: name, version: name })),
		},
		{ what: "of several pieces and row numbers of one to four digits", installations: installs(2500) },
		{ what: "that continues on others", installations: installs(25), rowsPerSheet: 10 },
	];
	for (const { what, devices, installations, rowsPerSheet } of sheets) {
		it(`${what} is the sheet that exceljs would write`, () => compareSheets(devices ?? [], installations, rowsPerSheet));
	}

	it("is the sheet that exceljs would write, whatever the names and dates are", async () => {
		const name = fc.oneof(
			{ weight: 3, arbitrary: fc.constantFrom(...NASTY.filter(({ length }) => length < 100)) },
			fc.string({ unit: "binary", minLength: 1, maxLength: 12 }),
		);
		const day = fc.option(fc.integer({ min: -30_000, max: 60_000 }));
		const installation = fc.record({
			device: name,
			product: name,
			publisher: fc.option(name),
			version: fc.option(name),
			installDay: day,
			lastUsageDay: day,
		});
		const devices = fc.uniqueArray(fc.record({ device: name, inventoryDay: day, deviceName: fc.option(name) }), {
			maxLength: 5,
			selector: (made) => made.device,
		});
		await fc.assert(
			fc.asyncProperty(devices, fc.array(installation, { maxLength: 12 }), (some, others) => compareSheets(some, others)),
			{ numRuns: 40 },
		);
	});

	it("tells every reader to keep the white space of a text", async () => {
		const file = join(folder, "space.xlsx");
		const categorization = categorize(
			makeEstate({ installations: [{ device: "PC1", product: "line\nbreak" }] }),
			AS_OF,
			DEFAULT_LIMITS,
			[],
		);
		await writePreviewWorkbook(file, categorization, ABOUT, new AbortController().signal);
		const texts = (await readPackageParts(await readFile(file))).get("xl/sharedStrings.xml")!;
		const found = Array.from(texts.matchAll(/<si>(<t[^>]*>)line\nbreak<\/t><\/si>/g), ([, element]) => element);
		// One is of the sheet "Products".
		assert.deepEqual(found, ['<t xml:space="preserve">', '<t xml:space="preserve">']);
	});

	async function compareSheets(
		devices: readonly WrittenDevice[],
		installations: readonly WrittenInstallation[],
		rowsPerSheet = MAX_DATA_ROWS,
	): Promise<void> {
		const categorization = categorize(makeEstate({ devices, installations }), AS_OF, DEFAULT_LIMITS, []);
		const file = join(folder, "long.xlsx");
		const plain = join(folder, "plain.xlsx");
		const signal = new AbortController().signal;
		assert.deepEqual(await writePreviewWorkbook(file, categorization, ABOUT, signal, rowsPerSheet), {
			written: true,
			rows: categorization.rule.length,
		});
		const names = await writePlain(plain, categorization, rowsPerSheet);
		const [long, expected] = [await readWorkbook(file), await readWorkbook(plain)];
		for (const name of names) assert.deepEqual(describeSheet(sheetOf(long, name)), describeSheet(sheetOf(expected, name)), name);
	}
});

/** The sheets of the installations as exceljs writes them cell by cell, with columns that know nothing of long sheets; answers their names. */
async function writePlain(file: string, categorization: Categorization, rowsPerSheet: number): Promise<readonly string[]> {
	const { estate } = categorization;
	const order = orderByDeviceAndProduct(categorization);
	const columns = plainColumns(categorization);
	const letter = "ABCDEFGHIJ"[columns.findIndex(({ header }) => header === "Category")]!;
	const fills = Object.entries(CATEGORY_TONES).map(([category, tone]) => ({
		columns: [letter, letter] as const,
		formula: `$${letter}2="${category}"`,
		tone,
	}));
	const frozenColumns = estate.deviceName === null ? 2 : 3;
	const count = Math.max(1, Math.ceil(order.length / rowsPerSheet));
	const names = Array.from({ length: count }, (_, index) => (index === 0 ? "Installations" : `Installations ${index + 1}`));
	const result = await writeWorkbook(
		file,
		AS_OF,
		async (draft) => {
			for (const [index, name] of names.entries()) {
				const rows = order.subarray(index * rowsPerSheet, (index + 1) * rowsPerSheet);
				await addTableSheet(draft, { name, footer: FOOTER, columns, rows, frozenColumns, fills });
			}
			return order.length;
		},
		new AbortController().signal,
	);
	assert.equal(result.written, true);
	return names;
}

function plainColumns({ estate, rule, effectiveUsage }: Categorization): readonly TableColumn<number>[] {
	const names = createInstallationNames(estate);
	const read = readEstate(estate);
	const deviceNames = new Map(read.devices.map(({ device, deviceName }) => [device, deviceName]));
	const byKey = new Map(
		read.installations.map((installation) => [JSON.stringify([installation.device, installation.product]), installation]),
	);
	const installationAt = (row: number) => byKey.get(JSON.stringify([names.device(row), names.product(row)]))!;
	const outcomeAt = (row: number) => OUTCOMES[outcomeIndexOfRule(rule[row]!)]!;
	const usage = (row: number) => dayAt(effectiveUsage, row);
	const column = (header: string, width: number, cell: TableColumn<number>["cell"], rightAligned = false): TableColumn<number> => ({
		header,
		width,
		cell,
		rightAligned,
	});
	const optional = (isThere: boolean, made: TableColumn<number>) => (isThere ? [made] : []);
	return [
		column("Device", 30, (row) => textCell(names.device(row))),
		...optional(
			estate.deviceName !== null,
			column("Device Name", 30, (row) => textCell(deviceNames.get(names.device(row)) ?? null)),
		),
		column("Product", 44, (row) => textCell(names.product(row))),
		...optional(
			estate.publisher !== null,
			column("Publisher", 28, (row) => textCell(installationAt(row).publisher)),
		),
		...optional(
			estate.version !== null,
			column("Version", 14, (row) => textCell(installationAt(row).version)),
		),
		column("Install Date", 14, (row) => dayCell(installationAt(row).install?.day ?? null), true),
		column("Last Usage Date", 14, (row) => dayCell(usage(row) === NO_DAY ? null : usage(row)), true),
		column("Category", 14, (row) => textCell(outcomeAt(row).category)),
		column("Reason", 32, (row) => textCell(outcomeAt(row).reason)),
		column("Rule", 8, (row) => countCell(rule[row]!), true),
	];
}

/** Everything that exceljs reads of a sheet but what it is called in its workbook. */
function describeSheet(sheet: Sheet): unknown {
	const { columns, views, autoFilter, pageSetup, headerFooter, properties, dimensions } = sheet;
	const rows: unknown[] = [];
	sheet.eachRow({ includeEmpty: true }, (row) => {
		const cells: unknown[] = [];
		row.eachCell({ includeEmpty: true }, (cell) => {
			cells.push({ address: cell.address, type: cell.type, value: cell.value, style: cell.style });
		});
		rows.push({ number: row.number, height: row.height, cells });
	});
	const { conditionalFormattings } = sheet as Sheet & { readonly conditionalFormattings: readonly exceljs.ConditionalFormattingOptions[] };
	return {
		rows,
		columns: columns.map(({ width, hidden }) => ({ width, hidden })),
		...{ views, autoFilter, pageSetup, headerFooter, properties, conditionalFormattings },
		dimensions: String(dimensions),
	};
}
