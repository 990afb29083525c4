import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { before, describe, it } from "mocha";
import { parseInstant } from "../../core/dates/instant.ts";
import { type CheckedText, fixAll } from "../../server/fix-all.ts";
import { createInspections, type Inspections } from "../../server/inspections.ts";
import { applyEdits } from "../../workspace/edits/carry-out-fix.ts";
import { createNodeFileAccess } from "../../workspace/node-file-access.ts";
import { createWorkspace, type Workspace } from "../../workspace/workspace.ts";

const FOLDER = resolve(import.meta.dirname, "../../samples/faulty");
const NOW = parseInstant("2026-11-05T09:00:00Z")!;

const HEAD = "kind: instance\nname: A\nproject: limits-project.usage.yaml\n";
const LIMITS = "usageCategory:\n  InstallDateCutOffLimit: 7\n  UsedCategoryLimit: 30\n  UnusedCategoryLimit: 90\n";

describe("fixing everything that needs no decision", () => {
	const access = createNodeFileAccess();
	let workspace: Workspace;
	let inspections: Inspections;

	before(async () => {
		workspace = createWorkspace(access, () => NOW);
		inspections = createInspections(workspace, { rate: (problems) => problems, onLate() {}, learnsOfChanges: true });
		await workspace.addFolder(access.toUri(FOLDER));
	});

	function fixed(text: string, wanted: (code: string) => boolean = () => true): { text: string; after: CheckedText; before: CheckedText } {
		const uri = access.toUri(resolve(FOLDER, "new.usage.yaml"));
		workspace.setText(uri, text);
		const file = workspace.file(uri)!;
		const start = { file, problems: workspace.checkConfiguration(uri) };
		const edits = fixAll(
			start,
			({ problem }) => wanted(problem.code),
			(other) => inspections.imagine(file, other),
		);
		const result = applyEdits(text, edits);
		return { text: result, after: inspections.imagine(file, result), before: start };
	}

	const cases: readonly { name: string; text: string; fixed: string }[] = [
		{ name: "nothing is wrong", text: `${HEAD}${LIMITS}`, fixed: `${HEAD}${LIMITS}` },
		{
			name: "several misspelt keys",
			text: `${HEAD}${LIMITS}dataSorces:\n  - { nam: x, provides: devices, type: csv, pth: data/devices.csv } # why\n`,
			fixed: `${HEAD}${LIMITS}dataSources:\n  - { name: x, provides: devices, type: csv, path: data/devices.csv } # why\n`,
		},
		{
			name: "what a fix brings to light",
			text: `${HEAD}${LIMITS}reclaimPolices:\n  - name: p\n    products: ["*"]\n    categories: [Unusd]\n    action: mandatry\n    state: draft\n    enabled: true\n`,
			fixed: `${HEAD}${LIMITS}reclaimPolicies:\n  - name: p\n    products: ["*"]\n    categories: [Unused]\n    action: mandatory\n    state: draft\n    enabled: true\n`,
		},
		{
			name: "CRLF, emoji and tabs before comments stay",
			text: `${HEAD}nme: 😀 x\t# tab\n${LIMITS}`.replaceAll("\n", "\r\n").replace("name: A\r\n", ""),
			fixed: `${HEAD}name: 😀 x\t# tab\n${LIMITS}`.replaceAll("\n", "\r\n").replace("name: A\r\n", ""),
		},
		{
			name: "limits are not copied, corrected or advised",
			text: `${HEAD}usageCategory:\n  InstallDateCutOffLimit: "7"\n  UsedCategoryLimit: 45\n`,
			fixed: `${HEAD}usageCategory:\n  InstallDateCutOffLimit: "7"\n  UsedCategoryLimit: 45\n`,
		},
		{ name: "a limit that is misspelt is spelt rightly", text: `${HEAD}${LIMITS.replace("Unused", "Unusd")}`, fixed: `${HEAD}${LIMITS}` },
		{
			name: "advice is left alone",
			text: `${HEAD}${LIMITS}limitAdvice:\n  - { limit: UsedCategoryLimit, value: 45, reference: A-1, date: 2026-01-01 }\n`,
			fixed: `${HEAD}${LIMITS}limitAdvice:\n  - { limit: UsedCategoryLimit, value: 45, reference: A-1, date: 2026-01-01 }\n`,
		},
		{
			name: "two keys that would become one: none gets worse",
			text: `${HEAD}${LIMITS}bundls: []\nbundels: []\n`,
			fixed: `${HEAD}${LIMITS}bundles: []\nbundels: []\n`,
		},
	];
	for (const { name, text, fixed: expected } of cases) {
		it(name, () => {
			const { text: result, after, before } = fixed(text);
			assert.equal(result, expected);
			assert.ok(after.problems.length <= before.problems.length, after.problems.map(({ problem }) => problem.message).join("\n"));
		});
	}

	it("mends only what is wanted", () => {
		const text = `${HEAD}${LIMITS}reclaimPolicies:\n  - nme: p\n    products: ["*"]\n    categories: [Unusd]\n    action: mandatory\n    state: draft\n    enabled: true\n`;
		assert.equal(fixed(text, (code) => code === "schema/unknown-key").text, text.replace("nme: p", "name: p"));
	});

	for (const name of globSync("*.usage.yaml", { cwd: FOLDER }).sort()) {
		it(`${name}: no new errors, limits as they were, and nothing left to do`, () => {
			const { text, after, before } = fixed(readFileSync(resolve(FOLDER, name), "utf8"));
			const errors = ({ problems }: CheckedText) => problems.filter(({ problem }) => problem.severity === "error");
			assert.ok(
				errors(after).length <= errors(before).length,
				errors(after)
					.map(({ problem }) => problem.message)
					.join("\n"),
			);
			assert.equal(fixed(text).text, text);
			const limits = ({ file }: CheckedText) => (file.parsed.tree as { usageCategory?: unknown } | null)?.usageCategory;
			if (limits(before) !== undefined) assert.deepEqual(Object.values(Object(limits(after))), Object.values(Object(limits(before))));
		});
	}
});
