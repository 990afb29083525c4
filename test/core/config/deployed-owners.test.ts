import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type DeployedLimitRow, groupOwners } from "../../../core/config/deployed-owners.ts";

const U = "UsedCategoryLimit";
const N = "UnusedCategoryLimit";

type Row = readonly [kind: DeployedLimitRow["kind"], title: string, id: number | null, limit: DeployedLimitRow["limit"], days: number];

describe("deployed owners", () => {
	const cases: readonly { readonly what: string; readonly rows: readonly Row[]; readonly expected: readonly string[] }[] = [
		{
			what: "by number, whatever the title",
			rows: [
				["instance", "A", 1, U, 30],
				["instance", "B", 1, N, 90],
			],
			expected: [`instance A #1 ${U}=30 ${N}=90`],
		},
		{
			what: "one title, two numbers",
			rows: [
				["instance", "A", 1, U, 30],
				["instance", "A", 2, U, 45],
			],
			expected: [`instance A #1 ${U}=30`, `instance A #2 ${U}=45`],
		},
		{
			what: "by title in any case",
			rows: [
				["project", "Acme", null, U, 30],
				["project", "ACME ", null, N, 90],
			],
			expected: [`project Acme #null ${U}=30 ${N}=90`],
		},
		{
			what: "a project and an instance of one title",
			rows: [
				["project", "A", null, U, 30],
				["instance", "A", null, U, 45],
			],
			expected: [`project A #null ${U}=30`, `instance A #null ${U}=45`],
		},
		{ what: "a number makes an instance", rows: [[null, "A", 1, U, 30]], expected: [`instance A #1 ${U}=30`] },
		{
			what: "the same twice",
			rows: [
				["instance", "A", 1, U, 30],
				["instance", "A", 1, U, 30],
			],
			expected: [`instance A #1 ${U}=30`],
		},
		{
			what: "different values are none",
			rows: [
				["instance", "A", 1, U, 30],
				["instance", "A", 1, U, 45],
				["instance", "A", 1, N, 90],
			],
			expected: [`instance A #1 ${N}=90 !${U}`],
		},
		{ what: "nothing", rows: [], expected: [] },
	];
	for (const { what, rows, expected } of cases) {
		it(what, () => {
			const owners = groupOwners(
				rows.map(([kind, title, instanceId, limit, days], row) => ({ kind, title, instanceId, limit, days, row })),
			);
			assert.deepEqual(
				owners.map(({ kind, title, instanceId, limits, contradictory }) =>
					[
						kind,
						title,
						`#${instanceId}`,
						...Object.entries(limits).map((entry) => entry.join("=")),
						...contradictory.map((limit) => `!${limit}`),
					].join(" "),
				),
				expected,
			);
		});
	}
});
