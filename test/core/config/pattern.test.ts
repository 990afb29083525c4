import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { canMatchSameProduct, matchesPattern, parsePattern } from "../../../core/config/pattern.ts";

describe("product patterns", () => {
	// biome-ignore format: a table
	const matches: readonly (readonly [pattern: string, product: string, matches: boolean])[] = [
		["Microsoft Visio",        "Microsoft Visio",             true],
		["Microsoft Visio",        "microsoft VISIO",             true],
		["Microsoft Visio",        "Microsoft Visio Standard",    false],
		["Microsoft Visio",        "My Microsoft Visio",          false],
		[" Microsoft Visio ",      "Microsoft Visio",             true],
		["Microsoft Visio*",       "Microsoft Visio",             true],
		["Microsoft Visio*",       "Microsoft Visio Standard",    true],
		["Microsoft Visio*",       "Microsoft Visi",              false],
		["*Visio",                 "Microsoft Visio",             true],
		["*Visio",                 "Microsoft Visio Standard",    false],
		["*Visio*",                "Microsoft Visio Standard",    true],
		["*",                      "anything",                    true],
		["*",                      "",                            true],
		["**",                     "anything",                    true],
		["",                       "",                            true],
		["",                       "anything",                    false],
		["a*a",                    "a",                           false],
		["a*a",                    "aa",                          true],
		["ab*bc",                  "abc",                         false],
		["a*b*c",                  "a-b-c",                       true],
		["a*b*c",                  "a-c-b",                       false],
		["a*bb*b",                 "abbb",                        true],
		["a*bb*b",                 "abb",                         false],
		["*aab*",                  "aaab",                        true],
		["*abab*c",                "abaababc",                    true],
		["a.c",                    "abc",                         false],
		["a?c",                    "abc",                         false],
		["(x*",                    "(x86)",                       true],
		["Müller*",                "MÜLLER Suite",                true],
		["ΟΔΟΣ*",                  "οδοσ-planner",                true],
	];
	for (const [pattern, product, expected] of matches) {
		it(`"${pattern}" ${expected ? "matches" : "does not match"} "${product}"`, () => {
			assert.equal(matchesPattern(parsePattern(pattern), product), expected);
		});
	}

	// biome-ignore format: a table
	const pairs: readonly (readonly [one: string, other: string, meet: boolean])[] = [
		["Visio",       "visio",        true],
		["Visio",       "Project",      false],
		["Visio*",      "Visio",        true],
		["Visio*",      "Visio Pro",    true],
		["Visio*",      "Vis",          false],
		["Visio*",      "Vis*",         true],
		["Visio*",      "Project*",     false],
		["Visio*",      "*Project",     true],
		["*Pro",        "*Standard",    false],
		["*Pro",        "*o",           true],
		["a*c",         "ab*bc",        true],
		["a*c",         "ab*bd",        false],
		["*b*",         "*c*",          true],
		["a*a",         "a",            false],
		["a*a",         "aa",           true],
		["*",           "",             true],
	];
	for (const [one, other, expected] of pairs) {
		it(`"${one}" and "${other}" ${expected ? "can" : "cannot"} match the same product`, () => {
			assert.equal(canMatchSameProduct(parsePattern(one), parsePattern(other)), expected);
			assert.equal(canMatchSameProduct(parsePattern(other), parsePattern(one)), expected);
		});
	}

	const letters = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 7 });
	const patterns = fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 7 });

	it("matches as a plain definition of `*` does", () => {
		fc.assert(
			fc.property(
				patterns,
				letters,
				(pattern, product) => matchesPattern(parsePattern(pattern), product) === matchesByDefinition(pattern, product),
			),
		);
	});

	it("says that two patterns meet exactly when some text matches both", () => {
		const texts = allTexts(9);
		const short = fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 5 });
		fc.assert(
			fc.property(short, short, (one, other) => {
				const [first, second] = [parsePattern(one), parsePattern(other)];
				assert.equal(
					canMatchSameProduct(first, second),
					texts.some((text) => matchesPattern(first, text) && matchesPattern(second, text)),
				);
			}),
		);
	});

	it("answers at once for a pattern and a name that make a backtracking matcher hang", () => {
		const pattern = parsePattern(`${"*a".repeat(2000)}*b`);
		assert.equal(matchesPattern(pattern, "a".repeat(100_000)), false);
		assert.equal(matchesPattern(parsePattern(`*${"a".repeat(20_000)}b*`), "a".repeat(200_000)), false);
	});
});

function matchesByDefinition(pattern: string, product: string): boolean {
	if (pattern === "") return product === "";
	if (pattern[0] !== "*") return product[0] === pattern[0] && product !== "" && matchesByDefinition(pattern.slice(1), product.slice(1));
	return matchesByDefinition(pattern.slice(1), product) || (product !== "" && matchesByDefinition(pattern, product.slice(1)));
}

/** All texts of the letters a and b up to a length. */
function allTexts(maxLength: number): readonly string[] {
	const texts = [""];
	for (const text of texts) if (text.length < maxLength) texts.push(`${text}a`, `${text}b`);
	return texts;
}
