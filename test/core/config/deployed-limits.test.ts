import assert from "node:assert/strict";
import { findDeployedLimits } from "../../../core/config/deployed-limits.ts";

const I = "InstallDateCutOffLimit";
const U = "UsedCategoryLimit";
const N = "UnusedCategoryLimit";

type Row = readonly [title: string, name: string, value: string | null, instanceId: number | null];

describe("deployed limits", () => {
	const cases: readonly {
		readonly what: string;
		readonly rows: readonly Row[];
		readonly instanceId: number | null;
		/** I, U, N; or what is said. */
		readonly expected: string | RegExp;
	}[] = [
		{ what: "by title", rows: limits("Floor", null, "7", "45", "90"), instanceId: null, expected: "7,45,90" },
		{ what: "by title, whatever its case", rows: limits(" FLOOR", null, "7", "45", "90"), instanceId: 3, expected: "7,45,90" },
		{ what: "by number, whatever the title", rows: limits("Renamed", 3, "7", "45", "90"), instanceId: 3, expected: "7,45,90" },
		{
			what: "the number decides",
			rows: limits("Floor", 4, "7", "45", "90"),
			instanceId: 3,
			expected: /^no rows: have no limits of "Floor"$/,
		},
		{
			what: "among others",
			rows: [...limits("Floor", 3, "7", "45", "90"), ...limits("Other", 4, "1", "2", "3"), ["Floor", "Theme", "dark", 3]],
			instanceId: 3,
			expected: "7,45,90",
		},
		{
			what: "names in any case",
			rows: limits("Floor", null, "7", "45", "90").map(([t, n, v, i]): Row => [t, n.toLowerCase(), v, i]),
			instanceId: null,
			expected: "7,45,90",
		},
		{
			what: "twice the same",
			rows: [...limits("Floor", null, "7", "45", "90"), ["Floor", U, "45", null]],
			instanceId: null,
			expected: "7,45,90",
		},
		{
			what: "twice, but different",
			rows: [...limits("Floor", null, "7", "45", "90"), ["Floor", U, "30", null]],
			instanceId: null,
			expected: /^give UsedCategoryLimit of "Floor" several values: 45 and 30$/,
		},
		{ what: "no rows", rows: [], instanceId: null, expected: /^no rows: have no limits of "Floor"$/ },
		{ what: "only other settings", rows: [["Floor", "Theme", "dark", null]], instanceId: null, expected: /^no rows/ },
		{
			what: "one limit only",
			rows: [["Floor", U, "45", null]],
			instanceId: null,
			expected: /^lack InstallDateCutOffLimit and UnusedCategoryLimit of "Floor"$/,
		},
		{
			what: "no number",
			rows: limits("Floor", null, "7", "many", "90"),
			instanceId: null,
			expected: /the value "many", which is not a limit$/,
		},
		{ what: "no value", rows: limits("Floor", null, "7", null, "90"), instanceId: null, expected: /the value "", which is not a limit$/ },
		{ what: "too large", rows: limits("Floor", null, "7", "36501", "90"), instanceId: null, expected: /the value "36501"/ },
	];
	for (const { what, rows, instanceId, expected } of cases) {
		it(what, () => {
			const found = findDeployedLimits(
				rows.map(([title, name, value, id]) => ({ title, name, value, instanceId: id })),
				{ name: "Floor", instanceId },
			);
			const said = found.limits === null ? `${found.noRows ? "no rows: " : ""}${found.why}` : Object.values(found.limits).join(",");
			if (typeof expected === "string") assert.equal(said, expected);
			else assert.match(said, expected);
		});
	}
});

function limits(title: string, instanceId: number | null, install: string | null, used: string | null, unused: string | null): Row[] {
	return [
		[title, I, install, instanceId],
		[title, U, used, instanceId],
		[title, N, unused, instanceId],
	];
}
