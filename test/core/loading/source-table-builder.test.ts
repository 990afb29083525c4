import assert from "node:assert/strict";
import fc from "fast-check";
import type { Cell, CellPage } from "../../../core/connectors/connector.ts";
import { makeTimeZone } from "../../../core/dates/time-zone.ts";
import { createSourceTableBuilder } from "../../../core/loading/source-table-builder.ts";
import { makeSource } from "../connectors/source-fixture.ts";
import { rowsOf } from "./table-rows.ts";

const COLUMNS = ["device", "product", "installDate", "lastUsageDate", "publisher", "version"];

describe("source table builder", () => {
	const source = makeSource({ name: "s" });
	const places = Object.fromEntries(COLUMNS.map((name, index) => [name, { index, name: name.toUpperCase() }]));
	const builder = () => createSourceTableBuilder(source, makeTimeZone("UTC")!, places);

	function build(pages: readonly CellPage[]) {
		const own = builder();
		for (const page of pages) own.addPage(page);
		const { table, problems, counts } = own.finish();
		return { rows: rowsOf(table!), records: table!.records, problems, counts };
	}

	/** Text as a connector packs it. */
	function pack(firstRow: number, rows: readonly (readonly Cell[])[]): CellPage {
		const packed = Buffer.from(rows.map((cells) => `${cells.map((cell) => cell ?? "").join("\u001f")}\n`).join(""));
		return { firstRow, length: rows.length, width: COLUMNS.length, packed, separator: 0x1f, done: 1, unpack: () => [{ firstRow, rows }] };
	}

	const ROWS: readonly (readonly Cell[])[] = [
		["PC1", " Visio ", "2026-01-02", "2026-02-03", "Microsoft", null],
		["PC1", "Wörd", null, "yesterday", "NULL", "16"],
		[" ", "Word", "x", "x", "y", "z"],
		["PC2", null, null, null, null, null],
		["PC2", "Visio", "2026-13-01", "", " ", "16"],
	];

	it("keeps trimmed names, days and row numbers, and tells each problem", () => {
		assert.deepEqual(build([{ firstRow: 7, rows: ROWS }]), {
			rows: [
				[7, "PC1", "Visio", "2026-01-02", "2026-02-03", "Microsoft", "-"],
				[8, "PC1", "Wörd", "-", "-", "-", "16"],
				[11, "PC2", "Visio", "-", "-", "-", "16"],
			],
			records: 11,
			problems: [
				[8, "source/unparseable-date", "LASTUSAGEDATE", '"yesterday" is not a date in the format iso; the row is kept without it.'],
				[9, "source/missing-key", "DEVICE", "The device is empty; the row is left out."],
				[10, "source/missing-key", "PRODUCT", "The product is empty; the row is left out."],
				[11, "source/unparseable-date", "INSTALLDATE", '"2026-13-01" is not a date in the format iso; the row is kept without it.'],
			].map(([row, code, column, message]) => ({ code, source: "s", row, column, message })),
			counts: [
				{ code: "source/unparseable-date", count: 2 },
				{ code: "source/missing-key", count: 2 },
			],
		});
	});

	it("reads columns and packed text as rows", () => {
		const expected = build([{ firstRow: 7, rows: ROWS }]);
		const columns = COLUMNS.map((_, index) => ROWS.map((cells) => cells[index]!));
		assert.deepEqual(build([{ firstRow: 7, length: ROWS.length, columns }]), expected);
		assert.deepEqual(build([pack(7, ROWS)]), expected);
		assert.deepEqual(build([{ firstRow: 7, rows: ROWS.slice(0, 2) }, pack(9, ROWS.slice(2))]), expected);
	});

	const odd: readonly (readonly [string, string])[] = [
		["the separator", "a\u001fb"],
		["a line break", "a\nb"],
		["a NUL", "a\0b"],
		["DEL", "a\u007fb"],
		["a control character beyond ASCII", "a\u0085b"],
		["what replaces bytes that are no text", "a\ufffdb"],
	];
	for (const [name, text] of odd) {
		it(`asks for the cells of a packed page with ${name}`, () => {
			const rows: readonly (readonly Cell[])[] = [
				["PC1", "Visio", null, null, null, null],
				["PC2", text, null, null, null, null],
			];
			assert.deepEqual(build([pack(1, rows)]), build([{ firstRow: 1, rows }]));
		});
	}

	it("reads packed text as rows, whatever it is", () => {
		const text = fc.oneof(
			fc.constantFrom(
				"PC1",
				"PC2",
				"Visio",
				"Word",
				"",
				" ",
				"NULL",
				"2026-01-02",
				"2026-02-30",
				"\u00a0Visio",
				"日本",
				"\ufeffx",
				'"Visio"',
				'a"b',
				"Größe",
			),
			fc.string({ unit: "binary" }).map((value) => Buffer.from(value).toString()),
		);
		const rows = fc.array(fc.array(text, { minLength: 6, maxLength: 6 }), { maxLength: 30 });
		fc.assert(
			fc.property(fc.array(rows, { maxLength: 4 }), (pages) => {
				const starts = pages.map((_, index) => 1 + pages.slice(0, index).reduce((sum, page) => sum + page.length, 0));
				const plain = build(pages.map((page, index) => ({ firstRow: starts[index]!, rows: page })));
				assert.deepEqual(build(pages.map((page, index) => pack(starts[index]!, page))), plain);
			}),
		);
	});

	it("remembers many different cells by their bytes", () => {
		const rows = Array.from({ length: 70_000 }, (_, index) => {
			const day = new Date(index * 86_400_000).toISOString().slice(0, 10);
			return [`PC${(index * 7919) % 70_001}`, `P${index % 70_003}`, day, day, null, `v${index}`];
		});
		// A comparison of so many arrays would take seconds.
		assert.equal(JSON.stringify(build([pack(1, rows)])), JSON.stringify(build([{ firstRow: 1, rows }])));
	}).timeout(120_000);
});
