import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { TextDocument } from "vscode-languageserver-textdocument";
import { createTextPositions } from "../../server/text-positions.ts";
import { parseConfig } from "../../workspace/yaml/parse-config.ts";
import { carryOut, createDraw, drawConfig, drawEdit } from "../support/random-edits.ts";

describe("positions of a text", () => {
	const TEXTS = [
		"",
		"a",
		"\n",
		"a\n",
		"a\r\nb\r\n",
		"a\rb",
		"\r\r\n\n",
		"é😀\n  😀x: 1\n",
		"kind: project\nsubscriptions:\n  - client: 😀\r\n  - client: b\r",
	];
	for (const text of TEXTS) it(`are those of the protocol's library: ${JSON.stringify(text)}`, () => checkText(text));

	it("are those of the protocol's library in random texts, in pieces or not", () => {
		const draw = createDraw(7);
		for (let round = 0; round < 60; round++) {
			let text = drawConfig(draw, draw(8));
			for (let edits = draw(4); edits > 0; edits--) text = carryOut(text, drawEdit(text, draw));
			checkText(text);
		}
	});

	it("count bytes where the client wants them", () => {
		const positions = createTextPositions("é😀x\n😀", "utf-8");
		for (const [offset, line, character] of [
			[0, 0, 0],
			[1, 0, 2],
			[3, 0, 6],
			[4, 0, 7],
			[5, 1, 0],
			[7, 1, 4],
		] as const) {
			assert.deepEqual(positions.positionAt(offset), { line, character });
			assert.equal(positions.offsetAt({ line, character }), offset);
		}
	});
});

function checkText(text: string): void {
	const document = TextDocument.create("file:///a", "yaml", 1, text);
	for (const positions of [createTextPositions(text, "utf-16"), createTextPositions(text, "utf-16", parseConfig(text).lines)]) {
		for (let offset = -1; offset <= text.length + 1; offset++) assert.deepEqual(positions.positionAt(offset), document.positionAt(offset));
		for (let line = 0; line <= document.lineCount + 1; line++) {
			for (const character of [0, 1, 2, 5, 1000])
				assert.equal(positions.offsetAt({ line, character }), document.offsetAt({ line, character }), `${line}:${character}`);
		}
	}
}
