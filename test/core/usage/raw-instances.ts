import assert from "node:assert/strict";
import fc from "fast-check";
import { dayAt } from "../../../core/columns/day-column.ts";
import { NO_DAY } from "../../../core/dates/day-number.ts";
import type { Categorization } from "../../../core/usage/categorization.ts";
import { categorize } from "../../../core/usage/categorize.ts";
import { RULES } from "../../../core/usage/decision-table.ts";
import { createInstallationNames } from "../../../core/usage/installation-names.ts";
import { type LimitName, type Limits, makeLimits } from "../../../core/usage/limits.ts";
import { orderByDeviceAndProduct } from "../../../core/usage/order-installations.ts";
import { makeEstate } from "../../support/make-estate.ts";
import type { RawInstallation, RawInstance, RawSource, ReferenceResult } from "../../support/reference-categorizer.ts";

/** Checked limits in the order I, U, N. */
export function limitsOf(install: number, used: number, unused: number): Limits {
	const made = makeLimits({ InstallDateCutOffLimit: install, UsedCategoryLimit: used, UnusedCategoryLimit: unused });
	assert.ok(made.value !== null, `no limits: ${install}, ${used}, ${unused}`);
	return made.value;
}

/** The zones of random sources: far ahead of UTC, far behind it, and off the full hour. */
const ZONES = ["UTC", "Pacific/Auckland", "Pacific/Honolulu", "Asia/Kolkata"];

/** An instance through the product: consolidation and categorizer. */
export function categorizeRaw({ asOf, sources, bundles, limits }: RawInstance): Categorization {
	const { InstallDateCutOffLimit, UsedCategoryLimit, UnusedCategoryLimit } = limits;
	return categorize(makeEstate(...sources), asOf, limitsOf(InstallDateCutOffLimit, UsedCategoryLimit, UnusedCategoryLimit), bundles);
}

/** A categorization as the reference implementation gives it. */
export function toResult(categorization: Categorization): ReferenceResult {
	const { estate, effectiveUsage } = categorization;
	const names = createInstallationNames(estate);
	const dayOrNull = (day: number) => (day === NO_DAY ? null : day);
	return {
		endOfSync: categorization.endOfSync,
		installations: Array.from(orderByDeviceAndProduct(categorization), (installation) => {
			const { number, outcome } = RULES[categorization.rule[installation]! - 1]!;
			return {
				device: names.device(installation),
				product: names.product(installation),
				installDay: dayOrNull(dayAt(estate.installDay, installation)),
				lastUsageDay: dayOrNull(dayAt(effectiveUsage, installation)),
				category: outcome.category,
				reason: outcome.reason,
				rule: number,
			};
		}),
	};
}

/** 2026-11-05, around whose midnights the `asOf` of random instances lie. */
const PIVOT_DAY = 20_762;

/** In some code-unit order that no language has. */
const DEVICES = ["a", "B", "é", "Z", "10", "9"];
const PRODUCTS = ["Word", "excel", "Office", "Suite", "Ünit", "#"];

const nearDays = fc.oneof(
	{ weight: 6, arbitrary: fc.integer({ min: -3, max: 3 }) },
	{ weight: 6, arbitrary: fc.integer({ min: -34, max: -26 }) },
	{ weight: 3, arbitrary: fc.integer({ min: -70, max: -4 }) },
	{ weight: 2, arbitrary: fc.integer({ min: -130, max: -60 }) },
);
const farDays = fc.constantFrom(-719162 - PIVOT_DAY, 2932896 - PIVOT_DAY, -PIVOT_DAY);

function sourcesOf(zones: readonly string[], offsets: fc.Arbitrary<number>): fc.Arbitrary<readonly RawSource[]> {
	const days = fc.option(offsets, { nil: null, freq: 4 }).map((offset) => (offset === null ? null : PIVOT_DAY + offset));
	const installations: fc.Arbitrary<RawInstallation> = fc.record({
		device: fc.constantFrom(...DEVICES),
		product: fc.constantFrom(...PRODUCTS),
		installDay: days,
		// Half of them without, so that "no usage" is met in instances of any size.
		lastUsageDay: fc.oneof(days, fc.constant(null)),
	});
	return fc.array(
		fc.record({
			timeZone: fc.constantFrom(...zones),
			devices: fc.array(fc.record({ device: fc.constantFrom(...DEVICES), inventoryDay: days }), { maxLength: 8 }),
			installations: fc.array(installations, { maxLength: 16 }),
		}),
		{ maxLength: 4 },
	);
}

/** Narrow and wide columns, with one time zone and with several, are categorized in different ways: all are met often. */
const sources = fc
	.tuple(
		fc.oneof(fc.constant(ZONES), ...ZONES.map((zone) => fc.constant([zone]))),
		fc.constantFrom(nearDays, fc.oneof({ weight: 17, arbitrary: nearDays }, { weight: 1, arbitrary: farDays })),
	)
	.chain(([zones, offsets]) => sourcesOf(zones, offsets));

const someLimits: fc.Arbitrary<{ readonly [name in LimitName]: number }> = fc.oneof(
	fc.constant({ InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 90 }),
	fc.record({
		InstallDateCutOffLimit: fc.integer({ min: 0, max: 40 }),
		UsedCategoryLimit: fc.integer({ min: 0, max: 120 }),
		UnusedCategoryLimit: fc.integer({ min: 0, max: 120 }),
	}),
	fc.record({
		InstallDateCutOffLimit: fc.constantFrom(0, 1, 36_500),
		UsedCategoryLimit: fc.constantFrom(0, 29, 30, 31, 36_500),
		UnusedCategoryLimit: fc.constantFrom(0, 30, 31, 32, 36_500),
	}),
);

/** Faulty ones too: of itself, of another bundle, twice, of products that are not there. */
const bundles = fc.array(
	fc.record({
		name: fc.constantFrom("Office", "Suite", "Word", "absent"),
		components: fc.array(fc.constantFrom(...PRODUCTS, "missing"), { maxLength: 3 }),
	}),
	{ maxLength: 3 },
);

/** Small instances of several sources that repeat and contradict one another, dense around every boundary. */
export const rawInstances: fc.Arbitrary<RawInstance> = fc.record({
	asOf: fc.integer({ min: -36 * 60, max: 36 * 60 }).map((minutes) => PIVOT_DAY * 86_400_000 + minutes * 60_000),
	sources,
	bundles,
	limits: someLimits,
});
