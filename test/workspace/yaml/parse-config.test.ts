import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { DIAGNOSTIC_CODES } from "../../../core/config/diagnostic-codes.ts";
import type { ConfigPath, ProblemAnchor } from "../../../core/problems.ts";
import { type OutlineEntry, parseConfig } from "../../../workspace/yaml/parse-config.ts";
import { annotate, readCaretFixture, withoutAnnotations } from "../../support/caret-fixture.ts";

describe("parseConfig", () => {
	describe("reads", () => {
		const cases: readonly (readonly [name: string, text: string, tree: unknown])[] = [
			["nothing", "", null],
			["comments", "# a\n\n# b", null],
			["a document marker", "---\n", null],
			["block style", "a:\n  b: 1\n  c:\n    - d\n    - e: f\n", { a: { b: 1, c: ["d", { e: "f" }] } }],
			["flow style", "a: { b: 1, c: [d, { e: f }] }", { a: { b: 1, c: ["d", { e: "f" }] } }],
			["JSON", '{"a": [1, true, null, "x"]}', { a: [1, true, null, "x"] }],
			["CRLF and a byte-order mark", "\uFEFFa: 1\r\nb:\r\n  - x\r\n", { a: 1, b: ["x"] }],
			["dates as texts", "a: 2026-09-14\nb: 2026-11-04T21:00:00Z", { a: "2026-09-14", b: "2026-11-04T21:00:00Z" }],
			["yes and no as texts", "a: yes\nb: NO\nc: on", { a: "yes", b: "NO", c: "on" }],
			["numbers", "a: 30\nb: -1\nc: 1e9\nd: 2.5\ne: 0x1F", { a: 30, b: -1, c: 1e9, d: 2.5, e: 31 }],
			["case numbers as texts", "a: 1E-004211\nb: 1e-7\nc: 1E004211\nd: 12e400", { a: "1E-004211", b: "1e-7", c: "1E004211", d: "12e400" }],
			["keys as texts", "1: a\ntrue: b\n2026-01-01: c\n", { 1: "a", true: "b", "2026-01-01": "c" }],
			["empty values", "a:\nb: ~\nc: null\nd: ''\ne:\n  -\n", { a: null, b: null, c: null, d: "", e: [null] }],
			["anchors and aliases", "a: &x [1, 2]\nb: *x\nc: { d: *x }", { a: [1, 2], b: [1, 2], c: { d: [1, 2] } }],
			["an anchor that is given anew", "a: &x 1\nb: *x\nc: &x 2\nd: *x", { a: 1, b: 1, c: 2, d: 2 }],
			["merge keys", "a: &x { k: 1, l: 2 }\nb:\n  l: 3\n  <<: *x\n  m: 4", { a: { k: 1, l: 2 }, b: { l: 3, m: 4, k: 1 } }],
			[
				"several merged mappings",
				"a: &x { k: 1 }\nb: &y { k: 2, l: 2 }\nc:\n  <<: [*x, *y]",
				{ a: { k: 1 }, b: { k: 2, l: 2 }, c: { k: 1, l: 2 } },
			],
			["a quoted merge key as a key", 'a:\n  "<<": 1', { a: { "<<": 1 } }],
			["emoji", "😀: { 🚀: ✓ }", { "😀": { "🚀": "✓" } }],
			["long texts", "a: |\n  x\n  y\nb: >\n  x\n  y\nc: x\n  y\n", { a: "x\ny\n", b: "x y\n", c: "x y" }],
		];
		for (const [name, text, tree] of cases) it(name, () => checkTree(text, tree));

		it("a key called __proto__ as any other", () => {
			const tree = parseConfig("__proto__: 1").tree as object;
			assert.deepEqual(Object.entries(tree), [["__proto__", 1]]);
			assert.equal(Object.getPrototypeOf(tree), Object.prototype);
		});
	});

	describe("reports in its place", () => {
		const cases: readonly (readonly [name: string, annotated: string])[] = [
			["a key that stands twice", "a: 1\na: 2\n# < yaml/duplicate-key\n"],
			[
				"a quoted key that stands twice in braces",
				'a: { b: 1, "b": 2, b: 3 }\n#          ^^^ yaml/duplicate-key\n#                  ^ yaml/duplicate-key',
			],
			["a tab", "a:\n\t\tb: 1\n# <- yaml/tab-as-indent\n"],
			["a line in the wrong column", "a:\n  b: 1\n c: 2\n#^^^^ yaml/bad-indent\n"],
			["brackets that are not closed", "a: [1, 2\n#  ^^^^^ yaml/bad-indent\nb: 3\n"],
			["brackets that are not closed at the end", "a: {\n#  ^ yaml/bad-indent"],
			["a quote that is not closed", 'a: 1\nb: "x\n#  ^^ yaml/missing-char\nc: 2\n'],
			["a missing colon", "a: 1\nbcd\n# <-- yaml/multiline-implicit-key\ne: 2\n"],
			["a reserved character", "a: @x\n#  ^ yaml/bad-scalar-start\nb: `x`\n#  ^ yaml/bad-scalar-start"],
			["a comma as a text", "delimiter: ,\n#          ^ yaml/bad-scalar-start"],
			["a backslash in double quotes", 'path: "data\\devices.csv"\n#          ^^ yaml/bad-dq-escape'],
			["two keys on a line", "a: b: c\n#  ^^^^ yaml/block-as-implicit-key"],
			["text behind a quoted text", 'a: "x" y\n#      ^ yaml/unexpected-token'],
			["a comma too many", "a: [1,,2]\n#     ^ yaml/unexpected-token"],
			["a list as a key", "? [a]\n# ^ yaml/non-string-key\n: b\n"],
			["an alias as a key", "a: &x b\n*x : 1\n# <- yaml/non-string-key\n"],
			["a tag", "a: !secret x\n#  ^^^^^^^ yaml/tag-resolve-failed"],
			["a directive", "%FOO\n# <--- yaml/bad-directive\n---\na: 1\n"],
			["two documents", "a: 1\n---\n# <-- yaml/multiple-documents\nb: 2\n"],
			["an alias without an anchor", "a: *x\n#  ^^ yaml/unresolved-alias"],
			["a pattern without quotes", "products: [*Viewer*]\n#          ^^^^^^^^ yaml/unresolved-alias"],
			["a lone star", "products: *\n#         ^ yaml/bad-alias"],
			["an alias inside its own anchor", "a: &x [*x]\n#      ^^ yaml/recursive-alias"],
			["a merged text", "a: &x 1\nb:\n  <<: *x\n#     ^^ yaml/bad-merge"],
			["two anchors", "a: &x &y 1\n#     ^^ yaml/multiple-anchors"],
			["two tags", "a: !!str !!int 1\n#        ^^^^^ yaml/multiple-tags"],
			["lines with dashes in brackets", "a: [\n  - b\n# ^^^ yaml/block-in-flow\n  ]"],
			["a missing colon at the end", "a: 1\nbcd\n# <-- yaml/missing-char\n"],
			["a list that goes on as a mapping", "- a\nb: 1\n# < yaml/unexpected-token\n"],
			[
				"the file's further faults behind the first",
				"a: @x\nb: 1\nb: 2\n# < yaml/duplicate-key\nc: *d\n#  ^^ yaml/unresolved-alias\n".replace(
					"@x\n",
					"@x\n#  ^ yaml/bad-scalar-start\n",
				),
			],
		];
		for (const [name, annotated] of cases) it(name, () => checkProblems(annotated));

		it("nothing but what the list of codes has", () => {
			const codes = new Set(DIAGNOSTIC_CODES.map((each) => each.code));
			for (const [, annotated] of cases)
				for (const { code } of parseConfig(withoutAnnotations(annotated)).problems) assert.ok(codes.has(code), code);
		});
	});

	describe("does not hang or fail on", () => {
		const laughs = [
			"a: &a [x, x, x, x, x, x, x, x, x]",
			..."bcdefghi".split("").map((name, index) => `${name}: &${name} [${Array(9).fill(`*${"abcdefgh"[index]}`).join(", ")}]`),
		];
		const cases: readonly (readonly [name: string, text: string, codes: readonly string[]])[] = [
			["a billion laughs", laughs.join("\n"), ["yaml/alias-bomb"]],
			[
				"a billion merged laughs",
				`a: &a { ${Array.from({ length: 3000 }, (_, index) => `k${index}: 1`).join(", ")} }\nb:\n${Array(40).fill("  - <<: *a").join("\n")}`,
				["yaml/alias-bomb"],
			],
			["20,000 brackets", `a: ${"[".repeat(20_000)}`, ["yaml/nested-too-deeply"]],
			["5,000 dashes", "- ".repeat(5000), ["yaml/nested-too-deeply"]],
			["2,000 levels of keys", Array.from({ length: 2000 }, (_, index) => `${" ".repeat(index)}a:`).join("\n"), ["yaml/nested-too-deeply"]],
			["a line of a megabyte", `a: ${"x".repeat(1 << 20)}`, []],
			["an unclosed megabyte", `a: '${"x\n ".repeat(1 << 18)}`, ["yaml/missing-char"]],
			["NUL characters", "a: \u0000\u0000", ["yaml/not-utf8"]],
			["a character that was lost in another encoding", "a: 1\nb: Z\uFFFDrich\nc: [", ["yaml/not-utf8"]],
		];
		for (const [name, text, codes] of cases) {
			it(name, () => {
				const parsed = parseConfig(text);
				assert.deepEqual(
					parsed.problems.map((problem) => problem.code),
					codes,
				);
				assert.ok(JSON.stringify(parsed.tree).length < 5_000_000);
			}).timeout(180_000);
		}
	});

	describe("finds the range of", () => {
		const cases: readonly (readonly [name: string, fixture: string, path: string, anchor: ProblemAnchor])[] = [
			["a key", "a:\n  /*[*/b/*]*/: 1", "a/b", "key"],
			["a value", "a:\n  b: /*[*/one two/*]*/  # c", "a/b", "value"],
			["a quoted value with its quotes", 'a: /*[*/"x"/*]*/ # c', "a", "value"],
			["a value in braces", "a: { b: /*[*/x/*]*/ , c: 1 }", "a/b", "value"],
			["a value of several lines", "a:\n  /*[*/b: 1\n  c: 2/*]*/\n\n# end\n", "a", "value"],
			["an item", "a:\n  - x\n  - /*[*/y/*]*/\n", "a/1", "value"],
			["an empty value: its key", "a:\n  /*[*/b/*]*/:   # c\n", "a/b", "value"],
			["an empty item: its dash", "a:\n  - x\n  /*[*/-/*]*/\n", "a/1", "value"],
			["an item as a whole: its first key", "a:\n  - /*[*/x/*]*/: 1\n    y: 2\n", "a/0", "key"],
			["a missing key: the parent's key", "/*[*/a/*]*/:\n  b: 1", "a/zzz", "key"],
			["a missing key of an item: the item's first key", "a:\n  - /*[*/x/*]*/: 1\n", "a/0/zzz", "key"],
			["a missing key of an empty item", "a:\n  - {}\n  /*[*/-/*]*/ # c\n", "a/1/zzz", "key"],
			["a missing key of an item {}", "a: [/*[*/{}/*]*/]", "a/0/zzz", "key"],
			["what lies far below a missing key", "/*[*/a/*]*/: 1", "a/b/0/c", "value"],
			["a missing key of the root: kind", "title: x\n/*[*/kind/*]*/: project\n", "zzz", "key"],
			["the root without kind: its first key", "# c\n/*[*/title/*]*/: x\n", "", "key"],
			["the root that is a text", "/*[*/just a text/*]*/\nin two lines", "", "value"],
			["anything in an empty file", "/*[*//*]*/", "a/b", "value"],
			["anything in a file of comments", "/*[*/# nothing/*]*/\n# at all", "", "key"],
			["what lies behind an alias: the alias", "a: &x { b: 1 }\nc: /*[*/*x/*]*/", "c/b", "value"],
			["an alias", "a: &x 1\nc: /*[*/*x/*]*/", "c", "value"],
			["a merged key: the alias", "a: &x { b: 1 }\nc:\n  <<: /*[*/*x/*]*/\n", "c/b", "key"],
			["an overridden merged key", "a: &x { b: 1 }\nc:\n  <<: *x\n  b: /*[*/2/*]*/\n", "c/b", "value"],
			["a value behind an anchor and a tag", "a: &x !!str /*[*/30/*]*/", "a", "value"],
			["a value after emoji", "😀: { 🚀: /*[*/🛰️ x/*]*/ }", "😀/🚀", "value"],
			["a value in CRLF lines", "a:\r\n  b: /*[*/x/*]*/\r\n  c: 1\r\n", "a/b", "value"],
			["a value in a broken file", "a: [1\nb: /*[*/x/*]*/\n", "b", "value"],
			["an empty key", "a:\n  /*[*/:/*]*/ x\n", "a/", "key"],
		];
		for (const [name, fixture, path, anchor] of cases) it(name, () => checkRange(fixture, pathOf(path), anchor));
	});

	describe("tells what stands at", () => {
		const cases: readonly (readonly [name: string, fixture: string, expected: string])[] = [
			["a key", "a:\n  b/*caret*/c: 1", "key a/bc"],
			["the end of a key", "abc/*caret*/: 1", "key abc"],
			["a value", "a:\n  b: x/*caret*/y", "value a/b"],
			["a value in brackets", "a: [x, y/*caret*/z]", "value a/1"],
			["a key in braces", "a: [{ b: 1 }, { /*caret*/c: 2 }]", "key a/1/c"],
			["an alias", "a: &x 1\nb: */*caret*/x", "value b"],
			["the space between key and value", "abc:  /*caret*/  x", "gap "],
			["the space inside braces", "a: {/*caret*/  b: 1 }", "gap a"],
			["a comment", "a: 1 # x/*caret*/", "gap "],
			["an empty file", "/*caret*/", "gap "],
			["the line below", "a:\n  b: 1\n/*caret*/", "gap "],
		];
		for (const [name, fixture, expected] of cases) it(name, () => checkNodeAt(fixture, expected));
	});

	it("makes an outline", () => {
		const text =
			"kind: project\nsubscriptions:\n  - client: A\n    servers: [x, y]\n  - renewalDate: 2027-01-01\nusageCategory:\nlimitAdvice: &l []\nmore: *l\n";
		assert.deepEqual(draw(parseConfig(text).outline(), text), [
			'kind = project (text) "kind"',
			'subscriptions = 2 entries (list) "subscriptions"',
			'  A = (map) "A"',
			'    client = A (text) "client"',
			'    servers = x, y (list) "servers"',
			'  Item 2 = (map) "renewalDate: 2027-01-01"',
			'    renewalDate = 2027-01-01 (text) "renewalDate"',
			'usageCategory = (empty) "usageCategory"',
			'limitAdvice = (list) "limitAdvice"',
			'more = (list) "more"',
		]);
	});
});

function checkTree(text: string, tree: unknown): void {
	const parsed = parseConfig(text);
	assert.deepEqual(parsed.problems, []);
	assert.equal(parsed.parsedCleanly, true);
	assert.deepEqual(parsed.tree, tree);
}

function checkProblems(annotated: string): void {
	const parsed = parseConfig(withoutAnnotations(annotated));
	assert.equal(parsed.parsedCleanly, false);
	assert.equal(annotate(parsed.text, parsed.problems), annotated);
	for (const { message } of parsed.problems) assert.match(message, /^[A-Z`].*\.$/);
}

function checkRange(fixture: string, path: ConfigPath, anchor: ProblemAnchor): void {
	const { text, ranges } = readCaretFixture(fixture);
	assert.deepEqual(parseConfig(text).rangeOf(path, anchor), ranges[0]);
}

function checkNodeAt(fixture: string, expected: string): void {
	const { text, carets } = readCaretFixture(fixture);
	const { on, path } = parseConfig(text).nodeAt(carets[0]!);
	assert.equal(`${on} ${path.join("/")}`, expected);
}

function draw(entries: readonly OutlineEntry[], text: string, indent = ""): readonly string[] {
	return entries.flatMap(({ name, detail, type, selectionRange, children }) => [
		`${indent}${name} =${detail === "" ? "" : ` ${detail}`} (${type}) ${JSON.stringify(text.slice(selectionRange.start, selectionRange.end))}`,
		...draw(children, text, `${indent}  `),
	]);
}

function pathOf(text: string): ConfigPath {
	return text === "" ? [] : text.split("/").map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}
