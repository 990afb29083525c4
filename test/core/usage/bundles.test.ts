import assert from "node:assert/strict";
import { NO_DAY } from "../../../core/dates/day-number.ts";
import type { BundleDefinition } from "../../../core/usage/bundles.ts";
import { categorize } from "../../../core/usage/categorize.ts";
import { createEstateBuilder } from "../../../core/usage/estate-builder.ts";
import { DEFAULT_LIMITS } from "../../../core/usage/limits.ts";

/** End of Sync and asOf; ages below are days before it. */
const TODAY = 20_761;
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
				const builder = createEstateBuilder(TODAY * 86_400_000);
				builder.addInstallation("here", "Office", TODAY - 100, NO_DAY, TODAY);
				builder.addInstallation("here", "tool", TODAY - 100, TODAY, TODAY);
				builder.addInstallation(where, "Word", NO_DAY, age === null ? NO_DAY : TODAY - age, TODAY);
				builder.addDevice("here", TODAY, TODAY);
				// Inventory too old to decide anything there: usage counts all the same.
				builder.addDevice("elsewhere", TODAY - 400, TODAY);
				assert.equal(categorize(builder.build(), DEFAULT_LIMITS, [OFFICE]).rule[0], rule);
			});
		}
	});

	it("take the future for true when a component has the same day from a time zone where it is the future, and only then", () => {
		for (const [bundleAsOf, componentAsOf, rule] of [
			[TODAY, TODAY, 7],
			[TODAY, TODAY - 1, 5],
			[TODAY - 1, TODAY, 5],
			[TODAY - 1, TODAY - 1, 5],
		] as const) {
			const builder = createEstateBuilder(TODAY * 86_400_000);
			builder.addDevice("d", TODAY, TODAY);
			builder.addInstallation("d", "tool", NO_DAY, TODAY, TODAY);
			builder.addInstallation("d", "Office", NO_DAY, TODAY, bundleAsOf);
			builder.addInstallation("d", "Word", NO_DAY, TODAY, componentAsOf);
			assert.equal(categorize(builder.build(), DEFAULT_LIMITS, [OFFICE]).rule[1], rule, `${bundleAsOf}, ${componentAsOf}`);
		}
	});

	it("leave the estate itself as it is", () => {
		const builder = createEstateBuilder(TODAY * 86_400_000);
		builder.addInstallation("d", "Office", NO_DAY, NO_DAY, TODAY);
		builder.addInstallation("d", "Word", NO_DAY, TODAY, TODAY);
		const estate = builder.build();
		const { effectiveUsageDay, facts } = categorize(estate, DEFAULT_LIMITS, [OFFICE]);
		assert.deepEqual([...estate.lastUsageDay], [NO_DAY, TODAY]);
		assert.deepEqual([...effectiveUsageDay], [TODAY, TODAY]);
		assert.deepEqual([...facts.productReportsUsage], [1, 1]);
	});
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
			const builder = createEstateBuilder(TODAY * 86_400_000);
			builder.addDevice("d", TODAY, TODAY);
			for (const [product, age] of rows) builder.addInstallation("d", product, TODAY - 100, age === null ? NO_DAY : TODAY - age, TODAY);
			const { rule, effectiveUsageDay, effectiveUsageInFuture } = categorize(builder.build(), DEFAULT_LIMITS, bundles);
			const found = rows.map(([product], place) => {
				const day = effectiveUsageDay[place]!;
				const date = day === NO_DAY ? "none" : `${TODAY - day}${effectiveUsageInFuture[place] === 1 ? " future" : ""}`;
				return [product, `${date} → ${rule[place]}`] as const;
			});
			assert.deepEqual(Object.fromEntries(found.filter(([product]) => product in expected)), expected);
		}
	});
}
