import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { DocumentHighlight } from "vscode-languageserver-protocol";
import { startMarked } from "../support/marked-workspace.ts";

const WRITE = 3;
const READ = 2;
const TEXT = 1;

describe("document highlights", () => {
	const rows: readonly { readonly name: string; readonly text: string; readonly kinds: readonly number[] }[] = [
		{
			name: "a bundle as written, its mentions as read, patterns as text",
			text: 'kind: instance\nbundles:\n  - name: /*[*/Suite/*]*/\n  - name: B\n    components: [/*[*/Su/*caret*/ite/*]*/]\nunitPrices:\n  - { products: ["/*[*/S*/*]*/"], price: 1, currency: GBP }\n',
			kinds: [WRITE, READ, TEXT],
		},
		{
			name: "a limit with the advice about it",
			text: "kind: project\nusageCategory:\n  /*[*/Used/*caret*/CategoryLimit/*]*/: 45\n  UnusedCategoryLimit: 90\nlimitAdvice:\n  - limit: /*[*/UsedCategoryLimit/*]*/\n",
			kinds: [WRITE, READ],
		},
		{
			name: "an anchor as written, its aliases as read",
			text: "kind: project\na: /*[*/&x/*]*/ 1\nb: /*[*/*/*caret*/x/*]*/\n",
			kinds: [WRITE, READ],
		},
		{
			name: "a server whatever its case",
			text: "kind: project\nsubscriptions:\n  - servers: [/*[*/liv/*caret*/e/*]*/, test, /*[*/LIVE/*]*/]\n",
			kinds: [WRITE, WRITE],
		},
		{ name: "nothing at a key", text: "kind: project\ntit/*caret*/le: A\n", kinds: [] },
		{ name: "nothing in a comment", text: "kind: project\n# tit/*caret*/le\ntitle: A\n", kinds: [] },
	];
	for (const { name, text, kinds } of rows) {
		it(`marks ${name}`, async () => {
			const marked = await startMarked({ "f.usage.yaml": text, "g.usage.yaml": text.replaceAll(/\/\*(caret|\[|\])\*\//g, "") });
			const found = (await marked.lsp.request<DocumentHighlight[] | null>("textDocument/documentHighlight", marked.at)) ?? [];
			assert.deepEqual(
				found.map(({ range }) => marked.place(marked.at.textDocument.uri, range)),
				marked.marked,
			);
			assert.deepEqual(
				found.map(({ kind }) => kind),
				kinds,
			);
			await marked.dispose();
		});
	}
}).timeout(120_000);
