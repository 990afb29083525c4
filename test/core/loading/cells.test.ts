import assert from "node:assert/strict";
import type { Cell } from "../../../core/connectors/connector.ts";
import { parseCount, quoteCell, readText } from "../../../core/loading/cells.ts";

describe("cells", () => {
	const texts: readonly (readonly [string, Cell | undefined, string | null])[] = [
		["text", "PC1", "PC1"],
		["text with white space around", " \tPC 1\u00a0\n", "PC 1"],
		["empty text", "", null],
		["white space", " \t\r\n\u00a0", null],
		["NULL", "NULL", null],
		["null in other letters", " Null ", "Null"],
		["a word with null in it", "NULLABLE", "NULLABLE"],
		["no value", null, null],
		["no cell", undefined, null],
		["a whole number", 16777219, "16777219"],
		["zero", 0, "0"],
		["a large whole number", 1e21, "1000000000000000000000"],
		["a fraction", 45000.5, "45000.5"],
		["a bigint", 9007199254740993n, "9007199254740993"],
		["a date", new Date(0), "1970-01-01T00:00:00.000Z"],
		["an invalid date", new Date(Number.NaN), null],
		["bytes that are text", Buffer.from(" Wörk "), "Wörk"],
		["bytes that are no text", Uint8Array.of(0, 255, 16), "0x00ff10"],
		["bytes of invalid UTF-8", Uint8Array.of(0x41, 0xfc), "0x41fc"],
		["no bytes", new Uint8Array(), null],
	];
	for (const [name, cell, expected] of texts) {
		it(`reads ${name}`, () => assert.equal(readText(cell), expected));
	}

	const counts: readonly (readonly [string, number | null])[] = [
		["0", 0],
		["37", 37],
		["+37", 37],
		["0037", 37],
		["37.0", 37],
		["37.", 37],
		["9007199254740991", 9007199254740991],
		["9007199254740993", null],
		["-1", null],
		["37.5", null],
		["1,204", null],
		["1e3", null],
		["0x10", null],
		["many", null],
		["NaN", null],
		["Infinity", null],
	];
	for (const [text, expected] of counts) {
		it(`counts ${text} as ${expected}`, () => assert.equal(parseCount(text), expected));
	}

	const quoted: readonly (readonly [string, string, string])[] = [
		["short text", "2026-02-30", '"2026-02-30"'],
		["80 characters", "x".repeat(80), `"${"x".repeat(80)}"`],
		["81 characters", "x".repeat(81), `"${"x".repeat(80)}…"`],
		["characters of two units", "😀".repeat(81), `"${"😀".repeat(80)}…"`],
		["line breaks", "a\r\nb\tc", '"a b c"'],
	];
	for (const [name, text, expected] of quoted) {
		it(`quotes ${name}`, () => assert.equal(quoteCell(text), expected));
	}
});
