import assert from "node:assert/strict";
import fc from "fast-check";
import { dayAt } from "../../../core/columns/day-column.ts";
import { nameAt } from "../../../core/columns/name-table.ts";
import { NO_DAY } from "../../../core/dates/day-number.ts";
import type { Categorization } from "../../../core/usage/categorization.ts";
import { categorize } from "../../../core/usage/categorize.ts";
import { OUTCOMES } from "../../../core/usage/category.ts";
import { outcomeIndexOfRule } from "../../../core/usage/count-outcomes.ts";
import { deviceOf } from "../../../core/usage/estate-lookups.ts";
import { createInstallationNames } from "../../../core/usage/installation-names.ts";
import { DEFAULT_LIMITS } from "../../../core/usage/limits.ts";
import { type InstallationQuery, orderInstallations } from "../../../core/usage/order-installations.ts";
import { createSmallSort } from "../../../core/usage/small-sort.ts";
import type { SortColumn } from "../../../core/usage/sort-keys.ts";
import type { NameColumn } from "../../../core/usage/source-table.ts";
import { installationsOf, makeEstate } from "../../support/make-estate.ts";
import { limitsOf } from "./raw-instances.ts";

const TODAY = 20_761;
const AS_OF = TODAY * 86_400_000;

describe("the order of installations", () => {
	const estate = makeEstate({
		devices: [
			{ device: "pc2", inventoryDay: TODAY, deviceName: "Zoë" },
			{ device: "PC1", inventoryDay: TODAY, deviceName: "Anna" },
			{ device: "pc3", inventoryDay: null, deviceName: null },
		],
		installations: [
			{ device: "pc2", product: "Word", installDay: TODAY - 9, lastUsageDay: TODAY, publisher: "Arc", version: "2" },
			{ device: "pc2", product: "Excel", installDay: null, lastUsageDay: TODAY - 200, publisher: null, version: "10" },
			{ device: "PC1", product: "word pad", installDay: TODAY - 1, lastUsageDay: TODAY + 1, publisher: "arc", version: null },
			{ device: "PC1", product: "Word", installDay: TODAY - 9, lastUsageDay: TODAY - 25, publisher: "Arc", version: "2" },
			{ device: "pc3", product: "Excel", installDay: TODAY - 300, lastUsageDay: null, publisher: null, version: "1" },
		],
	});
	const categorization = categorize(estate, AS_OF, limitsOf(7, 20, 90), []);
	const names = installationsOf(estate);

	const CASES: readonly (readonly [query: InstallationQuery, ...expected: string[]])[] = [
		[{}, "PC1 Word", "PC1 word pad", "pc2 Excel", "pc2 Word", "pc3 Excel"],
		[{ sort: [{ by: "device", descending: true }] }, "pc3 Excel", "pc2 Excel", "pc2 Word", "PC1 Word", "PC1 word pad"],
		[{ sort: [{ by: "product" }] }, "pc2 Excel", "pc3 Excel", "PC1 Word", "pc2 Word", "PC1 word pad"],
		[{ sort: [{ by: "deviceName" }] }, "PC1 Word", "PC1 word pad", "pc2 Excel", "pc2 Word", "pc3 Excel"],
		[{ sort: [{ by: "deviceName", descending: true }] }, "pc2 Excel", "pc2 Word", "PC1 Word", "PC1 word pad", "pc3 Excel"],
		[{ sort: [{ by: "category" }] }, "pc2 Word", "PC1 Word", "pc2 Excel", "PC1 word pad", "pc3 Excel"],
		[{ sort: [{ by: "category", descending: true }] }, "PC1 word pad", "pc3 Excel", "pc2 Excel", "PC1 Word", "pc2 Word"],
		[{ sort: [{ by: "reason" }] }, "PC1 word pad", "pc3 Excel", "PC1 Word", "pc2 Excel", "pc2 Word"],
		[{ sort: [{ by: "reason", descending: true }] }, "pc3 Excel", "PC1 word pad", "PC1 Word", "pc2 Excel", "pc2 Word"],
		[{ sort: [{ by: "rule" }] }, "pc3 Excel", "PC1 word pad", "pc2 Word", "pc2 Excel", "PC1 Word"],
		[{ sort: [{ by: "installDate" }] }, "pc3 Excel", "PC1 Word", "pc2 Word", "PC1 word pad", "pc2 Excel"],
		[{ sort: [{ by: "lastUsageDate", descending: true }] }, "PC1 word pad", "pc2 Word", "PC1 Word", "pc2 Excel", "pc3 Excel"],
		[{ sort: [{ by: "publisher" }] }, "PC1 Word", "pc2 Word", "PC1 word pad", "pc2 Excel", "pc3 Excel"],
		[{ sort: [{ by: "version" }] }, "pc3 Excel", "pc2 Excel", "PC1 Word", "pc2 Word", "PC1 word pad"],
		[{ sort: [{ by: "version" }, { by: "device", descending: true }] }, "pc3 Excel", "pc2 Excel", "pc2 Word", "PC1 Word", "PC1 word pad"],
		[{ filter: { text: "WORD" } }, "PC1 Word", "PC1 word pad", "pc2 Word"],
		[{ filter: { text: "pC2" } }, "pc2 Excel", "pc2 Word"],
		[{ filter: { text: "" } }, "PC1 Word", "PC1 word pad", "pc2 Excel", "pc2 Word", "pc3 Excel"],
		[{ filter: { text: "nothing" } }],
		[{ filter: { devices: ["PC1", "PC2"] } }, "PC1 Word", "PC1 word pad"],
		[{ filter: { devices: [] } }],
		[{ filter: { products: ["Excel"] } }, "pc2 Excel", "pc3 Excel"],
		[{ filter: { outcomes: [0, 1] } }, "PC1 Word", "pc2 Word"],
		[{ filter: { outcomes: [] } }],
		[{ filter: { outcomes: [0, 1, 2], products: ["Word"], text: "2" }, sort: [{ by: "rule" }] }, "pc2 Word"],
	];
	for (const [query, ...expected] of CASES) {
		it(`is ${expected.join(", ")} for ${JSON.stringify(query)}`, () => {
			const order = orderInstallations(categorization, query);
			assert.deepEqual(
				Array.from(order, (installation) => names[installation]),
				expected,
			);
			assert.ok(order.buffer instanceof SharedArrayBuffer);
		});
	}

	it("has what is not mapped as it has what is missing", () => {
		const plain = categorize(
			makeEstate({
				installations: [
					{ device: "b", product: "p" },
					{ device: "a", product: "p" },
				],
			}),
			AS_OF,
			DEFAULT_LIMITS,
			[],
		);
		for (const by of ["publisher", "version", "deviceName", "installDate", "lastUsageDate"] as const) {
			for (const descending of [true, false]) assert.deepEqual([...orderInstallations(plain, { sort: [{ by, descending }] })], [1, 0]);
		}
	});

	it("agrees with a plain sort of objects, on random estates and queries", function () {
		this.timeout(120_000);
		fc.assert(
			fc.property(categorizations, queries, (random, query) => {
				assert.deepEqual([...orderInstallations(random, query)], orderByReference(random, query));
			}),
			{ numRuns: 800 },
		);
	});
});

describe("a small sort", () => {
	it("sorts lists of any length, one after the other", () => {
		const lists = fc.array(fc.array(fc.nat(99_999), { maxLength: 300, size: "max" }), { maxLength: 5 });
		fc.assert(
			fc.property(lists, (all) => {
				const small = createSmallSort(300, 100_000);
				for (const list of all) {
					small.numbers.set(list);
					small.sort(list.length);
					assert.deepEqual(
						[...small.numbers.subarray(0, list.length)],
						list.toSorted((a, b) => a - b),
					);
				}
			}),
		);
	});
});

const DEVICES = ["a", "B", "ab", "é", "🙂", "\ue000", "1"];
const PRODUCTS = ["Word", "word", "Éa", "#", "日本", "x1"];
const texts = fc.constantFrom(null, "A", "b", "Ä");
const nearDays = fc.option(fc.integer({ min: TODAY - 120, max: TODAY + 2 }), { nil: null, freq: 3 });
const anyDays = fc.oneof(nearDays, fc.constantFrom(-719_162, 2_932_896));

const categorizations: fc.Arbitrary<Categorization> = fc
	.oneof({ weight: 9, arbitrary: fc.constant(nearDays) }, { weight: 1, arbitrary: fc.constant(anyDays) })
	.chain((days) =>
		fc.record({
			devices: fc.array(fc.record({ device: fc.constantFrom(...DEVICES), inventoryDay: days, deviceName: texts })),
			installations: fc.array(
				fc.record({
					device: fc.constantFrom(...DEVICES),
					product: fc.constantFrom(...PRODUCTS),
					installDay: days,
					lastUsageDay: days,
					publisher: texts,
					version: texts,
				}),
				{ maxLength: 30 },
			),
			bundles: fc.constantFrom([], [{ name: "Word", components: ["word", "#"] }]),
		}),
	)
	.map(({ bundles, ...source }) => categorize(makeEstate(source), AS_OF, DEFAULT_LIMITS, bundles));

const SORT_COLUMNS: readonly SortColumn[] = [
	"device",
	"product",
	"category",
	"reason",
	"rule",
	"installDate",
	"lastUsageDate",
	"publisher",
	"version",
	"deviceName",
];

const queries: fc.Arbitrary<InstallationQuery> = fc.record(
	{
		filter: fc.record(
			{
				outcomes: fc.subarray([...OUTCOMES.keys()]),
				devices: fc.subarray([...DEVICES, "absent"]),
				products: fc.subarray([...PRODUCTS, "absent"]),
				text: fc.constantFrom("", "a", "A", "É", "WORD", "1", "absent"),
			},
			{ requiredKeys: [] },
		),
		sort: fc.array(fc.record({ by: fc.constantFrom(...SORT_COLUMNS), descending: fc.boolean() }, { requiredKeys: ["by"] }), {
			maxLength: 4,
		}),
	},
	{ requiredKeys: [] },
);

function orderByReference(categorization: Categorization, { filter = {}, sort = [] }: InstallationQuery): number[] {
	const { estate, rule, effectiveUsage } = categorization;
	const names = createInstallationNames(estate);
	const name = (column: NameColumn | null, index: number) => {
		const stored = column?.indices[index] ?? 0;
		return stored === 0 ? null : nameAt(column!.names, stored - 1);
	};
	const day = (value: number) => (value === NO_DAY ? null : value);
	const all = Array.from(rule, (number, installation) => {
		const outcome = outcomeIndexOfRule(number);
		return {
			installation,
			outcome,
			device: names.device(installation),
			product: names.product(installation),
			category: Math.min(outcome, 3),
			reason: outcome < 3 ? null : outcome,
			rule: number,
			installDate: day(dayAt(estate.installDay, installation)),
			lastUsageDate: day(dayAt(effectiveUsage, installation)),
			publisher: name(estate.publisher, installation),
			version: name(estate.version, installation),
			deviceName: name(estate.deviceName, deviceOf(estate, installation)),
		};
	});
	const { outcomes, devices, products, text } = filter;
	const selected = all.filter(
		(one) =>
			(outcomes?.includes(one.outcome) ?? true) &&
			(devices?.includes(one.device) ?? true) &&
			(products?.includes(one.product) ?? true) &&
			[one.device, one.product].some((part) => part.toLowerCase().includes((text ?? "").toLowerCase())),
	);
	const keys = [...sort, { by: "device" }, { by: "product" }] as const;
	selected.sort((a, b) => {
		for (const { by, descending } of keys as NonNullable<InstallationQuery["sort"]>) {
			const [one, other] = [a[by], b[by]];
			if (one === other) continue;
			if (one === null || other === null) return one === null ? 1 : -1;
			return one < other === (descending === true) ? 1 : -1;
		}
		return 0;
	});
	return selected.map(({ installation }) => installation);
}
