import assert from "node:assert/strict";
import { looksLikeFormula, MAX_CELL_TEXT, toCellText } from "../../../core/workbook/cell-text.ts";

describe("cell text", () => {
	const cases = [
		{ what: "plain text stays", text: "Microsoft Visio 2021 – Größe 10 µm 🙂", cell: "Microsoft Visio 2021 – Größe 10 µm 🙂" },
		{ what: "empty text stays", text: "", cell: "" },
		{ what: "tabs and line feeds stay", text: "a\tb\nc", cell: "a\tb\nc" },
		{ what: "a Windows line break becomes a line feed", text: "a\r\nb", cell: "a\nb" },
		{ what: "a lone carriage return shows", text: "a\rb", cell: "a␍b" },
		{ what: "characters that XML forbids show", text: "\u0000\u0007\u001f\u007f", cell: "␀␇␟␡" },
		{ what: "no characters show as a replacement", text: "\ufffe\uffff", cell: "\ufffd\ufffd" },
		{ what: "half a surrogate pair too", text: "a\ud83dz\ude42", cell: "a\ufffdz\ufffd" },
		{
			what: "what looks like an escaped character is escaped",
			text: "_x0041_ _x00e9_ _x41_ __x0041__",
			cell: "_x005F_x0041_ _x005F_x00e9_ _x41_ __x005F_x0041__",
		},
		{ what: "a formula is not touched", text: "=1+1", cell: "=1+1" },
		{ what: "the longest text fits", text: "x".repeat(MAX_CELL_TEXT), cell: "x".repeat(MAX_CELL_TEXT) },
	];
	for (const { what, text, cell } of cases) {
		it(what, () => assert.equal(toCellText(text), cell));
	}

	it("cuts longer text and says so", () => {
		const note = " … [cut here; the whole text has 40,000 characters]";
		assert.equal(toCellText("x".repeat(40_000)), "x".repeat(MAX_CELL_TEXT - note.length) + note);
	});

	it("does not cut a surrogate pair in two", () => {
		for (const text of ["🙂".repeat(20_000), `x${"🙂".repeat(20_000)}`]) {
			const cell = toCellText(text);
			assert.ok(cell.length <= MAX_CELL_TEXT);
			assert.doesNotMatch(cell, /\p{Surrogate}/u);
		}
	});

	const formulas = [
		{ text: "=1+1", formula: true },
		{ text: "+44 20", formula: true },
		{ text: "-1", formula: true },
		{ text: "@SUM(A1)", formula: true },
		{ text: " =1", formula: true },
		{ text: "\t=1", formula: true },
		{ text: "a=1", formula: false },
		{ text: "", formula: false },
	];
	for (const { text, formula } of formulas) {
		it(`${JSON.stringify(text)} ${formula ? "looks" : "does not look"} like a formula`, () =>
			assert.equal(looksLikeFormula(text), formula));
	}
});
