import assert from "node:assert/strict";
import fc from "fast-check";
import { bundleUsage } from "../../../core/usage/bundles.ts";
import { prepareCategorization } from "../../../core/usage/categorize.ts";
import { OUTCOMES } from "../../../core/usage/category.ts";
import { countByProduct, countOutcomes } from "../../../core/usage/count-outcomes.ts";
import { decideInstallations } from "../../../core/usage/decide-installations.ts";
import { readFacts } from "../../../core/usage/estate-facts.ts";
import { cutDevices } from "../../support/make-estate.ts";
import { categorizeByReference, type RawInstance, type ReferenceResult } from "../../support/reference-categorizer.ts";
import { categorizeRaw, rawInstances, toResult } from "./raw-instances.ts";

describe("the categorizer, on random instances", function () {
	this.timeout(120_000);

	it("agrees with the reference implementation, installation by installation and in its counts", () => {
		fc.assert(
			fc.property(rawInstances, (instance) => {
				const categorization = categorizeRaw(instance);
				const expected = categorizeByReference(instance);
				assert.deepEqual(toResult(categorization), expected);
				assert.deepEqual(countOutcomes(categorization), countByReference(expected));
			}),
			{ numRuns: 4000 },
		);
	});

	it("gives the same in ranges of devices, wherever they are cut", () => {
		fc.assert(
			fc.property(rawInstances, fc.array(fc.nat(6)), (instance, cuts) => {
				const whole = categorizeRaw(instance);
				const { estate, asOf, limits, facts } = whole;
				const { lastPresentDay } = facts;
				const ranges = cutDevices(estate, cuts);
				const inRanges = prepareCategorization(
					{ estate, asOf, limits, lastPresentDay },
					ranges.map((range) => readFacts(estate, lastPresentDay, range)),
					bundleUsage(estate, instance.bundles, lastPresentDay),
				);
				const counts = ranges.map((range) => {
					decideInstallations(inRanges, range, inRanges.rule);
					return countByProduct(inRanges, range);
				});
				assert.deepEqual(inRanges, whole);
				assert.deepEqual(
					countByProduct(whole).map((_, cell) => counts.reduce((sum, one) => sum + one[cell]!, 0)),
					countByProduct(whole),
				);
			}),
			{ numRuns: 1000 },
		);
	});

	it("meets every rule, and every rule with a bundle's date, in what is tested above", () => {
		const instances = fc.sample(rawInstances, { numRuns: 1500, seed: 1 });
		const reached = new Set(instances.flatMap((instance) => categorizeByReference(instance).installations.map(({ rule }) => rule)));
		assert.deepEqual(
			[...reached].sort((a, b) => a - b),
			[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
		);
		const changedByBundles = new Set(
			instances.flatMap((instance) => {
				const without = categorizeByReference({ ...instance, bundles: [] }).installations;
				return categorizeByReference(instance)
					.installations.filter(({ rule }, place) => rule !== without[place]!.rule)
					.map(({ rule }) => rule);
			}),
		);
		assert.deepEqual(
			[...changedByBundles].sort((a, b) => a - b),
			[5, 6, 7, 8, 9, 12, 13, 14, 15],
		);
	});

	it("gives the same whatever the order of sources and rows", () => {
		const reordered = rawInstances.chain((instance) => fc.tuple(fc.constant(instance), reorder(instance)));
		fc.assert(
			fc.property(reordered, ([instance, other]) => assert.deepEqual(toResult(categorizeRaw(other)), toResult(categorizeRaw(instance)))),
			{ numRuns: 500 },
		);
	});

	it("gives the same when every row comes twice", () => {
		fc.assert(
			fc.property(rawInstances, (instance) => {
				const twice = { ...instance, sources: [...instance.sources, ...instance.sources] };
				assert.deepEqual(toResult(categorizeRaw(twice)), toResult(categorizeRaw(instance)));
			}),
			{ numRuns: 300 },
		);
	});

	it("changes no other installation for one more usage date in the future, on a known or a new device, of a known or a new product", () => {
		const added = fc.record({
			device: fc.constantFrom("a", "B", "new device"),
			product: fc.constantFrom("#", "Ünit", "new product"),
			daysAhead: fc.integer({ min: 3, max: 5000 }),
		});
		fc.assert(
			fc.property(rawInstances, added, (instance, { device, product, daysAhead }) => {
				const before = toResult(categorizeRaw(instance));
				// A component's date is its bundle's date too, and another date of the same installation is no new installation.
				fc.pre(!instance.bundles.some(({ components }) => components.includes(product)));
				fc.pre(!before.installations.some((known) => known.device === device && known.product === product));
				const lastUsageDay = Math.floor(instance.asOf / 86_400_000) + daysAhead;
				const source = { timeZone: "UTC", devices: [], installations: [{ device, product, installDay: null, lastUsageDay }] };
				const after = toResult(categorizeRaw({ ...instance, sources: [...instance.sources, source] }));
				const others = after.installations.filter((known) => known.device !== device || known.product !== product);
				assert.deepEqual({ ...after, installations: others }, before);
				assert.equal(after.installations.length, before.installations.length + 1);
			}),
			{ numRuns: 1000 },
		);
	});

	it("moves installations between Used, Rarely Used and Unused, and between Recently installed and Unused, but nowhere else, when limits change", () => {
		fc.assert(
			fc.property(rawInstances, rawInstances, (instance, { limits }) => {
				const families = (result: ReferenceResult) =>
					result.installations.map(({ rule }) => (rule >= 7 && rule <= 9 ? "by usage" : rule >= 14 ? "by install" : rule));
				assert.deepEqual(families(toResult(categorizeRaw({ ...instance, limits }))), families(toResult(categorizeRaw(instance))));
			}),
			{ numRuns: 300 },
		);
	});
});

function countByReference({ installations }: ReferenceResult): ReturnType<typeof countOutcomes> {
	const count = (among: ReferenceResult["installations"]) =>
		OUTCOMES.map((outcome) => among.filter(({ category, reason }) => category === outcome.category && reason === outcome.reason).length);
	const products = [...new Set(installations.map(({ product }) => product))].sort();
	return {
		totals: count(installations),
		byProduct: products.map((product) => ({ product, counts: count(installations.filter((one) => one.product === product)) })),
	};
}

function reorder(instance: RawInstance): fc.Arbitrary<RawInstance> {
	const shuffled = <Item>(items: readonly Item[]) => fc.shuffledSubarray([...items], { minLength: items.length });
	const sources = instance.sources.map((source) =>
		fc.record({ timeZone: fc.constant(source.timeZone), devices: shuffled(source.devices), installations: shuffled(source.installations) }),
	);
	return fc
		.tuple(...sources)
		.chain((inner) => fc.record({ ...constants(instance), sources: shuffled(inner), bundles: shuffled(instance.bundles) }));
}

function constants({ asOf, limits }: RawInstance) {
	return { asOf: fc.constant(asOf), limits: fc.constant(limits) };
}
