import { describe, it } from "mocha";
import { checkMarked, checkShown } from "../rule-checks.ts";

const policy = (
	name: string,
	products: readonly unknown[],
	categories: readonly string[] = ["Unused"],
	rest: Readonly<Record<string, unknown>> = {},
) => ({ name, products, categories, ...rest });
const instance = (...reclaimPolicies: readonly unknown[]) => ({ kind: "instance", name: "x", reclaimPolicies });
const RARELY = ["Rarely Used"];
const BOTH = ["Unused", "Rarely Used"];
const OFF = { enabled: false };

describe("policy/overlap", () => {
	// biome-ignore format: a table
	const rows: readonly (readonly [policies: readonly unknown[], marked: readonly string[]])[] = [
		[[policy("a", ["Visio*"])],                                                            []],
		[[policy("a", ["Visio*", "Visio"])],                                                   []],
		[[policy("a", ["Visio*"]), policy("b", ["Project*"])],                                 []],
		[[policy("a", ["Visio*"]), policy("b", ["visio Standard"])],                           ["reclaimPolicies.1.products.0"]],
		[[policy("a", ["Visio*"]), policy("b", ["Project*", "*Standard"])],                    ["reclaimPolicies.1.products.1"]],
		[[policy("a", ["Visio*"]), policy("b", [null, "Visio*", "Visio Pro"])],                ["reclaimPolicies.1.products.1"]],
		[[policy("a", ["Visio*"], ["Unused"], OFF), policy("b", ["Visio*"])],                  []],
		[[policy("a", ["Visio*"]), policy("b", ["Visio*"], ["Unused"], OFF)],                  []],
		[[policy("a", ["Visio*"], ["Unused"], { state: "draft" }), policy("b", ["Visio*"])],   ["reclaimPolicies.1.products.0"]],
		[[policy("a", ["Visio*"]), policy("b", ["Visio*"], RARELY)],                           []],
		[[policy("a", ["Visio*"], BOTH), policy("b", ["Visio*"], RARELY)],                     ["reclaimPolicies.1.products.0"]],
		[[policy("a", ["Visio*"], []), policy("b", ["Visio*"])],                               []],
		[[policy("a", ["V*"]), policy("b", ["P*"]), policy("c", ["*"])],                       ["reclaimPolicies.2.products.0"]],
		[[{}, policy("a", ["V*"]), policy("b", ["V*"])],                                       ["reclaimPolicies.2.products.0"]],
	];
	for (const [policies, marked] of rows) {
		it(JSON.stringify(policies), () => checkMarked("policy/overlap", instance(...policies), marked));
	}

	// biome-ignore format: a table
	const messages: readonly (readonly [earlier: string, later: string, products: string])[] = [
		["Visio*",   "Visio Pro",   '"Visio Pro"'],
		["Visio Pro", "*Pro",       '"Visio Pro"'],
		["Visio*",   "Visio*",      'every product like "Visio*"'],
		["Visio*",   "*Pro",        'products that match "*Pro" as well as "Visio*"'],
	];
	for (const [earlier, later, products] of messages) {
		it(`says which products "${earlier}" and "${later}" share`, () => {
			checkShown("policy/overlap", instance(policy("Old", [earlier], BOTH), policy("New", [later], BOTH)), {
				severity: "warning",
				message: `"New" and "Old" both reclaim Unused and Rarely Used installations of ${products}. Narrow one of the two, or disable it.`,
				related: ['checked.usage.yaml reclaimPolicies.0.products.0: The products of "Old".'],
				fixes: [],
			});
		});
	}
});

describe("policy/rarely-used", () => {
	// biome-ignore format: a table
	const rows: readonly (readonly [policies: readonly unknown[], marked: readonly string[]])[] = [
		[[policy("a", ["x"])],                                     []],
		[[policy("a", ["x"], RARELY)],                             ["reclaimPolicies.0.categories.0"]],
		[[policy("a", ["x"], BOTH)],                               ["reclaimPolicies.0.categories.1"]],
		[[policy("a", ["x"], BOTH, OFF)],                          ["reclaimPolicies.0.categories.1"]],
		[[policy("a", ["x"], ["rarely used"])],                    []],
		[[{ name: "a", products: ["x"] }],                         []],
		[[null, policy("a", ["x"], RARELY)],                       ["reclaimPolicies.1.categories.0"]],
	];
	for (const [policies, marked] of rows) {
		it(JSON.stringify(policies), () => checkMarked("policy/rarely-used", instance(...policies), marked));
	}

	// biome-ignore format: a table
	const messages: readonly (readonly [used: unknown, unused: unknown, band: string])[] = [
		[30,   90,   ", last used 31 to 89 days ago"],
		[30,   32,   ", last used 31 days ago"],
		[30,   31,   ""],
		[90,   30,   ""],
		["30", 90,   ""],
	];
	for (const [used, unused, band] of messages) {
		it(`says what it reclaims between ${used} and ${unused}`, () => {
			const tree = {
				...instance(policy("Visio", ["x"], RARELY)),
				usageCategory: { InstallDateCutOffLimit: 7, UsedCategoryLimit: used, UnusedCategoryLimit: unused },
			};
			checkShown("policy/rarely-used", tree, {
				severity: "warning",
				message: `"Visio" reclaims software that is still in use${band}. Keep Rarely Used only if the client has asked for it.`,
				related: [],
				fixes: ["Reclaim Unused instead"],
			});
		});
	}
});
