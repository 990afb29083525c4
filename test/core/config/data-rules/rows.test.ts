import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { checkRows, type SourcesContext } from "../../../../core/config/check-data.ts";
import type { DataSource } from "../../../../core/config/model.ts";
import { parseDay } from "../../../../core/dates/day-number.ts";
import { DEFAULT_LIMITS } from "../../../../core/usage/limits.ts";
import type { SourceFacts } from "../../../../core/usage/source-facts.ts";
import { makeSource } from "../../connectors/source-fixture.ts";
import { makeDates, makeFacts } from "./facts-fixture.ts";

const END = parseDay("2026-11-04")!;

describe("rules about rows", () => {
	const cases: readonly {
		what: string;
		facts: Partial<SourceFacts>;
		around?: Partial<SourcesContext>;
		source?: Partial<DataSource>;
		problems: readonly string[];
	}[] = [
		{ what: "usual dates", facts: { dates: [makeDates("lastUsageDate", { "2026-10-01": 10, "2026-10-02": 10 })] }, problems: [] },
		{
			what: "the zero of Unix time, and what it does",
			facts: { dates: [makeDates("lastUsageDate", { "1970-01-01": 2, "2026-10-02": 9 })] },
			around: { countDecidedBy: () => 1 },
			problems: [
				'path source/placeholder-date 2 of 11 rows have the date 1970-01-01 in "lastUsageDate", the zero of Unix time, which stands for no date. 1 installation counts as Unused because of it. Leave such cells empty at their source.',
			],
		},
		{
			what: "one cell of it, at the column that is written, without an effect that nobody knows",
			facts: { dates: [makeDates("installDate", { "1899-12-30": 1 })] },
			source: { columns: { installDate: "Installed" } },
			around: { countDecidedBy: () => 7 },
			problems: [
				'columns.installDate source/placeholder-date 1 of 1 row has the date 1899-12-30 in "Installed" (installDate), the zero of Excel and OLE dates, which stands for no date. Leave such cells empty at their source.',
			],
		},
		{
			what: "an effect that the limits don't allow to tell",
			facts: { dates: [makeDates("inventoryDate", { "1601-01-01": 1 })] },
			around: { limits: null, countDecidedBy: () => 7 },
			problems: [
				'path source/placeholder-date 1 of 1 row has the date 1601-01-01 in "inventoryDate", the zero of Windows file times, which stands for no date. Leave such cells empty at their source.',
			],
		},
		{
			what: "one date in half of the rows",
			facts: { dates: [makeDates("lastUsageDate", { "2026-10-01": 10, "2026-10-02": 5 }, 5)] },
			problems: [],
		},
		{ what: "one date in all of 19 rows", facts: { dates: [makeDates("lastUsageDate", { "2026-10-01": 19 })] }, problems: [] },
		{
			what: "one date in over half of the rows",
			facts: { dates: [makeDates("lastUsageDate", { "2026-10-01": 11, "2026-10-02": 4 }, 5)] },
			problems: [
				'path source/placeholder-date 11 of 20 rows have the same date 2026-10-01 in "lastUsageDate". Check whether something else than the last use was written there.',
			],
		},
		{
			what: "the latest scan of most devices",
			facts: { dates: [makeDates("inventoryDate", { "2026-10-01": 4, "2026-11-04": 16, "2027-01-01": 1 })] },
			problems: [],
		},
		{
			what: "an earlier scan of most devices",
			facts: { dates: [makeDates("inventoryDate", { "2026-10-01": 16, "2026-11-04": 4 })] },
			problems: [
				'path source/placeholder-date 16 of 20 rows have the same date 2026-10-01 in "inventoryDate". Check whether something else than the last inventory was written there.',
			],
		},
		{
			what: "an empty column",
			facts: { dates: [makeDates("lastUsageDate", {}, 20)] },
			problems: [
				'path source/empty-dates None of 20 rows has a date in "lastUsageDate". Unless another source has the dates, none of these installations can count as Used.',
			],
		},
		{
			what: "one date in a hundred rows",
			facts: { dates: [makeDates("inventoryDate", { "2026-10-01": 1 }, 99)] },
			problems: [
				'path source/empty-dates Only 1 of 100 rows has a date in "inventoryDate". Unless another source has the dates, everything on these devices counts as Unreported.',
			],
		},
		{
			what: "two dates in a hundred rows",
			facts: { dates: [makeDates("inventoryDate", { "2026-10-01": 1, "2026-10-02": 1 }, 98)] },
			problems: [],
		},
		{ what: "an empty column of few rows", facts: { dates: [makeDates("lastUsageDate", {}, 19)] }, problems: [] },
		{
			what: "usage before the installation",
			facts: { rows: 40, usedBeforeInstalled: { count: 2, firstRows: [7, 1200] } },
			problems: ["path source/usage-before-install 2 of 40 rows were last used before the install date. See row 7 and row 1,200."],
		},
		{
			what: "usage before most installations",
			facts: { rows: 40, usedBeforeInstalled: { count: 21, firstRows: [2, 3, 4] } },
			problems: [
				"path source/usage-before-install 21 of 40 rows were last used before the install date. First: row 2, row 3, row 4. As it is most of them, the two columns may be exchanged.",
			],
		},
		{
			what: "a device that sets End of Sync a week after two others",
			facts: { dates: [makeDates("inventoryDate", { "2026-11-04": 1 })] },
			around: { loneDevice: { name: "PC1", day: END, without: END - 7, datedDevices: 3 } },
			problems: [
				'path source/lone-device One device alone, "PC1", sets End of Sync to 2026-11-04 (inventoryDate, row 2); without it, it would be 2026-10-28. Every age counts back from it, so all of them are 7 days greater. Check that date.',
			],
		},
		...[
			{ what: "six days after the others", lone: { without: END - 6, datedDevices: 3 } },
			{ what: "a week after one other", lone: { without: END - 7, datedDevices: 2 } },
		].map(({ what, lone }) => ({
			what: `a device that sets End of Sync ${what}`,
			facts: { dates: [makeDates("inventoryDate", { "2026-11-04": 1 })] },
			around: { loneDevice: { name: "PC1", day: END, ...lone } },
			problems: [],
		})),
		{
			what: "devices in other spellings, and unknown ones",
			facts: { rows: 50 },
			source: { columns: { device: "PC" } },
			around: {
				deviceKeys: {
					respelt: { devices: 4, rows: 9, examples: ["a", "b", "c"], listedAs: ["A", "B", "C"] },
					unlisted: { devices: 1, rows: 1, examples: ["x"] },
				},
			},
			problems: [
				'columns.device source/device-spelling 4 devices are written differently here than among the devices, by case or domain: "a" for "A", "b" for "B", "c" for "C" and so on. They count as without inventory, so 9 rows are Unreported. Write the keys alike, in a query or at their source.',
				'columns.device source/unlisted-device 1 device of the installations is not among the devices: "x". Without an inventory date, 1 of 50 rows is Unreported.',
			],
		},
	];
	for (const { what, facts, around = {}, source = {}, problems } of cases) {
		it(what, () => {
			const found = checkRows({
				sources: [{ source: makeSource({ provides: "installations", path: "a.csv", ...source }), facts: makeFacts(facts), unreadDates: 0 }],
				deviceKeys: null,
				loneDevice: null,
				limits: DEFAULT_LIMITS,
				endOfSync: END,
				today: END,
				countDecidedBy: () => 0,
				...around,
			});
			assert.deepEqual(
				found.map(({ path, code, message }) => `${path.slice(2).join(".")} ${code} ${message}`),
				problems,
			);
		});
	}

	it("an empty column does not tell again of cells that are no dates", () => {
		const described = { source: makeSource({}), facts: makeFacts({ dates: [makeDates("lastUsageDate", {}, 20)] }), unreadDates: 1 };
		const none = { deviceKeys: null, loneDevice: null, limits: null, endOfSync: null, today: END, countDecidedBy: () => 0 };
		assert.deepEqual(checkRows({ sources: [described], ...none }), []);
	});
});
