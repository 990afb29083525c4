import assert from "node:assert/strict";
import { dayAt } from "../../../core/columns/day-column.ts";
import { namesOf } from "../../../core/columns/name-table.ts";
import { formatDay, parseDay } from "../../../core/dates/day-number.ts";
import { parseInstant } from "../../../core/dates/instant.ts";
import { categorize } from "../../../core/usage/categorize.ts";
import { consolidate } from "../../../core/usage/consolidate.ts";
import type { DatedColumn, Estate } from "../../../core/usage/estate.ts";
import { factDateAt } from "../../../core/usage/estate-facts.ts";
import { deviceCount, findInstallation, installationCount, productCount } from "../../../core/usage/estate-lookups.ts";
import { DEFAULT_LIMITS } from "../../../core/usage/limits.ts";
import { lastPresentDays } from "../../../core/usage/zone-sets.ts";
import { installationsOf, makeEstate, makeInstallationsTable, makeTables, readEstate } from "../../support/make-estate.ts";

/** On this instant's calendars it is the 3rd, the 4th and the 5th. */
const AS_OF = parseInstant("2026-11-04T10:30:00Z")!;
const THIRD = "Pacific/Pago_Pago";
const FOURTH = "UTC";
const FIFTH = "Pacific/Kiritimati";

describe("consolidation", () => {
	// The same device and installation, told by two sources: date and time zone.
	const CASES: readonly (readonly [what: string, first: Told, second: Told, consolidated: string])[] = [
		["the later of two dates", ["2026-10-01", FOURTH], ["2026-10-02", FOURTH], "2026-10-02"],
		["the same date once", ["2026-10-01", FOURTH], ["2026-10-01", FOURTH], "2026-10-01"],
		["the only date", ["none", FOURTH], ["2026-10-01", FOURTH], "2026-10-01"],
		["no date", ["none", FOURTH], ["none", FOURTH], "none"],
		["asOf's own day", ["2026-11-04", FOURTH], ["none", FOURTH], "2026-11-04"],
		["a date in the future", ["2026-11-05", FOURTH], ["none", FOURTH], "2026-11-05 in the future"],
		["a date in the future before a usable one", ["2026-11-05", FOURTH], ["2026-11-04", FOURTH], "2026-11-05 in the future"],
		["a day that is the future of one source only", ["2026-11-05", FIFTH], ["2026-11-05", FOURTH], "2026-11-05 in the future"],
		["a later day that is not its source's future", ["2026-11-04", THIRD], ["2026-11-05", FIFTH], "2026-11-05"],
		["the first day there is", ["0001-01-01", FOURTH], ["none", FOURTH], "0001-01-01"],
		["the later of a far and a near date", ["9999-12-31", FOURTH], ["2026-11-04", FOURTH], "9999-12-31 in the future"],
		["the later of a near and a far date", ["2026-11-04", FOURTH], ["1899-12-31", FIFTH], "2026-11-04"],
	];
	for (const [what, first, second, consolidated] of CASES) {
		it(`keeps ${what}, in either order, for all three dates`, () => {
			checkConsolidation([first, second], consolidated);
			checkConsolidation([second, first], consolidated);
		});
	}

	it("counts a device and a device's product once, by exact name", () => {
		const estate = makeEstate({
			devices: [{ device: "d2" }, { device: "D1" }],
			installations: [
				{ device: "d1", product: "p" },
				{ device: "d2", product: "p" },
				{ device: "d1", product: "P" },
				{ device: "d1", product: "p" },
			],
		});
		assert.deepEqual(installationsOf(estate), ["d1 p", "d1 P", "d2 p"]);
		assert.deepEqual([deviceCount(estate), productCount(estate), installationCount(estate)], [3, 2, 3]);
		assert.deepEqual([...estate.installationStarts], [0, 2, 3, 3]);
	});

	it("tells names apart that look like properties or like two names in one", () => {
		const installations = ["__proto__", "constructor", "a|b", "a", "1"].flatMap((device) =>
			["__proto__", "b|c", "c", "1"].map((product) => ({ device, product })),
		);
		assert.equal(installationCount(makeEstate({ installations })), 20);
		assert.equal(installationCount(makeEstate({ installations }, { installations: installations.toReversed() })), 20);
	});

	it("has no name that only rows have that were left out", () => {
		const table = makeInstallationsTable([{ device: "d", product: "p" }], "UTC", 0);
		const spare = makeInstallationsTable(
			[
				{ device: "gone", product: "gone" },
				{ device: "d", product: "q" },
			],
			"UTC",
			1,
		);
		const part = {
			...spare,
			rows: 1,
			deviceRuns: { starts: Uint32Array.of(0), values: Uint32Array.of(1) },
			product: { names: spare.product!.names, indices: Uint16Array.of(1) },
		};
		for (const tables of [[part], [table, part], [part, table], [part, table, part]]) {
			const estate = consolidate(tables);
			assert.deepEqual(namesOf(estate.devices), ["d"]);
			assert.deepEqual(namesOf(estate.products).sort(), tables.length === 1 ? ["q"] : ["p", "q"]);
		}
	});

	it("is an empty estate without tables, and without rows", () => {
		for (const tables of [[], makeTables({ devices: [], installations: [] })]) {
			const estate = consolidate(tables);
			assert.deepEqual(readEstate(estate), { devices: [], installations: [] });
			assert.deepEqual([deviceCount(estate), productCount(estate), installationCount(estate)], [0, 0, 0]);
			const { endOfSync, rule } = categorize(estate, AS_OF, DEFAULT_LIMITS, []);
			assert.deepEqual([endOfSync, rule.length], [null, 0]);
		}
	});

	it("copies nothing of a single source whose rows stand device by device", () => {
		const [table] = makeTables({
			installations: [
				{ device: "d", product: "p", installDay: 20_000, lastUsageDay: 20_001, version: "1" },
				{ device: "d", product: "q", installDay: 20_000, lastUsageDay: null, version: null },
				{ device: "e", product: "p", installDay: null, lastUsageDay: 20_001, version: "1" },
			],
		});
		const estate = consolidate([table!]);
		assert.equal(estate.productOf, table!.product!.indices);
		assert.equal(estate.installDay.days, table!.installDay!.days);
		assert.equal(estate.lastUsageDay.days, table!.lastUsageDay!.days);
		assert.equal(estate.version, table!.version);
		assert.equal(estate.origin.row, null);
	});

	it("leaves the columns of a source as they are when its rows repeat", () => {
		const rows = [
			{ device: "d", product: "p", installDay: 20_000, lastUsageDay: 20_001, version: null },
			{ device: "d", product: "p", installDay: 20_005, lastUsageDay: null, version: "1" },
			{ device: "e", product: "p", installDay: null, lastUsageDay: 20_001, version: "2" },
		];
		const [table] = makeTables({ installations: rows });
		const { installations } = readEstate(consolidate([table!]));
		assert.deepEqual(
			installations.map(({ device, install, version, origin }) => [device, install?.day, version, origin.row]),
			[
				["d", 20_005, "1", 1],
				["e", undefined, "2", 3],
			],
		);
		assert.deepEqual(table, makeTables({ installations: rows })[0]);
	});

	it("keeps the first publisher, version and device name that there is", () => {
		const estate = makeEstate(
			{
				devices: [{ device: "d", deviceName: null }, { device: "d" }],
				installations: [{ device: "d", product: "p", publisher: null, version: "1" }],
			},
			{ devices: [{ device: "d" }], installations: [{ device: "d", product: "p" }] },
			{
				devices: [
					{ device: "d", deviceName: "Dora" },
					{ device: "d", deviceName: "Otto" },
				],
				installations: [{ device: "d", product: "p", publisher: "Arc", version: "2" }],
			},
		);
		const { devices, installations } = readEstate(estate);
		assert.equal(devices[0]?.deviceName, "Dora");
		assert.deepEqual([installations[0]?.publisher, installations[0]?.version], ["Arc", "1"]);
	});

	it("has more products than 2 bytes can tell apart", () => {
		const installations = Array.from({ length: 70_000 }, (_, index) => ({ device: `d${index % 7}`, product: `p${index % 66_000}` }));
		const estate = makeEstate({ installations }, { installations: [{ device: "d0", product: "p65999" }] });
		assert.equal(estate.productOf.BYTES_PER_ELEMENT, 4);
		assert.deepEqual(
			new Set(installationsOf(estate)),
			new Set([...installations.map(({ device, product }) => `${device} ${product}`), "d0 p65999"]),
		);
		assert.equal(
			categorize(estate, AS_OF, DEFAULT_LIMITS, []).rule.every((rule) => rule === 1),
			true,
		);
	});

	it("takes a set of all zones for more different sets than a byte can tell apart, which only adds to the future", () => {
		const zones = Intl.supportedValuesOf("timeZone").slice(0, 300);
		const day = parseDay("2026-11-05")!;
		const estate = makeEstate(
			...zones.map((timeZone, index) => ({ timeZone, installations: [{ device: "d", product: `p${index}`, lastUsageDay: day }] })),
		);
		assert.equal(estate.zoneSets.length, 256);
		assert.deepEqual(estate.zoneSets[255], zones);
		const facts = { lastPresentDay: lastPresentDays(estate.zoneSets, AS_OF) };
		for (const [index, zone] of zones.entries()) {
			const isFuture = factDateAt(estate.lastUsageDay, index, facts)!.inFuture;
			const alone = day > lastPresentDays([[zone]], AS_OF)[0]!;
			assert.ok(isFuture || !alone, zone);
			if (index < 255) assert.equal(isFuture, alone, zone);
		}
	});
});

describe("the future begins after the day of asOf in the source's time zone", () => {
	// asOf, zone, and the dates of the device and its installation: in the future or not.
	const CASES: readonly (readonly [asOf: string, zone: string, day: string, inFuture: boolean])[] = [
		["2026-11-04T21:00:00Z", "UTC", "2026-11-04", false],
		["2026-11-04T21:00:00Z", "UTC", "2026-11-05", true],
		["2026-11-04T23:59:59.999Z", "UTC", "2026-11-05", true],
		["2026-11-05T00:00:00Z", "UTC", "2026-11-05", false],
		["2026-11-04T21:00:00Z", "Pacific/Auckland", "2026-11-05", false],
		["2026-11-04T21:00:00Z", "Pacific/Auckland", "2026-11-06", true],
		["2026-11-04T10:59:59Z", "Pacific/Auckland", "2026-11-05", true],
		["2026-11-04T11:00:00Z", "Pacific/Auckland", "2026-11-05", false],
		["2026-11-04T09:59:59Z", "Pacific/Honolulu", "2026-11-04", true],
		["2026-11-04T10:00:00Z", "Pacific/Honolulu", "2026-11-04", false],
		["2026-07-04T22:59:59Z", "Europe/London", "2026-07-05", true],
		["2026-07-04T23:00:00Z", "Europe/London", "2026-07-05", false],
	];
	for (const [asOf, timeZone, day, inFuture] of CASES) {
		it(`${day} ${inFuture ? "is" : "is not"} in the future in ${timeZone} at ${asOf}`, () => {
			const date = parseDay(day)!;
			const estate = makeEstate({
				timeZone,
				devices: [{ device: "d", inventoryDay: date }],
				installations: [{ device: "d", product: "p", installDay: date, lastUsageDay: date }],
			});
			const { endOfSync, rule, facts } = categorize(estate, parseInstant(asOf)!, DEFAULT_LIMITS, []);
			for (const column of datesOf(estate)) assert.deepEqual(factDateAt(column, 0, facts), { day: date, inFuture });
			assert.deepEqual([endOfSync, ...rule], inFuture ? [null, 2] : [date, 7]);
		});
	}
});

/** A date, or none, and the time zone of its source. */
type Told = readonly [date: string, timeZone: string];

function checkConsolidation(told: readonly Told[], consolidated: string): void {
	const estate = makeEstate(
		...told.map(([date, timeZone]) => {
			const day = date === "none" ? null : parseDay(date);
			return {
				timeZone,
				devices: [{ device: "d", inventoryDay: day }],
				installations: [
					{ device: "d", product: "install", installDay: day },
					{ device: "d", product: "usage", lastUsageDay: day },
				],
			};
		}),
	);
	const facts = { lastPresentDay: lastPresentDays(estate.zoneSets, AS_OF) };
	const describe = (column: DatedColumn, index: number) => {
		const date = factDateAt(column, index, facts);
		return date === null ? "none" : `${formatDay(date.day)}${date.inFuture ? " in the future" : ""}`;
	};
	const install = findInstallation(estate, "d", "install")!;
	const usage = findInstallation(estate, "d", "usage")!;
	assert.equal(describe(estate.inventoryDay, 0), consolidated);
	assert.equal(describe(estate.installDay, install), consolidated);
	assert.equal(describe(estate.lastUsageDay, usage), consolidated);
	assert.deepEqual([describe(estate.lastUsageDay, install), describe(estate.installDay, usage)], ["none", "none"]);
}

function datesOf(estate: Estate): readonly DatedColumn[] {
	assert.ok(dayAt(estate.installDay, 0) > 0);
	return [estate.inventoryDay, estate.installDay, estate.lastUsageDay];
}
