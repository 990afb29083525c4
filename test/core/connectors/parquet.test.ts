import assert from "node:assert/strict";
import { inspect } from "node:util";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { SchemaElement } from "hyparquet";
import { type ColumnSource, parquetWriteBuffer } from "hyparquet-writer";
import { describe, it } from "mocha";
import type { DataSource } from "../../../core/config/model.ts";
import { planParquetParts } from "../../../core/connectors/parquet/plan-parquet-parts.ts";
import { readParquetTable } from "../../../core/connectors/parquet/read-parquet-table.ts";
import { createFolder, type Folder, makeSource, readTable } from "./source-fixture.ts";

type Element = Omit<SchemaElement, "name">;

describe("parquet", function () {
	this.timeout(120_000);

	let folder: Folder;
	before(() => {
		folder = createFolder();
	});
	after(() => folder.remove());

	const source = (values: Partial<DataSource> = {}) => makeSource({ type: "parquet", path: "t.parquet", ...values });

	/** A file of devices `PC0`…, of one product, and one more column. */
	function write(name: string, data: ColumnSource["data"], element: Element, options: Partial<ColumnSource> = {}): Buffer {
		const text: Element = { type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "OPTIONAL" };
		const count = data.length;
		const columnData: ColumnSource[] = [
			{ name: "device", data: Array.from({ length: count }, (_, index) => `PC${index}`) },
			{ name: "product", data: new Array<string>(count).fill("Visio") },
			{ name, data, ...options },
		];
		const schema: SchemaElement[] = [
			{ name: "root", num_children: 3 },
			{ name: "device", ...text },
			{ name: "product", ...text },
			{ name, repetition_type: "OPTIONAL", ...element },
		];
		return Buffer.from(parquetWriteBuffer({ columnData, schema }));
	}

	const instant = (text: string) => new Date(text);
	const INT64 = { type: "INT64" } as const;
	const timestamp = (unit: "MILLIS" | "MICROS" | "NANOS", isAdjustedToUTC: boolean): Element => ({
		...INT64,
		logical_type: { type: "TIMESTAMP", isAdjustedToUTC, unit },
	});
	const DAY_MS = 1793739600000n; // 2026-11-03T21:00:00Z
	const dates: readonly (readonly [what: string, Element, ColumnSource["data"], readonly unknown[], Partial<DataSource>?])[] = [
		[
			"days",
			{ type: "INT32", converted_type: "DATE" },
			[20761, null, -25567, 0],
			[instant("2026-11-04Z"), null, instant("1900-01-01Z"), instant("1970-01-01Z")],
		],
		[
			"days on a place's clock",
			{ type: "INT32", logical_type: { type: "DATE" } },
			[20635],
			[instant("2026-06-30T23:00Z")],
			{ timeZone: "Europe/London" },
		],
		["a day after year 9999", { type: "INT32", converted_type: "DATE" }, [3_000_000], [3_000_000]],
		["milliseconds in UTC", timestamp("MILLIS", true), [DAY_MS, null], [instant("2026-11-03T21:00Z"), null], { timeZone: "Asia/Tokyo" }],
		[
			"milliseconds on the source's clock",
			timestamp("MILLIS", false),
			[DAY_MS],
			[instant("2026-11-03T12:00Z")],
			{ timeZone: "Asia/Tokyo" },
		],
		[
			"microseconds",
			timestamp("MICROS", true),
			[DAY_MS * 1000n + 999n, -1n],
			[instant("2026-11-03T21:00Z"), instant("1969-12-31T23:59:59.999Z")],
		],
		[
			"nanoseconds",
			timestamp("NANOS", false),
			[DAY_MS * 1_000_000n + 999_999n, -1n],
			[instant("2026-11-03T21:00Z"), instant("1969-12-31T23:59:59.999Z")],
		],
		["milliseconds of the old kind", { ...INT64, converted_type: "TIMESTAMP_MILLIS" }, [DAY_MS], [instant("2026-11-03T21:00Z")]],
		["a time beyond all years", timestamp("MILLIS", true), [9n ** 18n], [String(9n ** 18n)]],
		["text", { type: "BYTE_ARRAY", converted_type: "UTF8" }, ["2026-11-04", null], ["2026-11-04", null]],
		["plain numbers", INT64, [DAY_MS], [DAY_MS]],
	];
	for (const [what, element, data, expected, values] of dates) {
		it(`reads dates: ${what}`, async () => checkColumn("lastUsageDate", element, data, expected, values));
	}

	const texts: readonly (readonly [what: string, Element, ColumnSource["data"], readonly unknown[], Partial<ColumnSource>?])[] = [
		["text", { type: "BYTE_ARRAY", logical_type: { type: "STRING" } }, ["ä€😀", "", null, " x "], ["ä€😀", "", null, " x "]],
		[
			"text that repeats",
			{ type: "BYTE_ARRAY", converted_type: "UTF8" },
			Array.from({ length: 3000 }, (_, index) => (index % 7 === 0 ? null : `v${index % 3}`)),
			Array.from({ length: 3000 }, (_, index) => (index % 7 === 0 ? null : `v${index % 3}`)),
		],
		[
			"text by its differences",
			{ type: "BYTE_ARRAY", converted_type: "UTF8" },
			["a1", "a2", null, "a3"],
			["a1", "a2", null, "a3"],
			{ encoding: "DELTA_BYTE_ARRAY" },
		],
		["bytes that are text", { type: "BYTE_ARRAY" }, [Buffer.from("a")], ["a"]],
		["bytes that are none", { type: "BYTE_ARRAY" }, [Buffer.from([0xff, 0])], [new Uint8Array([0xff, 0])]],
		["large whole numbers", INT64, [9007199254740993n, null], [9007199254740993n, null]],
		["whole numbers by their differences", INT64, [5n, 7n, 9n], [5n, 7n, 9n], { encoding: "DELTA_BINARY_PACKED" }],
		["unsigned numbers of 64 bits", { ...INT64, converted_type: "UINT_64" }, [18446744073709551615n], [18446744073709551615n]],
		["unsigned numbers of 32 bits", { type: "INT32", converted_type: "UINT_32" }, [4294967295], [4294967295]],
		["decimals", { ...INT64, converted_type: "DECIMAL", scale: 2, precision: 18 }, [12.5, -0.05, 12], ["12.5", "-0.05", "12"]],
		["truth values", { type: "BOOLEAN" }, [true, null, false], ["true", null, "false"]],
		["numbers", { type: "DOUBLE" }, [1.5, Number.NaN, null], [1.5, null, null]],
		["days", { type: "INT32", converted_type: "DATE" }, [20761], ["2026-11-04"]],
		["times", timestamp("MILLIS", false), [DAY_MS], ["2026-11-03T21:00:00"]],
	];
	for (const [what, element, data, expected, options] of texts) {
		it(`reads names: ${what}`, async () => checkColumn("version", element, data, expected, {}, options));
	}

	async function checkColumn(
		name: string,
		element: Element,
		data: ColumnSource["data"],
		expected: readonly unknown[],
		values: Partial<DataSource> = {},
		options: Partial<ColumnSource> = {},
	): Promise<void> {
		const path = folder.write("t.parquet", write(name, data, element, options));
		const result = await readTable(source(values), path);
		assert.ok("rows" in result, inspect(result));
		assert.deepEqual(
			result.rows,
			expected.map((value, index) => [index + 1, [`PC${index}`, "Visio", value]]),
		);
	}

	const codecs = {
		GZIP: (bytes: Uint8Array) => gzipSync(bytes),
		BROTLI: (bytes: Uint8Array) => brotliCompressSync(bytes),
		SNAPPY: null,
		UNCOMPRESSED: null,
	} as const;
	for (const [codec, compress] of Object.entries(codecs)) {
		it(`unpacks ${codec}`, async () => {
			const columnData = [
				{ name: "device", data: Array.from({ length: 5000 }, (_, index) => `PC${index}`) },
				{ name: "product", data: Array.from({ length: 5000 }, (_, index) => `P${index % 9}`) },
			];
			const options = {
				columnData,
				codec: codec as "GZIP",
				compressors: compress === null ? {} : { [codec]: compress },
				rowGroupSize: 1500,
			};
			const result = await readTable(source(), folder.write("t.parquet", Buffer.from(parquetWriteBuffer(options))));
			assert.ok("rows" in result, inspect(result));
			assert.deepEqual(result.rows.length, 5000);
			assert.deepEqual(result.rows.at(-1), [5000, ["PC4999", `P${4999 % 9}`]]);
		});
	}

	it("leaves columns alone that are not mapped, also nested ones", async () => {
		const columnData = [
			{ name: " device ", data: ["PC1"] },
			{ name: "tags", data: [{ a: 1, b: "x" }], type: "JSON" as const },
			{ name: "product", data: ["Word"] },
		];
		const result = await readTable(source(), folder.write("t.parquet", Buffer.from(parquetWriteBuffer({ columnData }))));
		assert.deepEqual(result, { columns: ["device", "tags", "product"], rows: [[1, ["PC1", null, "Word"]]] });
	});

	const NESTED_SCHEMA: SchemaElement[] = [
		{ name: "root", num_children: 2 },
		{ name: "device", num_children: 2, repetition_type: "OPTIONAL" },
		{ name: "id", type: "INT32", repetition_type: "OPTIONAL" },
		{ name: "name", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "OPTIONAL" },
		{ name: "product", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "OPTIONAL" },
	];
	it("refuses a nested column that is mapped", async () => {
		const columnData = [
			{ name: "device", data: [{ id: 1, name: "PC1" }] },
			{ name: "product", data: ["Word"] },
		];
		const path = folder.write("t.parquet", Buffer.from(parquetWriteBuffer({ columnData, schema: NESTED_SCHEMA })));
		const expected = {
			code: "source/nested-column",
			key: "columns",
			message:
				'The column "device" of t.parquet consists of other columns ("id", "name"), so it has no single value per row. Export the value that is meant as a column of its own.',
		};
		assert.deepEqual(await readTable(source(), path), expected);
		const { failures } = await readParquetTable({ source: source(), path, part: null }, quiet());
		assert.deepEqual(failures, [{ sourceIndex: 0, sourceName: "source", ...expected }]);
	});

	const whole = () => write("version", ["1", "2"], { type: "BYTE_ARRAY", converted_type: "UTF8" });
	const faults: readonly (readonly [string, () => Uint8Array, string, string, RegExp])[] = [
		["a file without content", () => new Uint8Array(), "source/empty-file", "path", /^t\.parquet is empty\./],
		[
			"text",
			() => Buffer.from("device,product\n1,2\n"),
			"source/damaged-file",
			"type",
			/^t\.parquet is not a Parquet file\. This is text: use type: csv\.$/,
		],
		[
			"a workbook",
			() => Buffer.from("PK\x03\x04 xl/workbook.xml"),
			"source/damaged-file",
			"type",
			/This is an Excel workbook; use type: excel/,
		],
		[
			"an encrypted file",
			() => Buffer.from("PARE....PARE"),
			"source/encrypted-file",
			"path",
			/is encrypted\. Export it without encryption\.$/,
		],
		["an encrypted end", () => Buffer.from("PAR1....PARE"), "source/encrypted-file", "path", /is encrypted/],
		[
			"the beginning of a file",
			() => whole().subarray(0, 200),
			"source/damaged-file",
			"path",
			/is damaged \(its end is missing\)\. Copy or export it again\.$/,
		],
		["a few bytes", () => Buffer.from("PAR1PAR1"), "source/damaged-file", "path", /its end is missing/],
		[
			"a description that is none",
			() => Buffer.from("PAR1\x15xxxxxxxx\x08\0\0\0PAR1", "latin1"),
			"source/damaged-file",
			"path",
			/its description cannot be read/,
		],
		[
			"a description that is longer than the file",
			() => Buffer.from("PAR1xxxx\xff\xff\xff\x7fPAR1", "latin1"),
			"source/damaged-file",
			"path",
			/its description cannot be read/,
		],
		["pages of other bytes", () => whole().fill(0xa5, 4, 60), "source/damaged-file", "path", /is damaged/],
	];
	for (const [what, bytes, code, key, message] of faults) {
		it(`refuses ${what}`, async () => {
			const path = folder.write("t.parquet", bytes());
			const result = await readTable(source(), path);
			assert.ok("code" in result);
			assert.deepEqual([result.code, result.key], [code, key]);
			assert.match(result.message, message);
			const read = await readParquetTable({ source: source(), path, part: null }, quiet());
			const failures = read.failures.map(({ repairs: _repairs, ...failure }) => failure);
			assert.deepEqual(failures, [{ sourceIndex: 0, sourceName: "source", ...result }]);
			assert.equal(read.table, null);
		});
	}

	it("never takes broken bytes for other rows, whichever byte is broken", async () => {
		const original = whole();
		for (let place = 4; place < original.length; place += 3) {
			const bytes = Buffer.from(original);
			bytes[place] = bytes[place]! ^ 0xff;
			const path = folder.write("t.parquet", bytes);
			const result = await readTable(source(), path);
			// A changed letter cannot be noticed, a changed number of rows must be.
			if ("rows" in result) assert.equal(result.rows.length, 2);
			else assert.match(result.code, /^source\//);
		}
	});

	it("plans no parts for a small file, nor for one that it cannot read", async () => {
		assert.equal(await planParquetParts(folder.write("t.parquet", whole())), null);
		assert.equal(await planParquetParts(folder.write("x.parquet", "x")), null);
		assert.equal(await planParquetParts(folder.file("none.parquet")), null);
	});

	it("stops when it is told to", async () => {
		const controller = new AbortController();
		controller.abort(new Error("enough"));
		const path = folder.write("t.parquet", whole());
		await assert.rejects(readTable(source(), path, controller.signal), /enough/);
		await assert.rejects(readParquetTable({ source: source(), path, part: null }, { ...quiet(), signal: controller.signal }), /enough/);
	});
});

function quiet() {
	return { signal: new AbortController().signal, onProgress: () => {} };
}
