import assert from "node:assert/strict";
import { formatDay, parseDay } from "../../../core/dates/day-number.ts";
import { parseInstant } from "../../../core/dates/instant.ts";
import { OUTCOMES } from "../../../core/usage/category.ts";
import { countOutcomes } from "../../../core/usage/count-outcomes.ts";
import { orderByDeviceAndProduct } from "../../../core/usage/order-installations.ts";
import { installationsOf } from "../../support/make-estate.ts";
import type { RawInstallation, RawInstance } from "../../support/reference-categorizer.ts";
import { categorizeRaw } from "./raw-instances.ts";

describe("End of Sync", () => {
	const CASES: readonly (readonly [what: string, inventory: string | null, usage: string | null, endOfSync: string | null])[] = [
		["the inventory date when it is later", "2026-11-03", "2026-11-01", "2026-11-03"],
		["the usage date when it is later", "2026-11-01", "2026-11-03", "2026-11-03"],
		["the inventory date when there is no usage", "2026-11-03", null, "2026-11-03"],
		["the usage date when there is no inventory", null, "2026-11-03", "2026-11-03"],
		["asOf's day at the latest", "2026-11-04", "2026-11-05", "2026-11-04"],
		["the usage date when the inventory is in the future", "2026-11-05", "2026-10-01", "2026-10-01"],
		["nothing when every date is in the future", "2026-11-05", "2027-11-05", null],
		["nothing when there is no date", null, null, null],
	];
	for (const [what, inventory, usage, endOfSync] of CASES) {
		it(`is ${what}`, () => {
			const { endOfSync: found } = categorizeRaw(
				instance({ devices: [["d", inventory]], installations: [["d", "p", "2026-11-04", usage]] }),
			);
			assert.equal(found === null ? null : formatDay(found), endOfSync);
		});
	}

	it("is not an install date, nor a date of a future that another source's older date hides", () => {
		const { endOfSync, rule } = categorizeRaw(
			instance(
				{ devices: [["d", "2026-10-01"]], installations: [["d", "p", "2026-11-04", "2026-10-01"]] },
				{ devices: [["d", "2026-11-05"]], installations: [["d", "p", null, "2026-11-05"]] },
			),
		);
		// Both dates are consolidated to the one in the future, and the usable ones are gone.
		assert.deepEqual([endOfSync, ...rule], [null, 2]);
	});
});

describe("a usage date in the future", () => {
	it("does not make its device or its product report usage", () => {
		checkRules(
			instance({
				devices: [
					["d", "2026-11-04"],
					["e", "2026-11-04"],
				],
				installations: [
					["d", "invalid", null, "2026-11-05"],
					["d", "other", null, null],
					["e", "used", null, "2026-11-04"],
					["e", "invalid", null, null],
				],
			}),
			["d invalid 5", "d other 10", "e invalid 11", "e used 7"],
		);
	});
});

describe("a device without a row of its own", () => {
	it("has no inventory date, but its usage counts for End of Sync and for the product", () => {
		const raw = instance({
			devices: [["d", "2026-10-20"]],
			installations: [
				["unknown", "p", null, "2026-11-01"],
				["d", "p", null, null],
				["d", "q", null, "2026-10-05"],
			],
		});
		checkRules(raw, ["d p 12", "d q 7", "unknown p 1"]);
		assert.equal(formatDay(categorizeRaw(raw).endOfSync!), "2026-11-01");
	});
});

describe("counts and order", () => {
	const raw = instance({
		devices: [
			["B", "2026-11-04"],
			["a", "2026-11-04"],
			["é", "2026-11-04"],
			["without", null],
			["Z", "2026-11-05"],
		],
		installations: [
			["é", "y", null, "2026-11-04"],
			["B", "y", null, "2026-09-10"],
			["B", "X", null, "2026-11-04"],
			["a", "é", null, "2026-07-01"],
			["a", "X", null, "2026-11-04"],
			["Z", "y", null, null],
		],
	});

	it("count every outcome, also those that do not occur, of the whole and by product in code-unit order", () => {
		const { totals, byProduct } = countOutcomes(categorizeRaw(raw));
		assert.deepEqual(describeCounts(totals), { Used: 3, "Rarely Used": 1, Unused: 1, "Invalid Device Inventory date": 1 });
		assert.equal(totals.length, 12);
		assert.deepEqual(
			byProduct.map(({ product, counts }) => [product, describeCounts(counts), counts.length]),
			[
				["X", { Used: 2 }, 12],
				["y", { Used: 1, "Rarely Used": 1, "Invalid Device Inventory date": 1 }, 12],
				["é", { Unused: 1 }, 12],
			],
		);
	});

	it("count nothing in an empty estate", () => {
		assert.deepEqual(countOutcomes(categorizeRaw(instance())), { totals: OUTCOMES.map(() => 0), byProduct: [] });
	});

	it("order installations by device, then product, by code units", () => {
		const categorization = categorizeRaw(raw);
		const names = installationsOf(categorization.estate);
		const ordered = Array.from(orderByDeviceAndProduct(categorization), (place) => names[place]);
		assert.deepEqual(ordered, ["B X", "B y", "Z y", "a X", "a é", "é y"]);
	});
});

type TableSource = {
	readonly devices: readonly (readonly [device: string, inventory: string | null])[];
	readonly installations: readonly (readonly [device: string, product: string, install: string | null, usage: string | null])[];
};

function instance(...sources: readonly TableSource[]): RawInstance {
	const day = (text: string | null) => (text === null ? null : parseDay(text));
	return {
		asOf: parseInstant("2026-11-04T21:00:00Z")!,
		limits: { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 90 },
		bundles: [],
		sources: sources.map(({ devices, installations }) => ({
			timeZone: "UTC",
			devices: devices.map(([device, inventory]) => ({ device, inventoryDay: day(inventory) })),
			installations: installations.map(
				([device, product, install, usage]): RawInstallation => ({ device, product, installDay: day(install), lastUsageDay: day(usage) }),
			),
		})),
	};
}

function checkRules(raw: RawInstance, expected: readonly string[]): void {
	const { estate, rule } = categorizeRaw(raw);
	const found = installationsOf(estate).map((name, place) => `${name} ${rule[place]}`);
	assert.deepEqual(found.sort(), expected);
}

function describeCounts(counts: readonly number[]): Record<string, number> {
	const named = counts.map((count, place) => [OUTCOMES[place]!.reason ?? OUTCOMES[place]!.category, count] as const);
	return Object.fromEntries(named.filter(([, count]) => count > 0));
}
