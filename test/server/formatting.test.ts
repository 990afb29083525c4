import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { FormattingOptions, TextEdit } from "vscode-languageserver-protocol";
import { TextDocument } from "vscode-languageserver-textdocument";
import { readCaretFixture } from "../support/caret-fixture.ts";
import { startMarked } from "../support/marked-workspace.ts";

const OPTIONS: FormattingOptions = { tabSize: 2, insertSpaces: true };

describe("formatting", () => {
	async function format(
		marked: string,
		method: string,
		params: object,
	): Promise<{ readonly text: string; readonly edits: readonly TextEdit[] }> {
		const workspace = await startMarked({ "f.usage.yaml": marked });
		const edits = (await workspace.lsp.request<TextEdit[] | null>(method, { ...workspace.at, options: OPTIONS, ...params })) ?? [];
		await workspace.dispose();
		return { text: TextDocument.applyEdits(TextDocument.create("", "", 0, readCaretFixture(marked).text), edits), edits };
	}

	it("changes only the white space that is not as it should be", async () => {
		const { text, edits } = await format(
			"kind:   project\n# 🙂\ntitle: A\nsubscriptions:\n   -  client: 🙂  # x\n      servers: [a,b]\n",
			"textDocument/formatting",
			{},
		);
		assert.equal(text, "kind: project\n# 🙂\ntitle: A\nsubscriptions:\n   - client: 🙂  # x\n     servers: [a, b]\n");
		assert.deepEqual(
			edits.map(({ range, newText }) => [range.start.line, range.start.character, range.end.character, newText]),
			[
				[0, 5, 8, " "],
				[4, 4, 6, " "],
				[5, 0, 6, "     "],
				[5, 18, 18, " "],
			],
		);
	});

	it("leaves a file with a syntax error alone", async () => {
		assert.deepEqual((await format("kind:   project\ntitle: [\n", "textDocument/formatting", {})).edits, []);
	});

	it("follows what the editor says about the ends of lines and of the file", async () => {
		const options = { ...OPTIONS, trimTrailingWhitespace: false, insertFinalNewline: false, trimFinalNewlines: false };
		assert.equal((await format("kind:  project  \n\n\n", "textDocument/formatting", { options })).text, "kind: project  \n\n\n");
		assert.equal((await format("kind:  project", "textDocument/formatting", { options })).text, "kind: project");
	});

	it("steps as the editor does where the file gives no example", async () => {
		const brackets = "kind: project\nsubscriptions: [\n { client: A }\n ]\n";
		assert.equal(
			(await format(brackets, "textDocument/formatting", { options: { ...OPTIONS, tabSize: 4 } })).text,
			"kind: project\nsubscriptions: [\n    { client: A }\n    ]\n",
		);
	});

	it("formats the lines of a range only", async () => {
		const text = "kind:  project\ntitle:  A\nsubscriptions:\n  -   client:  A\n      servers:  [a]\n";
		const range = { start: { line: 1, character: 3 }, end: { line: 3, character: 0 } };
		assert.equal(
			(await format(text, "textDocument/rangeFormatting", { range })).text,
			"kind:  project\ntitle: A\nsubscriptions:\n  -   client:  A\n      servers:  [a]\n",
		);
		const item = { start: { line: 3, character: 0 }, end: { line: 5, character: 0 } };
		assert.equal(
			(await format(text, "textDocument/rangeFormatting", { range: item })).text,
			"kind:  project\ntitle:  A\nsubscriptions:\n  - client: A\n    servers: [a]\n",
		);
		const half = { start: { line: 4, character: 0 }, end: { line: 4, character: 5 } };
		assert.equal(
			(await format(text, "textDocument/rangeFormatting", { range: half })).text,
			"kind:  project\ntitle:  A\nsubscriptions:\n  -   client:  A\n      servers: [a]\n",
		);
	});

	const typed: readonly { readonly name: string; readonly text: string; readonly after: string }[] = [
		{ name: "a key: one step further in", text: "kind: project\nusageCategory:\n/*caret*/", after: "kind: project\nusageCategory:\n  " },
		{ name: "a key with a comment", text: "a: # x\n/*caret*/", after: "a: # x\n  " },
		{ name: "a key with an anchor", text: "a: &x\n/*caret*/", after: "a: &x\n  " },
		{ name: "a key of an item", text: "a:\n  - b: 1\n    c:\n/*caret*/", after: "a:\n  - b: 1\n    c:\n      " },
		{ name: "a key at a dash", text: "a:\n  - b:\n/*caret*/", after: "a:\n  - b:\n      " },
		{ name: "an item: at its keys", text: "a:\n  - b: 1\n  /*caret*/", after: "a:\n  - b: 1\n    " },
		{ name: "an item without keys: at its dash", text: "a:\n  - b\n/*caret*/", after: "a:\n  - b\n  " },
		{ name: "a dash", text: "a:\n  -\n/*caret*/", after: "a:\n  -\n    " },
		{ name: "an entry: below it", text: "a:\n    b: 1\n/*caret*/", after: "a:\n    b: 1\n    " },
		{ name: "the file's own step", text: "a:\n    b: 1\nc:\n/*caret*/", after: "a:\n    b: 1\nc:\n    " },
		{ name: "an opening bracket", text: "a:\n  b: [\n/*caret*/", after: "a:\n  b: [\n    " },
		{ name: "a line within brackets", text: "a: [\n    b,\n/*caret*/", after: "a: [\n    b,\n    " },
		{ name: "a closing bracket", text: "a:\n  b: [\n      c ]\n/*caret*/", after: "a:\n  b: [\n      c ]\n  " },
		{ name: "the bar of a text", text: "a:\n  b: |\n/*caret*/", after: "a:\n  b: |\n    " },
		{ name: "a line of a text", text: "a: |\n   b: c\n/*caret*/", after: "a: |\n   b: c\n   " },
		{ name: "an empty line: left alone", text: "a:\n  b: 1\n\n      /*caret*/", after: "a:\n  b: 1\n\n      " },
		{ name: "a line that is cut in two: left alone", text: "a:\n/*caret*/b: 1\n", after: "a:\nb: 1\n" },
		{ name: "CRLF", text: "a:\r\n/*caret*/\r\nb: 1\r\n", after: "a:\r\n  \r\nb: 1\r\n" },
		{ name: "a text that does not parse otherwise", text: "x: [\na:\n/*caret*/", after: "x: [\na:\n  " },
	];
	for (const { name, text, after } of typed) {
		it(`indents the line after ${name}`, async () => {
			assert.equal((await format(text, "textDocument/onTypeFormatting", { ch: "\n" })).text, after);
		});
	}
}).timeout(180_000);
