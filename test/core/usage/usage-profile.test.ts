import assert from "node:assert/strict";
import { countOutcomes, recategorize } from "../../../core/usage/categorize.ts";
import { OUTCOMES } from "../../../core/usage/category.ts";
import { buildUsageProfile, countWithLimits, movesBetween, profileBytes, totalsWithLimits } from "../../../core/usage/usage-profile.ts";
import type { RawInstallation, RawInstance } from "../../support/reference-categorizer.ts";
import { categorizeRaw, limitsOf } from "./raw-instances.ts";

/** Some day; End of Sync of the instances below. */
const TODAY = 20_000;

type Counts = readonly [used: number, rarelyUsed: number, unused: number, recentlyInstalled: number];

describe("the usage profile", () => {
	// One installation each, by its usage age or its install age; on another device the product reports usage today, which is one more Used.
	const cases: readonly {
		readonly what: string;
		readonly usage: number | null;
		readonly install: number | null;
		readonly limits: string;
		readonly counts: Counts;
	}[] = [
		{ what: "used today", usage: 0, install: null, limits: "7,30,90", counts: [2, 0, 0, 0] },
		{ what: "used today, every limit 0", usage: 0, install: null, limits: "0,0,0", counts: [2, 0, 0, 0] },
		{ what: "used yesterday, every limit 0", usage: 1, install: null, limits: "0,0,0", counts: [1, 0, 1, 0] },
		{ what: "usage age at U", usage: 30, install: null, limits: "7,30,90", counts: [2, 0, 0, 0] },
		{ what: "usage age above U", usage: 31, install: null, limits: "7,30,90", counts: [1, 1, 0, 0] },
		{ what: "usage age below N", usage: 89, install: null, limits: "7,30,90", counts: [1, 1, 0, 0] },
		{ what: "usage age at N", usage: 90, install: null, limits: "7,30,90", counts: [1, 0, 1, 0] },
		{ what: "usage age at U and above N", usage: 90, install: null, limits: "7,90,30", counts: [2, 0, 0, 0] },
		{ what: "no day between U and N", usage: 31, install: null, limits: "7,30,31", counts: [1, 0, 1, 0] },
		{ what: "usage age at the largest limit", usage: 36_500, install: null, limits: "7,36500,36500", counts: [2, 0, 0, 0] },
		{ what: "usage age above the largest limit", usage: 36_501, install: null, limits: "7,36500,36500", counts: [1, 0, 1, 0] },
		{ what: "no install date", usage: null, install: null, limits: "7,30,90", counts: [1, 0, 1, 0] },
		{ what: "install age below I", usage: null, install: 6, limits: "7,30,90", counts: [1, 0, 0, 1] },
		{ what: "install age at I", usage: null, install: 7, limits: "7,30,90", counts: [1, 0, 1, 0] },
		{ what: "installed today, I is 0", usage: null, install: 0, limits: "0,30,90", counts: [1, 0, 1, 0] },
		{ what: "installed after End of Sync, I is 0", usage: null, install: -1, limits: "0,30,90", counts: [1, 0, 0, 1] },
		{ what: "installed long after End of Sync", usage: null, install: -3000, limits: "36500,30,90", counts: [1, 0, 0, 1] },
		{ what: "install age below the largest limit", usage: null, install: 36_499, limits: "36500,30,90", counts: [1, 0, 0, 1] },
		{ what: "install age at the largest limit", usage: null, install: 36_500, limits: "36500,30,90", counts: [1, 0, 1, 0] },
		{ what: "install age above the largest limit", usage: null, install: 36_501, limits: "36500,30,90", counts: [1, 0, 1, 0] },
	];
	for (const { what, usage, install, limits, counts } of cases) {
		it(`${what}, limits ${limits}: ${counts.join(", ")}`, () => {
			const categorization = categorizeRaw(oneInstallation(usage, install));
			const wanted = limitsOf(...(limits.split(",").map(Number) as [number, number, number]));
			assert.equal(categorization.endOfSync, TODAY);
			assert.deepEqual(pick(totalsWithLimits(buildUsageProfile(categorization), wanted)), counts);
			// The table above is right only if categorizing anew says the same.
			assert.deepEqual(pick(countOutcomes(recategorize(categorization, wanted)).totals), counts);
		});
	}

	it("has nothing to say of an estate without installations, and of one without End of Sync", () => {
		const empty = categorizeRaw({ ...oneInstallation(null, null), sources: [] });
		const undated = categorizeRaw({
			...oneInstallation(null, null),
			sources: [{ timeZone: "UTC", devices: [], installations: [{ device: "D", product: "P", installDay: TODAY, lastUsageDay: null }] }],
		});
		assert.deepEqual(
			totalsWithLimits(buildUsageProfile(empty), limitsOf(7, 30, 90)),
			OUTCOMES.map(() => 0),
		);
		assert.equal(undated.endOfSync, null);
		assert.deepEqual(
			totalsWithLimits(buildUsageProfile(undated), limitsOf(7, 30, 90)),
			OUTCOMES.map(({ reason }) => (reason === "No Device Inventory date" ? 1 : 0)),
		);
	});

	it("holds more products than two bytes can count, and stays small where most ages do not occur", () => {
		const products = 70_000;
		const installations = Array.from({ length: products }, (_, index) => ({
			device: `D${index % 49}`,
			product: `P${index}`,
			installDay: TODAY - 400,
			// The oldest ages make a table of all ages as large as it can get.
			lastUsageDay: index % 2 === 0 ? TODAY - 36_500 + (index % 7) : TODAY - (index % 50),
		}));
		const devices = Array.from({ length: 49 }, (_, index) => ({ device: `D${index}`, inventoryDay: TODAY }));
		const categorization = categorizeRaw({ ...oneInstallation(null, null), sources: [{ timeZone: "UTC", devices, installations }] });
		const profile = buildUsageProfile(categorization);
		assert.equal(profile.products, products);
		assert.ok(profileBytes(profile) < 100 * products, `${profileBytes(profile)} bytes`);
		const { totals, byProduct } = countWithLimits(profile, limitsOf(7, 30, 90));
		assert.equal(
			totals.reduce((sum, count) => sum + count, 0),
			products,
		);
		assert.equal(
			byProduct.reduce((sum, count) => sum + count, 0),
			products,
		);
		assert.deepEqual(movesBetween(profile, limitsOf(7, 30, 90), limitsOf(7, 40, 90)), [{ from: "Rarely Used", to: "Used", count: 7000 }]);
	});
});

/** A product on a device that reports usage today, and the same product on another one, with ages as of {@link TODAY}. */
function oneInstallation(usageAge: number | null, installAge: number | null): RawInstance {
	const dayOf = (age: number | null) => (age === null ? null : TODAY - age);
	const installations: readonly RawInstallation[] = [
		{ device: "D", product: "P", installDay: dayOf(installAge), lastUsageDay: dayOf(usageAge) },
		{ device: "E", product: "P", installDay: null, lastUsageDay: TODAY },
		// It makes the first device report usage.
		{ device: "D", product: "other", installDay: null, lastUsageDay: TODAY },
	];
	const devices = ["D", "E"].map((device) => ({ device, inventoryDay: TODAY }));
	return {
		// Long after End of Sync, so that an install date can lie between the two.
		asOf: (TODAY + 5000) * 86_400_000,
		sources: [{ timeZone: "UTC", devices, installations }],
		bundles: [],
		limits: { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 90 },
	};
}

/** Counts without the one Used installation of the other product. */
function pick(totals: readonly number[]): Counts {
	const at = (label: string) => totals[OUTCOMES.findIndex(({ category, reason }) => (reason ?? category) === label)]!;
	return [at("Used") - 1, at("Rarely Used"), at("Unused"), at("Recently installed")];
}
