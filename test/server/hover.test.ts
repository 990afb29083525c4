import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { Hover, MarkupContent } from "vscode-languageserver-protocol";
import { CLEAN_CLIENT, createFixture, type FixtureWorkspace } from "../support/fixture-workspace.ts";
import { FULL_CLIENT, type LspSession, readCaret, startLsp } from "../support/lsp-harness.ts";

describe("hover", () => {
	let fixture: FixtureWorkspace;
	let lsp: LspSession;
	let uri: string;

	before(async () => {
		fixture = createFixture(CLEAN_CLIENT);
		lsp = await startLsp({ folders: [fixture.rootUri] });
		uri = fixture.uri("hover.usage.yaml");
		await lsp.open(uri, "");
	});
	after(async () => {
		await lsp.dispose();
		fixture.dispose();
	});

	async function hoverAt(marked: string): Promise<Hover | null> {
		const { text, position } = readCaret(marked);
		await lsp.change(uri, text);
		return lsp.request<Hover | null>("textDocument/hover", { textDocument: { uri }, position });
	}

	const told: readonly { name: string; text: string; words: readonly string[]; range: readonly [number, number, number] }[] = [
		{ name: "a key", text: "kind: project\nti/*caret*/tle: Acme\n", words: ["**Title**", "Source: `[Project].[Title]`"], range: [1, 0, 5] },
		{ name: "a value", text: "kind: project\ntitle: Ac/*caret*/me\n", words: ["**Title**"], range: [1, 7, 11] },
		{
			name: "a limit: default, unit and range",
			text: "kind: instance\nusageCategory:\n  UsedCategoryLimit: /*caret*/30\n",
			words: ["Default: `30` days", "0 to 36,500 days"],
			range: [2, 21, 23],
		},
		{
			name: "a value of a closed list: its meaning",
			text: "kind: instance\ndataSources:\n  - type: cs/*caret*/v\n",
			words: ["`csv`: a text file"],
			range: [2, 10, 13],
		},
		{
			name: "a key of a closed list: all values",
			text: "kind: instance\ndataSources:\n  - ty/*caret*/pe: csv\n",
			words: ["`csv`", "`sqlite`"],
			range: [2, 4, 8],
		},
		{
			name: "the project that is meant",
			text: "kind: instance\nproject: acme/*caret*/.usage.yaml\n",
			words: ["Here: **Acme**"],
			range: [1, 9, 24],
		},
		{ name: "a broken text", text: "kind: project\ntit/*caret*/le: Acme\nsubscriptions: [\n", words: ["**Title**"], range: [1, 0, 5] },
	];
	for (const { name, text, words, range } of told) {
		it(`explains ${name}`, async () => {
			const hover = await hoverAt(text);
			assert.ok(hover !== null);
			const { kind, value } = hover.contents as MarkupContent;
			assert.equal(kind, "markdown");
			for (const word of words) assert.ok(value.includes(word), `${word} in ${value}`);
			assert.deepEqual(hover.range, { start: { line: range[0], character: range[1] }, end: { line: range[0], character: range[2] } });
		});
	}

	const silent: readonly { name: string; text: string }[] = [
		{ name: "an empty file", text: "/*caret*/" },
		{ name: "an unknown key", text: "kind: project\nnon/*caret*/sense: 1\n" },
		{ name: "a file without a kind", text: "tit/*caret*/le: Acme\n" },
		{ name: "a comment", text: "kind: project\n# no/*caret*/te\ntitle: Acme\n" },
	];
	for (const { name, text } of silent) {
		it(`says nothing on ${name}`, async () => {
			assert.equal(await hoverAt(text), null);
		});
	}

	it("writes plain text for a client that shows no Markdown", async () => {
		const { hover: _, ...textDocument } = FULL_CLIENT.textDocument!;
		const plain = await startLsp({ folders: [fixture.rootUri], capabilities: { ...FULL_CLIENT, textDocument } });
		const hover = await plain.request<Hover>("textDocument/hover", {
			textDocument: { uri: fixture.uri("acme.usage.yaml") },
			position: { line: 1, character: 1 },
		});
		const { kind, value } = hover.contents as MarkupContent;
		assert.equal(kind, "plaintext");
		assert.doesNotMatch(value, /[*`\\]/);
		await plain.dispose();
	});
}).timeout(120_000);
