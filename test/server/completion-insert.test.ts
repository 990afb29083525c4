import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { CompletionItem, TextEdit } from "vscode-languageserver-protocol";
import { TextDocument } from "vscode-languageserver-textdocument";
import { complete } from "../support/complete.ts";
import { CLEAN_CLIENT, createFixture, type FixtureWorkspace } from "../support/fixture-workspace.ts";
import { FULL_CLIENT, type LspSession, readCaret, startLsp } from "../support/lsp-harness.ts";

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

describe("an accepted completion", () => {
	let fixture: FixtureWorkspace;
	/** A client without snippets, so that what it is given is what it writes. */
	let plain: LspSession;
	let uri: string;

	before(async () => {
		fixture = createFixture({ ...CLEAN_CLIENT, "apart/p.usage.yaml": ADVISED });
		uri = fixture.uri("typing.usage.yaml");
		const { completion: _, ...textDocument } = FULL_CLIENT.textDocument!;
		plain = await startLsp({ folders: [fixture.rootUri], capabilities: { ...FULL_CLIENT, textDocument } });
		await plain.open(uri, "");
	});
	after(async () => {
		await plain.dispose();
		fixture.dispose();
	});

	async function completeAt(marked: string): Promise<{ readonly text: string; readonly items: readonly CompletionItem[] }> {
		const { text, position } = readCaret(marked);
		await plain.change(uri, text);
		return { text, items: await complete(plain, uri, position) };
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
		{
			name: "a whole item directly behind its dash",
			text: `${H}limitAdvice:\n  -/*caret*/`,
			label: "New: Advice on one limit",
			after: `${H}limitAdvice:\n  - limit: UsedCategoryLimit\n    value: 45\n    reference: CASE-10442\n    date: 2026-09-14`,
		},
		{
			name: "a key directly behind its dash",
			text: `${H}bundles:\n  -n/*caret*/\n`,
			label: "name",
			after: `${H}bundles:\n  - name: Office Suite\n`,
		},
		{
			name: "a value directly behind its dash",
			text: `${H}reclaimPolicies:\n  - categories:\n      -/*caret*/`,
			label: "Unused",
			after: `${H}reclaimPolicies:\n  - categories:\n      - Unused`,
		},
		{
			name: "a value between its colon and another one",
			text: `${H}reclaimPolicies:\n  - enabled:/*caret*/ true\n`,
			label: "false",
			after: `${H}reclaimPolicies:\n  - enabled: false\n`,
		},
		{
			name: "a key whose default needs quotes",
			text: `${SOURCE}    type: csv\n    deli/*caret*/`,
			label: "delimiter",
			after: `${SOURCE}    type: csv\n    delimiter: ","`,
		},
		{
			name: "a value that needs quotes",
			text: `${SOURCE}    type: csv\n    delimiter: /*caret*/`,
			label: ",",
			after: `${SOURCE}    type: csv\n    delimiter: ","`,
		},
		{
			name: "a key above its own block",
			text: `${H}us/*caret*/\n  UsedCategoryLimit: 45\n`,
			label: "usageCategory",
			after: `${H}usageCategory:\n  UsedCategoryLimit: 45\n`,
		},
		{
			name: "a key in the column of its siblings",
			text: `${H}usageCategory:\n  UsedCategoryLimit: 45\n /*caret*/\n`,
			label: "UnusedCategoryLimit",
			after: `${H}usageCategory:\n  UsedCategoryLimit: 45\n  UnusedCategoryLimit: 90\n`,
		},
		{
			name: "spaces for tabs",
			text: `${SOURCE}    type: csv\n\t\thea/*caret*/\n`,
			label: "header",
			after: `${SOURCE}    type: csv\n    header: true\n`,
		},
		{
			name: "a block with the project's limits behind its colon",
			text: `${H}usageCategory: /*caret*/\n`,
			label: "New: Limits of this instance",
			after: `${H}usageCategory:\n  InstallDateCutOffLimit: 7\n  UsedCategoryLimit: 45\n  UnusedCategoryLimit: 90\n`,
		},
		{
			name: "a block with the project's limits",
			text: `${H}usage/*caret*/\n`,
			label: "usageCategory",
			after: `${H}usageCategory:\n  InstallDateCutOffLimit: 7\n  UsedCategoryLimit: 45\n  UnusedCategoryLimit: 90\n`,
		},
		{
			name: "the limits on one line",
			text: `${H}usageCategory:/*caret*/\n`,
			label: "{ InstallDateCutOffLimit: 7, UsedCategoryLimit: 45, UnusedCategoryLimit: 90 }",
			after: `${H}usageCategory: { InstallDateCutOffLimit: 7, UsedCategoryLimit: 45, UnusedCategoryLimit: 90 }\n`,
		},
		{
			name: "a list behind its colon",
			text: `${H}limitAdvice: /*caret*/\n`,
			label: "- Advice on one limit",
			after: `${H}limitAdvice:\n  - limit: UsedCategoryLimit\n    value: 45\n    reference: CASE-10442\n    date: 2026-09-14\n`,
		},
		{
			name: "the columns that must be there behind their colon",
			text: `${H}dataSources:\n  - provides: installations\n    columns: /*caret*/\n`,
			label: "New: Columns of installations",
			after: `${H}dataSources:\n  - provides: installations\n    columns:\n      device: ResourceID\n      product: Product\n`,
		},
		{
			name: "a list in brackets",
			text: `${H}reclaimPolicies:\n  - categories: /*caret*/\n`,
			label: "[Unused]",
			after: `${H}reclaimPolicies:\n  - categories: [Unused]\n`,
		},
		{
			name: "a further mapping in brackets",
			text: `${H}unitPrices: [{ price: 1 }, /*caret*/]\n`,
			label: '{ products: ["Microsoft Visio*"], price: 280, currency: GBP }',
			after: `${H}unitPrices: [{ price: 1 }, { products: ["Microsoft Visio*"], price: 280, currency: GBP }]\n`,
		},
		{
			name: "the nearest project in a key",
			text: "kind: instance\nproj/*caret*/",
			label: "project",
			after: "kind: instance\nproject: acme.usage.yaml",
		},
	];
	for (const { name, text, label, after: expected } of inserted) {
		it(`inserts ${name}`, async () => {
			const { text: before, items } = await completeAt(text);
			const item = items.find((candidate) => candidate.label === label);
			assert.ok(item, items.map((candidate) => candidate.label).join());
			assert.equal(item.insertTextFormat, 1);
			assert.equal(TextDocument.applyEdits(TextDocument.create("", "", 0, before), [item.textEdit as TextEdit]), expected);
		});
	}
}).timeout(120_000);
