import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import type { DataSource } from "../../../../core/config/model.ts";
import { SourceError } from "../../../../core/connectors/connector.ts";
import type { KernelKind } from "../../../../core/connectors/csv/csv-kernel.ts";
import type { CsvOptions } from "../../../../core/connectors/csv/read-csv.ts";
import { planCsvParts, readCsvTable } from "../../../../core/connectors/csv/read-csv-table.ts";
import { csvConnector } from "../../../../core/connectors/csv.ts";
import { createFolder, type Folder, makeSource } from "../source-fixture.ts";
import { contentOf, readBytes, readRowWise } from "./csv-table-fixture.ts";

const KERNELS: readonly KernelKind[] = ["wasm", "plain"];
const HEADER = "device,product,installDate,lastUsageDate\n";

/** Rows that are all in order. */
function manyRows(count: number, lineEnd = "\n"): string {
	return Array.from({ length: count }, (_, row) => `D${row >> 3},Product ${row % 40},2026-01-0${1 + (row % 9)},${lineEnd}`).join("");
}

describe("csv tables: what is read", function () {
	this.timeout(180_000);

	const LONG = "x".repeat(1024 * 1024 - 4);
	const cases: readonly (readonly [string, string | Uint8Array, Partial<DataSource>])[] = [
		["one row", `${HEADER}D1,P,2026-01-02,2026-03-04\n`, {}],
		["no line end at the end", `${HEADER}D1,P,2026-01-02,2026-03-04`, {}],
		["a header only", HEADER, {}],
		["a header without a line end", "device,product", {}],
		["CRLF, LF and CR", "device,product\r\nD1,P\nD2,P\rD3,P\r\n\rD4,P\n\r\nD5,P", {}],
		["blank lines of any kind", 'device,product\n\n  \n""\n" "\n\u00a0\nD1,P\n\n', {}],
		["blank lines before the header", "\n \ndevice,product\nD1,P\n", {}],
		["a hint about the delimiter", "sep=;\ndevice;product\nD1;P\n", { delimiter: ";" }],
		["no such hint but a device", "device,product\nsep=,P\n", {}],
		["one column", "device\nD1\n\nD2\n NULL \n", { provides: "devices" }],
		["surplus cells, also quoted and blank", 'device,product\nD1,P,,\nD1,P,x," y",\u3000\nD1,P,NULL\n', {}],
		["short rows", "installDate,device,product\n2026-01-02\n2026-01-02,D1\n,D1,P\n", {}],
		["keys that are missing", 'device,product\n,P\nD1,\n , \nNULL,P\n"","NULL"\nnull,P\n', {}],
		["a device in quotes and one with quotes", 'device,product\n"D1",P\nD1,P\n"""D1""",P\n"D1",P\n', {}],
		["quotes in the middle", 'device,product\nD1,24" Tool\nD2,"a ""b"" c"\nD3, "x"\n', {}],
		["line ends in quotes", 'device,product\n"D\n1","P\r\nQ"\nD2,"R\rS"\n', {}],
		["quotes over many blocks", `device,product\n${`"D1","${'a,"",\n'.repeat(60)}"\n`.repeat(30)}`, {}],
		["the same column twice", 'device,product\nD1,"a ""b"" c"\n', { columns: { publisher: "product", version: "product" } }],
		["optional columns", "device,product,publisher,version\nD1,P,,1\nD1,Q,X, \nD2,P,NULL,2\n", {}],
		["devices", "deviceName,device,inventoryDate\nhost,D1,2026-01-02\n,D1,2026-02-31\nhost,D2,\n", { provides: "devices" }],
		["no header", "D1,P\nD2,P\n", { header: false, columns: { device: "Column 1", product: "Column 2" } }],
		[
			"days before 1900 and after 2079",
			`${HEADER}D1,P,1899-12-31,2079-06-06\nD1,Q,1900-01-01,2079-06-05\nD2,P,0001-01-01,9999-12-31\n`,
			{},
		],
		[
			"dates of all kinds",
			`${HEADER}D1,P,2026-01-02 10:20,2026-01-02T23:59:59.5Z\nD1,P,2026-01-02T23:00-05:00,soon\nD1,P, 2026-01-02 ,"2026-01-03"\n`,
			{},
		],
		["a row as long as it may be", `device,product\n${LONG}1,P\n`, {}],
		["a row that is longer", `device,product\n${LONG}1234,P\n`, {}],
		["a last row that is longer, without a line end", `device,product\n${LONG}1234,P`, {}],
		["a name of 600 KB twice", `device,product\nD1,${LONG.slice(0, 600_000)}\nD2,${LONG.slice(0, 600_000)}\n`, {}],
		["a delimiter outside ASCII", 'device¦product\nD1¦P¥\n"D2"¦"P"\n', { delimiter: "¦" }],
		["UTF-16", Buffer.from("\ufeffdevice,product\r\nD1,日本\r\n", "utf16le"), {}],
		["Windows-1252", Buffer.from("device,product\nD\xfc,\x80\n", "latin1"), { encoding: "windows-1252" }],
		["a byte-order mark", "\ufeffdevice,product\nD1,P\n", {}],
		["nothing", "", {}],
		["nothing but blank lines", "\n \n\r\n", {}],
		["a missing column", "device;product\nD1;P\n", {}],
		["a missing column and text behind a quote", 'device;product\n"D1";"P"\n', {}],
		["a column twice", "device,product,product\nD1,P,P\n", {}],
		["a NUL byte far behind", `${HEADER}${manyRows(20_000)}D1,P\0,,\n`, {}],
		["text behind a quote far behind", `${HEADER}${manyRows(20_000)}D1,"P"x,,\n${manyRows(5)}`, {}],
		["a quote that is never closed", `${HEADER}${manyRows(20_000)}D1,"P,,\n${manyRows(5)}`, {}],
		["a quote that is never closed in the header", 'device,"product\nD1,P\n', {}],
		[
			"bytes that are not UTF-8 far behind",
			Buffer.concat([Buffer.from(`${HEADER}${manyRows(20_000)}D`), Buffer.from([0xe4, 0x20]), Buffer.from(",P,,\n")]),
			{},
		],
		["a character that is cut off at the end", Buffer.concat([Buffer.from(`${HEADER}D1,P,,\nD2,`), Buffer.from([0xe6, 0x97])]), {}],
		["UTF-16 without a mark", Buffer.from("device,product\nD1,P\n", "utf16le"), {}],
		["UTF-16 that ends within a character", Buffer.from("\ufeffdevice,product\nD1,P", "utf16le").subarray(0, -1), {}],
		["UTF-32", Buffer.from([0xff, 0xfe, 0, 0, 0x64, 0, 0, 0]), {}],
		["an unknown encoding", HEADER, { encoding: "latin-99" }],
		["an unknown time zone", HEADER, { timeZone: "Europe/Atlantis" }],
		["a delimiter of two characters", HEADER, { delimiter: ",," }],
		["a workbook", Buffer.from("PK\x03\x04xl/workbook.xml"), {}],
	];

	for (const [title, content, values] of cases) {
		it(title, async () => {
			const source = makeSource({ path: "table.csv", ...values });
			const file = Buffer.from(content);
			const expected = contentOf(await readRowWise(source, file));
			for (const kernel of KERNELS) {
				for (const chunkBytes of file.length < 10_000 ? [undefined, 1, 7, 64] : [undefined, 5000]) {
					const read = await readBytes(source, file, { kernel, ...(chunkBytes === undefined ? {} : { chunkBytes }) });
					assert.deepEqual(contentOf(read), expected, `${kernel}, chunks of ${chunkBytes} bytes`);
				}
			}
		});
	}

	it("more names than 2 bytes count, and many rows", async () => {
		const rows = Array.from(
			{ length: 70_000 },
			(_, row) => `D${row % 3},P${row},${row % 5 === 0 ? "1850-01-01" : "2026-01-02"},V${row % 66_000}`,
		);
		const file = Buffer.from(`device,product,installDate,version\n${rows.join("\n")}`);
		const source = makeSource({ path: "table.csv" });
		const expected = contentOf(await readRowWise(source, file));
		for (const kernel of KERNELS) assert.deepEqual(contentOf(await readBytes(source, file, { kernel })), expected, kernel);
	});
});

describe("csv tables: files", () => {
	let folder: Folder;
	before(() => {
		folder = createFolder();
	});
	after(() => folder.remove());

	const source = makeSource({ path: "table.csv" });
	const read = (path: string | null, options: Partial<CsvOptions> = {}, values: Partial<DataSource> = {}) =>
		readCsvTable(
			{ source: { ...source, ...values }, path, part: null },
			{ signal: new AbortController().signal, onProgress: () => {}, ...options },
		);

	it("reads a file, and says how far it has come", async () => {
		const text = `${HEADER}${manyRows(30_000)}`;
		const path = folder.write("table.csv", text);
		const seen: unknown[] = [];
		const { table } = await read(path, { onProgress: (progress) => seen.push(progress) });
		assert.equal(table?.rows, 30_000);
		assert.equal(table.records, 30_001);
		assert.deepEqual(seen.at(-1), { rows: 30_000, bytes: text.length - HEADER.length, totalBytes: text.length - HEADER.length });
	});

	it("fails as the row-wise connector does where there is no file to read", async () => {
		const signal = new AbortController().signal;
		for (const path of [null, folder.file("tabel.csv"), folder.path]) {
			const expected = await csvConnector.open(source, path, signal).catch((error: unknown) => error);
			assert.ok(expected instanceof SourceError);
			const { failures } = await read(path);
			assert.deepEqual(
				failures.map(({ code, key, message }) => ({ code, key, message })),
				[{ code: expected.code, key: expected.key, message: expected.message }],
			);
		}
	});

	it("refuses a file that another program changes meanwhile", async () => {
		const path = folder.write("changing.csv", `${HEADER}${manyRows(10)}`);
		const { table, failures } = await read(path, { onProgress: () => appendFileSync(path, "D1,P,,\n") });
		assert.equal(table, null);
		assert.match(failures[0]!.message, /was changed by another program/);
	});

	it("stops when it is cancelled", async () => {
		const path = folder.write("table.csv", `${HEADER}${manyRows(10)}`);
		const early = new AbortController();
		early.abort(new Error("early"));
		await assert.rejects(read(path, { signal: early.signal }), /early/);
		const late = new AbortController();
		await assert.rejects(read(path, { signal: late.signal, onProgress: () => late.abort(new Error("late")) }), /late/);
	});

	it("divides large files of UTF-8 only", async () => {
		const path = folder.write("table.csv", `${HEADER}${manyRows(100)}`);
		const parts = await planCsvParts(source, path, 100);
		assert.deepEqual(
			parts?.map(({ from, to, exact }) => [from === 0, to === null, exact]),
			[
				[true, false, true],
				[false, true, false],
			],
		);
		assert.equal(await planCsvParts(source, path), null);
		assert.equal(await planCsvParts({ ...source, encoding: "windows-1252" }, path, 100), null);
		assert.equal(await planCsvParts(source, folder.file("missing.csv"), 100), null);
	});
});
