import assert from "node:assert/strict";
import fc from "fast-check";
import { formatDay, parseDay } from "../../../core/dates/day-number.ts";
import { utcDayOf } from "../../../core/dates/instant.ts";
import { categorize } from "../../../core/usage/categorize.ts";
import { OUTCOMES, type Outcome } from "../../../core/usage/category.ts";
import { outcomeIndexOfRule } from "../../../core/usage/count-outcomes.ts";
import type { Facts } from "../../../core/usage/decision-table.ts";
import { factsOf } from "../../../core/usage/estate-facts.ts";
import { installationCount } from "../../../core/usage/estate-lookups.ts";
import { type Explanation, explainInstallation } from "../../../core/usage/explain.ts";
import { createInstallationNames } from "../../../core/usage/installation-names.ts";
import { DEFAULT_LIMITS } from "../../../core/usage/limits.ts";
import { makeEstate } from "../../support/make-estate.ts";
import { categorizeByReference, type RawInstance, type RawSource } from "../../support/reference-categorizer.ts";
import { categorizeRaw, rawInstances } from "./raw-instances.ts";

const TODAY = parseDay("2026-11-04")!;
const AS_OF = TODAY * 86_400_000;

describe("explanations", () => {
	it("tell a Rarely Used installation's rule, dates, ages and steps", () => {
		const explanation = explain({ inventory: "2026-11-02", usage: "2026-09-30", other: "2026-11-01", install: "2025-01-31" });
		assert.deepEqual(
			{ ...explanation, steps: null },
			{
				device: "d",
				product: "p",
				outcome: { category: "Rarely Used", reason: null },
				rule: 9,
				ruleText: "a last usage date",
				facts: {
					endOfSync: TODAY,
					inventoryDate: { day: parseDay("2026-11-02"), inFuture: false },
					lastUsageDate: { day: parseDay("2026-09-30"), inFuture: false },
					installDate: { day: parseDay("2025-01-31"), inFuture: false },
					latestDeviceUsage: parseDay("2026-11-01"),
					productReportsUsage: true,
				},
				ownLastUsageDate: { day: parseDay("2026-09-30"), inFuture: false },
				ages: { inventoryAge: 2, usageLag: 1, usageAge: 35, installAge: 642 },
				steps: null,
				nextChange: { day: parseDay("2026-12-29"), outcome: { category: "Unused", reason: null } },
			},
		);
		assert.deepEqual(stepsOf(explanation), [
			"1 no device inventory date (it is 2026-11-02)",
			"2 device inventory date in the future (it is 2026-11-02)",
			"3 the device reports usage, and inventory age at least 30 days (it is 2 days)",
			"4 the device does not report usage, and inventory age more than 30 days (it is 2 days)",
			"5 last usage date in the future (it is 2026-09-30)",
			"6 a last usage date (it is 2026-09-30), and time from the latest usage on the device to its inventory more than 30 days (it is 1 day)",
			"7 usage age at most UsedCategoryLimit of 30 days (it is 35 days)",
			"8 usage age at least UnusedCategoryLimit of 90 days (it is 35 days)",
			"9 a last usage date (it is 2026-09-30) ✓",
		]);
	});

	it("say where there is no date", () => {
		const explanation = explain({ inventory: "2026-11-04", usage: null, other: null, install: null });
		assert.deepEqual(stepsOf(explanation).slice(5), [
			"6 a last usage date (there is none), and time from the latest usage on the device to its inventory more than 30 days (there is none)",
			"7 usage age at most UsedCategoryLimit of 30 days (there is none)",
			"8 usage age at least UnusedCategoryLimit of 90 days (there is none)",
			"9 a last usage date (there is none)",
			"10 the device does not report usage ✓",
		]);
		assert.deepEqual(explanation.ages, { inventoryAge: 0, usageLag: null, usageAge: null, installAge: null });
	});

	it("tell a bundle's own date from the one that it took over", () => {
		const estate = makeEstate({
			devices: [{ device: "d", inventoryDay: TODAY }],
			installations: [
				{ device: "d", product: "Office", lastUsageDay: TODAY - 50 },
				{ device: "d", product: "Word", lastUsageDay: TODAY - 3 },
			],
		});
		const categorization = categorize(estate, AS_OF, DEFAULT_LIMITS, [{ name: "Office", components: ["Word"] }]);
		const explanation = explainInstallation(categorization, "d", "Office");
		assert.equal(explanation?.rule, 7);
		assert.deepEqual(explanation?.ownLastUsageDate, { day: TODAY - 50, inFuture: false });
		assert.deepEqual(explanation?.facts.lastUsageDate, { day: TODAY - 3, inFuture: false });
	});

	for (const [device, product] of [
		["d", "q"],
		["D", "p"],
		["elsewhere", "p2"],
		["", ""],
	] as const) {
		it(`are null for ${JSON.stringify(product)} on ${JSON.stringify(device)}, which is not there`, () => {
			const estate = makeEstate({
				installations: [
					{ device: "d", product: "p", lastUsageDay: TODAY },
					{ device: "elsewhere", product: "q", lastUsageDay: TODAY },
					{ device: "d", product: "p2", lastUsageDay: TODAY },
				],
			});
			assert.equal(explainInstallation(categorize(estate, AS_OF, DEFAULT_LIMITS, []), device, product), null);
		});
	}
});

describe("the next change", () => {
	// End of Sync and asOf are 2026-11-04; "other" is the latest usage of another product on the device, "elsewhere" the product's.
	checkNextChange("Used", { inventory: "2026-11-04", usage: "2026-11-04", other: null, install: null }, "2026-12-05 Rarely Used");
	checkNextChange(
		"Used, on the last day",
		{ inventory: "2026-11-04", usage: "2026-10-05", other: null, install: null },
		"2026-11-05 Rarely Used",
	);
	checkNextChange(
		"Rarely Used, on the last day",
		{ inventory: "2026-11-04", usage: "2026-08-07", other: "2026-11-04", install: null },
		"2026-11-05 Unused",
	);
	checkNextChange("Unused by usage", { inventory: "2026-11-04", usage: "2026-08-06", other: "2026-11-04", install: null }, null);
	checkNextChange(
		"Unused by install",
		{ inventory: "2026-11-04", usage: null, other: "2026-11-04", install: "2026-10-01", elsewhere: true },
		null,
	);
	checkNextChange(
		"Recently installed",
		{ inventory: "2026-11-04", usage: null, other: "2026-11-04", install: "2026-11-01", elsewhere: true },
		"2026-11-08 Unused",
	);
	checkNextChange(
		"Invalid install date",
		{ inventory: "2026-11-04", usage: null, other: "2026-11-04", install: "2026-12-25", elsewhere: true },
		"2026-12-25 Recently installed",
	);
	checkNextChange("Invalid usage date", { inventory: "2026-11-04", usage: "2027-01-01", other: null, install: null }, "2027-01-01 Used");
	checkNextChange(
		"Invalid usage date, inventory 30 days old",
		{ inventory: "2026-10-05", usage: "2027-01-01", other: null, install: null },
		"2027-01-01 Device stopped reporting usage",
	);
	checkNextChange(
		"Device Inventory too old, usage in the future",
		{ inventory: "2026-10-01", usage: "2027-01-01", other: null, install: null },
		"2027-01-01 Device stopped reporting usage",
	);
	checkNextChange("Device Inventory too old", { inventory: "2026-10-01", usage: null, other: null, install: "2026-11-01" }, null);
	checkNextChange("No Device Inventory date", { inventory: null, usage: "2026-11-04", other: null, install: null }, null);
	checkNextChange(
		"Invalid Device Inventory date",
		{ inventory: "2026-11-20", usage: null, other: null, install: null },
		"2026-11-20 No Device usage",
	);
	checkNextChange(
		"Device stopped reporting usage by inventory",
		{ inventory: "2026-10-05", usage: "2026-10-05", other: null, install: null },
		null,
	);
	checkNextChange(
		"Device stopped reporting usage by usage",
		{ inventory: "2026-11-04", usage: "2026-09-01", other: "2026-10-01", install: null },
		null,
	);
	checkNextChange("No Device usage", { inventory: "2026-11-04", usage: null, other: null, install: "2026-11-01" }, null);
	checkNextChange("No Product Usage", { inventory: "2026-11-04", usage: null, other: "2026-11-04", install: "2026-11-01" }, null);

	it("comes with the next day when a date is in the future only where clocks are behind", () => {
		const estate = makeEstate(
			{ devices: [{ device: "d", inventoryDay: TODAY }] },
			{ timeZone: "Pacific/Honolulu", installations: [{ device: "d", product: "p", lastUsageDay: TODAY }] },
		);
		const explanation = explainInstallation(categorize(estate, AS_OF, DEFAULT_LIMITS, []), "d", "p");
		assert.equal(explanation?.outcome.reason, "Invalid usage date");
		assert.deepEqual(explanation?.nextChange, { day: TODAY + 1, outcome: { category: "Used", reason: null } });
	});

	it("is the first End of Sync on which the reference implementation decides otherwise, day by day, on random instances", function () {
		this.timeout(120_000);
		let changes = 0;
		fc.assert(
			fc.property(rawInstances, fc.nat(), (raw, choice) => {
				const instance = { ...raw, limits: inHorizon(raw.limits), sources: raw.sources.map((source) => ({ ...source, timeZone: "UTC" })) };
				const categorization = categorizeRaw(instance);
				const { estate } = categorization;
				fc.pre(installationCount(estate) > 0);
				const installation = choice % installationCount(estate);
				const names = createInstallationNames(estate);
				const [device, product] = [names.device(installation), names.product(installation)];
				const facts = factsOf(categorization, installation);
				fc.pre(isInHorizon(facts));
				const expected = scanDays(facts, instance, OUTCOMES[outcomeIndexOfRule(categorization.rule[installation]!)]!);
				const { nextChange } = explainInstallation(categorization, device, product)!;
				// Where End of Sync lies long before asOf, the change may come after all the days that are tried.
				const today = facts.endOfSync ?? utcDayOf(instance.asOf);
				assert.deepEqual(nextChange !== null && nextChange.day > today + HORIZON_DAYS ? null : nextChange, expected);
				if (expected !== null) changes++;
			}),
			{ numRuns: 300 },
		);
		assert.ok(changes > 20, `only ${changes} installations change`);
	});
});

interface Written {
	readonly inventory: string | null;
	readonly usage: string | null;
	readonly other: string | null;
	readonly install: string | null;
	readonly elsewhere?: boolean;
}

/** Explains product p on device d; another device keeps End of Sync at asOf's day, 2026-11-04. */
function explain({ inventory, usage, other, install, elsewhere }: Written): Explanation {
	const day = (text: string | null) => (text === null ? null : parseDay(text));
	const estate = makeEstate({
		devices: [
			{ device: "d", inventoryDay: day(inventory) },
			{ device: "elsewhere", inventoryDay: TODAY },
		],
		installations: [
			{ device: "d", product: "p", installDay: day(install), lastUsageDay: day(usage) },
			...(other === null ? [] : [{ device: "d", product: "other", lastUsageDay: day(other) }]),
			...(elsewhere === true ? [{ device: "elsewhere", product: "p", lastUsageDay: TODAY }] : []),
		],
	});
	const explanation = explainInstallation(categorize(estate, AS_OF, DEFAULT_LIMITS, []), "d", "p");
	assert.ok(explanation !== null);
	return explanation;
}

function checkNextChange(what: string, written: Written, expected: string | null): void {
	it(`of what is ${what} is ${expected}`, () => {
		const { nextChange, outcome } = explain(written);
		assert.ok(what.startsWith(nameOf(outcome)), nameOf(outcome));
		assert.equal(nextChange === null ? null : `${formatDay(nextChange.day)} ${nameOf(nextChange.outcome)}`, expected);
	});
}

function stepsOf({ steps }: Explanation): readonly string[] {
	return steps.map(({ rule, text, matched }) => `${rule} ${text}${matched ? " ✓" : ""}`);
}

function nameOf({ category, reason }: Outcome): string {
	return reason ?? category;
}

/** Days that are tried one by one. */
const HORIZON_DAYS = 220;

function inHorizon(limits: RawInstance["limits"]): RawInstance["limits"] {
	const { InstallDateCutOffLimit: install, UsedCategoryLimit: used, UnusedCategoryLimit: unused } = limits;
	return { InstallDateCutOffLimit: install % 150, UsedCategoryLimit: used % 150, UnusedCategoryLimit: unused % 150 };
}

function isInHorizon({ inventoryDate, lastUsageDate, installDate }: Facts): boolean {
	return [inventoryDate, lastUsageDate, installDate].every((date) => date === null || date.day < 2_000_000);
}

/** Lets the days pass: everything else goes on reporting as it does, this installation's dates stay. */
function scanDays(facts: Facts, { asOf, limits }: RawInstance, now: Outcome): Explanation["nextChange"] {
	const asOfDay = Math.floor(asOf / 86_400_000);
	const today = facts.endOfSync ?? asOfDay;
	const inventory = facts.inventoryDate;
	for (let passed = 1; passed <= HORIZON_DAYS; passed++) {
		const day = today + passed;
		const inventoryDay = inventory === null ? null : inventory.inFuture ? Math.max(inventory.day, day) : inventory.day + passed;
		const otherUsage = facts.latestDeviceUsage === null ? null : facts.latestDeviceUsage + passed;
		const source: RawSource = {
			timeZone: "UTC",
			devices: [
				{ device: "this", inventoryDay },
				{ device: "elsewhere", inventoryDay: day },
			],
			installations: [
				{ device: "this", product: "this", installDay: facts.installDate?.day ?? null, lastUsageDay: facts.lastUsageDate?.day ?? null },
				{ device: "this", product: "other", installDay: null, lastUsageDay: otherUsage },
				{ device: "elsewhere", product: facts.productReportsUsage ? "this" : "other", installDay: null, lastUsageDay: day },
			],
		};
		const later = { asOf: Math.max(day, asOfDay) * 86_400_000, sources: [source], bundles: [], limits };
		const found = categorizeByReference(later).installations.find(({ device, product }) => device === "this" && product === "this")!;
		const outcome = { category: found.category, reason: found.reason };
		if (nameOf(outcome) !== nameOf(now)) return { day, outcome };
	}
	return null;
}
