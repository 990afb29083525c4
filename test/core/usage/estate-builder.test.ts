import assert from "node:assert/strict";
import fc from "fast-check";
import { formatDay, NO_DAY, parseDay } from "../../../core/dates/day-number.ts";
import { parseInstant } from "../../../core/dates/instant.ts";
import { makeTimeZone } from "../../../core/dates/time-zone.ts";
import { categorize } from "../../../core/usage/categorize.ts";
import { type Estate, INSTALL_IN_FUTURE, USAGE_IN_FUTURE } from "../../../core/usage/estate.ts";
import { createEstateBuilder } from "../../../core/usage/estate-builder.ts";
import { DEFAULT_LIMITS } from "../../../core/usage/limits.ts";

const AS_OF = "2026-11-04T21:00:00Z";

describe("consolidation", () => {
	// The same installation, told by two sources whose asOf falls on these days.
	const CASES: readonly (readonly [what: string, first: Told, second: Told, consolidated: string])[] = [
		["the later of two dates", ["2026-10-01", "2026-11-04"], ["2026-10-02", "2026-11-04"], "2026-10-02"],
		["the same date once", ["2026-10-01", "2026-11-04"], ["2026-10-01", "2026-11-04"], "2026-10-01"],
		["the only date", ["none", "2026-11-04"], ["2026-10-01", "2026-11-04"], "2026-10-01"],
		["no date", ["none", "2026-11-04"], ["none", "2026-11-04"], "none"],
		["asOf's own day", ["2026-11-04", "2026-11-04"], ["none", "2026-11-04"], "2026-11-04"],
		["a date in the future", ["2026-11-05", "2026-11-04"], ["none", "2026-11-04"], "2026-11-05 in the future"],
		["a date in the future before a usable one", ["2026-11-05", "2026-11-04"], ["2026-11-04", "2026-11-04"], "2026-11-05 in the future"],
		["a day that is the future of one source only", ["2026-11-05", "2026-11-05"], ["2026-11-05", "2026-11-04"], "2026-11-05 in the future"],
		["a later day that is not its source's future", ["2026-11-04", "2026-11-03"], ["2026-11-05", "2026-11-05"], "2026-11-05"],
		["the first day there is", ["0001-01-01", "2026-11-04"], ["none", "2026-11-04"], "0001-01-01"],
	];
	for (const [what, first, second, consolidated] of CASES) {
		it(`keeps ${what}, in either order, for all three dates`, () => {
			checkConsolidation([first, second], consolidated);
			checkConsolidation([second, first], consolidated);
		});
	}

	it("counts a device and a device's product once, by exact name, in order of first appearance", () => {
		const builder = createEstateBuilder(parseInstant(AS_OF)!);
		builder.addDevice("d2", NO_DAY, 0);
		builder.addInstallation("d1", "p", NO_DAY, NO_DAY, 0);
		builder.addInstallation("d2", "p", NO_DAY, NO_DAY, 0);
		builder.addInstallation("d1", "P", NO_DAY, NO_DAY, 0);
		builder.addInstallation("d1", "p", NO_DAY, NO_DAY, 0);
		builder.addDevice("D1", NO_DAY, 0);
		const estate = builder.build();
		assert.equal(estate.asOf, parseInstant(AS_OF));
		assert.deepEqual(estate.deviceNames, ["d2", "d1", "D1"]);
		assert.deepEqual(estate.productNames, ["p", "P"]);
		assert.deepEqual([...estate.deviceOf], [1, 0, 1]);
		assert.deepEqual([...estate.productOf], [0, 0, 1]);
		assert.deepEqual([...estate.inventoryDay], [NO_DAY, NO_DAY, NO_DAY]);
	});

	it("tells names apart that look like properties or like two names in one", () => {
		const builder = createEstateBuilder(0);
		for (const device of ["__proto__", "constructor", "a|b", "a", "1"]) {
			for (const product of ["__proto__", "b|c", "c", "1"]) builder.addInstallation(device, product, NO_DAY, NO_DAY, 0);
		}
		assert.equal(builder.build().deviceOf.length, 20);
	});

	it("builds an estate that later rows do not change", () => {
		const builder = createEstateBuilder(0);
		builder.addInstallation("d", "p", 1, 2, 9);
		const before = builder.build();
		builder.addInstallation("d", "p", 3, 4, 9);
		builder.addInstallation("e", "q", 3, 4, 9);
		assert.deepEqual([before.deviceNames, before.productNames, [...before.installDay], [...before.lastUsageDay]], [["d"], ["p"], [1], [2]]);
		assert.deepEqual([...builder.build().lastUsageDay], [4, 4]);
	});

	it("builds an empty estate", () => {
		const estate = createEstateBuilder(0).build();
		assert.deepEqual([estate.deviceNames, estate.productNames, estate.deviceOf.length, estate.inventoryDay.length], [[], [], 0, 0]);
		assert.equal(categorize(estate, DEFAULT_LIMITS, []).endOfSync, null);
	});

	it("keeps the maximum per pair over many rows, through every growth of its columns", () => {
		const rows = fc.array(fc.tuple(fc.nat(40), fc.nat(40), fc.nat(1000), fc.nat(1000)), { minLength: 500, maxLength: 3000 });
		fc.assert(
			fc.property(rows, (all) => {
				const builder = createEstateBuilder(0);
				const expected = new Map<string, readonly [number, number]>();
				for (const [device, product, install, usage] of all) {
					builder.addInstallation(`d${device}`, `p${product}`, install, usage, 500);
					const [knownInstall, knownUsage] = expected.get(`d${device} p${product}`) ?? [0, 0];
					expected.set(`d${device} p${product}`, [Math.max(install, knownInstall), Math.max(usage, knownUsage)]);
				}
				const estate = builder.build();
				const found = [...estate.deviceOf].map((device, place) => [
					`${estate.deviceNames[device]} ${estate.productNames[estate.productOf[place]!]}`,
					[estate.installDay[place], estate.lastUsageDay[place]],
				]);
				assert.deepEqual(found, [...expected]);
				estate.dateFlags.forEach((flags, place) => {
					const usage = estate.lastUsageDay[place]! > 500 ? USAGE_IN_FUTURE : 0;
					assert.equal(flags, usage | (estate.installDay[place]! > 500 ? INSTALL_IN_FUTURE : 0));
				});
			}),
			{ numRuns: 30 },
		);
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
	for (const [asOf, zone, day, inFuture] of CASES) {
		it(`${day} ${inFuture ? "is" : "is not"} in the future in ${zone} at ${asOf}`, () => {
			const instant = parseInstant(asOf)!;
			const asOfDay = makeTimeZone(zone)!.dayOf(instant);
			const date = parseDay(day)!;
			const builder = createEstateBuilder(instant);
			builder.addDevice("d", date, asOfDay);
			builder.addInstallation("d", "p", date, date, asOfDay);
			const estate = builder.build();
			assert.deepEqual([...estate.inventoryInFuture], [inFuture ? 1 : 0]);
			assert.deepEqual([...estate.dateFlags], [inFuture ? USAGE_IN_FUTURE | INSTALL_IN_FUTURE : 0]);
			const { endOfSync, rule } = categorize(estate, DEFAULT_LIMITS, []);
			assert.deepEqual([endOfSync, ...rule], inFuture ? [null, 2] : [date, 7]);
		});
	}
});

/** A date, or none, and the day of asOf in its source's zone. */
type Told = readonly [date: string, asOfDay: string];

function checkConsolidation(told: readonly Told[], consolidated: string): void {
	const builder = createEstateBuilder(parseInstant(AS_OF)!);
	for (const [date, asOfDay] of told) {
		const day = date === "none" ? NO_DAY : parseDay(date)!;
		builder.addDevice("d", day, parseDay(asOfDay)!);
		builder.addInstallation("d", "install", day, NO_DAY, parseDay(asOfDay)!);
		builder.addInstallation("d", "usage", NO_DAY, day, parseDay(asOfDay)!);
	}
	const estate = builder.build();
	assert.equal(describeDate(estate.inventoryDay[0]!, estate.inventoryInFuture[0]! === 1), consolidated);
	assert.equal(describeDate(estate.installDay[0]!, flagOf(estate, 0, INSTALL_IN_FUTURE)), consolidated);
	assert.equal(describeDate(estate.lastUsageDay[1]!, flagOf(estate, 1, USAGE_IN_FUTURE)), consolidated);
	assert.deepEqual([estate.lastUsageDay[0], estate.installDay[1]], [NO_DAY, NO_DAY]);
	assert.equal(flagOf(estate, 0, USAGE_IN_FUTURE) || flagOf(estate, 1, INSTALL_IN_FUTURE), false);
}

function flagOf(estate: Estate, installation: number, flag: number): boolean {
	return (estate.dateFlags[installation]! & flag) !== 0;
}

function describeDate(day: number, inFuture: boolean): string {
	return (day === NO_DAY ? "none" : formatDay(day)) + (inFuture ? " in the future" : "");
}
