import assert from "node:assert/strict";
import type { DataSource, DateFormat } from "../../../../core/config/model.ts";
import type { CsvKernel } from "../../../../core/connectors/csv/csv-kernel.ts";
import { createPlainKernel } from "../../../../core/connectors/csv/plain-kernel.ts";
import { createWasmKernel } from "../../../../core/connectors/csv/wasm-kernel.ts";
import type { ActivityRead } from "../../../../core/loading/activity-read.ts";
import { joinFindings } from "../../../../core/loading/load-in-parts.ts";
import { makeSource } from "../source-fixture.ts";
import { contentOfAccesses, logsOf, readAccesses, readAccessesRowWise } from "./csv-activity-fixture.ts";

const FILES = Number(process.env["USAGE_REPORT_FUZZ"] ?? 300);
const SEED = Number(process.env["USAGE_REPORT_SEED"] ?? 20_261_123);
const AS_OF = Date.UTC(2026, 10, 12, 12);

type Random = (below: number) => number;

describe("csv accesses: random files", function () {
	this.timeout(600_000);

	const kernels: readonly (readonly [string, CsvKernel])[] = [
		["wasm", createWasmKernel()!],
		["plain", createPlainKernel()],
	];

	it(`are counted as row by row (${FILES.toLocaleString("en")} files)`, async () => {
		for (let index = 0; index < FILES; index++) {
			const random = makeRandom(SEED + index);
			const { source, file } = makeFile(random);
			const expected = contentOfAccesses(await readAccessesRowWise(source, file, AS_OF), AS_OF);
			for (const [name, kernel] of kernels) {
				const chunkBytes = random(2) === 0 ? undefined : 1 + random(40);
				const read = await readAccesses(source, file, AS_OF, { kernel, ...(chunkBytes === undefined ? {} : { chunkBytes }) });
				const where = `seed ${SEED + index}, ${name}, chunks of ${chunkBytes ?? "the usual"} bytes: ${JSON.stringify({ ...source, text: file.toString() })}`;
				assert.deepEqual(contentOfAccesses(read, AS_OF), expected, where);
				if (read.tallies.length > 0) await checkParts(source, file, kernel, read, random, where);
			}
		}
	});
});

/** Reads a file in two parts as a coordinator does, and compares them with the whole. */
async function checkParts(source: DataSource, file: Buffer, kernel: CsvKernel, whole: ActivityRead, random: Random, where: string) {
	const middle = 1 + random(file.length + 2);
	const read = (part: { from: number; to: number | null; exact: boolean }) =>
		readAccesses(source, file, AS_OF, { kernel, chunkBytes: 1 + random(40) }, part);
	const first = await read({ from: 0, to: middle, exact: true });
	assert.equal(first.tallies.length, 1, `${where}, split at ${middle}: ${JSON.stringify(first.failures)}`);
	const from = first.range!.to;
	const guess = await read({ from: middle, to: null, exact: false });
	const second = guess.range?.from === from ? guess : await read({ from, to: null, exact: true });
	assert.deepEqual(logsOf([first, second], AS_OF), logsOf([whole], AS_OF), `${where}, split at ${middle}`);
	assert.equal(first.records + second.records, whole.records, `${where}, split at ${middle}`);
	const joined = joinFindings([first, second], ({ records }) => records);
	const byText = (list: readonly unknown[]) => list.map((entry) => JSON.stringify(entry)).sort();
	assert.deepEqual(byText(joined.problems), byText(whole.problems), `${where}, split at ${middle}`);
	assert.deepEqual(byText(joined.counts), byText(whole.counts), `${where}, split at ${middle}`);
}

const DATE_FORMATS: readonly DateFormat[] = ["iso", "iso", "iso", "dd/MM/yyyy", "MM/dd/yyyy", "yyyy/MM/dd", "epochSeconds", "excelSerial"];
const DELIMITERS = [",", ",", ",", ";", "\t", "|", " ", "¦", "→", "😀"];
const SPACES = ["", "", "", "", "", " ", "\t", "\u00a0", "\ufeff", "\u180e"];
const SERVERS = ["live", "live", "live", "test", "Test", "é", "0123456789abcdef", "0123456789abcdefg", "", "NULL", 's"x', "s\r\nt"];
const USERS = ["ann", "ann", "bob", "cid", "Ann", "日本", "u,v", "", "NULL", 'say "hi"', "x\ny"];
const TYPES = [
	...["Registered", "Registered", "Enterprise", "Designer", "REGISTERED", "enterprise", "designer", "DesIgner"],
	...["Admin", "", "NULL", "Registereds", "Registerex", "Enterprize", "Designe", "DESIGNEЯ", "registe\u0012ed", "DE\u0013IGNER"],
];
const DATES = [
	...[
		"2026-11-04",
		"2026-11-04 21:00:00",
		"2026-11-04T21:00Z",
		"2026-11-04T23:30:00-05:00",
		"2026-10-28 21:00:00.001",
		"2026-10-28T20:59:59,999",
	],
	...[
		"2026-08-06 20:59:59",
		"2026-08-06 21:00:00",
		"2026-05-08T21:00:00Z",
		"2026-05-08T20:59:59.9999Z",
		"2026-11-12 12:00:00",
		"2026-11-12 12:00:00.001",
	],
	...[
		"2026-11-13",
		"2027-01-01 10:00:00",
		"2026-10-25 01:30:00",
		"2026-03-29 01:30:00",
		"2026-11-04  21:00",
		"2026-11-04 24:00",
		"2026-11-31",
	],
	...[
		"04/11/2026",
		"4/1/2026 9:05",
		"11/04/2026 9:00 PM",
		"12/10/2026 12:15:30.5 am",
		"2026/11/04",
		"2026/1/4 7:15:09am Z",
		"04/11/2026 21:00:00 +01",
	],
	...[
		"1793912400",
		"1793912400.25",
		"1793912400.9999",
		"-5",
		"1793912400000",
		"46330",
		"46330.875",
		"46330.8750001",
		"60",
		"1.5",
		"soon",
		"",
		"",
		"NULL",
	],
	...["0001-01-01", "0001-01-01T00:00+05", "9999-12-31T23:59Z", "1899-12-31 10:00:00", "2100-06-01 10:00:00", "2026-1-4", "１２"],
];

function makeFile(random: Random): { readonly source: DataSource; readonly file: Buffer } {
	const pick = <Value>(values: readonly Value[]): Value => values[random(values.length)]!;
	const chance = (percent: number) => random(100) < percent;
	const delimiter = pick(DELIMITERS);
	const header = ["server", "user", "userType", "accessedAt", ...(chance(30) ? ["other"] : [])].sort(() => random(3) - 1);
	const lineEnds = pick([["\n"], ["\r\n"], ["\n"], ["\r"], ["\n", "\r\n", "\r"]]);
	const quotes = pick([0, 0, 20, 100]);
	const write = (text: string) => {
		const needsQuotes = text.includes(delimiter) || /[\r\n]/.test(text) || text.startsWith('"');
		return (needsQuotes && !chance(2)) || chance(quotes) ? `"${text.replaceAll('"', '""')}"` : text;
	};
	// Few faults in most files, so that there is something to count.
	const mostly = <Value>(values: readonly Value[]): Value => (chance(60) ? values[random(Math.min(3, values.length))]! : pick(values));
	const dateFormat = pick(DATE_FORMATS);
	const dates = dateFormat === "iso" ? DATES : [...DATES.filter((text) => !text.includes("-")), "", "2026-11-04"];
	const textOf: Readonly<Record<string, () => string>> = {
		server: () => mostly(SERVERS),
		user: () => mostly(USERS),
		userType: () => (chance(80) ? TYPES[random(8)]! : pick(TYPES)),
		accessedAt: () => pick(dates),
		other: () => pick(USERS),
	};
	const lines: string[] = [];
	if (chance(5)) lines.push(`sep=${delimiter}`);
	if (chance(5)) lines.push("");
	lines.push(header.map((name) => write(name)).join(delimiter));
	for (let row = random(25); row > 0; row--) {
		if (chance(4)) lines.push(pick(["", " ", "\u00a0", '""', '" "', "\t", "x"]));
		const cells = header.map((column) => write(pick(SPACES) + textOf[column]!() + pick(SPACES)));
		if (chance(5)) cells.length = random(cells.length) + 1;
		if (chance(5)) cells.push(pick(["", " ", "x", '"y"', "NULL"]), ...(chance(50) ? ["z"] : []));
		lines.push(cells.join(delimiter));
	}
	let text = lines.map((line) => line + pick(lineEnds)).join("");
	if (chance(40)) text = text.replace(/[\r\n]+$/, "");
	if (chance(2)) text += pick(['"', '"a"b', "\0", 'x"', '"x\n']);
	const encoding = chance(6) ? pick(["utf-16le", "windows-1252"]) : "utf-8";
	const source = makeSource({
		path: "activity.csv",
		provides: "userActivity",
		delimiter,
		encoding,
		columns: header.includes("other") && chance(10) ? { userType: "other" } : {},
		dateFormat,
		timeZone: chance(70) ? "UTC" : pick(["Europe/London", "America/New_York", "Pacific/Kiritimati"]),
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
