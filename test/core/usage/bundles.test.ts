import assert from "node:assert/strict";
import { dayAt } from "../../../core/columns/day-column.ts";
import { NO_DAY } from "../../../core/dates/day-number.ts";
import type { BundleDefinition } from "../../../core/usage/bundles.ts";
import type { Categorization } from "../../../core/usage/categorization.ts";
import { categorize } from "../../../core/usage/categorize.ts";
import { factsOf } from "../../../core/usage/estate-facts.ts";
import { findInstallation } from "../../../core/usage/estate-lookups.ts";
import { DEFAULT_LIMITS } from "../../../core/usage/limits.ts";
import { makeEstate } from "../../support/make-estate.ts";

/** End of Sync and asOf; ages below are days before it. */
const TODAY = 20_761;
const AS_OF = TODAY * 86_400_000;
const OFFICE: BundleDefinition = { name: "Office", components: ["Word", "Excel"] };

describe("bundles", () => {
	// Age of the last usage date by product on one device that has recent inventory; all are installed 100 days ago.
	checkBundle(
		"takes its component's date when it has none",
		[OFFICE],
		{ Office: null, Word: 10, tool: 0 },
		{ Office: "10 → 7", Word: "10 → 7" },
	);
	checkBundle("takes the latest of its components' dates", [OFFICE], { Office: null, Word: 95, Excel: 40, tool: 0 }, { Office: "40 → 9" });
	checkBundle("keeps its own date when it is the latest", [OFFICE], { Office: 5, Word: 95, Excel: 40, tool: 0 }, { Office: "5 → 7" });
	checkBundle("takes a later date than its own", [OFFICE], { Office: 95, Word: 31, tool: 0 }, { Office: "31 → 9", Word: "31 → 9" });
	checkBundle(
		"takes a component's date in the future",
		[OFFICE],
		{ Office: 5, Word: -1, tool: 0 },
		{ Office: "-1 future → 5", Word: "-1 future → 5" },
	);
	checkBundle("keeps its own date in the future", [OFFICE], { Office: -2, Word: -1, tool: 0 }, { Office: "-2 future → 5" });
	checkBundle("takes nothing from what is no component", [OFFICE], { Office: 50, tool: 0 }, { Office: "50 → 9" });
	checkBundle("gives its components nothing", [OFFICE], { Office: 5, Word: null, tool: 0 }, { Office: "5 → 7", Word: "none → 11" });
	checkBundle(
		"has no date when no component has",
		[OFFICE],
		{ Office: null, Word: null, tool: 0 },
		{ Office: "none → 11", Word: "none → 11" },
	);
	checkBundle("judges the device by dates of its own that were not taken over", [OFFICE], { Office: null, Word: 31 }, { Office: "31 → 6" });
	checkBundle(
		"need not have components that are installed",
		[{ name: "Office", components: ["Absent"] }],
		{ Office: 3 },
		{ Office: "3 → 7" },
	);
	checkBundle("need not be installed", [OFFICE], { Word: 3 }, { Word: "3 → 7" });
	checkBundle(
		"gains nothing by being its own component",
		[{ name: "Office", components: ["Office"] }],
		{ Office: 40, tool: 0 },
		{ Office: "40 → 9" },
	);
	checkBundle(
		"does not pass on what it took over",
		[OFFICE, { name: "Suite", components: ["Office"] }],
		{ Suite: null, Office: 80, Word: 1 },
		{ Suite: "80 → 9", Office: "1 → 7" },
	);
	checkBundle(
		"is one bundle when it is defined twice, with the components of both",
		[OFFICE, { name: "Office", components: ["Visio", "Word"] }],
		{ Office: null, Visio: 2, Excel: 4 },
		{ Office: "2 → 7" },
	);
	checkBundle(
		"shares a component with another bundle",
		[OFFICE, { name: "Suite", components: ["Word"] }],
		{ Office: null, Suite: 60, Word: 20 },
		{ Office: "20 → 7", Suite: "20 → 7" },
	);
	checkBundle(
		"has exactly the names of products",
		[{ name: "office", components: ["Word"] }],
		{ Office: 50, Word: 1 },
		{ Office: "50 → 9" },
	);

	describe("on several devices", () => {
		// The bundle and another product, in use, stand on "here"; where its component is, and since when it is not used.
		const CASES: readonly (readonly [what: string, where: string, age: number | null, rule: number])[] = [
			["report usage when a component does elsewhere, whose date they do not take", "elsewhere", 10, 15],
			["do not report usage when no component does", "elsewhere", null, 11],
			["do not report usage when a component has only a date in the future", "elsewhere", -1, 11],
			["take the date of a component on the same device", "here", 10, 7],
		];
		for (const [what, where, age, rule] of CASES) {
			it(what, () => {
				const estate = makeEstate({
					installations: [
						{ device: "here", product: "Office", installDay: TODAY - 100 },
						{ device: "here", product: "tool", installDay: TODAY - 100, lastUsageDay: TODAY },
						{ device: where, product: "Word", lastUsageDay: age === null ? null : TODAY - age },
					],
					devices: [
						{ device: "here", inventoryDay: TODAY },
						// Inventory too old to decide anything there: usage counts all the same.
						{ device: "elsewhere", inventoryDay: TODAY - 400 },
					],
				});
				assert.equal(ruleOf(categorize(estate, AS_OF, DEFAULT_LIMITS, [OFFICE]), "here", "Office"), rule);
			});
		}
	});

	it("take the future for true when a component has the same day from a time zone where it is the future, and only then", () => {
		// At AS_OF it is still the day before on Hawaii.
		for (const [bundleZone, componentZone, rule] of [
			["UTC", "UTC", 7],
			["UTC", "Pacific/Honolulu", 5],
			["Pacific/Honolulu", "UTC", 5],
			["Pacific/Honolulu", "Pacific/Honolulu", 5],
		] as const) {
			const estate = makeEstate(
				{ devices: [{ device: "d", inventoryDay: TODAY }], installations: [{ device: "d", product: "tool", lastUsageDay: TODAY }] },
				{ timeZone: bundleZone, installations: [{ device: "d", product: "Office", lastUsageDay: TODAY }] },
				{ timeZone: componentZone, installations: [{ device: "d", product: "Word", lastUsageDay: TODAY }] },
			);
			const categorization = categorize(estate, AS_OF, DEFAULT_LIMITS, [OFFICE]);
			assert.equal(ruleOf(categorization, "d", "Office"), rule, `${bundleZone}, ${componentZone}`);
		}
	});

	it("leave the estate itself as it is", () => {
		const installations = [
			{ device: "d", product: "Office", lastUsageDay: null },
			{ device: "d", product: "Word", lastUsageDay: TODAY },
		];
		const estate = makeEstate({ installations });
		const { effectiveUsage, facts } = categorize(estate, AS_OF, DEFAULT_LIMITS, [OFFICE]);
		assert.deepEqual([dayAt(estate.lastUsageDay, 0), dayAt(estate.lastUsageDay, 1)], [NO_DAY, TODAY]);
		assert.deepEqual([dayAt(effectiveUsage, 0), dayAt(effectiveUsage, 1)], [TODAY, TODAY]);
		assert.deepEqual([...facts.productReportsUsage], [1, 1]);
	});

	for (const [what, bundles, ages] of [
		["there are no bundles", [], { Office: null, Word: 3 }],
		["no bundle is installed", [OFFICE], { Word: 3 }],
		["every bundle has the latest date itself", [OFFICE], { Office: 3, Word: 3 }],
	] as const) {
		it(`take no memory when ${what}`, () => {
			const installations = Object.entries(ages).map(([product, age]) => ({ device: "d", product, lastUsageDay: dayOf(age) }));
			const estate = makeEstate({ installations });
			assert.equal(categorize(estate, AS_OF, DEFAULT_LIMITS, bundles).effectiveUsage, estate.lastUsageDay);
		});
	}
});

/** Checks "age → rule" of some products; a negative age is in the future. The rows are tried in both orders. */
function checkBundle(
	what: string,
	bundles: readonly BundleDefinition[],
	ages: Readonly<Record<string, number | null>>,
	expected: Readonly<Record<string, string>>,
): void {
	it(what, () => {
		for (const rows of [Object.entries(ages), Object.entries(ages).reverse()]) {
			const estate = makeEstate({
				devices: [{ device: "d", inventoryDay: TODAY }],
				installations: rows.map(([product, age]) => ({ device: "d", product, installDay: TODAY - 100, lastUsageDay: dayOf(age) })),
			});
			const categorization = categorize(estate, AS_OF, DEFAULT_LIMITS, bundles);
			const found = rows.map(([product], place) => {
				const used = factsOf(categorization, place).lastUsageDate;
				const date = used === null ? "none" : `${TODAY - used.day}${used.inFuture ? " future" : ""}`;
				return [product, `${date} → ${categorization.rule[place]}`] as const;
			});
			assert.deepEqual(Object.fromEntries(found.filter(([product]) => product in expected)), expected);
		}
	});
}

function ruleOf({ estate, rule }: Categorization, device: string, product: string): number {
	return rule[findInstallation(estate, device, product)!]!;
}

function dayOf(age: number | null): number | null {
	return age === null ? null : TODAY - age;
}
