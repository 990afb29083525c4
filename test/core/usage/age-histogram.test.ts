import assert from "node:assert/strict";
import fc from "fast-check";
import { countYounger, makeAgeBuckets, sumUpAges } from "../../../core/usage/age-histogram.ts";

describe("the histogram of ages", () => {
	const PRODUCTS = [[], [4, 0, 9, 3, 4, 36_500, 4, 4], [1, 1]];
	const cases: readonly { readonly group: number; readonly age: number; readonly count: number }[] = [
		{ group: 0, age: 36_501, count: 0 },
		{ group: 1, age: 0, count: 0 },
		{ group: 1, age: 1, count: 1 },
		{ group: 1, age: 3, count: 1 },
		{ group: 1, age: 4, count: 2 },
		{ group: 1, age: 5, count: 6 },
		{ group: 1, age: 9, count: 6 },
		{ group: 1, age: 10, count: 7 },
		{ group: 1, age: 36_500, count: 7 },
		{ group: 1, age: 36_501, count: 8 },
		{ group: 2, age: 1, count: 0 },
		{ group: 2, age: 2, count: 2 },
		{ group: 3, age: 2, count: 3 },
		{ group: 3, age: 36_501, count: 10 },
	];
	for (const { group, age, count } of cases) {
		const name = group === PRODUCTS.length ? "all products" : `product ${group}`;
		it(`${name}, below ${age}: ${count}`, () => {
			for (const tableAge of [0, 1, 100]) assert.equal(countYounger(histogramOf(PRODUCTS, tableAge), group, age), count);
		});
	}

	it("counts as one counts by hand, with a table and without, with many ages and with few", () => {
		const ages = fc.oneof(fc.nat(20), fc.nat(200), fc.nat(36_500));
		const products = fc.array(fc.oneof(fc.array(ages, { maxLength: 4 }), fc.array(fc.nat(60), { maxLength: 120 })), { maxLength: 5 });
		fc.assert(
			fc.property(products, fc.constantFrom(0, 1, 16, 128), fc.array(ages, { maxLength: 20 }), (lists, tableAge, wanted) => {
				const histogram = histogramOf(lists, tableAge);
				const groups = [...lists, lists.flat()];
				for (const [group, list] of groups.entries()) {
					for (const age of [...wanted, 0, 1, 15, 16, 17, 36_501]) {
						assert.equal(countYounger(histogram, group, age), list.filter((other) => other < age).length);
					}
					assert.equal(histogram.all[group], list.length);
				}
			}),
			{ numRuns: 500 },
		);
	});

	it("counts beyond 16 bits, also when one age alone passes several multiples of 65,536", () => {
		const many = (age: number, count: number) => new Array<number>(count).fill(age);
		const lists = [[3, 500], [...many(2, 65_535), 4, 7, ...many(300, 150_000), 301], many(9, 65_536), [8]];
		for (const tableAge of [0, 128]) {
			const histogram = histogramOf(lists, tableAge);
			for (const [group, list] of [...lists, lists.flat()].entries()) {
				assert.equal(histogram.all[group], list.length);
				for (const age of [0, 2, 3, 4, 5, 8, 9, 10, 300, 301, 302, 501])
					assert.equal(countYounger(histogram, group, age), list.filter((other) => other < age).length, `group ${group}, age ${age}`);
			}
		}
	});

	it("has a table only as far as it takes less room than the cells", () => {
		const sparse = histogramOf([[5], [70], [36_500]], 128);
		const dense = histogramOf([Array.from({ length: 300 }, (_, age) => age)], 128);
		assert.deepEqual([sparse.tableAge, dense.tableAge], [1, 128]);
	});
});

function histogramOf(products: readonly (readonly number[])[], maxTableAge: number) {
	const buckets = makeAgeBuckets(Uint32Array.from(products, (ages) => ages.length));
	for (const [product, ages] of products.entries()) for (const age of ages) buckets.ages[buckets.next[product]!++] = age;
	return sumUpAges(buckets, maxTableAge);
}
