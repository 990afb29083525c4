import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { CompletionItem } from "vscode-languageserver-protocol";
import { complete } from "../support/complete.ts";
import { CLEAN_CLIENT, createFixture, type FixtureWorkspace } from "../support/fixture-workspace.ts";
import { codesOf, FULL_CLIENT, type LspSession, readCaret, startLsp } from "../support/lsp-harness.ts";

const H = "kind: instance\nname: X\nproject: apart/p.usage.yaml\n";
const SOURCE = `${H}dataSources:\n  - name: a\n    provides: devices\n`;
const ADVISED = `kind: project
title: Advised
usageCategory:
  InstallDateCutOffLimit: 7
  UsedCategoryLimit: 45
  UnusedCategoryLimit: 90
limitAdvice:
  - { limit: UsedCategoryLimit, value: 45 }
`;

describe("completion", () => {
	let fixture: FixtureWorkspace;
	let lsp: LspSession;
	let plain: LspSession;
	let uri: string;

	before(async () => {
		fixture = createFixture({ ...CLEAN_CLIENT, "apart/p.usage.yaml": ADVISED });
		uri = fixture.uri("typing.usage.yaml");
		lsp = await startLsp({ folders: [fixture.rootUri] });
		const { completion: _, ...textDocument } = FULL_CLIENT.textDocument!;
		plain = await startLsp({ folders: [fixture.rootUri], capabilities: { ...FULL_CLIENT, textDocument } });
		await lsp.open(uri, "");
		await plain.open(uri, "");
	});
	after(async () => {
		await lsp.dispose();
		await plain.dispose();
		fixture.dispose();
	});

	async function completeAt(marked: string, session = lsp): Promise<{ readonly text: string; readonly items: readonly CompletionItem[] }> {
		const { text, position } = readCaret(marked);
		await session.change(uri, text);
		return { text, items: await complete(session, uri, position) };
	}

	const listed: readonly { name: string; text: string; has: readonly string[]; lacks: readonly string[] }[] = [
		{ name: "in an empty file: what it may be", text: "/*caret*/", has: ["kind", "New project", "New instance"], lacks: ["title"] },
		{ name: "the kinds", text: "kind: /*caret*/", has: ["project", "instance"], lacks: [] },
		{
			name: "keys that are not there yet",
			text: "kind: project\ntitle: A\n/*caret*/",
			has: ["usageCategory", "subscriptions"],
			lacks: ["kind", "title", "bundles"],
		},
		{ name: "keys by the first letters", text: "kind: instance\nbu/*caret*/\n", has: ["bundles"], lacks: ["subscriptions"] },
		{
			name: "keys of a block",
			text: "kind: instance\nusageCategory:\n  UsedCategoryLimit: 30\n  /*caret*/\n",
			has: ["InstallDateCutOffLimit", "UnusedCategoryLimit"],
			lacks: ["UsedCategoryLimit", "name"],
		},
		{
			name: "the words that are allowed",
			text: "kind: instance\ndataSources:\n  - type: /*caret*/\n",
			has: ["csv", "sqlite"],
			lacks: ["name"],
		},
		{
			name: "what an instance's source can provide",
			text: "kind: instance\ndataSources:\n  - provides: /*caret*/\n",
			has: ["devices", "installations"],
			lacks: ["usageLog"],
		},
		{
			name: "our columns for what a source provides",
			text: "kind: instance\ndataSources:\n  - provides: devices\n    columns: { /*caret*/ }\n",
			has: ["device", "inventoryDate"],
			lacks: ["product", "user"],
		},
		{
			name: "the projects of the workspace",
			text: "kind: instance\nproject: /*caret*/\n",
			has: ["acme.usage.yaml"],
			lacks: ["emea.usage.yaml"],
		},
		{ name: "time zones", text: "kind: instance\ndataSources:\n  - timeZone: Europe/Lo/*caret*/\n", has: ["Europe/London"], lacks: [] },
		{ name: "yes and no", text: "kind: instance\nreclaimPolicies:\n  - enabled: /*caret*/\n", has: ["true", "false"], lacks: [] },
		{
			name: "in a text that is broken elsewhere",
			text: "kind: instance\nbundles: [\nusageCategory:\n  /*caret*/\n",
			has: ["UsedCategoryLimit"],
			lacks: [],
		},
	];
	for (const { name, text, has, lacks } of listed) {
		it(`lists ${name}`, async () => {
			const { items } = await completeAt(text);
			const labels = items.map(({ label }) => label);
			for (const label of has) assert.ok(labels.includes(label), `${label} in ${labels.join()}`);
			for (const label of lacks) assert.ok(!labels.includes(label), `${label} in ${labels.join()}`);
		});
	}

	const silent: readonly { name: string; text: string }[] = [
		{ name: "in a comment", text: "kind: project\n# /*caret*/\n" },
		{ name: "in a column where no key of the block can stand", text: `${H}usageCategory:\n  UsedCategoryLimit: 45\n   /*caret*/\n` },
		{ name: "between a key and the block that it has", text: `${H}usageCategory: /*caret*/\n  UsedCategoryLimit: 45\n` },
		{ name: "below an unknown key", text: "kind: project\nnonsense:\n  /*caret*/\n" },
	];
	for (const { name, text } of silent) {
		it(`lists nothing ${name}`, async () => {
			assert.deepEqual((await completeAt(text)).items, []);
		});
	}

	const ordered: readonly { name: string; text: string; labels: readonly string[] }[] = [
		{
			name: "projects, the nearest first, and no invented one",
			text: "kind: instance\nproject: /*caret*/",
			labels: ["acme.usage.yaml", "apart/p.usage.yaml"],
		},
		{
			name: "the project's limit before the default",
			text: `${H}usageCategory:\n  UsedCategoryLimit: /*caret*/`,
			labels: ["45: project's value", "30: vendor's default"],
		},
		{
			name: "the default time zone once, before all others",
			text: `${SOURCE}    timeZone: /*caret*/`,
			labels: ["UTC: default", "Africa/Abidjan"],
		},
		{
			name: "keys that an instance must have",
			text: "kind: instance\n/*caret*/",
			labels: [
				"name: Name (required)",
				"project: Project (required)",
				"usageCategory: Limits of this instance (required)",
				"instanceId: Instance number",
			],
		},
		{
			name: "keys of which a source must have one",
			text: `${SOURCE}    type: sqlite\n    path: x\n    /*caret*/`,
			labels: ["table: Table (one of table, query)", "query: Query (one of table, query)", "connector: Connector"],
		},
		{
			name: "no second one of these keys",
			text: `${SOURCE}    type: sqlite\n    path: x\n    table: y\n    /*caret*/`,
			labels: ["connector: Connector", "dateFormat: Date format"],
		},
		{
			name: "columns that a source must have",
			text: `${SOURCE}    columns: { /*caret*/ }`,
			labels: ["device: Device (required)", "inventoryDate: Inventory date"],
		},
		{
			name: "lists of what is allowed",
			text: `${H}reclaimPolicies:\n  - categories: /*caret*/`,
			labels: ["[Unused]: not used for at least the Unused limit"],
		},
		{ name: "items without their dash", text: `${H}bundles:\n  - components:\n      /*caret*/`, labels: ["- Component"] },
		{
			name: "mappings in brackets",
			text: `${H}unitPrices: [/*caret*/]`,
			labels: ['{ products: ["Microsoft Visio*"], price: 280, currency: GBP }'],
		},
	];
	for (const { name, text, labels } of ordered) {
		it(`lists first ${name}`, async () => {
			const { items } = await completeAt(text);
			const found = items.map(({ label, detail }, index) => (labels[index]?.startsWith(`${label}: `) ? `${label}: ${detail}` : label));
			assert.deepEqual(found.slice(0, labels.length), labels);
			assert.equal(new Set(items.map(({ label }) => label)).size, items.length);
			assert.ok(!items.some(({ label }) => label === "northwind.usage.yaml"));
		});
	}

	it("lets a client filter by what is replaced: blanks and an open quote first", async () => {
		const quoted = await completeAt(`${H}"us/*caret*/`);
		assert.equal(quoted.items.find(({ label }) => label === "usageCategory")?.filterText, '"usageCategory');
		const moved = await completeAt(`${SOURCE}   ti/*caret*/`);
		assert.equal(moved.items.find(({ label }) => label === "timeZone")?.filterText, "   timeZone");
	});

	it("makes new instances with a choice of the real projects", async () => {
		const { items } = await completeAt("/*caret*/");
		assert.match(
			newTextOf(items.find(({ label }) => label === "New instance")),
			/^project: \$\{\d\|acme\.usage\.yaml,apart\/p\.usage\.yaml\|\}$/m,
		);
	});

	it("makes new files that have only names to be filled in", async () => {
		for (const kind of ["project", "instance"]) {
			const { items } = await completeAt("/*caret*/", plain);
			const item = items.find(({ label }) => label === `New ${kind}`);
			await plain.change(uri, newTextOf(item));
			const codes = codesOf(await plain.pull(uri));
			assert.deepEqual(
				codes.filter((code) => code.startsWith("schema/") || code.startsWith("yaml/")),
				[],
			);
		}
	});

	it("marks place holders for a client that takes snippets", async () => {
		const { items } = await completeAt("kind: instance\nusage/*caret*/\n");
		const item = items.find(({ label }) => label === "usageCategory");
		assert.equal(item?.insertTextFormat, 2);
		assert.match(newTextOf(item), /\$\{1:7\}/);
	});
}).timeout(120_000);

function newTextOf(item: CompletionItem | undefined): string {
	assert.ok(item?.textEdit);
	return item.textEdit.newText;
}
