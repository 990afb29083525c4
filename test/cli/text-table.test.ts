import assert from "node:assert/strict";
import { cut, displayWidth, formatShare, formatTable, printable, wrap } from "../../cli/text/table.ts";

describe("text for a terminal", () => {
	it("a table is aligned, without trailing spaces", () => {
		checkTable(
			[
				["Editor", "1,204"],
				["Viewer for drawings", "7"],
			],
			100,
			["Product              Count", "Editor               1,204", "Viewer for drawings      7"],
		);
	});

	it("a flexible column gives way", () => {
		checkTable([["Viewer for drawings", "7"]], 20, ["Product        Count", "Viewer for d…      7"]);
	});

	it("but not to nothing", () => {
		checkTable([["Viewer for drawings", "7"]], 5, ["Product       Count", "Viewer for…       7"]);
	});

	it("wide characters take two columns", () => {
		checkTable([["日本語", "1"]], 100, ["Product  Count", "日本語       1"]);
	});

	const widths: readonly (readonly [string, number])[] = [
		["", 0],
		["abc", 3],
		["é", 1],
		["e\u0301", 1],
		["日本", 4],
		["😀", 2],
		["ﾊﾛｰ", 3],
	];
	for (const [text, width] of widths) it(`“${text}” takes ${width} columns`, () => assert.equal(displayWidth(text), width));

	const cuts: readonly (readonly [string, number, string])[] = [
		["abcdef", 6, "abcdef"],
		["abcdef", 5, "abcd…"],
		["abc def", 5, "abc…"],
		["日本語", 5, "日本…"],
		["日本語", 4, "日…"],
	];
	for (const [text, width, expected] of cuts) it(`“${text}” cut to ${width} columns`, () => assert.equal(cut(text, width), expected));

	const unsafe: readonly (readonly [string, string])[] = [
		["plain", "plain"],
		["\u001B[31mred\u0007", "\uFFFD[31mred\uFFFD"],
		["a\nb\tc", "a\uFFFDb\uFFFDc"],
		["abc\u202Etxt", "abc\uFFFDtxt"],
		["a\u009Bb", "a\uFFFDb"],
	];
	for (const [text, expected] of unsafe)
		it(`${JSON.stringify(text)} cannot steer the terminal`, () => assert.equal(printable(text), expected));

	const wraps: readonly (readonly [string, number, readonly string[]])[] = [
		["one two three", 7, ["one two", "three"]],
		["one two three", 100, ["one two three"]],
		["unbreakable word", 5, ["unbreakable", "word"]],
		["", 5, [""]],
	];
	for (const [text, width, expected] of wraps)
		it(`“${text}” wrapped to ${width} columns`, () => assert.deepEqual(wrap(text, width), expected));

	const shares: readonly (readonly [number, number, string])[] = [
		[1, 3, "33.3 %"],
		[0, 3, "0.0 %"],
		[3, 3, "100.0 %"],
		[0, 0, "–"],
	];
	for (const [part, whole, expected] of shares)
		it(`${part} of ${whole} is ${expected}`, () => assert.equal(formatShare(part, whole), expected));
});

function checkTable(rows: readonly (readonly string[])[], width: number, expected: readonly string[]): void {
	const columns = [{ title: "Product", align: "left", flexible: true } as const, { title: "Count", align: "right" } as const];
	assert.deepEqual(formatTable(columns, rows, width), expected);
}
