import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { formatDay, parseDay } from "../../../core/dates/day-number.ts";
import { describeSources } from "../../../core/usage/describe-sources.ts";
import { makeDevicesTable, makeInstallationsTable } from "../../support/make-estate.ts";

const day = (text: string | null) => (text === null ? null : parseDay(text)!);

const devices = (rows: readonly (readonly [string, string | null])[], source = 0, firstRow = 1) =>
	makeDevicesTable(
		rows.map(([device, date]) => ({ device, inventoryDay: day(date) })),
		"UTC",
		source,
		firstRow,
	);

const installs = (rows: readonly (readonly [string, string, string | null, string | null])[], source = 1, firstRow = 2) =>
	makeInstallationsTable(
		rows.map(([device, product, installed, used]) => ({ device, product, installDay: day(installed), lastUsageDay: day(used) })),
		"UTC",
		source,
		firstRow,
	);

describe("describing sources", () => {
	it("counts rows, names and days of each source, over its parts", () => {
		const tables = [
			devices([
				["a", "2026-11-03"],
				["b", null],
			]),
			installs([
				["a", "Word", "2025-01-01", "2026-11-01"],
				["a", "Excel", "2025-01-01", null],
			]),
			installs([["c", "Word", null, "1601-01-01"]], 1, 4),
		];
		assert.deepEqual(describeSources(tables).sources.map(describeFacts), [
			{
				source: 0,
				provides: "devices",
				rows: 2,
				devices: 2,
				products: null,
				dates: ["inventoryDate: 1 of 2, 2026-11-03 × 1; last in row 1"],
			},
			{
				source: 1,
				provides: "installations",
				rows: 3,
				devices: 2,
				products: 2,
				dates: [
					"installDate: 2 of 3, 2025-01-01 × 2; last in row 2",
					"lastUsageDate: 2 of 3, 1601-01-01 × 1, 2026-11-01 × 1; last in row 2",
				],
			},
		]);
	});

	it("has no columns that a source lacks, and no last date where there is none", () => {
		const [facts] = describeSources([{ ...installs([["a", "Word", null, null]]), lastUsageDay: null }]).sources;
		assert.deepEqual(describeFacts(facts!).dates, ["installDate: 0 of 1; last in row null"]);
		assert.equal(facts!.usedBeforeInstalled, null);
	});

	it("counts like a count row by row, whatever the width of the column", () => {
		const days = fc.array(fc.option(fc.integer({ min: -719_162, max: 2_932_896 })), { minLength: 1, maxLength: 30 });
		const near = fc.array(fc.option(fc.integer({ min: 20_000, max: 20_005 })), { minLength: 1, maxLength: 60 });
		fc.assert(
			fc.property(fc.oneof(days, near), (written) => {
				const table = makeDevicesTable(
					written.map((inventoryDay, index) => ({ device: `d${index}`, inventoryDay })),
					"UTC",
					0,
				);
				const [dates] = describeSources([table]).sources[0]!.dates;
				const expected = new Map<number, number>();
				for (const one of written) if (one !== null) expected.set(one, (expected.get(one) ?? 0) + 1);
				const found = Array.from(dates!.days, (one, index): [number, number] => [one, dates!.counts[index]!]);
				assert.deepEqual(
					found,
					[...expected].sort(([one], [other]) => one - other),
				);
				assert.equal(dates!.empty, written.filter((one) => one === null).length);
			}),
		);
	});

	const usage: readonly { installed: string | null; used: string | null; counts: boolean }[] = [
		{ installed: "2026-05-02", used: "2026-05-01", counts: true },
		{ installed: "2026-05-02", used: "2026-05-02", counts: false },
		{ installed: "2026-05-02", used: "2026-05-03", counts: false },
		{ installed: null, used: "2026-05-01", counts: false },
		{ installed: "2026-05-02", used: null, counts: false },
		{ installed: "2026-05-02", used: "1970-01-01", counts: false },
		{ installed: "9999-12-31", used: "2026-05-01", counts: false },
	];
	for (const { installed, used, counts } of usage) {
		it(`${used} ${counts ? "is" : "is not"} a use before the installation of ${installed}`, () => {
			const [facts] = describeSources([installs([["a", "Word", installed, used]])]).sources;
			assert.deepEqual(facts!.usedBeforeInstalled, counts ? { count: 1, firstRows: [2] } : { count: 0, firstRows: [] });
		});
	}

	const keys: readonly { what: string; listed: readonly string[]; named: readonly string[]; unlisted: string; respelt: string }[] = [
		{ what: "the same keys", listed: ["A", "B"], named: ["B", "A"], unlisted: "0 in 0:", respelt: "0 in 0:" },
		{ what: "an unknown key", listed: ["A"], named: ["A", "X", "X"], unlisted: "1 in 2: X", respelt: "0 in 0:" },
		{ what: "another case", listed: ["PC-1"], named: ["pc-1"], unlisted: "0 in 0:", respelt: "1 in 1: pc-1=PC-1" },
		{ what: "a domain behind", listed: ["PC1"], named: ["pc1.corp.example"], unlisted: "0 in 0:", respelt: "1 in 1: pc1.corp.example=PC1" },
		{ what: "a domain before", listed: ["CORP\\PC1"], named: ["PC1"], unlisted: "0 in 0:", respelt: "1 in 1: PC1=CORP\\PC1" },
		{
			what: "two domains, which may be two devices",
			listed: ["PC1.a.example"],
			named: ["PC1.b.example"],
			unlisted: "1 in 1: PC1.b.example",
			respelt: "0 in 0:",
		},
		{ what: "addresses", listed: ["10"], named: ["10.0.0.5"], unlisted: "1 in 1: 10.0.0.5", respelt: "0 in 0:" },
		{ what: "many", listed: ["A"], named: ["Q", "W", "E", "R"], unlisted: "4 in 4: Q, W, E", respelt: "0 in 0:" },
	];
	for (const { what, listed, named, unlisted, respelt } of keys) {
		it(`compares devices: ${what}`, () => {
			const facts = describeSources([
				devices(listed.map((name) => [name, null])),
				installs(named.map((name, index) => [name, `p${index}`, null, null])),
			]).deviceKeys!;
			assert.equal(`${facts.unlisted.devices} in ${facts.unlisted.rows}: ${facts.unlisted.examples.join(", ")}`.trim(), unlisted);
			const pairs = facts.respelt.examples.map((name, index) => `${name}=${facts.respelt.listedAs[index]}`);
			assert.equal(`${facts.respelt.devices} in ${facts.respelt.rows}: ${pairs.join(", ")}`.trim(), respelt);
		});
	}

	it("compares no devices without a source of devices, or without one of installations", () => {
		assert.equal(describeSources([devices([["a", null]])]).deviceKeys, null);
		assert.equal(describeSources([installs([["a", "Word", null, null]])]).deviceKeys, null);
	});
});

function describeFacts(facts: ReturnType<typeof describeSources>["sources"][number]) {
	const { sourceIndex: source, provides, rows, devices: named, products } = facts;
	const dates = facts.dates.map(({ column, dated, empty, days, counts, first, last, lastRow }) => {
		assert.equal(first, days[0] ?? null);
		assert.equal(last, days.at(-1) ?? null);
		const each = Array.from(days, (one, index) => `${formatDay(one)} × ${counts[index]}`);
		return `${[`${column}: ${dated} of ${dated + empty}`, ...each].join(", ")}; last in row ${lastRow}`;
	});
	return { source, provides, rows, devices: named, products, dates };
}
