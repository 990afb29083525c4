import assert from "node:assert/strict";
import Database from "better-sqlite3";
import fc from "fast-check";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, it } from "mocha";
import { dayAt } from "../../../core/columns/day-column.ts";
import { nameAt } from "../../../core/columns/name-table.ts";
import type { DataSource, SourceType } from "../../../core/config/model.ts";
import { parquetConnector } from "../../../core/connectors/parquet/parquet.ts";
import { readParquetTable } from "../../../core/connectors/parquet/read-parquet-table.ts";
import { formatDay, NO_DAY } from "../../../core/dates/day-number.ts";
import { makeTimeZone } from "../../../core/dates/time-zone.ts";
import { mapColumns } from "../../../core/loading/column-mapping.ts";
import { readSourceTable } from "../../../core/loading/read-source-table.ts";
import type { SourcePart, SourceRead } from "../../../core/loading/source-read.ts";
import { createSourceTableBuilder } from "../../../core/loading/source-table-builder.ts";
import type { NameColumn, Runs } from "../../../core/usage/source-table.ts";
import { escapeXml, writeWorkbook } from "./excel-fixture.ts";
import { createFolder, type Folder, makeSource } from "./source-fixture.ts";

/** A row of text cells; the last two are dates. */
type TextRow = readonly (string | null)[];

const INSTALLATIONS = ["device", "product", "publisher", "version", "installDate", "lastUsageDate"];
const DEVICES = ["device", "deviceName", "inventoryDate"];

describe("the same rows as CSV, Excel, SQLite and Parquet", function () {
	this.timeout(180_000);

	let folder: Folder;
	before(() => {
		folder = createFolder();
	});
	after(() => folder.remove());

	const key = fc.constantFrom("PC1", " PC1 ", "PC2", "ä€😀", "pc1", "", " ", "NULL", null, "16777219");
	const text = fc.constantFrom("1.0", "  2", "NULL", null, "Größe & <x>");
	const date = fc.constantFrom(
		"2026-11-04",
		"2026-11-04T21:00:00Z",
		"2026-11-04 23:30",
		"04/11/2026",
		"2026-02-30",
		null,
		"",
		"0001-01-01",
		"9999-12-31",
		"2100-01-01",
	);

	it("give the same installations and problems", () =>
		fc.assert(
			fc.asyncProperty(
				fc.array(fc.tuple(key, key, text, text, date, date), { maxLength: 30 }),
				fc.constantFrom("UTC", "Asia/Tokyo"),
				(rows, timeZone) => checkRows(INSTALLATIONS, rows, { provides: "installations", timeZone }),
			),
			{ numRuns: 60 },
		));

	it("give the same devices and problems", () =>
		fc.assert(
			fc.asyncProperty(fc.array(fc.tuple(key, text, date), { maxLength: 30 }), (rows) => checkRows(DEVICES, rows, { provides: "devices" })),
			{ numRuns: 40 },
		));

	it("give the same first problems of very many", async () => {
		const rows = Array.from({ length: 2600 }, (_, index) => [
			index % 13 === 0 ? null : `PC${index}`,
			"Visio",
			null,
			null,
			index % 2 === 0 ? "x" : "2026-01-01",
			"y",
		]);
		await checkRows(INSTALLATIONS, rows, { provides: "installations" });
	});

	it("gives parts of a Parquet file that are the whole together", async () => {
		const rows = Array.from({ length: 500 }, (_, index) => [
			index % 9 === 0 ? null : `PC${index % 40}`,
			`P${index % 7}`,
			null,
			null,
			"2026-01-01",
			"bad",
		]);
		const path = folder.write("p.parquet", writeParquet(INSTALLATIONS, rows));
		const source = makeSource({ type: "parquet", path: "p.parquet" });
		const read = (part: SourcePart | null) => readParquetTable({ source, path, part }, quiet());
		const whole = describeRead(await read(null));
		const first = await read({ from: 0, to: 2, exact: true });
		const second = await read({ from: 2, to: null, exact: true });
		const offset = first.table!.records;
		assert.equal(offset, 200);
		const [a, b] = [describeRead(first), describeRead(second, offset)];
		assert.deepEqual([...a.rows, ...b.rows], whole.rows);
		assert.deepEqual([...a.problems, ...b.problems].sort(), [...whole.problems].sort());
	});

	async function checkRows(columns: readonly string[], rows: readonly TextRow[], values: Partial<DataSource>): Promise<void> {
		// Text that looks empty in a spreadsheet is an empty cell, and a row of such cells is passed over in it.
		const shown = rows.filter((row) => row.some((cell) => (cell ?? "").trim() !== ""));
		const read = async (type: SourceType, file: string, content: Uint8Array | string | null, more: Partial<DataSource> = {}) => {
			const path = content === null ? folder.file(file) : folder.write(file, content);
			const request = { source: makeSource({ type, path: file, ...values, ...more }), path, part: null };
			const result = await readSourceTable(request, quiet());
			if (type === "parquet") assert.deepEqual(describeRead(await readByRows(request.source, path)), describeRead(result));
			return describeRead(result);
		};
		writeSqlite(folder.file("t.db"), columns, shown);
		// The header of these two is a row, so that rows count from 2.
		const csv = await read("csv", "t.csv", writeCsv(columns, shown));
		assert.deepEqual(await read("excel", "t.xlsx", writeExcel(columns, shown)), csv);
		const parquet = await read("parquet", "t.parquet", writeParquet(columns, shown));
		assert.deepEqual(await read("sqlite", "t.db", null, { table: "t" }), parquet);
		assert.deepEqual(parquet, countFrom1(csv));
	}
});

/** The way of all sources, by the cells of the connector. */
async function readByRows(source: DataSource, path: string): Promise<SourceRead> {
	const table = await parquetConnector.open(source, path, quiet().signal);
	const { indices } = mapColumns(source.provides, source.columns, table.columns, source.type);
	const places = Object.entries(indices).map(([name, index]) => [name, { index, name: table.columns[index]! }]);
	const builder = createSourceTableBuilder(source, makeTimeZone(source.timeZone)!, Object.fromEntries(places));
	for await (const batch of table.batches) for (const row of batch) builder.add(row.number, row.cells, row.surplusCells);
	await table.close();
	return builder.finish();
}

interface Description {
	readonly rows: readonly (readonly unknown[])[];
	readonly problems: readonly string[];
	readonly counts: readonly string[];
}

function describeRead({ table, failures, problems, counts }: SourceRead, offset = 0): Description {
	assert.deepEqual(failures, []);
	assert.ok(table !== null);
	const name = (column: NameColumn | null, index: number) => {
		const found = column === null ? 0 : column.indices[index]!;
		return found === 0 ? null : nameAt(column!.names, found - 1);
	};
	const day = (column: typeof table.installDay, index: number) => {
		const found = column === null ? NO_DAY : dayAt(column, index);
		return found === NO_DAY ? null : formatDay(found);
	};
	const rows = Array.from({ length: table.rows }, (_, index) => [
		offset + valueIn(table.rowNumbers, index, 1),
		nameAt(table.devices, valueIn(table.deviceRuns, index, 0)),
		table.product === null ? null : nameAt(table.product.names, table.product.indices[index]!),
		...[table.inventoryDay, table.installDay, table.lastUsageDay].map((column) => day(column, index)),
		...[table.publisher, table.version, table.deviceName].map((column) => name(column, index)),
	]);
	return {
		rows,
		problems: problems.map(({ code, row, column, message }) => `${code} ${(row ?? 0) + offset} ${column}: ${message}`),
		counts: counts.map(({ code, count }) => `${code} ${count}`).sort(),
	};
}

function valueIn({ starts, values }: Runs, index: number, step: 0 | 1): number {
	let run = starts.length - 1;
	while (starts[run]! > index) run--;
	return values[run]! + step * (index - starts[run]!);
}

function countFrom1({ rows, problems, counts }: Description): Description {
	return {
		rows: rows.map(([number, ...rest]) => [(number as number) - 1, ...rest]),
		problems: problems.map((problem) => problem.replace(/ (\d+) /, (_, number: string) => ` ${Number(number) - 1} `)),
		counts,
	};
}

function writeCsv(columns: readonly string[], rows: readonly TextRow[]): string {
	return `${[columns, ...rows].map((row) => row.map((cell) => (cell === null ? "" : `"${cell}"`)).join(",")).join("\n")}\n`;
}

function writeExcel(columns: readonly string[], rows: readonly TextRow[]): Buffer {
	const cell = (value: string | null) => (value === null ? "<c/>" : `<c t="inlineStr"><is><t>${escapeXml(value)}</t></is></c>`);
	return writeWorkbook({ sheets: { S: [columns, ...rows].map((row) => `<row>${row.map(cell).join("")}</row>`).join("") } });
}

function writeParquet(columns: readonly string[], rows: readonly TextRow[]): Buffer {
	const columnData = columns.map((name, index) => ({ name, data: rows.map((row) => row[index] ?? null), type: "STRING" as const }));
	return Buffer.from(parquetWriteBuffer({ columnData, rowGroupSize: 100 }));
}

function writeSqlite(path: string, columns: readonly string[], rows: readonly TextRow[]): void {
	const database = new Database(path);
	database.exec(`DROP TABLE IF EXISTS t; CREATE TABLE t (${columns.map((column) => `"${column}" TEXT`).join(", ")})`);
	const insert = database.prepare(`INSERT INTO t VALUES (${columns.map(() => "?").join(", ")})`);
	database.transaction(() => {
		for (const row of rows) insert.run(...row);
	})();
	database.close();
}

function quiet() {
	return { signal: new AbortController().signal, onProgress: () => {} };
}
