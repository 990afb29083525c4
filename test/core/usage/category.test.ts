import assert from "node:assert/strict";
import { CATEGORIES, OUTCOMES } from "../../../core/usage/category.ts";

describe("outcomes", () => {
	it("stand in the order of every list of totals", () => {
		assert.deepEqual(
			OUTCOMES.map(({ category, reason }) => (reason === null ? category : `${category}: ${reason}`)),
			[
				"Used",
				"Rarely Used",
				"Unused",
				"Unreported: Device stopped reporting usage",
				"Unreported: Invalid usage date",
				"Unreported: Recently installed",
				"Unreported: Invalid install date",
				"Unreported: No Product Usage",
				"Unreported: No Device usage",
				"Unreported: Device Inventory too old",
				"Unreported: Invalid Device Inventory date",
				"Unreported: No Device Inventory date",
			],
		);
		assert.deepEqual([...new Set(OUTCOMES.map(({ category }) => category))], [...CATEGORIES]);
	});
});
