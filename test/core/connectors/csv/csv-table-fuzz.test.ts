import assert from "node:assert/strict";
import type { DataSource, DateFormat } from "../../../../core/config/model.ts";
import type { CsvKernel } from "../../../../core/connectors/csv/csv-kernel.ts";
import { createPlainKernel } from "../../../../core/connectors/csv/plain-kernel.ts";
import { createWasmKernel } from "../../../../core/connectors/csv/wasm-kernel.ts";
import type { SourceRead } from "../../../../core/loading/source-read.ts";
import { makeSource } from "../source-fixture.ts";
import { contentOf, readBytes, readRowWise } from "./csv-table-fixture.ts";

const FILES = Number(process.env["USAGE_REPORT_FUZZ"] ?? 2_000);
const SEED = Number(process.env["USAGE_REPORT_SEED"] ?? 20_261_122);

type Random = (below: number) => number;

describe("csv tables: random files", function () {
	this.timeout(600_000);

	const kernels: readonly (readonly [string, CsvKernel])[] = [
		["wasm", createWasmKernel()!],
		["plain", createPlainKernel()],
	];

	it(`read as the row-wise connector reads them (${FILES.toLocaleString("en")} files)`, async () => {
		for (let index = 0; index < FILES; index++) {
			const random = makeRandom(SEED + index);
			const { source, file } = makeFile(random);
			const expected = contentOf(await readRowWise(source, file));
			for (const [name, kernel] of kernels) {
				const chunkBytes = random(2) === 0 ? undefined : 1 + random(40);
				const read = await readBytes(source, file, { kernel, ...(chunkBytes === undefined ? {} : { chunkBytes }) });
				const where = `seed ${SEED + index}, ${name}, chunks of ${chunkBytes ?? "the usual"} bytes: ${JSON.stringify({ ...source, text: file.toString() })}`;
				assert.deepEqual(contentOf(read), expected, where);
				if (read.table !== null) await checkParts(source, file, kernel, read, random, where);
			}
		}
	});
});

/** Reads a file in two parts as a coordinator does, and compares them with the whole. */
async function checkParts(source: DataSource, file: Buffer, kernel: CsvKernel, whole: SourceRead, random: Random, where: string) {
	const middle = 1 + random(file.length + 2);
	const first = await readBytes(source, file, { kernel, chunkBytes: 1 + random(40) }, { from: 0, to: middle, exact: true });
	assert.notEqual(first.table, null, `${where}, split at ${middle}: ${JSON.stringify(first.failures)}`);
	const from = first.range!.to;
	const guess = await readBytes(source, file, { kernel, chunkBytes: 1 + random(40) }, { from: middle, to: null, exact: false });
	const meets = guess.range?.from === from;
	const second = meets ? guess : await readBytes(source, file, { kernel, chunkBytes: 1 + random(40) }, { from, to: null, exact: true });
	const content = (read: SourceRead, shift: number) => contentOf(read, shift) as { rows: unknown[]; problems: unknown[] };
	const one = content(first, 0);
	const two = content(second, first.table!.records);
	const { rows, problems } = content(whole, 0);
	assert.deepEqual([...one.rows, ...two.rows], rows, `${where}, split at ${middle}`);
	const byText = (list: unknown[]) => list.map((entry) => JSON.stringify(entry)).sort();
	assert.deepEqual(byText([...one.problems, ...two.problems]), byText(problems), `${where}, split at ${middle}`);
	assert.equal(first.table!.records + second.table!.records, whole.table!.records, `${where}, split at ${middle}`);
}

const DATE_FORMATS: readonly DateFormat[] = ["iso", "iso", "iso", "dd/MM/yyyy", "MM/dd/yyyy", "yyyy/MM/dd", "epochSeconds", "excelSerial"];
const DELIMITERS = [",", ",", ",", ";", "\t", "|", " ", "¦", "→", "😀"];
const SPACES = ["", "", "", "", " ", "  ", "\t", "\u00a0", "\u2003", "\ufeff", "\u3000", "\u1680", "\u205f", "\u180e"];
const NAMES = [
	"A",
	"B",
	"DEV-00000001",
	"DEV-00000002",
	"Product Pro 00012",
	"Product Pro 00013",
	"é",
	"日本語のソフト",
	"ü",
	"NULL",
	"null",
	"",
	"",
	"0123456789abcdef",
	"0123456789abcdefg",
	"a\u00e0",
	'24" Tool',
	'"',
	"x\ny",
	"p\r\nq",
	"r\rs",
	'say "hi"',
	"😀",
];
const DATES = [
	"2024-02-29",
	"2023-02-29",
	"2026-11-04",
	"2026-11-04 21:00:00",
	"2026-11-04T21:00Z",
	"2026-11-04T23:30:00-05:00",
	"1899-12-31",
	"1900-01-01",
	"2079-06-05",
	"2079-06-06",
	"9999-12-31",
	"0001-01-01",
	"04/11/2026",
	"4/1/2026",
	"11/04/2026 9:00 PM",
	"2026/11/04",
	"2026/1/4 7:15:09 am",
	"1700000000",
	"-5",
	"45000",
	"45000.75",
	"60",
	"61",
	"1",
	"",
	"",
	"NULL",
	"soon",
	"2026-1-4",
	"2026-11-04 24:00",
	"１２",
];

function makeFile(random: Random): { readonly source: DataSource; readonly file: Buffer } {
	const pick = <Value>(values: readonly Value[]): Value => values[random(values.length)]!;
	const chance = (percent: number) => random(100) < percent;
	const delimiter = pick(DELIMITERS);
	const provides = chance(75) ? "installations" : "devices";
	const columns =
		provides === "installations"
			? ["device", "product", "installDate", "lastUsageDate", "publisher", "version"]
			: ["device", "inventoryDate", "deviceName"];
	const kept = columns.filter((_, index) => index < (provides === "devices" ? 1 : 2) || chance(60));
	const header = [...kept, ...(chance(30) ? ["other"] : [])].sort(() => random(3) - 1);
	const lineEnds = pick([["\n"], ["\r\n"], ["\n"], ["\r"], ["\n", "\r\n", "\r"]]);
	const quotes = pick([0, 0, 20, 100]);
	const write = (text: string) => {
		const needsQuotes = text.includes(delimiter) || /[\r\n]/.test(text) || text.startsWith('"');
		return (needsQuotes && !chance(2)) || chance(quotes) ? `"${text.replaceAll('"', '""')}"` : text;
	};
	const rows = random(14);
	const lines: string[] = [];
	if (chance(5)) lines.push(`sep=${delimiter}`);
	if (chance(5)) lines.push("");
	lines.push(header.map((name) => write(name)).join(delimiter));
	let device = pick(NAMES);
	for (let row = 0; row < rows; row++) {
		if (chance(4)) lines.push(pick(["", " ", "\u00a0", '""', '" "', "\t", "x"]));
		if (chance(40)) device = pick(NAMES);
		const cells = header.map((column) => {
			const text = column === "device" ? device : column.endsWith("Date") ? pick(DATES) : pick(NAMES);
			return write(pick(SPACES) + text + pick(SPACES));
		});
		if (chance(5)) cells.length = random(cells.length) + 1;
		if (chance(5)) cells.push(pick(["", " ", "x", '"y"', "NULL", '"\u3000"']), ...(chance(50) ? ["z"] : []));
		lines.push(cells.join(delimiter));
	}
	let text = lines.map((line) => line + pick(lineEnds)).join("");
	if (chance(40)) text = text.replace(/[\r\n]+$/, "");
	if (chance(2)) text += pick(['"', '"a"b', "\0", 'x"', '"x\n']);
	const mapped = header.includes("publisher") && chance(10) ? { version: "publisher" } : {};
	const encoding = chance(6) ? pick(["utf-16le", "windows-1252"]) : "utf-8";
	const source = makeSource({
		path: "table.csv",
		provides,
		delimiter,
		encoding,
		columns: mapped,
		dateFormat: pick(DATE_FORMATS),
		timeZone: chance(85) ? "UTC" : pick(["Europe/London", "America/New_York"]),
		...(chance(4)
			? { header: false, columns: provides === "devices" ? { device: "Column 1" } : { device: "Column 1", product: "Column 2" } }
			: {}),
	});
	return { source, file: encode(text, encoding, chance(5), chance(1), random) };
}

function encode(text: string, encoding: string, hasMark: boolean, isBroken: boolean, random: Random): Buffer {
	if (encoding === "utf-16le") return Buffer.from(`${hasMark ? "\ufeff" : ""}${text}`, "utf16le");
	if (encoding === "windows-1252") return Buffer.from(text.replace(/[^\0-\xff]/g, "?"), "latin1");
	const bytes = Buffer.from(`${hasMark ? "\ufeff" : ""}${text}`);
	if (isBroken && bytes.length > 0) bytes[random(bytes.length)] = 0xff;
	return bytes;
}

/** Numbers that look random, the same for the same seed. */
function makeRandom(seed: number): Random {
	let state = seed >>> 0;
	return (below) => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
	};
}
