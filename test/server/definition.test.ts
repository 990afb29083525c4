import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Location, LocationLink } from "vscode-languageserver-protocol";
import { FULL_CLIENT } from "../support/lsp-harness.ts";
import { type MarkedWorkspace, startMarked } from "../support/marked-workspace.ts";

describe("definition", () => {
	/** Asks at the caret; the answer must select what is marked. */
	async function check(files: Readonly<Record<string, string>>, edit?: (marked: MarkedWorkspace) => Promise<void>): Promise<void> {
		const marked = await startMarked(files);
		await edit?.(marked);
		const links = (await marked.lsp.request<LocationLink[] | null>("textDocument/definition", marked.at)) ?? [];
		assert.deepEqual(links.map((link) => marked.place(link.targetUri, link.targetSelectionRange)).sort(), marked.marked);
		for (const { targetRange, targetSelectionRange, originSelectionRange } of links) {
			assert.ok(compare(targetRange.start, targetSelectionRange.start) <= 0 && compare(targetRange.end, targetSelectionRange.end) >= 0);
			assert.ok(
				compare(originSelectionRange!.start, marked.at.position) <= 0 && compare(originSelectionRange!.end, marked.at.position) >= 0,
			);
		}
		await marked.dispose();
	}

	const rows: readonly { readonly name: string; readonly files: Readonly<Record<string, string>> }[] = [
		{
			name: "a project's path to its title",
			files: {
				"i.usage.yaml": "kind: instance\nproject: sub/p/*caret*/.usage.yaml\n",
				"sub/p.usage.yaml": "kind: project\ntitle: '/*[*/Ac me/*]*/' # x\n",
			},
		},
		{
			name: "a project's path to the beginning of a file without a title",
			files: { "i.usage.yaml": "kind: instance\nproject: p/*caret*/.usage.yaml\n", "p.usage.yaml": "/*[*//*]*/kind: project\n" },
		},
		{
			name: "a path to its file, quoted and in braces",
			files: {
				"i.usage.yaml": 'kind: instance\ndataSources: [{ name: a, path: "data/x/*caret*/ ü.csv" }]\n',
				"data/x ü.csv": "/*[*//*]*/device\n",
			},
		},
		{ name: "a path to no file to nothing", files: { "i.usage.yaml": "kind: instance\ndataSources:\n  - path: data/n/*caret*/one.csv\n" } },
		{
			name: "a component to the bundle of its file, not to that of another instance",
			files: {
				"i.usage.yaml":
					"kind: instance\nproject: p.usage.yaml\nbundles:\n  - name: /*[*/Suite/*]*/\n    components: [Word]\n  - name: All\n    components: [Sui/*caret*/te]\n",
				"j.usage.yaml": "kind: instance\nproject: p.usage.yaml\nbundles:\n  - name: Suite\n",
				"p.usage.yaml": "kind: project\ntitle: P\n",
			},
		},
		{
			name: "a pattern to the bundles that it matches",
			files: {
				"i.usage.yaml":
					'kind: instance\nbundles:\n  - name: /*[*/Suite 1/*]*/\n  - name: "/*[*/Suite 2/*]*/"\n  - name: Other\nunitPrices:\n  - { products: ["suite/*caret*/*"], price: 1, currency: GBP }\n',
			},
		},
		{
			name: "a product that no bundle is to nothing",
			files: { "i.usage.yaml": "kind: instance\nreclaimPolicies:\n  - name: P\n    products: [Vi/*caret*/sio]\n" },
		},
		{
			name: "a server to all subscriptions that name it, in every project",
			files: {
				"a.usage.yaml": "kind: project\ntitle: A\nsubscriptions:\n  - client: A\n    servers: [/*[*/liv/*caret*/e/*]*/, test]\n",
				"b.usage.yaml": "kind: project\ntitle: B\nsubscriptions:\n  - client: B\n    servers:\n      - test\n      - /*[*/LIVE/*]*/\n",
			},
		},
		{
			name: "the name of an instance's limit to its project's",
			files: {
				"i.usage.yaml":
					"kind: instance\nproject: p.usage.yaml\nusageCategory:\n  Used/*caret*/CategoryLimit: 45\nlimitAdvice:\n  - limit: UsedCategoryLimit\n    value: 45\n",
				"p.usage.yaml": "kind: project\ntitle: P\nusageCategory: { /*[*/UsedCategoryLimit/*]*/: 30 }\n",
			},
		},
		{
			name: "the value of a limit to the advice that allows it",
			files: {
				"i.usage.yaml":
					"kind: instance\nusageCategory:\n  UsedCategoryLimit: 4/*caret*/5\nlimitAdvice:\n  - limit: UsedCategoryLimit\n    value: 30\n  - value: 45\n    limit: /*[*/UsedCategoryLimit/*]*/\n",
			},
		},
		{
			name: "advice to the limit of its file",
			files: {
				"i.usage.yaml":
					"kind: instance\nproject: p.usage.yaml\nusageCategory:\n  /*[*/UsedCategoryLimit/*]*/: 45\nlimitAdvice:\n  - limit: Used/*caret*/CategoryLimit\n",
				"p.usage.yaml": "kind: project\ntitle: P\nusageCategory:\n  UsedCategoryLimit: 30\n",
			},
		},
		{
			name: "an alias to the last anchor of its name above it",
			files: { "i.usage.yaml": "kind: instance\na: &x 1\nb: /*[*/&x/*]*/ 2\nc: { d: *x/*caret*/ }\ne: &x 3\n" },
		},
		{
			name: "a merged alias to its anchor",
			files: { "p.usage.yaml": "kind: project\nbase: /*[*/&base/*]*/\n  a: 1\nusageCategory:\n  <<: *ba/*caret*/se\n" },
		},
		{ name: "a star in quotes to nothing", files: { "i.usage.yaml": 'kind: instance\na: &Visio 1\nb: "*Vi/*caret*/sio"\n' } },
		{ name: "a name where it is defined to itself", files: { "p.usage.yaml": "kind: project\ntitle: /*[*/A🙂cm/*caret*/e/*]*/\n" } },
		{
			name: "CRLF and a comment: right all the same",
			files: {
				"i.usage.yaml": "# 🙂\r\nkind: instance\r\nproject: p/*caret*/.usage.yaml # x\r\n",
				"p.usage.yaml": "# é\r\nkind: project\r\ntitle:\r\n  /*[*/Acme/*]*/\r\n",
			},
		},
	];
	for (const { name, files } of rows) it(`leads from ${name}`, () => check(files));

	it("goes by the last good text while a file is broken, with places that are right in the new one", async () => {
		const good = "kind: project\ntitle: Acme\nsubscriptions:\n  - client: A\n";
		await check(
			{
				"i.usage.yaml": "kind: instance\nproject: p/*caret*/.usage.yaml\n",
				"p.usage.yaml": "kind: project\ntitle: /*[*/Acme/*]*/\nsubscriptions:\n  - client: A\n",
			},
			async ({ lsp, fixture }) => {
				await lsp.open(fixture.uri("p.usage.yaml"), good);
				await lsp.request("textDocument/documentSymbol", { textDocument: { uri: fixture.uri("p.usage.yaml") } });
				await lsp.change(fixture.uri("p.usage.yaml"), good.replace("client: A", "client: [A"));
			},
		);
	});

	it("tells nothing of files outside of a workspace that is not trusted", async () => {
		const files = { "in/i.usage.yaml": "kind: instance\ndataSources:\n  - path: ../ou/*caret*/t.csv\n", "out.csv": "device\n" };
		for (const [trusted, count] of [
			[true, 1],
			[false, 0],
		] as const) {
			const marked = await startMarked(files, { folder: "in", initializationOptions: { trusted } });
			assert.equal(((await marked.lsp.request<LocationLink[] | null>("textDocument/definition", marked.at)) ?? []).length, count);
			await marked.dispose();
		}
	});

	it("answers places to a client that takes no links, in its encoding", async () => {
		const { definition: _, ...textDocument } = { definition: null, ...FULL_CLIENT.textDocument };
		const marked = await startMarked(
			{ "p.usage.yaml": "kind: project\ntitle: é/*caret*/é\n" },
			{ capabilities: { ...FULL_CLIENT, textDocument, general: { positionEncodings: ["utf-8"] } } },
		);
		const places = await marked.lsp.request<Location[]>("textDocument/definition", { ...marked.at, position: { line: 1, character: 9 } });
		assert.deepEqual(places, [
			{ uri: marked.at.textDocument.uri, range: { start: { line: 1, character: 7 }, end: { line: 1, character: 11 } } },
		]);
		await marked.dispose();
	});
}).timeout(120_000);

function compare(left: { line: number; character: number }, right: { line: number; character: number }): number {
	return left.line - right.line || left.character - right.character;
}
