import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { after, before, describe, it } from "mocha";
import { countCell, STYLES, textCell } from "../../../core/workbook/cell-styles.ts";
import { addLongSheet, type LongColumn, type PendingRows } from "../../../core/workbook/long-sheet.ts";
import { createCellBytes } from "../../../core/workbook/package/cell-bytes.ts";
import { packWorkbook } from "../../../core/workbook/package/pack-workbook.ts";
import { encodeRows } from "../../../core/workbook/package/row-bytes.ts";
import { createSharedTexts } from "../../../core/workbook/package/shared-texts.ts";
import { MAX_DATA_ROWS } from "../../../core/workbook/table-sheet.ts";
import { writeWorkbook } from "../../../core/workbook/write-workbook.ts";
import { readPackageParts } from "../../support/package-parts.ts";

const ROWS = 300_000;
const NOBODY = new AbortController().signal;

describe("packing a workbook with long sheets", function () {
	this.timeout(60_000);
	let folder = "";
	let made: { readonly archive: Buffer; readonly pending: readonly PendingRows[] };
	/** Rows that have been asked for their cells. */
	let asked = 0;
	before(async () => {
		folder = await mkdtemp(join(tmpdir(), "usage-report-pack-"));
		made = await makeTemplate();
	});
	after(() => rm(folder, { recursive: true, force: true }));
	beforeEach(() => {
		asked = 0;
	});

	it("writes every row with its number, and says how far the sheet reaches", async () => {
		const taken: Buffer[] = [];
		const target = new Writable({
			write: (chunk: Buffer, _encoding, done) => {
				taken.push(chunk);
				done();
			},
		});
		await pack(target);
		const parts = await readPackageParts(Buffer.concat(taken));
		const sheet = parts.get("xl/worksheets/sheet1.xml")!;
		assert.equal([...parts.keys()][0], "[Content_Types].xml");
		assert.match(sheet, /<sheetPr>.*<\/sheetPr><dimension ref="A1:C300001"\/><sheetViews>/);
		assert.match(sheet, /<autoFilter ref="A1:C300001"\/>/);
		const texts = Array.from(parts.get("xl/sharedStrings.xml")!.matchAll(/<si><t[^>]*>([^<]*)<\/t><\/si>/g), ([, text]) => text);
		assert.match(parts.get("xl/sharedStrings.xml")!, new RegExp(` count="${texts.length}" uniqueCount="${texts.length}">`));
		let row = 1;
		for (const [, number, cells] of sheet.matchAll(/<row r="(\d+)"[^>]*>(.*?)<\/row>/g)) {
			assert.equal(number, String(row++));
			if (row === 2) continue;
			const found = /^<c r="A(\d+)" s="\d+" t="s"><v>(\d+)<\/v><\/c><c r="B\1" s="\d+"\/><c r="C\1" s="\d+"><v>(\d+)<\/v><\/c>$/.exec(
				cells!,
			);
			assert.deepEqual([found?.[1], texts[Number(found?.[2])], found?.[3]], [number, `name ${(row - 3) % 5000}`, String(row - 3)], cells);
		}
		assert.equal(row, ROWS + 2);
	});

	it("fills a sheet to its last row", () => {
		const column: LongColumn = { header: "Number", width: 10, styles: [STYLES.count], keyOf: (row) => row % 7, cellOf: countCell };
		const cells = createCellBytes(column, new Map([[STYLES.count, 3]]), createSharedTexts(0));
		let last = "";
		for (const piece of encodeRows(new Uint32Array(MAX_DATA_ROWS).fill(5), [column], [cells])) last = piece.toString();
		assert.match(
			last,
			/<row r="1048575"><c r="A1048575" s="3"><v>5<\/v><\/c><\/row><row r="1048576"><c r="A1048576" s="3"><v>5<\/v><\/c><\/row>$/,
		);
	});

	it("makes rows only as fast as they are taken", async () => {
		// Takes one piece and never another.
		const target = new Writable({ highWaterMark: 1024, write: () => undefined });
		const controller = new AbortController();
		const packing = pack(target, controller.signal);
		const settled = assert.rejects(packing);
		// Long enough that everything would be made if nothing held it back.
		for (let turn = 0; turn < 3000; turn++) await setImmediate();
		assert.ok(asked < ROWS / 2, `${asked} rows`);
		controller.abort();
		await settled;
	});

	it("gives way to others every few thousand rows", async () => {
		let packed = false;
		let most = 0;
		const packing = pack(new Writable({ write: (_chunk, _encoding, done) => done() })).then(() => {
			packed = true;
		});
		while (!packed) {
			const before = asked;
			await setImmediate();
			most = Math.max(most, asked - before);
		}
		await packing;
		assert.equal(asked, ROWS);
		assert.ok(most < 20_000, `${most} rows in one turn`);
	});

	it("stops when it is cancelled, and makes no more rows", async () => {
		const controller = new AbortController();
		const target = new Writable({ write: (_chunk, _encoding, done) => done() });
		const settled = assert.rejects(pack(target, controller.signal), { name: "AbortError" });
		while (asked < ROWS / 10) await setImmediate();
		controller.abort();
		await settled;
		const until = asked;
		for (let turn = 0; turn < 100; turn++) await setImmediate();
		assert.equal(asked, until);
		assert.ok(asked < ROWS);
		assert.ok(target.destroyed);
	});

	it("passes on what the disk says, and makes no more rows", async () => {
		const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC", syscall: "write" });
		await assert.rejects(pack(new Writable({ write: (_chunk, _encoding, done) => done(asked < ROWS / 10 ? null : full) })), full);
		const until = asked;
		for (let turn = 0; turn < 100; turn++) await setImmediate();
		assert.equal(asked, until);
		assert.ok(asked < ROWS);
	});

	it("passes on a fault of a column", async () => {
		const fault = new TypeError("a fault");
		const columns: readonly LongColumn[] = [
			{
				header: "Faulty",
				width: 10,
				styles: [STYLES.count],
				keyOf: (row) => row,
				cellOf: (key) => {
					if (key === 70_000) throw fault;
					return countCell(key);
				},
			},
		];
		const { archive, pending } = await makeTemplate(columns);
		await assert.rejects(packWorkbook(archive, pending, 0, new Writable({ write: (_chunk, _encoding, done) => done() }), NOBODY), fault);
	});

	it("refuses a look that the column has not named", async () => {
		const columns = [{ header: "Literal", width: 10, styles: [STYLES.text], keyOf: () => 0, cellOf: () => textCell("=1") }];
		const { archive, pending } = await makeTemplate(columns);
		await assert.rejects(
			pack(new Writable({ write: (_chunk, _encoding, done) => done() }), NOBODY, archive, pending),
			/has a look that it does not name/,
		);
	});

	function pack(target: Writable, signal = NOBODY, archive = made.archive, pending = made.pending): Promise<void> {
		return packWorkbook(archive, pending, 0, target, signal);
	}

	/** What exceljs makes of a workbook with one long sheet. */
	async function makeTemplate(columns: readonly LongColumn[] = threeColumns()): Promise<typeof made> {
		const pending: PendingRows[] = [];
		let archive: Buffer = Buffer.alloc(0);
		const result = await writeWorkbook(
			join(folder, "template.xlsx"),
			0,
			async (draft) => {
				const rows = Uint32Array.from({ length: ROWS }, (_, index) => index);
				pending.push(await addLongSheet(draft, { name: "Long", footer: "", columns, rows, frozenColumns: 1, fills: [] }));
				return ROWS;
			},
			NOBODY,
			async (template) => {
				archive = template;
			},
		);
		assert.deepEqual(result, { written: true, rows: ROWS });
		assert.deepEqual(await readdir(folder), ["template.xlsx"]);
		return { archive, pending };
	}

	function threeColumns(): readonly LongColumn[] {
		return [
			{
				header: "Name",
				width: 10,
				styles: [STYLES.text],
				keyOf: (row) => {
					asked++;
					return row % 5000;
				},
				cellOf: (key) => textCell(`name ${key}`),
			},
			{ header: "Nothing", width: 10, styles: [STYLES.text], keyOf: () => 0, cellOf: () => textCell(null) },
			{ header: "Number", width: 10, styles: [STYLES.count], keyOf: (row) => row, cellOf: countCell },
		];
	}
});
