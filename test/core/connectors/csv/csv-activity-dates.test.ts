import assert from "node:assert/strict";
import type { DateFormat } from "../../../../core/config/model.ts";
import type { KernelKind } from "../../../../core/connectors/csv/csv-kernel.ts";
import { DATE_FORMATS, makeDateParser } from "../../../../core/dates/date-format.ts";
import { civilDateOf } from "../../../../core/dates/day-number.ts";
import { makeTimeZone } from "../../../../core/dates/time-zone.ts";
import { makeSource } from "../source-fixture.ts";
import { instantsByUser, readAccesses } from "./csv-activity-fixture.ts";

const KERNELS: readonly KernelKind[] = ["wasm", "plain"];
const DAYS = [
	"2026-11-04",
	"04/11/2026",
	"4/1/2026",
	"2026/11/04",
	"2026/1/4",
	"1899-12-31",
	"0001-01-01",
	"9999-12-31",
	"2024-02-29",
	"2026-02-29",
	"2079-06-06",
];
const TIMES = [
	...[
		"",
		"T00:00",
		" 23:59",
		" 24:00",
		"t7:05",
		" 12:60",
		" 10:20:30",
		"T10:20:60",
		" 10:20:30.123456789",
		" 10:20:30.1234567890",
		" 10:20:30.",
	],
	...[
		"T10:20:30,5",
		"T10:20:30,05",
		" 10:20:30.9999",
		" 0:30 AM",
		" 12:30 am",
		" 12:30:59.75 pm",
		" 11:30PM",
		" 13:30 PM",
		"  10:20",
		"\t10:20",
	],
	...[
		"T10:20Z",
		" 10:20z",
		" 10:20 Z",
		" 10:20  Z",
		" 23:30+01:00",
		"T00:30-0500",
		"T00:30:00.001+05:45",
		"T00:30+19",
		"T00:30+18:59",
		"T00:30+1",
	],
	...[
		"T00:30+01:60",
		"T00:30+01:0",
		"T00:30+010",
		" 1:30 am +02",
		" 01:30:00amZ",
		" 01:30:00 pmx",
		"x",
		" ",
		"T",
		" 1",
		" 01:30 a",
		"-10:20",
		"T10:20:3",
		"T1:2",
	],
];
const NUMBERS = [
	...[
		"0",
		"1",
		"59",
		"60",
		"61",
		"45000",
		"45000.5",
		"45000.",
		".5",
		"45000.999999999999",
		"45000.00000000578703704",
		"45000.0000000057870",
		"45000.4999999942129",
	],
	...[
		"2958465",
		"2958466",
		"9999999",
		"12345678",
		"-1",
		"-86401.5",
		"-1.0001",
		"86399",
		"86399.9",
		"1700000000",
		"1700000000.1239",
		"1700000000.",
		"1700000000000",
	],
	...[
		"1700000000000.9",
		"62135596800",
		"-62135596800",
		"-62135596801",
		"253402300799",
		"253402300800",
		"999999999999999",
		"9999999999999999",
		"1e9",
		"+5",
		"１２",
		"00000000000000001",
	],
];

describe("csv accesses: instants", function () {
	this.timeout(300_000);

	const texts = [...DAYS.flatMap((day) => TIMES.map((time) => day + time)), ...NUMBERS, ...randomTexts(3000)];
	for (const dateFormat of DATE_FORMATS) {
		for (const timeZone of ["UTC", "Europe/London", "Pacific/Auckland"]) {
			it(`${dateFormat} in ${timeZone}, as the general parser reads them`, () => check(dateFormat, timeZone, texts));
		}
	}

	it("remembers as many texts as it has room for, and goes on behind them", () =>
		check(
			"dd/MM/yyyy",
			"UTC",
			// Two spaces are for the general parser.
			Array.from({ length: 140_000 }, (_, index) => `04/11/2026  10:20:30.${String(index).padStart(6, "0")}`),
		));
});

async function check(dateFormat: DateFormat, timeZone: string, texts: readonly string[]): Promise<void> {
	const parse = makeDateParser(dateFormat, makeTimeZone(timeZone)!);
	const dates = texts.map((text) => (text.trim() === "" ? null : parse(text.trim())));
	const expected = texts.map((text, index) => `${text} ${dates[index]?.instant ?? "none"}`);
	const source = makeSource({ path: "dates.csv", provides: "userActivity", dateFormat, timeZone, delimiter: ";" });
	const lines = texts.map((text, user) => `s;u${user};Designer;${text}\n`);
	const file = Buffer.from(`server;user;userType;accessedAt\n${lines.join("")}`);
	for (const kernel of KERNELS) {
		const read = await readAccesses(source, file, Number.POSITIVE_INFINITY, { kernel });
		const instants = instantsByUser(read.tallies[0]!);
		const actual = texts.map((text, user) => `${text} ${instants.get(`u${user}`)?.[0] ?? "none"}`);
		assert.deepEqual(actual, expected, kernel);
		const known = dates.flatMap((date) => date ?? []);
		const early = known.filter(({ day }) => civilDateOf(day).day <= 12).length;
		assert.deepEqual([read.dates?.read ?? 0, read.dates?.early ?? 0], [known.length, early], kernel);
		const unread = texts.length - known.length;
		assert.deepEqual(read.counts, unread === 0 ? [] : [{ code: "source/unparseable-date", count: unread }], kernel);
	}
}

/** Texts that are dates but for a character or two. */
function randomTexts(count: number): readonly string[] {
	let state = 20_261_104;
	const random = (below: number) => {
		state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
		return (state >>> 8) % below;
	};
	const pick = (values: readonly string[]) => values[random(values.length)]!;
	return Array.from({ length: count }, () => {
		let text = random(4) === 0 ? pick(NUMBERS) : pick(DAYS) + pick(TIMES);
		for (let changes = random(3); changes > 0; changes--) {
			const at = random(text.length + 1);
			text = text.slice(0, at) + pick([..."0123456789:.,-+/ TZapmé", ""]) + text.slice(at + random(2));
		}
		return text.replace(/^[\s"]+/, "") || "x";
	});
}
