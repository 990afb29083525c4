import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import { applyEdits } from "../../../workspace/edits/carry-out-fix.ts";
import { importSettings } from "../../../workspace/edits/import-settings.ts";
import { createNodeFileAccess } from "../../../workspace/node-file-access.ts";
import { createWorkspace, type Workspace } from "../../../workspace/workspace.ts";
import { createFixture, type FixtureWorkspace } from "../../support/fixture-workspace.ts";
import { TEST_NOW } from "../../support/lsp-harness.ts";

const LIMITS = "usageCategory:\n  InstallDateCutOffLimit: 7 # days\n  UsedCategoryLimit: 30\n  UnusedCategoryLimit: 90\n";
const PROJECT = `kind: project\ntitle: Acme\n${LIMITS}`;
const instance = (name: string, id: number | null, limits = LIMITS, project = "acme.usage.yaml") =>
	`kind: instance\nname: ${name}\n${id === null ? "" : `instanceId: ${id}\n`}project: ${project}\n${limits}`;

const INSTANCE_HEADER = "InstanceName\tSettingName\tValue\tInstanceID\n";
const PROJECT_HEADER = "ProjectTitle\tSettingName\tValue\n";
const three = (title: string, [install, used, unused]: readonly [number, number, number], id: number | null) =>
	[`InstallDateCutOffLimit\t${install}`, `UsedCategoryLimit\t${used}`, `UnusedCategoryLimit\t${unused}`]
		.map((row) => `${title}\t${row}${id === null ? "" : `\t${id}`}\n`)
		.join("");

describe("import of deployed settings", () => {
	let fixture: FixtureWorkspace;
	let workspace: Workspace;
	afterEach(() => fixture.dispose());

	const cases: readonly {
		readonly what: string;
		readonly files?: Readonly<Record<string, string>>;
		readonly text: string;
		/** New files. */
		readonly created?: Readonly<Record<string, string>>;
		/** Files as they are afterwards. */
		readonly changed?: Readonly<Record<string, string>>;
		readonly equal?: readonly string[];
		readonly leftOut?: readonly RegExp[];
		readonly otherSettings?: number;
	}[] = [
		{
			what: "a known instance by its number, of which only what differs is changed",
			files: { "emea.usage.yaml": instance("EMEA", 12) },
			text: INSTANCE_HEADER + three("Renamed", [7, 45, 90], 12),
			changed: { "emea.usage.yaml": instance("EMEA", 12).replace("UsedCategoryLimit: 30", "UsedCategoryLimit: 45") },
		},
		{
			what: "a known instance by its name",
			files: { "emea.usage.yaml": instance("EMEA", null) },
			text: INSTANCE_HEADER + three("emea", [8, 45, 90], 12),
			changed: {
				"emea.usage.yaml": instance("EMEA", null)
					.replace("InstallDateCutOffLimit: 7", "InstallDateCutOffLimit: 8")
					.replace("UsedCategoryLimit: 30", "UsedCategoryLimit: 45"),
			},
		},
		{
			what: "an instance that has them already",
			files: { "emea.usage.yaml": instance("EMEA", 12) },
			text: INSTANCE_HEADER + three("EMEA", [7, 30, 90], 12),
			equal: ["emea.usage.yaml"],
		},
		{
			what: "an unknown instance becomes a file beside the project's",
			text: INSTANCE_HEADER + three("Acme: APAC", [7, 45, 120], 14),
			created: {
				"acme-apac.usage.yaml":
					'kind: instance\nname: "Acme: APAC"\ninstanceId: 14\nproject: acme.usage.yaml\nusageCategory:\n  InstallDateCutOffLimit: 7\n  UsedCategoryLimit: 45\n  UnusedCategoryLimit: 120\n',
			},
		},
		{
			what: "the same name with another number is another instance",
			files: { "emea.usage.yaml": instance("EMEA", 12) },
			text: INSTANCE_HEADER + three("EMEA", [7, 45, 90], 13),
			created: { "emea-2.usage.yaml": instance("EMEA", 13, LIMITS.replace(" # days", "").replace("30", "45")) },
		},
		{
			what: "two new instances of one name get two files",
			text: INSTANCE_HEADER + three("X", [7, 30, 90], 1) + three("X", [7, 30, 90], 2),
			created: {
				"x.usage.yaml": instance("X", 1, LIMITS.replace(" # days", "")),
				"x-2.usage.yaml": instance("X", 2, LIMITS.replace(" # days", "")),
			},
		},
		{
			what: "limits of the project, below those of an instance",
			files: { "emea.usage.yaml": instance("EMEA", 12) },
			text: `${INSTANCE_HEADER}${three("EMEA", [7, 30, 90], 12)}\n${PROJECT_HEADER}${three("ACME", [7, 30, 100], null)}`,
			changed: { "acme.usage.yaml": PROJECT.replace("90", "100") },
			equal: ["emea.usage.yaml"],
		},
		{
			what: "a project without limits gets them",
			files: { "acme.usage.yaml": "kind: project\ntitle: Acme\n" },
			text: PROJECT_HEADER + three("Acme", [7, 30, 90], null),
			changed: { "acme.usage.yaml": `kind: project\ntitle: Acme\n${LIMITS.replace(" # days", "")}` },
		},
		{
			what: "flow style and CRLF stay",
			files: {
				"emea.usage.yaml": instance("EMEA", 12, "usageCategory: { InstallDateCutOffLimit: 7, UnusedCategoryLimit: 90 }\n").replaceAll(
					"\n",
					"\r\n",
				),
			},
			text: INSTANCE_HEADER + three("EMEA", [7, 30, 91], 12),
			changed: {
				"emea.usage.yaml": instance(
					"EMEA",
					12,
					"usageCategory: { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 91 }\n",
				).replaceAll("\n", "\r\n"),
			},
		},
		{
			what: "without a header, a title that is the project's",
			text: three("Acme", [7, 31, 90], null),
			changed: { "acme.usage.yaml": PROJECT.replace("30", "31") },
		},
		{
			what: "without a header, a name that nobody knows is left out",
			text: three("Other", [7, 31, 90], null),
			leftOut: [/^Nothing tells whether "Other" is an instance\. Bring the header too\.$/],
		},
		{
			what: "without a header, a title that is an instance's name too is left out",
			files: { "acme-i.usage.yaml": instance("Acme", null) },
			text: three("Acme", [7, 31, 90], null),
			leftOut: [/^"Acme" may be the project or an instance/],
		},
		{
			what: "another project is left out",
			text: PROJECT_HEADER + three("Beta", [7, 31, 90], null),
			leftOut: [/^"Beta" is not the project of acme\.usage\.yaml\.$/],
		},
		{
			what: "instances of other projects in the folder are known, those of other folders are not",
			files: {
				"beta.usage.yaml": "kind: project\ntitle: Beta\n",
				"b.usage.yaml": instance("B", 5, LIMITS, "beta.usage.yaml"),
				"other/c.usage.yaml": instance("C", 6, LIMITS, "c-project.usage.yaml"),
			},
			text: INSTANCE_HEADER + three("B", [7, 31, 90], 5) + three("C", [7, 31, 90], 6),
			changed: { "b.usage.yaml": instance("B", 5, LIMITS.replace("30", "31"), "beta.usage.yaml") },
			created: { "c.usage.yaml": instance("C", 6, LIMITS.replace(" # days", "").replace("30", "31")) },
		},
		{
			what: "what fits several files is left out",
			files: { "a1.usage.yaml": instance("A", null), "a2.usage.yaml": instance("A", null) },
			text: INSTANCE_HEADER + three("A", [7, 31, 90], 3),
			leftOut: [/^"A" \(InstanceID 3\) may be any of a1\.usage\.yaml and a2\.usage\.yaml\./],
		},
		{
			what: "rows that contradict each other, and rows without sense, are told in their order",
			files: { "emea.usage.yaml": instance("EMEA", 12) },
			text: `${INSTANCE_HEADER}EMEA\tUsedCategoryLimit\tmany\t12\nEMEA\tUnusedCategoryLimit\t91\t12\nEMEA\tUnusedCategoryLimit\t92\t12\nEMEA\tUsedCategoryLimit\t31\t12\nEMEA\tTheme\tdark\t12\n`,
			changed: { "emea.usage.yaml": instance("EMEA", 12).replace("30", "31") },
			leftOut: [
				/^Row 2: UsedCategoryLimit of "EMEA" has the value "many"/,
				/^"EMEA" \(InstanceID 12\) has several values of UnusedCategoryLimit\.$/,
			],
			otherSettings: 1,
		},
		{
			what: "a file with a fault in its YAML stays as it is",
			files: { "emea.usage.yaml": instance("EMEA", 12) },
			text: INSTANCE_HEADER + three("EMEA", [7, 31, 90], 12),
			leftOut: [/^emea\.usage\.yaml is not valid YAML/],
		},
		{
			what: "limits that stand elsewhere by an alias stay as they are",
			files: {
				"emea.usage.yaml": `x: &limits { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 90 }\n${instance("EMEA", 12, "usageCategory: *limits\n")}`,
			},
			text: INSTANCE_HEADER + three("EMEA", [7, 31, 90], 12),
			leftOut: [/^emea\.usage\.yaml writes its limits in a way that can't be changed here: UsedCategoryLimit 30 → 31\.$/],
		},
	];
	for (const { what, files = {}, text, created = {}, changed = {}, equal = [], leftOut = [], otherSettings = 0 } of cases) {
		it(what, async () => {
			await open(files);
			if (what.includes("fault in its YAML")) workspace.setText(fixture.uri("emea.usage.yaml"), `${instance("EMEA", 12)}x: [\n`);
			const plan = await importSettings(workspace, fixture.uri("acme.usage.yaml"), text);
			assert.ok(!plan.failed, JSON.stringify(plan));
			assert.deepEqual(Object.fromEntries(plan.created.map((file) => [nameIn(file.uri), file.text])), created);
			assert.deepEqual(
				Object.fromEntries(plan.changed.map(({ file, edits }) => [nameIn(file.uri), applyEdits(file.parsed.text, edits)])),
				changed,
			);
			assert.deepEqual(
				plan.equal.map(({ uri }) => nameIn(uri)),
				equal,
			);
			assert.equal(plan.leftOut.length, leftOut.length, JSON.stringify(plan.leftOut));
			for (const [index, pattern] of leftOut.entries()) assert.match(plan.leftOut[index]!, pattern);
			assert.equal(plan.otherSettings, otherSettings);
		});
	}

	it("is stable: what was imported is equal the next time", async () => {
		await open({ "emea.usage.yaml": instance("EMEA", 12) });
		const text = `${INSTANCE_HEADER}${three("EMEA", [7, 45, 90], 12)}${three("APAC", [7, 30, 120], 13)}`;
		const first = await importSettings(workspace, fixture.uri("acme.usage.yaml"), text);
		assert.ok(!first.failed);
		for (const { uri, text: content } of first.created) workspace.setText(uri, content);
		for (const { file, edits } of first.changed) workspace.setText(file.uri, applyEdits(file.parsed.text, edits));
		const second = await importSettings(workspace, fixture.uri("acme.usage.yaml"), text);
		assert.ok(!second.failed);
		assert.deepEqual([second.created, second.changed, second.leftOut, second.equal.length], [[], [], [], 2]);
		// Values that are not the default need advice, which nobody can make up.
		const codes = workspace.checkConfiguration(fixture.uri("apac.usage.yaml")).map(({ problem }) => problem.code);
		assert.deepEqual(codes, ["limits/without-advice", "limits/drift-from-project"]);
	});

	for (const { what, uri, text, message } of [
		{ what: "an instance", uri: "i.usage.yaml", text: three("X", [7, 30, 90], 1), message: /is an instance\. Name the project/ },
		{
			what: "a text without limits",
			uri: "acme.usage.yaml",
			text: "Hello\n",
			message: /There are no limits in this text\.[\s\S]*Row 1: "Hello"/,
		},
	]) {
		it(`refuses ${what}`, async () => {
			await open({ "i.usage.yaml": instance("I", 1) });
			const plan = await importSettings(workspace, fixture.uri(uri), text);
			assert.match(plan.failed ? plan.message : "", message);
		});
	}

	async function open(files: Readonly<Record<string, string>>): Promise<void> {
		fixture = createFixture({ "acme.usage.yaml": PROJECT, ...files });
		workspace = createWorkspace(createNodeFileAccess(), () => TEST_NOW);
		await workspace.addFolder(fixture.rootUri);
	}

	function nameIn(uri: string): string {
		return uri.slice(fixture.rootUri.length + 1);
	}
});
