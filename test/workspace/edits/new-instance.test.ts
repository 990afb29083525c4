import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import { configNameFor, findFaultyName } from "../../../workspace/edits/new-file-names.ts";
import { composeNewInstance } from "../../../workspace/edits/new-instance.ts";
import { createNodeFileAccess } from "../../../workspace/node-file-access.ts";
import { createWorkspace, type Workspace } from "../../../workspace/workspace.ts";
import { createFixture, type FixtureWorkspace } from "../../support/fixture-workspace.ts";
import { TEST_NOW } from "../../support/lsp-harness.ts";

const LIMITS = "usageCategory: { InstallDateCutOffLimit: 7, UsedCategoryLimit: 45, UnusedCategoryLimit: 90 }\n";
const ADVICE = `limitAdvice:
  - { limit: UsedCategoryLimit, value: 45, reference: "1E-004211", date: 2026-09-14 }
  - { limit: UsedCategoryLimit, value: 60, reference: old, date: 2025-01-01 }
  - { limit: UnusedCategoryLimit, value: 90, reference: default, date: 2025-01-01 }
`;

describe("new instance of a project", () => {
	let fixture: FixtureWorkspace;
	let workspace: Workspace;
	afterEach(() => fixture.dispose());

	async function open(files: Readonly<Record<string, string>>): Promise<void> {
		fixture = createFixture(files);
		workspace = createWorkspace(createNodeFileAccess(), () => TEST_NOW);
		await workspace.addFolder(fixture.rootUri);
	}

	const compose = (name: string, fileName: string | null = null) =>
		composeNewInstance(workspace, fixture.uri("a/acme.usage.yaml"), { name, fileName });

	const cases: readonly {
		readonly what: string;
		readonly project: string;
		readonly name: string;
		readonly text: string;
		readonly codes: readonly string[];
	}[] = [
		{
			what: "copies the limits and the advice that allows them",
			project: `kind: project\ntitle: Acme\n${LIMITS}${ADVICE}`,
			name: " EMEA North ",
			text: `# A new instance of the project Acme (acme.usage.yaml). Its limits are a copy: when those of the project change, these do not follow.
kind: instance
name: EMEA North
project: acme.usage.yaml
usageCategory:
  InstallDateCutOffLimit: 7
  UsedCategoryLimit: 45
  UnusedCategoryLimit: 90
limitAdvice:
  - limit: UsedCategoryLimit
    value: 45
    reference: "1E-004211"
    date: 2026-09-14
`,
			codes: [],
		},
		{
			what: "does not invent advice",
			project: `kind: project\ntitle: Acme\n${LIMITS}`,
			name: "EMEA",
			text: `# A new instance of the project Acme (acme.usage.yaml). Its limits are a copy: when those of the project change, these do not follow.
kind: instance
name: EMEA
project: acme.usage.yaml
usageCategory:
  InstallDateCutOffLimit: 7
  UsedCategoryLimit: 45
  UnusedCategoryLimit: 90
`,
			codes: ["limits/without-advice"],
		},
		{
			what: "has no limits where the project has none",
			project: 'kind: project\ntitle: "Acme\\nkind: x"\n',
			name: "yes: # 'no'",
			text: `# A new instance of the project Acme kind: x (acme.usage.yaml), which has no limits to copy.
kind: instance
name: "yes: # 'no'"
project: acme.usage.yaml
`,
			codes: ["instance/no-limits"],
		},
	];
	for (const { what, project, name, text, codes } of cases) {
		it(what, async () => {
			await open({ "a/acme.usage.yaml": project });
			const made = await compose(name);
			assert.ok(!made.failed, JSON.stringify(made));
			assert.equal(made.text, text);
			workspace.setText(made.uri, made.text);
			assert.deepEqual(
				workspace.checkConfiguration(made.uri).map(({ problem }) => problem.code),
				codes,
			);
			const model = workspace.file(made.uri)?.config.model;
			assert.equal(model?.kind === "instance" ? model.name : null, name.trim());
		});
	}

	it("comes beside the project, under a name that is free", async () => {
		await open({
			"a/acme.usage.yaml": "kind: project\ntitle: Acme\n",
			"a/emea-1.usage.yaml": "kind: project\ntitle: X\n",
			"a/EMEA.usage.yaml": "x: 1\n",
		});
		const [first, second] = [await compose("Emea"), await compose("EMEA 1")];
		assert.deepEqual(
			[first.failed || first.uri, second.failed || second.fileName],
			[fixture.uri("a/emea-2.usage.yaml"), "emea-1-2.usage.yaml"],
		);
	});

	const refused: readonly {
		readonly what: string;
		readonly name: string;
		readonly fileName?: string;
		readonly about: string | null;
		readonly message: RegExp;
	}[] = [
		{ what: "no name", name: "  ", about: "name", message: /needs a name/ },
		{
			what: "a name that is taken in the project, in any case",
			name: "europe ",
			about: "name",
			message: /^e\.usage\.yaml has this name already/,
		},
		{ what: "another ending", name: "N", fileName: "n.yaml", about: "fileName", message: /ends in \.usage\.yaml/ },
		{ what: "a folder in the name", name: "N", fileName: "../n.usage.yaml", about: "fileName", message: /none of the characters/ },
		{
			what: "a file that exists",
			name: "N",
			fileName: "e.usage.yaml",
			about: "fileName",
			message: /There is a file e\.usage\.yaml already/,
		},
	];
	for (const { what, name, fileName, about, message } of refused) {
		it(`refuses ${what}`, async () => {
			await open({
				"a/acme.usage.yaml": "kind: project\ntitle: Acme\n",
				"a/e.usage.yaml": "kind: instance\nname: Europe\nproject: acme.usage.yaml\n",
				"a/o.usage.yaml": "kind: instance\nname: N\nproject: other.usage.yaml\n",
			});
			const answer = await compose(name, fileName ?? null);
			assert.ok(answer.failed);
			assert.match(answer.message, message);
			assert.equal(answer.about, about);
		});
	}

	it("is made of projects alone", async () => {
		await open({ "a/acme.usage.yaml": "kind: instance\nname: I\nproject: p.usage.yaml\n" });
		const answer = await compose("N");
		assert.match(answer.failed ? answer.message : "", /is an instance\. Name the project/);
	});
});

describe("names of new files", () => {
	for (const [name, expected] of [
		["Wexcombe London Computers", "wexcombe-london-computers.usage.yaml"],
		["  Größe & Co. / EMEA ", "große-co-emea.usage.yaml"],
		["Île-de-France", "ile-de-france.usage.yaml"],
		["東京", "東京.usage.yaml"],
		["../../etc", "etc.usage.yaml"],
		["CON", "instance-con.usage.yaml"],
		["😀", "instance.usage.yaml"],
		["x".repeat(200), `${"x".repeat(60)}.usage.yaml`],
	] as const) {
		it(`${name.slice(0, 30)} → ${expected.slice(0, 40)}`, () => {
			assert.equal(configNameFor(name), expected);
			assert.equal(findFaultyName(expected), null);
		});
	}
	for (const name of [
		"a.yaml",
		"a/b.usage.yaml",
		"a\\b.usage.yaml",
		"nul.usage.yaml",
		".usage.yaml",
		" a.usage.yaml",
		"a\n.usage.yaml",
		"a:b.usage.yaml",
	]) {
		it(`${JSON.stringify(name)} is no good name`, () => {
			assert.notEqual(findFaultyName(name), null);
		});
	}
});
