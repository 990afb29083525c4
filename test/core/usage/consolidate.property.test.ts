import assert from "node:assert/strict";
import fc from "fast-check";
import type { InstantMs } from "../../../core/dates/instant.ts";
import { categorize, recategorize } from "../../../core/usage/categorize.ts";
import { arrange, consolidate, finishArrangement } from "../../../core/usage/consolidate.ts";
import { fillRows } from "../../../core/usage/ordered-rows.ts";
import type { SourceTable } from "../../../core/usage/source-table.ts";
import {
	cutDevices,
	makeDevicesTable,
	makeEstate,
	makeInstallationsTable,
	type ReadDate,
	type ReadEstate,
	readEstate,
	type WrittenDevice,
	type WrittenInstallation,
} from "../../support/make-estate.ts";
import { categorizeByReference } from "../../support/reference-categorizer.ts";
import { limitsOf, rawInstances, toResult } from "./raw-instances.ts";

const DEVICES = ["a", "B", "é", "🙂", "10"];
const PRODUCTS = ["Word", "Ünit", "#", "日本"];
const ZONES = ["UTC", "Pacific/Auckland", "Asia/Kolkata"];

const days = fc.option(
	fc.oneof(
		{ weight: 30, arbitrary: fc.integer({ min: 20_000, max: 20_008 }) },
		{ weight: 1, arbitrary: fc.constantFrom(-719_162, 2_932_896, 0) },
	),
	{ nil: null, freq: 3 },
);
const texts = fc.constantFrom(null, "one", "two");

const deviceRows: fc.Arbitrary<WrittenDevice[]> = fc.oneof(
	fc.array(fc.record({ device: fc.constantFrom(...DEVICES), inventoryDay: days }), { maxLength: 8 }),
	fc.array(fc.record({ device: fc.constantFrom(...DEVICES), inventoryDay: days, deviceName: texts }), { maxLength: 8 }),
);
const installation = { device: fc.constantFrom(...DEVICES), product: fc.constantFrom(...PRODUCTS) };
const installationRows: fc.Arbitrary<WrittenInstallation[]> = fc
	.oneof(
		fc.array(fc.record({ ...installation, installDay: days, lastUsageDay: days }), { maxLength: 25 }),
		fc.array(fc.record({ ...installation, lastUsageDay: days, publisher: texts, version: texts }), { maxLength: 25 }),
		fc.array(fc.record({ ...installation, installDay: days, version: texts }), { maxLength: 25 }),
		// Each at most once.
		fc.uniqueArray(fc.record({ ...installation, installDay: days, lastUsageDay: days }), {
			maxLength: 20,
			selector: ({ device, product }) => `${device}|${product}`,
		}),
	)
	.chain((rows) =>
		fc.boolean().map((isGrouped) => (isGrouped ? rows.toSorted((a, b) => (a.device < b.device ? -1 : Number(a.device > b.device))) : rows)),
	);

/** Rows of some sources; those of an installations source come in one table or in two parts. */
interface Written {
	readonly timeZone: string;
	readonly devices: readonly WrittenDevice[];
	readonly installations: readonly WrittenInstallation[];
	readonly cut: number;
}

const written: fc.Arbitrary<readonly Written[]> = fc.constantFrom(["UTC"], ZONES).chain((zones) =>
	fc.array(fc.record({ timeZone: fc.constantFrom(...zones), devices: deviceRows, installations: installationRows, cut: fc.nat(30) }), {
		maxLength: 3,
	}),
);

describe("consolidation, on random tables", function () {
	this.timeout(120_000);

	it("agrees with the reference implementation, whether rows are grouped, shuffled, repeated or cut into parts", () => {
		fc.assert(
			fc.property(written, (sources) => assert.deepEqual(readEstate(consolidate(toTables(sources))), consolidateByReference(sources))),
			{ numRuns: 3000 },
		);
	});

	it("gives the same in ranges of devices, wherever they are cut, where rows only need copying", () => {
		let copied = 0;
		fc.assert(
			fc.property(written, fc.array(fc.nat(6)), (sources, cuts) => {
				const tables = toTables(sources);
				const arrangement = arrange(tables);
				if (arrangement === null) return;
				const { rows } = arrangement;
				const installations = tables.filter(({ provides }) => provides === "installations");
				const filled = cutDevices(rows.columns, cuts).map((range) => fillRows(installations, rows, range));
				const estate = finishArrangement(arrangement, filled);
				if (estate === null) return;
				copied++;
				assert.deepEqual(estate, consolidate(tables));
			}),
			{ numRuns: 1500 },
		);
		assert.ok(copied > 200, `only ${copied} estates`);
	});

	it("gives every installation a place in the data that names it", () => {
		fc.assert(
			fc.property(written, (sources) => {
				for (const { device, product, origin } of readEstate(consolidate(toTables(sources))).installations) {
					const row = sources[origin.sourceIndex]!.installations[origin.row - 1];
					assert.deepEqual([row?.device, row?.product], [device, product]);
				}
			}),
			{ numRuns: 500 },
		);
	});

	it("gives the same dates whatever the order of sources and rows", () => {
		const reordered = written.chain((sources) => fc.tuple(fc.constant(sources), reorder(sources)));
		fc.assert(
			fc.property(reordered, ([sources, other]) => {
				assert.deepEqual(withoutOrder(readEstate(consolidate(toTables(other)))), withoutOrder(readEstate(consolidate(toTables(sources)))));
			}),
			{ numRuns: 500 },
		);
	});

	it("changes none of its tables", () => {
		fc.assert(
			fc.property(written, (sources) => {
				const tables = toTables(sources);
				consolidate(tables);
				assert.deepEqual(tables, toTables(sources));
			}),
			{ numRuns: 300 },
		);
	});

	it("serves every asOf and all limits: one estate, categorized again and again", () => {
		const others = fc.array(fc.tuple(fc.integer({ min: -40 * 24, max: 40 * 24 }), rawInstances), { minLength: 1, maxLength: 3 });
		fc.assert(
			fc.property(rawInstances, others, (instance, changes) => {
				const estate = makeEstate(...instance.sources);
				const before = readEstate(estate);
				for (const [hours, { limits, bundles }] of changes) {
					const asOf: InstantMs = instance.asOf + hours * 3_600_000;
					const { InstallDateCutOffLimit, UsedCategoryLimit, UnusedCategoryLimit } = limits;
					const checked = limitsOf(InstallDateCutOffLimit, UsedCategoryLimit, UnusedCategoryLimit);
					const categorization = categorize(estate, asOf, checked, bundles);
					assert.deepEqual(toResult(categorization), categorizeByReference({ ...instance, asOf, limits, bundles }));
					assert.deepEqual(toResult(recategorize(categorize(estate, asOf, limitsOf(1, 2, 3), bundles), checked)), toResult(categorization));
				}
				assert.deepEqual(readEstate(estate), before);
			}),
			{ numRuns: 250 },
		);
	});
});

function toTables(sources: readonly Written[]): readonly SourceTable[] {
	return sources.flatMap(({ timeZone, devices, installations, cut }, index) => [
		makeDevicesTable(devices, timeZone, index),
		makeInstallationsTable(installations.slice(0, cut), timeZone, index),
		...(cut < installations.length ? [makeInstallationsTable(installations.slice(cut), timeZone, index, cut + 1)] : []),
	]);
}

/** Row by row, on plain objects. */
function consolidateByReference(sources: readonly Written[]): ReadEstate {
	const devices = new Map<string, ReadEstate["devices"][number]>();
	const installations = new Map<string, ReadEstate["installations"][number]>();
	for (const [sourceIndex, source] of sources.entries()) {
		const dated = (day: number | null | undefined): ReadDate | null => (day == null ? null : { day, zones: [source.timeZone] });
		for (const row of source.devices) {
			const known = devices.get(row.device);
			devices.set(row.device, {
				device: row.device,
				inventory: later(known?.inventory ?? null, dated(row.inventoryDay)),
				deviceName: known?.deviceName ?? row.deviceName ?? null,
			});
		}
		for (const [place, row] of source.installations.entries()) {
			devices.set(row.device, devices.get(row.device) ?? { device: row.device, inventory: null, deviceName: null });
			const key = JSON.stringify([row.device, row.product]);
			const known = installations.get(key);
			installations.set(key, {
				device: row.device,
				product: row.product,
				install: later(known?.install ?? null, dated(row.installDay)),
				usage: later(known?.usage ?? null, dated(row.lastUsageDay)),
				publisher: known?.publisher ?? row.publisher ?? null,
				version: known?.version ?? row.version ?? null,
				origin: known?.origin ?? { sourceIndex, row: place + 1 },
			});
		}
	}
	const byName = (a: { device: string; product?: string }, b: { device: string; product?: string }) => {
		const [one, other] = [JSON.stringify([a.device, a.product]), JSON.stringify([b.device, b.product])];
		return one < other ? -1 : Number(one > other);
	};
	return { devices: [...devices.values()].sort(byName), installations: [...installations.values()].sort(byName) };
}

function later(one: ReadDate | null, other: ReadDate | null): ReadDate | null {
	if (one === null || other === null) return one ?? other;
	if (one.day !== other.day) return one.day > other.day ? one : other;
	return { day: one.day, zones: [...new Set([...one.zones, ...other.zones])].sort() };
}

/** Without what the first row decides. */
function withoutOrder({ devices, installations }: ReadEstate): unknown {
	return {
		devices: devices.map(({ device, inventory }) => ({ device, inventory })),
		installations: installations.map(({ device, product, install, usage }) => ({ device, product, install, usage })),
	};
}

function reorder(sources: readonly Written[]): fc.Arbitrary<readonly Written[]> {
	const shuffled = <Item>(items: readonly Item[]) => fc.shuffledSubarray([...items], { minLength: items.length });
	return fc
		.tuple(
			...sources.map((source) =>
				fc.record({ devices: shuffled(source.devices), installations: shuffled(source.installations), cut: fc.nat(30) }),
			),
		)
		.chain((rows) => shuffled(rows.map((row, index) => ({ timeZone: sources[index]!.timeZone, ...row }))));
}
