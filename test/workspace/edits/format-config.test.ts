import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, it } from "mocha";
import { applyEdits } from "../../../workspace/edits/carry-out-fix.ts";
import { formatConfig } from "../../../workspace/edits/format-config.ts";
import { type FormatOptions, findFormatEdits, listWords } from "../../../workspace/yaml/layout/format-text.ts";
import { parseConfig } from "../../../workspace/yaml/parse-config.ts";
import { messyYaml } from "../../support/messy-yaml.ts";

const TIDY: FormatOptions = { tabSize: 2, spaces: { trimsLines: true, endsWithLineBreak: true, trimsLastLines: true } };

describe("formatting a configuration", () => {
	/** What formatting would do without the net that `formatConfig` has below it. */
	function formatUnchecked(text: string, range: { readonly start: number; readonly end: number } | null): string {
		const edits = findFormatEdits(text, TIDY, range);
		for (const { range: edited, newText } of edits) {
			assert.match(text.slice(edited.start, edited.end), /^\s*$/);
			if (range !== null) assert.ok(edited.start >= range.start && edited.end <= range.end, "an edit outside of the range");
			assert.notEqual(text.slice(edited.start, edited.end), newText);
		}
		return applyEdits(text, edits);
	}

	function checkSame(formatted: string, text: string): void {
		assert.deepEqual(parseConfig(formatted).problems, [], formatted);
		assert.deepEqual(parseConfig(formatted).tree, parseConfig(text).tree, formatted);
		assert.deepEqual(listWords(formatted), listWords(text), formatted);
		assert.doesNotMatch(formatted, text.includes("\r\n") ? /(?<!\r)\n/ : /\r/, "line breaks of another kind");
	}

	it("keeps tree, comments and order of any text, and has nothing to do the second time", () => {
		fc.assert(
			fc.property(messyYaml(), (text) => {
				assert.ok(parseConfig(text).parsedCleanly, text);
				const formatted = formatUnchecked(text, null);
				checkSame(formatted, text);
				assert.equal(formatUnchecked(formatted, null), formatted);
			}),
			{ numRuns: 500 },
		);
	});

	it("keeps them too when only some lines of any text are formatted, and touches no others", () => {
		fc.assert(
			fc.property(messyYaml(), fc.nat(), fc.nat(), (text, from, count) => {
				const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
				const first = from % starts.length;
				const last = Math.min(first + (count % 8), starts.length - 1);
				const range = { start: starts[first]!, end: (starts[last + 1] ?? text.length + 1) - 1 };
				checkSame(formatUnchecked(text, range), text);
			}),
			{ numRuns: 500 },
		);
	});

	it("finds nothing to do in the samples, but in those that are faulty by their layout", () => {
		for (const file of globSync("samples/*/*.usage.yaml")) {
			const parsed = parseConfig(readFileSync(file, "utf8"));
			assert.deepEqual(formatConfig(parsed, TIDY, null), [], file);
		}
	});

	const rows: readonly {
		readonly name: string;
		readonly before: string;
		readonly after: string;
		readonly options?: Partial<FormatOptions["spaces"]>;
	}[] = [
		{
			name: "spaces after colons, dashes and commas",
			before: "a:  1\nb :   2\nc:\n-   x\n-  y\nd: [1,2 , 3]\n",
			after: "a: 1\nb: 2\nc:\n- x\n- y\nd: [1, 2, 3]\n",
		},
		{ name: "keys of an item that follow its dash", before: "a:\n  -   b: 1\n      c: 2\n", after: "a:\n  - b: 1\n    c: 2\n" },
		{
			name: "the step that the file uses most",
			before: "a:\n    b:\n        c: 1\nd:\n  e: 1\n",
			after: "a:\n    b:\n        c: 1\nd:\n    e: 1\n",
		},
		{
			name: "lists at the column of their key, where the file has them there",
			before: "a:\n- 1\nb:\n- 1\nc:\n  - 1\n",
			after: "a:\n- 1\nb:\n- 1\nc:\n- 1\n",
		},
		{
			name: "spaces in braces as most of them have it",
			before: "a: {b: 1}\nc: { d: 1 }\ne: {f: 1}\ng: {}\nh: { }\n",
			after: "a: {b: 1}\nc: {d: 1}\ne: {f: 1}\ng: {}\nh: {}\n",
		},
		{
			name: "comments with what they stand at",
			before: "a:\n    # b\n    b:\n          # c\n          c: 1\n    # end of b\n# d\nd:   1   # tail\n",
			after: "a:\n    # b\n    b:\n        # c\n        c: 1\n    # end of b\n# d\nd: 1   # tail\n",
		},
		{
			name: "brackets over several lines",
			before: "a: [\n 1,\n      { b: 1,\n  c: 2 }\n]\n",
			after: "a: [\n  1,\n  { b: 1,\n    c: 2 }\n]\n",
		},
		{
			name: "a text with a bar, with what its lines are indented more",
			before: "a:\n  b: |\n        one\n          two\n\n        three\n",
			after: "a:\n  b: |\n    one\n      two\n\n    three\n",
		},
		{
			name: "quotes, anchors, tags and key order as they are",
			before: "b:   &x  'it''s'\na:  \"q\"\nc:  *x\nd: !!str   1\n",
			after: "b: &x 'it''s'\na: \"q\"\nc: *x\nd: !!str 1\n",
		},
		{ name: "CRLF", before: "a:   1  \r\nb:\r\n   c: 1\r\n\r\n\r\n", after: "a: 1\r\nb:\r\n   c: 1\r\n" },
		{ name: "a byte-order mark", before: "\uFEFFa:  1\n", after: "\uFEFFa: 1\n" },
		{ name: "blank lines between entries", before: "a: 1\n\n\nb: 2\n", after: "a: 1\n\n\nb: 2\n" },
		{ name: "the end of the file", before: "a: 1\n\n  \n", after: "a: 1\n" },
		{ name: "a missing line break at the end", before: "a: 1", after: "a: 1\n" },
		{ name: "the end of a text that would become longer by a line break", before: "a: |\n  b", after: "a: |\n  b" },
		{
			name: "ends of lines, where the editor wants them left alone",
			before: "a: 1  \n\n\n",
			after: "a: 1  \n\n\n",
			options: { trimsLines: false, trimsLastLines: false },
		},
		{ name: "emoji before a comment", before: "a:   🙂   # x\nb:  1\n", after: "a: 🙂   # x\nb: 1\n" },
	];
	for (const { name, before, after, options } of rows) {
		it(`lays out ${name}`, () => {
			const parsed = parseConfig(before);
			assert.equal(applyEdits(before, formatConfig(parsed, { ...TIDY, spaces: { ...TIDY.spaces, ...options } }, null)), after);
		});
	}

	it("leaves a text with a syntax error alone", () => {
		for (const text of ["a:   [1\nb:  2\n", "a:  'b\n", "a:  1\n---\nb:  1\n", ""])
			assert.deepEqual(formatConfig(parseConfig(text), TIDY, null), [], text);
	});
}).timeout(120_000);
