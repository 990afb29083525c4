import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { CompletionItem, TextEdit } from "vscode-languageserver-protocol";
import { TextDocument } from "vscode-languageserver-textdocument";
import { CLEAN_CLIENT, createFixture, type FixtureWorkspace } from "../support/fixture-workspace.ts";
import { codesOf, FULL_CLIENT, type LspSession, readCaret, startLsp } from "../support/lsp-harness.ts";

describe("completion", () => {
	let fixture: FixtureWorkspace;
	let lsp: LspSession;
	let plain: LspSession;
	let uri: string;

	before(async () => {
		fixture = createFixture(CLEAN_CLIENT);
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
		return { text, items: await session.request<CompletionItem[]>("textDocument/completion", { textDocument: { uri }, position }) };
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
		{ name: "below an unknown key", text: "kind: project\nnonsense:\n  /*caret*/\n" },
	];
	for (const { name, text } of silent) {
		it(`lists nothing ${name}`, async () => {
			assert.deepEqual((await completeAt(text)).items, []);
		});
	}

	const inserted: readonly { name: string; text: string; label: string; after: string }[] = [
		{
			name: "a value",
			text: "kind: instance\ndataSources:\n  - type: c/*caret*/\n",
			label: "csv",
			after: "kind: instance\ndataSources:\n  - type: csv\n",
		},
		{ name: "a value without a space before it", text: "kind:/*caret*/", label: "project", after: "kind: project" },
		{ name: "a key before a colon", text: "kind: project\nti/*caret*/: A\n", label: "title", after: "kind: project\ntitle: A\n" },
		{
			name: "a whole block, indented",
			text: "kind: project\ntitle: A\nusage/*caret*/\n",
			label: "usageCategory",
			after: "kind: project\ntitle: A\nusageCategory:\n  InstallDateCutOffLimit: 7\n  UsedCategoryLimit: 30\n  UnusedCategoryLimit: 90\n",
		},
		{
			name: "a list with its first item",
			text: "kind: project\ntitle: A\nlimit/*caret*/\n",
			label: "limitAdvice",
			after:
				"kind: project\ntitle: A\nlimitAdvice:\n  - limit: UsedCategoryLimit\n    value: 45\n    reference: CASE-10442\n    date: 2026-09-14\n",
		},
		{
			name: "a further item behind its dash",
			text: "kind: project\ntitle: A\nlimitAdvice:\n  - /*caret*/\n",
			label: "New: Advice on one limit",
			after:
				"kind: project\ntitle: A\nlimitAdvice:\n  - limit: UsedCategoryLimit\n    value: 45\n    reference: CASE-10442\n    date: 2026-09-14\n",
		},
	];
	for (const { name, text, label, after: expected } of inserted) {
		it(`inserts ${name}`, async () => {
			const { text: before, items } = await completeAt(text, plain);
			const item = items.find((candidate) => candidate.label === label);
			assert.ok(item, items.map((candidate) => candidate.label).join());
			assert.equal(item.insertTextFormat, 1);
			assert.equal(TextDocument.applyEdits(TextDocument.create("", "", 0, before), [item.textEdit as TextEdit]), expected);
		});
	}

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
}).timeout(20_000);

function newTextOf(item: CompletionItem | undefined): string {
	assert.ok(item?.textEdit);
	return item.textEdit.newText;
}
