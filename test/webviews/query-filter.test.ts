import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
	chosenOf,
	type Filter,
	partsOf,
	withFilter,
	withName,
	withOutcomes,
	withoutPart,
	withText,
} from "../../client/webviews/preview/filters/query-filter.ts";
import { OUTCOMES } from "../../core/usage/category.ts";

const totals = OUTCOMES.map((outcome) => ({ ...outcome, count: 1 }));
const unreported = [3, 4, 5, 6, 7, 8, 9, 10, 11];
const filter: Filter = { outcomes: [1, 3, 11], devices: ["PC-1"], products: ["<b>", "=1"], text: "vis" };

describe("filters of a query", () => {
	it("has a part for each outcome, device, product and text", () => {
		assert.deepEqual(
			partsOf(filter, totals).map((part) =>
				part.kind === "outcome" ? `${part.category}/${part.reason}` : part.kind === "text" ? part.text : part.name,
			),
			["Rarely Used/null", "Unreported/Device stopped reporting usage", "Unreported/No Device Inventory date", "PC-1", "<b>", "=1", "vis"],
		);
	});

	it("has one part for a whole category", () => {
		assert.deepEqual(partsOf({ outcomes: unreported }, totals), [
			{ kind: "outcome", category: "Unreported", reason: null, places: unreported },
		]);
	});

	it("is empty once every part is taken away", () => {
		let left = filter;
		for (const part of partsOf(filter, totals)) left = withoutPart(left, part);
		assert.deepEqual(left, {});
		assert.deepEqual(withFilter({ filter, sort: [{ by: "rule" }] }, left), { sort: [{ by: "rule" }] });
	});

	for (const { name, made, wanted } of [
		{ name: "chooses outcomes in order, once each", made: withOutcomes({ outcomes: [3] }, [0, 3], true), wanted: { outcomes: [0, 3] } },
		{ name: "asks for any outcome when none is chosen", made: withOutcomes({ outcomes: [3] }, [3], false), wanted: {} },
		{ name: "names a device once", made: withName({ devices: ["PC-1"] }, "device", "PC-1"), wanted: { devices: ["PC-1"] } },
		{ name: "adds a product", made: withName({ products: ["a"] }, "product", "b"), wanted: { products: ["a", "b"] } },
		{ name: "takes a text without white space around it", made: withText({}, "  visio "), wanted: { text: "visio" } },
		{ name: "forgets an empty text", made: withText({ text: "a" }, "  "), wanted: {} },
	])
		it(name, () => assert.deepEqual(made, wanted));

	it("knows whether all, some or none of a category is chosen", () => {
		assert.deepEqual(
			[unreported, [3], [0], [1, 2]].map((places) => chosenOf(filter, places)),
			["some", "all", "none", "some"],
		);
	});
});
