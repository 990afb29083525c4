import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { ClientCapabilities, Range, TextDocumentEdit, WorkspaceEdit } from "vscode-languageserver-protocol";
import { FULL_CLIENT } from "../support/lsp-harness.ts";
import { NAVIGATING_CLIENT, startMarked } from "../support/marked-workspace.ts";

type Files = Readonly<Record<string, string>>;

describe("rename", () => {
	async function renameIn(
		files: Files,
		newName: string,
		capabilities?: ClientCapabilities,
	): Promise<{ readonly edit: WorkspaceEdit; readonly after: Files }> {
		const marked = await startMarked(files, { capabilities: capabilities ?? NAVIGATING_CLIENT });
		try {
			const edit = await marked.lsp.request<WorkspaceEdit>("textDocument/rename", { ...marked.at, newName });
			return { edit, after: marked.apply(edit) };
		} finally {
			await marked.dispose();
		}
	}

	const PROJECT = "kind: project\ntitle: P\n";
	const renamed: readonly {
		readonly name: string;
		readonly files: Files;
		readonly to: string;
		readonly after: Files;
		readonly data?: RegExp;
	}[] = [
		{
			name: "a title, quoted where it must be",
			files: { "p.usage.yaml": "kind: project\ntitle: Ac/*caret*/me # x\n" },
			to: "Acme: UK",
			after: { "p.usage.yaml": 'kind: project\ntitle: "Acme: UK" # x\n' },
		},
		{
			name: "a name in single quotes",
			files: { "i.usage.yaml": "kind: instance\nname: 'Ac/*caret*/me'\n" },
			to: "O'Hara",
			after: { "i.usage.yaml": "kind: instance\nname: 'O''Hara'\n" },
		},
		{
			name: "a name in double quotes, on CRLF lines",
			files: { "i.usage.yaml": 'kind: instance\r\nname: "Ac/*caret*/me" # 🙂\r\n' },
			to: 'a "b" 🙂',
			after: { "i.usage.yaml": 'kind: instance\r\nname: "a \\"b\\" 🙂" # 🙂\r\n' },
		},
		{
			name: "a name that would be a number",
			files: { "i.usage.yaml": "kind: instance\ndataSources: [{ name: d/*caret*/ }]\n" },
			to: "12",
			after: { "i.usage.yaml": 'kind: instance\ndataSources: [{ name: "12" }]\n' },
		},
		{
			name: "a name with a comma between brackets",
			files: { "i.usage.yaml": "kind: instance\ndataSources: [{ name: d/*caret*/ }]\n" },
			to: "a, b",
			after: { "i.usage.yaml": 'kind: instance\ndataSources: [{ name: "a, b" }]\n' },
		},
		{
			name: "a policy to another case of its own name",
			files: { "i.usage.yaml": "kind: instance\nreclaimPolicies:\n  - name: po/*caret*/licy\n" },
			to: "Policy",
			after: { "i.usage.yaml": "kind: instance\nreclaimPolicies:\n  - name: Policy\n" },
		},
		{
			name: "a bundle in all instances of its project, and tells of patterns that match it no longer",
			files: {
				"i.usage.yaml":
					'kind: instance\nproject: p.usage.yaml\nbundles:\n  - name: Sui/*caret*/te\n    components: [Word]\n  - name: suite\nreclaimPolicies:\n  - name: R\n    products: ["Sui*", SUITE, Word]\n',
				"j.usage.yaml": "kind: instance\nproject: p.usage.yaml\nbundles:\n  - name: All\n    components: ['Suite']\n",
				"p.usage.yaml": PROJECT,
			},
			to: "Office",
			after: {
				"i.usage.yaml":
					'kind: instance\nproject: p.usage.yaml\nbundles:\n  - name: Office\n    components: [Word]\n  - name: suite\nreclaimPolicies:\n  - name: R\n    products: ["Sui*", Office, Word]\n',
				"j.usage.yaml": "kind: instance\nproject: p.usage.yaml\nbundles:\n  - name: All\n    components: ['Office']\n",
			},
			data: /^Installations in the linked data are still of "Suite"\. The new name no longer fits "Sui\*"\.$/,
		},
		{
			name: "a server in every project",
			files: {
				"a.usage.yaml": "kind: project\nsubscriptions:\n  - servers: [li/*caret*/ve]\n",
				"b.usage.yaml": "kind: project\nsubscriptions:\n  - servers:\n      - LIVE\n",
			},
			to: "prod",
			after: {
				"a.usage.yaml": "kind: project\nsubscriptions:\n  - servers: [prod]\n",
				"b.usage.yaml": "kind: project\nsubscriptions:\n  - servers:\n      - prod\n",
			},
			data: /^Usage logs .* "live"/,
		},
		{
			name: "a client",
			files: { "p.usage.yaml": "kind: project\nsubscriptions:\n  - client: A/*caret*/\n  - client: A\n" },
			to: "B",
			after: { "p.usage.yaml": "kind: project\nsubscriptions:\n  - client: B\n  - client: B\n" },
		},
		{
			name: "a title that linked settings name",
			files: {
				"i.usage.yaml":
					"kind: instance\nproject: p.usage.yaml\ndataSources:\n  - { name: s, provides: settings, type: csv, path: s.csv }\n",
				"p.usage.yaml": "kind: project\ntitle: /*caret*/P\n",
			},
			to: "Q",
			after: { "p.usage.yaml": "kind: project\ntitle: Q\n" },
			data: /^Deployed settings .* "P"/,
		},
		{
			name: "an anchor with its aliases",
			files: { "i.usage.yaml": "kind: instance\na: &x 1\nb: *x/*caret*/\nc: { <<: *x }\n" },
			to: "y",
			after: { "i.usage.yaml": "kind: instance\na: &y 1\nb: *y\nc: { <<: *y }\n" },
		},
		{
			name: "what an alias brings in, where it is written",
			files: {
				"p.usage.yaml":
					"kind: project\nx: &s [a, li/*caret*/ve]\nsubscriptions:\n  - { client: A, servers: *s }\n  - { client: B, servers: *s }\n",
			},
			to: "a, b",
			after: {
				"p.usage.yaml":
					'kind: project\nx: &s [a, "a, b"]\nsubscriptions:\n  - { client: A, servers: *s }\n  - { client: B, servers: *s }\n',
			},
			data: /^Usage logs/,
		},
	];
	for (const { name, files, to, after, data } of renamed) {
		it(`renames ${name}`, async () => {
			const { edit, after: found } = await renameIn(files, to);
			assert.deepEqual(found, after);
			const annotations = Object.values(edit.changeAnnotations ?? {});
			assert.equal(annotations.length, data === undefined ? 0 : 1);
			for (const annotation of annotations) {
				assert.equal(annotation.label, "Names in linked data stay as they are");
				assert.equal(annotation.needsConfirmation, true);
				assert.match(annotation.description ?? "", data!);
			}
		});
	}

	const refused: readonly { readonly name: string; readonly files: Files; readonly to: string; readonly message: RegExp }[] = [
		{ name: "an empty name", files: { "p.usage.yaml": "kind: project\ntitle: A/*caret*/\n" }, to: "  ", message: /^Give a name/ },
		{ name: "a name of two lines", files: { "p.usage.yaml": "kind: project\ntitle: A/*caret*/\n" }, to: "a\nb", message: /one line/ },
		{
			name: "a title that another project has",
			files: { "p.usage.yaml": "kind: project\ntitle: A/*caret*/\n", "q.usage.yaml": "kind: project\ntitle: Bé\n" },
			to: "BÉ",
			message: /^There is already a project "Bé", in q\.usage\.yaml\.$/,
		},
		{
			name: "a name that another instance of the project has",
			files: {
				"i.usage.yaml": "kind: instance\nname: A/*caret*/\nproject: p.usage.yaml\n",
				"j.usage.yaml": "kind: instance\nname: B\nproject: p.usage.yaml\n",
				"p.usage.yaml": PROJECT,
			},
			to: "b",
			message: /an instance of this project "B", in j\.usage\.yaml/,
		},
		{
			name: "a name that another data source has",
			files: { "i.usage.yaml": "kind: instance\ndataSources:\n  - name: a/*caret*/\n  - name: b\n" },
			to: "B",
			message: /a data source "b", in this file/,
		},
		{
			name: "a name that another bundle has",
			files: { "i.usage.yaml": "kind: instance\nbundles:\n  - name: a/*caret*/\n  - name: b\n" },
			to: "b",
			message: /^There is already a bundle "b"/,
		},
		{
			name: "a product beside itself",
			files: { "i.usage.yaml": "kind: instance\nbundles:\n  - name: S\n    components: [a/*caret*/, b]\n" },
			to: "b",
			message: /"b" already stands in the same list as "a"/,
		},
		{
			name: "a product with a star",
			files: { "i.usage.yaml": "kind: instance\nbundles:\n  - name: S/*caret*/\n" },
			to: "S*",
			message: /any run of characters/,
		},
		{
			name: "a server that another subscription has",
			files: { "p.usage.yaml": "kind: project\nsubscriptions:\n  - servers: [a/*caret*/]\n  - servers: [b]\n" },
			to: "B",
			message: /a server "b"/,
		},
		{
			name: "a limit",
			files: { "p.usage.yaml": "kind: project\nusageCategory:\n  Used/*caret*/CategoryLimit: 30\n" },
			to: "x",
			message: /vendor's own name/,
		},
		{
			name: "a pattern",
			files: { "i.usage.yaml": 'kind: instance\nunitPrices:\n  - products: ["V/*caret*/*"]\n' },
			to: "x",
			message: /"V\*" is a pattern/,
		},
		{
			name: "a path",
			files: { "i.usage.yaml": "kind: instance\ndataSources:\n  - path: a/*caret*/.csv\n" },
			to: "x",
			message: /Rename the file itself/,
		},
		{
			name: "a project by its path",
			files: { "i.usage.yaml": "kind: instance\nproject: p/*caret*/.usage.yaml\n" },
			to: "x",
			message: /change the `title`/,
		},
		{ name: "a number", files: { "p.usage.yaml": "kind: project\nprojectId: 1/*caret*/2\n" }, to: "x", message: /^There is no name here/ },
		{
			name: "what stands in a file with a syntax error",
			files: { "p.usage.yaml": "kind: project\ntitle: A/*caret*/\nsubscriptions: [\n" },
			to: "B",
			message: /p\.usage\.yaml has a syntax error/,
		},
		{ name: "an anchor with a space", files: { "i.usage.yaml": "kind: instance\na: &x/*caret*/ 1\n" }, to: "a b", message: /no spaces/ },
		{
			name: "an anchor that there is",
			files: { "i.usage.yaml": "kind: instance\na: &x/*caret*/ 1\nb: &y 2\n" },
			to: "y",
			message: /already an anchor `&y`/,
		},
	];
	for (const { name, files, to, message } of refused) {
		it(`refuses ${name}, in words`, async () => {
			await assert.rejects(
				renameIn(files, to),
				(error: { message: string; code: number }) => message.test(error.message) && [-32602, -32803].includes(error.code),
			);
		});
	}

	it("says before what would be renamed, and what can't be", async () => {
		for (const [text, expected] of [
			['kind: project\ntitle: "/*[*/Ac/*caret*/me/*]*/"\n', "Acme"],
			["kind: project\na: &/*[*/x/*caret*//*]*/ 1\n", "x"],
			["kind: project\nusageCategory: { Used/*caret*/CategoryLimit: 1 }\n", null],
			["kind: pro/*caret*/ject\n", null],
		] as const) {
			const marked = await startMarked({ "f.usage.yaml": text });
			const asked = marked.lsp.request<{ range: Range; placeholder: string }>("textDocument/prepareRename", marked.at);
			if (expected === null) await assert.rejects(asked);
			else {
				const { range, placeholder } = await asked;
				assert.equal(placeholder, expected);
				assert.deepEqual([marked.place(marked.at.textDocument.uri, range)], marked.marked);
			}
			await marked.dispose();
		}
	});

	it("names the version of open documents, and none of others", async () => {
		const marked = await startMarked({
			"a.usage.yaml": "kind: project\nsubscriptions:\n  - servers: [a/*caret*/]\n",
			"b.usage.yaml": "kind: project\nsubscriptions:\n  - servers: [A]\n",
		});
		await marked.lsp.open(marked.fixture.uri("a.usage.yaml"), "kind: project\nsubscriptions:\n  - servers: [a]\n");
		const { documentChanges } = await marked.lsp.request<WorkspaceEdit>("textDocument/rename", { ...marked.at, newName: "b" });
		assert.deepEqual(
			(documentChanges as TextDocumentEdit[]).map(({ textDocument }) => textDocument.version),
			[1, null],
		);
		await marked.dispose();
	});

	it("gives a client that knows neither versions nor annotations plain edits", async () => {
		const { edit, after } = await renameIn(
			{ "p.usage.yaml": "kind: project\nsubscriptions:\n  - servers: [a/*caret*/]\n" },
			"b",
			FULL_CLIENT,
		);
		assert.deepEqual(Object.keys(edit), ["changes"]);
		assert.deepEqual(after, { "p.usage.yaml": "kind: project\nsubscriptions:\n  - servers: [b]\n" });
	});
}).timeout(180_000);
