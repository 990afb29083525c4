import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { canMatchSameProduct, parsePattern } from "../../../core/config/pattern.ts";
import { endsOf, pairsThatMayMeet } from "../../../core/config/pattern-pairs.ts";

describe("pairs of patterns", () => {
	for (const end of ["first", "last"] as const) {
		it(`has every pair that can match the same product, by the ${end} text, and none twice`, () => {
			const text = fc.string({ unit: fc.constantFrom("a", "B", "*", "😀"), maxLength: 6 });
			fc.assert(
				fc.property(fc.array(text, { maxLength: 30 }), (texts) => {
					const pairs = pairsThatMayMeet(
						texts.map((each) => endsOf(each)[end]),
						Number.POSITIVE_INFINITY,
					)!.map(([one, other]) => `${Math.max(one, other)},${Math.min(one, other)}`);
					const found = new Set(pairs);
					assert.equal(found.size, pairs.length);
					for (let later = 0; later < texts.length; later++) {
						for (let earlier = 0; earlier < later; earlier++) {
							if (canMatchSameProduct(parsePattern(texts[later]!), parsePattern(texts[earlier]!)))
								assert.ok(found.has(`${later},${earlier}`), `${texts[later]} and ${texts[earlier]}`);
						}
					}
				}),
			);
		});
	}

	it("gives up beyond a number of pairs", () => {
		const ends = ["a*", "a*", "a*"].map((each) => endsOf(each).first);
		assert.equal(pairsThatMayMeet(ends, 3)?.length, 3);
		assert.equal(pairsThatMayMeet(ends, 2), null);
	});
});
