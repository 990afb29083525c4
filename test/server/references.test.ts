import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Location } from "vscode-languageserver-protocol";
import { startMarked } from "../support/marked-workspace.ts";

describe("references", () => {
	async function check(files: Readonly<Record<string, string>>, includeDeclaration = true): Promise<void> {
		const marked = await startMarked(files);
		const found = await marked.lsp.request<Location[] | null>("textDocument/references", { ...marked.at, context: { includeDeclaration } });
		assert.deepEqual(
			(found ?? []).map(({ uri, range }) => marked.place(uri, range)),
			marked.marked,
		);
		await marked.dispose();
	}

	const rows: readonly {
		readonly name: string;
		readonly files: Readonly<Record<string, string>>;
		readonly includeDeclaration?: boolean;
	}[] = [
		{
			name: "a project: its title and the instances that name it by any path",
			files: {
				"a/i.usage.yaml": "kind: instance\nproject: /*[*/../p.usage.yaml/*]*/\n",
				"b.usage.yaml": 'kind: instance\nproject: "/*[*/./p.usage.yaml/*]*/"\n',
				"other.usage.yaml": "kind: instance\nproject: q.usage.yaml\n",
				"p.usage.yaml": "kind: project\ntitle: /*[*/Ac/*caret*/me/*]*/\n",
			},
		},
		{
			name: "a project, without its title",
			files: {
				"i.usage.yaml": "kind: instance\nproject: /*[*/p.usage.yaml/*]*/\n",
				"p.usage.yaml": "kind: project\ntitle: Ac/*caret*/me\n",
			},
			includeDeclaration: false,
		},
		{
			name: "a product in the instances of its project, with the patterns that match it",
			files: {
				"i.usage.yaml":
					'kind: instance\nproject: p.usage.yaml\nbundles:\n  - name: Suite\n    components: [/*[*/Wo/*caret*/rd/*]*/, word]\nreclaimPolicies:\n  - name: P\n    products: ["/*[*/w*/*]*/", Excel*, /*[*/WORD/*]*/]\n',
				"j.usage.yaml": "kind: instance\nproject: p.usage.yaml\nunitPrices:\n  - { products: [/*[*/Word/*]*/], price: 1, currency: GBP }\n",
				"k.usage.yaml": "kind: instance\nproject: q.usage.yaml\nunitPrices:\n  - { products: [Word], price: 1, currency: GBP }\n",
			},
		},
		{
			name: "a pattern: the products that it matches, and the same pattern elsewhere",
			files: {
				"i.usage.yaml":
					'kind: instance\nbundles:\n  - name: /*[*/Visio All/*]*/\n    components: [/*[*/Visio 1/*]*/, Word]\nreclaimPolicies:\n  - name: P\n    products: ["/*[*/Vis/*caret*/io*/*]*/"]\nunitPrices:\n  - { products: ["/*[*/visio*/*]*/", "V*"], price: 1, currency: GBP }\n',
			},
		},
		{
			name: "a limit in the project, its instances and their advice",
			files: {
				"i.usage.yaml":
					"kind: instance\nproject: p.usage.yaml\nusageCategory:\n  /*[*/UsedCategoryLimit/*]*/: 45\nlimitAdvice:\n  - limit: /*[*/UsedCategoryLimit/*]*/\n",
				"p.usage.yaml": "kind: project\nusageCategory:\n  /*[*/Used/*caret*/CategoryLimit/*]*/: 30\n  UnusedCategoryLimit: 90\n",
			},
		},
		{
			name: "a client exactly as it is written, in all projects",
			files: {
				"a.usage.yaml": "kind: project\nsubscriptions:\n  - client: /*[*/Ac/*caret*/me/*]*/\n  - client: ACME\n",
				"b.usage.yaml": 'kind: project\nsubscriptions:\n  - { client: "/*[*/Acme/*]*/" }\n',
			},
		},
		{
			name: "a file of data in all configurations that link it",
			files: {
				"a/i.usage.yaml": "kind: instance\ndataSources:\n  - path: /*[*/../data.db/*]*/\n",
				"j.usage.yaml": "kind: instance\ndataSources:\n  - path: /*[*/da/*caret*/ta.db/*]*/\n  - path: other.db\n",
			},
		},
		{
			name: "an anchor and its aliases, up to the next of the same name",
			files: {
				"i.usage.yaml": 'kind: instance\na: /*[*/&/*caret*/x/*]*/ 1\nb: [/*[*/*x/*]*/, { c: /*[*/*x/*]*/ }]\nd: &x 2\ne: *x\nf: "*x"\n',
			},
		},
		{
			name: "what an alias brings in, once, where it is written",
			files: {
				"p.usage.yaml":
					"kind: project\nx: &servers [/*[*/li/*caret*/ve/*]*/]\nsubscriptions:\n  - client: A\n    servers: *servers\n  - client: B\n    servers: *servers\n",
			},
		},
		{ name: "a number: nothing", files: { "p.usage.yaml": "kind: project\nprojectId: 1/*caret*/2\n" } },
	];
	for (const { name, files, includeDeclaration } of rows) it(`lists those of ${name}`, () => check(files, includeDeclaration));
}).timeout(120_000);
