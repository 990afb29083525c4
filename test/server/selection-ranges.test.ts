import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import type { SelectionRange } from "vscode-languageserver-protocol";
import { expandSelection } from "../../workspace/yaml/layout/expand-selection.ts";
import { parseConfig } from "../../workspace/yaml/parse-config.ts";
import { readCaretFixture } from "../support/caret-fixture.ts";
import { startMarked } from "../support/marked-workspace.ts";
import { messyYaml } from "../support/messy-yaml.ts";

describe("selection ranges", () => {
	const rows: readonly { readonly name: string; readonly text: string; readonly steps: readonly string[] }[] = [
		{
			name: "a word of a quoted text in brackets",
			text: 'kind: instance\nbundles:\n  - name: S\n    components: [a, "Micro/*caret*/soft Word"]\n',
			steps: [
				"Microsoft",
				"Microsoft Word",
				'"Microsoft Word"',
				'a, "Microsoft Word"',
				'[a, "Microsoft Word"]',
				'components: [a, "Microsoft Word"]',
				'name: S\n    components: [a, "Microsoft Word"]',
				'- name: S\n    components: [a, "Microsoft Word"]',
				'bundles:\n  - name: S\n    components: [a, "Microsoft Word"]',
				'kind: instance\nbundles:\n  - name: S\n    components: [a, "Microsoft Word"]',
				'kind: instance\nbundles:\n  - name: S\n    components: [a, "Microsoft Word"]\n',
			],
		},
		{
			name: "a key",
			text: "# x\nki/*caret*/nd: project # y\n",
			steps: ["kind", "kind: project", "kind: project # y", "# x\nkind: project # y\n"],
		},
		{
			name: "a comment",
			text: "kind: project # one tw/*caret*/o, three\ntitle: A\n",
			steps: [
				"two",
				"one two, three",
				"# one two, three",
				"kind: project # one two, three\ntitle: A",
				"kind: project # one two, three\ntitle: A\n",
			],
		},
		{ name: "an empty file", text: "/*caret*/", steps: [""] },
		{
			name: "a broken text",
			text: "kind: project\ntitle: A/*caret*/cme\nsubscriptions: [\n",
			steps: ["Acme", "title: Acme", "kind: project\ntitle: Acme\nsubscriptions: [", "kind: project\ntitle: Acme\nsubscriptions: [\n"],
		},
		{
			name: "CRLF and emoji",
			text: "kind: project\r\ntitle: a 🙂b/*caret*/ c\r\n",
			steps: ["🙂b", "a 🙂b c", "title: a 🙂b c", "kind: project\r\ntitle: a 🙂b c", "kind: project\r\ntitle: a 🙂b c\r\n"],
		},
	];
	for (const { name, text: marked, steps } of rows) {
		it(`grow from ${name} to the file`, () => {
			const { text, carets } = readCaretFixture(marked);
			assert.deepEqual(
				expandSelection(parseConfig(text), carets[0]!).map(({ start, end }) => text.slice(start, end)),
				steps,
			);
		});
	}

	it("are each larger than the one before and around it, at every place of any text", () => {
		fc.assert(
			fc.property(messyYaml(), fc.nat(), (text, at) => {
				const offset = at % (text.length + 1);
				const steps = expandSelection(parseConfig(text), offset);
				assert.deepEqual(steps.at(-1), { start: 0, end: text.length });
				for (const [index, { start, end }] of steps.entries()) {
					const outer = steps[index + 1];
					assert.ok(start <= offset && end >= offset);
					if (outer !== undefined) assert.ok(outer.start <= start && outer.end >= end && outer.end - outer.start > end - start);
				}
			}),
			{ numRuns: 300 },
		);
	});

	it("are answered for each position in turn", async () => {
		const marked = await startMarked({ "f.usage.yaml": "kind: project\ntitle: /*[*/Acme/*]*/\n" });
		const positions = [
			{ line: 1, character: 8 },
			{ line: 0, character: 0 },
		];
		const ranges = await marked.lsp.request<SelectionRange[]>("textDocument/selectionRange", { ...marked.at, positions });
		assert.deepEqual([marked.place(marked.at.textDocument.uri, ranges[0]!.range)], marked.marked);
		assert.deepEqual(ranges[1]!.range, { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } });
		await marked.dispose();
	});
}).timeout(120_000);
