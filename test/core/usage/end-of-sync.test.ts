import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { formatDay, parseDay } from "../../../core/dates/day-number.ts";
import { parseInstant } from "../../../core/dates/instant.ts";
import { categorize } from "../../../core/usage/categorize.ts";
import { countDecidedBy, findLoneDevice } from "../../../core/usage/end-of-sync.ts";
import { DEFAULT_LIMITS } from "../../../core/usage/limits.ts";
import { makeEstate } from "../../support/make-estate.ts";

const AS_OF = parseInstant("2026-11-04T21:00:00Z")!;
const day = (text: string | null) => (text === null ? null : parseDay(text)!);

/** Inventory and usage date by device. */
type Devices = readonly (readonly [string, string | null, string | null])[];

function categorizeDevices(devices: Devices) {
	const estate = makeEstate({
		devices: devices.map(([device, inventory]) => ({ device, inventoryDay: day(inventory) })),
		installations: devices.map(([device, , usage]) => ({ device, product: "Word", lastUsageDay: day(usage) })),
	});
	return categorize(estate, AS_OF, DEFAULT_LIMITS, []);
}

describe("End of Sync", () => {
	const cases: readonly { what: string; devices: Devices; lone: string | null }[] = [
		{ what: "no date", devices: [["a", null, null]], lone: null },
		{ what: "one device", devices: [["a", "2026-11-01", null]], lone: null },
		{
			what: "two on the same day",
			devices: [
				["a", "2026-11-01", null],
				["b", null, "2026-11-01"],
				["c", "2026-10-01", null],
			],
			lone: null,
		},
		{
			what: "one by its inventory",
			devices: [
				["a", "2026-10-01", null],
				["b", "2026-11-01", null],
			],
			lone: "b 2026-11-01, else 2026-10-01, of 2",
		},
		{
			what: "one by its usage",
			devices: [
				["a", "2026-10-01", "2026-11-02"],
				["b", "2026-10-30", null],
			],
			lone: "a 2026-11-02, else 2026-10-30, of 2",
		},
		{
			what: "dates in the future, which set nothing",
			devices: [
				["a", "2026-10-01", null],
				["b", "2026-10-02", "2027-01-01"],
			],
			lone: "b 2026-10-02, else 2026-10-01, of 2",
		},
		{
			what: "devices without any date",
			devices: [
				["a", "2026-10-01", null],
				["b", null, null],
				["c", "2026-11-01", null],
			],
			lone: "c 2026-11-01, else 2026-10-01, of 2",
		},
	];
	for (const { what, devices, lone } of cases) {
		it(`is a device's alone: ${what}`, () => {
			const found = findLoneDevice(categorizeDevices(devices));
			assert.equal(found && `${found.name} ${formatDay(found.day)}, else ${formatDay(found.without)}, of ${found.datedDevices}`, lone);
		});
	}

	it("counts what one day of a column decides", () => {
		const { estate } = categorizeDevices([]);
		assert.equal(countDecidedBy(categorize(estate, AS_OF, DEFAULT_LIMITS, []), "lastUsageDate", 0), 0);
		const all = categorize(
			makeEstate({
				devices: [
					{ device: "a", inventoryDay: day("2026-11-01") },
					{ device: "b", inventoryDay: day("1970-01-01") },
				],
				installations: [
					{ device: "a", product: "Word", lastUsageDay: day("1970-01-01") },
					{ device: "a", product: "Excel", lastUsageDay: day("2026-11-01") },
					// Decided by the device.
					{ device: "b", product: "Word", lastUsageDay: day("1970-01-01") },
					{ device: "b", product: "Excel" },
				],
			}),
			AS_OF,
			DEFAULT_LIMITS,
			[],
		);
		assert.equal(countDecidedBy(all, "lastUsageDate", 0), 1);
		assert.equal(countDecidedBy(all, "inventoryDate", 0), 2);
		assert.equal(countDecidedBy(all, "inventoryDate", day("2026-11-01")!), 0);
	});
});
