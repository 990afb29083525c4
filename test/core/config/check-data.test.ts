import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { checkData } from "../../../core/config/check-data.ts";
import { matchesPattern, parsePattern } from "../../../core/config/pattern.ts";
import { readModel } from "../../../core/config/read-model.ts";

const PRODUCTS = ["Microsoft Word", "Microsoft Excel", "Visio"];

describe("rules about linked data", () => {
	const bundle = (...components: readonly unknown[]) => ({ bundles: [{ name: "Office", components }] });
	const policy = (...products: readonly unknown[]) => ({ reclaimPolicies: [{ name: "P", products }] });
	const cases: readonly { what: string; tree: object; problems: readonly string[] }[] = [
		{ what: "components that are installed", tree: bundle("Microsoft Word", " Microsoft Excel "), problems: [] },
		{
			what: "a component that is nearly so named",
			tree: bundle("Microsoft Word", "Microsft Excel"),
			problems: [
				'bundles.0.components.1 reference/missing-component No installation in the data is of "Microsft Excel", so the bundle "Office" takes no usage from it. Did you mean "Microsoft Excel"? → Microsoft Excel',
			],
		},
		{
			what: "a component in other letters, since products are compared exactly",
			tree: bundle("microsoft word"),
			problems: [
				'bundles.0.components.0 reference/missing-component No installation in the data is of "microsoft word", so the bundle "Office" takes no usage from it. Did you mean "Microsoft Word"? → Microsoft Word',
			],
		},
		{
			what: "a component that nobody has",
			tree: bundle("Lotus 1-2-3"),
			problems: [
				'bundles.0.components.0 reference/missing-component No installation in the data is of "Lotus 1-2-3", so the bundle "Office" takes no usage from it. Check its name against the data, or remove it.',
			],
		},
		{ what: "a bundle within itself, which another rule tells", tree: bundle("Office"), problems: [] },
		{ what: "components that are no texts", tree: bundle(7, null, ""), problems: [] },
		{ what: "products of a policy in any letters, and patterns", tree: policy("visio", "micro*", "*"), problems: [] },
		{
			what: "a pattern of a policy that matches nothing",
			tree: policy("Visio", "Auto*"),
			problems: [
				'reclaimPolicies.0.products.1 policy/no-product No product in the data matches "Auto*", so the policy "P" reclaims nothing by it. Check the pattern against the data\'s names.',
			],
		},
		{
			what: "a product of a policy that nobody has",
			tree: policy("Visio", "Viso"),
			problems: [
				'reclaimPolicies.0.products.1 reference/missing-product No installation in the data is of "Viso", so the policy "P" reclaims nothing by this name. Did you mean "Visio"? → Visio',
			],
		},
	];
	for (const { what, tree, problems } of cases) it(what, () => checkProblems({ kind: "instance", ...tree }, problems));
	it("a project", () => checkProblems({ kind: "project", ...bundle("Lotus 1-2-3") }, []));
});

/** Each problem as its path, code and message, and after an arrow the value that its fix sets. */
function checkProblems(tree: object, expected: readonly string[]): void {
	const file = { id: "file:///a.usage.yaml", tree, model: readModel(tree) };
	const closestProduct = (name: string) =>
		PRODUCTS.find((product) => product.slice(-3).toLowerCase() === name.slice(-3).toLowerCase()) ?? (name === "Viso" ? "Visio" : null);
	const matchesProduct = (pattern: string) => PRODUCTS.some((product) => matchesPattern(parsePattern(pattern), product));
	const found = checkData({ file, products: PRODUCTS, closestProduct, matchesProduct });
	assert.deepEqual(
		found.map(({ path, code, message, fixes = [] }) => {
			const values = fixes.map((fix) => (fix.kind === "set" ? String(fix.value) : fix.kind));
			return [`${path.join(".")} ${code} ${message}`, ...values].join(" → ");
		}),
		expected,
	);
}
