import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import type { ConfigFix, ConfigPath } from "../../../../core/problems.ts";
import { editsForFix, type TextEdit } from "../../../../workspace/yaml/edits/edit-config.ts";
import { parseConfig } from "../../../../workspace/yaml/parse-config.ts";

const LIMITS = { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 90 };
const ADVICE = { limit: "UsedCategoryLimit", value: 45 };

describe("editsForFix", () => {
	describe("sets", () => {
		const cases: readonly (readonly [name: string, before: string, path: string, value: unknown, after: string])[] = [
			["a number before a comment", "a: 45  # c\nb: 1\n", "a", 30, "a: 30  # c\nb: 1\n"],
			["a number that was quoted", 'a: "30" # c\n', "a", 30, "a: 30 # c\n"],
			["a text that was a number, digit by digit", "a: 007\n", "a", "7", 'a: "007"\n'],
			["a text that was quoted", "a: 'x'\nb: \"y\"\n", "a", "z", "a: 'z'\nb: \"y\"\n"],
			["a quoted text that becomes a list of itself", "a: \"A*\" # c\nb: 'B'\n", "a", ["A*"], "a: [\"A*\"] # c\nb: 'B'\n"],
			["a plain text that becomes a list of itself", "a: x, y\n", "a", ["x, y"], 'a: ["x, y"]\n'],
			["a text that needs quotes", "a: x\n", "a", "*y: z", 'a: "*y: z"\n'],
			["a text in brackets that needs quotes", "a: [x, y]\n", "a/0", "p, q", 'a: ["p, q", y]\n'],
			["a value where none is", "a:\nb:  # c\n", "b", 1, "a:\nb: 1  # c\n"],
			["an item where none is", "a:\n  -\n  - x\n", "a/0", "y", "a:\n  - y\n  - x\n"],
			["a value where no colon is", "{ a, b: 1 }", "a", 2, "{ a: 2, b: 1 }"],
			["the value behind an anchor", "a: &x 1\nb: *x\n", "a", 2, "a: &x 2\nb: *x\n"],
			["the value behind a tag", "a: !!str 1\n", "a", 2, "a: 2\n"],
			["a value in the place of an alias", "a: &x 1\nb: *x\n", "b", 2, "a: &x 1\nb: 2\n"],
			["a text of several lines", "a: |\n  x\n  y\nb: 1\n", "a", "z", "a: z\nb: 1\n"],
			["one value in the place of many", "a: # c\n  b: 1\n  c: 2\nd: 3\n", "a", [], "a: [] # c\nd: 3\n"],
			["a block in the place of a value", "a: 1 # c\nd: 3\n", "a", { b: 1 }, "a: # c\n  b: 1\nd: 3\n"],
			[
				"a block in the place of a block",
				"a:\n  b: 1\n  c: 2\nd: 3\n",
				"a",
				{ e: [1], f: { g: 2 } },
				"a:\n  e: [1]\n  f:\n    g: 2\nd: 3\n",
			],
			["a block in braces", "{ a: 1, d: 3 }", "a", { b: { c: 2 } }, "{ a: { b: { c: 2 } }, d: 3 }"],
			[
				"a key in the order of the schema",
				"kind: instance\nname: x\nproject: p # c\ndataSources: []\n",
				"usageCategory",
				LIMITS,
				"kind: instance\nname: x\nproject: p # c\nusageCategory:\n  InstallDateCutOffLimit: 7\n  UsedCategoryLimit: 30\n  UnusedCategoryLimit: 90\ndataSources: []\n",
			],
			[
				"a key behind a block",
				"kind: instance\nusageCategory:\n    UsedCategoryLimit: 30\n\n# end\nbundles: []\n",
				"limitAdvice",
				[ADVICE],
				"kind: instance\nusageCategory:\n    UsedCategoryLimit: 30\nlimitAdvice:\n    - limit: UsedCategoryLimit\n      value: 45\n\n# end\nbundles: []\n",
			],
			[
				"a key in a missing block",
				"kind: instance\nname: x",
				"usageCategory/UsedCategoryLimit",
				30,
				"kind: instance\nname: x\nusageCategory:\n  UsedCategoryLimit: 30",
			],
			[
				"a key in an empty block",
				"kind: instance\nusageCategory: # c\nlimitAdvice: []\n",
				"usageCategory/UsedCategoryLimit",
				30,
				"kind: instance\nusageCategory: # c\n  UsedCategoryLimit: 30\nlimitAdvice: []\n",
			],
			[
				"a key in a block {}",
				"kind: instance\nusageCategory: {}\n",
				"usageCategory/UsedCategoryLimit",
				30,
				"kind: instance\nusageCategory:\n  UsedCategoryLimit: 30\n",
			],
			["a key before the first", "# head\ntitle: x\n", "kind", "project", "# head\nkind: project\ntitle: x\n"],
			[
				"a key before the first of an item",
				"kind: instance\ndataSources:\n  - type: csv\n    path: x\n",
				"dataSources/0/name",
				"n",
				"kind: instance\ndataSources:\n  - name: n\n    type: csv\n    path: x\n",
			],
			[
				"a key in braces",
				"kind: instance\nusageCategory: { InstallDateCutOffLimit: 7, UnusedCategoryLimit: 90 }\n",
				"usageCategory/UsedCategoryLimit",
				30,
				"kind: instance\nusageCategory: { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 90 }\n",
			],
			[
				"a key in braces over lines",
				"kind: instance\nusageCategory: {\n  InstallDateCutOffLimit: 7, # c\n}\n",
				"usageCategory/UsedCategoryLimit",
				30,
				"kind: instance\nusageCategory: {\n  InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, # c\n}\n",
			],
			["a key that a merge brought in", "a: &x { b: 1 }\nc:\n  <<: *x\n", "c/b", 2, "a: &x { b: 1 }\nc:\n  <<: *x\n  b: 2\n"],
			[
				"in CRLF lines",
				"kind: instance\r\nname: x # c\r\n",
				"usageCategory",
				{ UsedCategoryLimit: 30 },
				"kind: instance\r\nname: x # c\r\nusageCategory:\r\n  UsedCategoryLimit: 30\r\n",
			],
			["the kind of an empty file", "", "kind", "project", "kind: project\n"],
			["the kind of a file of comments", "# c", "kind", "project", "# c\nkind: project\n"],
			["an empty kind", "kind:\ntitle: x\n", "kind", "project", "kind: project\ntitle: x\n"],
			["behind emoji", "a: 😀 # 🚀\n", "a", 1, "a: 1 # 🚀\n"],
			["nothing behind an alias", "a: &x { b: 1 }\nc: *x\n", "c/b", 2, "a: &x { b: 1 }\nc: *x\n"],
			["nothing below a text", "a: x\n", "a/b", 2, "a: x\n"],
			["no block that an alias needs", "a: &x { b: 1 }\nc: *x\n", "a", 1, "a: &x { b: 1 }\nc: *x\n"],
		];
		for (const [name, before, path, value, after] of cases)
			it(name, () => checkFix(before, fixOf({ kind: "set", path: pathOf(path), value }), after));
	});

	describe("appends to", () => {
		const cases: readonly (readonly [name: string, before: string, path: string, value: unknown, after: string])[] = [
			[
				"a list",
				"kind: project\nlimitAdvice:\n  - limit: a # c\n    value: 1 # d\n\nx: 1\n",
				"limitAdvice",
				ADVICE,
				"kind: project\nlimitAdvice:\n  - limit: a # c\n    value: 1 # d\n  - limit: UsedCategoryLimit\n    value: 45\n\nx: 1\n",
			],
			["a list that is not indented", "a:\n- x\nb: 1\n", "a", { c: 1, d: 2 }, "a:\n- x\n- c: 1\n  d: 2\nb: 1\n"],
			["a list in brackets", "a: [x, y] # c\n", "a", "p, q", 'a: [x, y, "p, q"] # c\n'],
			[
				"a list [] ",
				"kind: project\nlimitAdvice: []  # c\nx: 1\n",
				"limitAdvice",
				ADVICE,
				"kind: project\nlimitAdvice:  # c\n  - limit: UsedCategoryLimit\n    value: 45\nx: 1\n",
			],
			[
				"a list that is empty",
				"kind: project\nlimitAdvice:\nx: 1",
				"limitAdvice",
				ADVICE,
				"kind: project\nlimitAdvice:\n  - limit: UsedCategoryLimit\n    value: 45\nx: 1",
			],
			[
				"a list that is missing",
				"kind: project\ntitle: x\ndataSources: []\n",
				"limitAdvice",
				ADVICE,
				"kind: project\ntitle: x\nlimitAdvice:\n  - limit: UsedCategoryLimit\n    value: 45\ndataSources: []\n",
			],
			["a list of plain values that is missing", "a:\n  - b: 1\n", "a/0/servers", "x", "a:\n  - b: 1\n    servers: [x]\n"],
			["a mapping", "a:\n  b: 1\n", "a", { c: 2 }, "a:\n  b: 1\n  c: 2\n"],
			["a list at the end of the file", "a:\n  - x", "a", "y", "a:\n  - x\n  - y"],
		];
		for (const [name, before, path, value, after] of cases)
			it(name, () => checkFix(before, fixOf({ kind: "append", path: pathOf(path), value }), after));
	});

	describe("removes", () => {
		const cases: readonly (readonly [name: string, before: string, path: string, after: string])[] = [
			["an entry with its line", "a: 1\nb: 2 # c\nd: 3\n", "b", "a: 1\nd: 3\n"],
			["an entry with its block", "a: 1\nb:\n  - c: 1\n    d: 2\n# e\nf: 3\n", "b", "a: 1\n# e\nf: 3\n"],
			["the last entry of a file without a line break", "a: 1\r\nb: 2", "b", "a: 1"],
			["the first entry of an item", "a:\n  - b: 1 # x\n    # c\n    d: 2\n", "a/0/b", "a:\n  - # c\n    d: 2\n"],
			["an item", "a:\n  - x\n  - b: 1\n    c: 2\n  - y\n", "a/1", "a:\n  - x\n  - y\n"],
			["the only item", "a: # c\n  - x\nb: 1\n", "a/0", "a: [] # c\nb: 1\n"],
			["the only entry", "a:\n  b: 1\nc: 1\n", "a/b", "a: {}\nc: 1\n"],
			["the first in brackets", "a: [x, y, z]", "a/0", "a: [y, z]"],
			["the last in brackets", "a: [x, y, z ]", "a/2", "a: [x, y ]"],
			["the only one in brackets", "a: [ x, ]", "a/0", "a: []"],
			["an entry in braces", "a: { b: 1, c: , d: 3 }", "a/c", "a: { b: 1, d: 3 }"],
			["nothing that an alias needs", "a: &x 1\nb: *x\n", "a", "a: &x 1\nb: *x\n"],
			["nothing that is not there", "a: 1\n", "b", "a: 1\n"],
		];
		for (const [name, before, path, after] of cases) it(name, () => checkFix(before, fixOf({ kind: "remove", path: pathOf(path) }), after));
	});

	describe("renames", () => {
		const cases: readonly (readonly [name: string, before: string, path: string, newKey: string, after: string])[] = [
			["a key", "a: 1\nbb : 2 # c\n", "bb", "d", "a: 1\nd : 2 # c\n"],
			["a key in braces", "a: { b: 1, c: 2 }", "a/c", "d", "a: { b: 1, d: 2 }"],
			["no key to one that is there", "a: 1\nb: 2\n", "b", "a", "a: 1\nb: 2\n"],
		];
		for (const [name, before, path, newKey, after] of cases)
			it(name, () => checkFix(before, fixOf({ kind: "rename-key", path: pathOf(path), newKey }), after));
	});

	it("changes the tree as it says, whatever the file and the way it is written", () => {
		fc.assert(
			fc.property(arbitraryFile(), fc.nat(), fc.integer({ min: 0, max: 3 }), arbitraryValue(), (file, choice, kind, value) => {
				const parsed = parseConfig(file.text);
				assert.deepEqual(parsed.tree, file.tree);
				const paths = pathsOf(file.tree);
				const path = paths[choice % paths.length]!;
				const fix = pickFix(kind, path, value, file.tree);
				if (fix !== null) checkTreeAfter(file.text, fix, file.tree);
			}),
			{ numRuns: 500, seed: 7 },
		);
	}).timeout(120_000);
});

function checkFix(before: string, fix: ConfigFix, after: string): void {
	const edited = applyEdits(before, editsForFix(parseConfig(before), fix));
	assert.equal(edited, after);
	assert.deepEqual(parseConfig(edited).problems, []);
}

function checkTreeAfter(text: string, fix: ConfigFix, tree: unknown): void {
	const edits = editsForFix(parseConfig(text), fix);
	const edited = applyEdits(text, edits);
	const parsed = parseConfig(edited);
	const shown = `${JSON.stringify(fix)}\n--- before\n${text}\n--- after\n${edited}`;
	assert.deepEqual(parsed.problems, [], shown);
	assert.ok(edits.length > 0, shown);
	assert.deepEqual(sorted(parsed.tree), sorted(expectedTree(tree, fix)), shown);
	for (const comment of text.match(/# kept\d+/g) ?? []) {
		if (fix.kind === "set" || fix.kind === "append") continue;
		if (fix.kind === "rename-key") assert.ok(edited.includes(comment), shown);
	}
}

/** Applies edits that do not overlap; of two at one place, the first comes first. */
function applyEdits(text: string, edits: readonly TextEdit[]): string {
	let edited = "";
	let from = 0;
	for (const { range, newText } of edits.toSorted((left, right) => left.range.start - right.range.start)) {
		assert.ok(range.start >= from && range.end >= range.start && range.end <= text.length, "edits overlap or leave the text");
		edited += text.slice(from, range.start) + newText;
		from = range.end;
	}
	return edited + text.slice(from);
}

function expectedTree(tree: unknown, fix: ConfigFix): unknown {
	const copy = structuredClone({ root: tree }) as Record<string, unknown>;
	const path = ["root", ...fix.path];
	const last = path.pop()!;
	let parent: unknown = copy;
	for (const segment of path) parent = (parent as Record<string | number, unknown>)[segment];
	const container = parent as Record<string | number, unknown>;
	if (fix.kind === "set") container[last] = fix.value;
	else if (fix.kind === "append") container[last] = [...((container[last] as unknown[] | null | undefined) ?? []), fix.value];
	else if (fix.kind === "remove" && Array.isArray(container)) container.splice(last as number, 1);
	else if (fix.kind === "remove") delete container[last];
	else if (fix.kind === "rename-key") {
		container[fix.newKey] = container[last];
		delete container[last];
	}
	return copy["root"];
}

function pickFix(kind: number, path: ConfigPath, value: unknown, tree: unknown): ConfigFix | null {
	const node = path.reduce<unknown>((inner, segment) => (inner as Record<string | number, unknown>)[segment], tree);
	const key = path.at(-1);
	if (kind === 0) return fixOf({ kind: "set", path, value });
	if (kind === 1)
		return node === null || Array.isArray(node)
			? fixOf({ kind: "append", path, value })
			: fixOf({ kind: "set", path: [...path.slice(0, -1), key!], value });
	if (kind === 2) return path.length === 1 && Object.keys(tree as object).length === 1 ? null : fixOf({ kind: "remove", path });
	return typeof key === "string" ? fixOf({ kind: "rename-key", path, newKey: "renamed key" }) : null;
}

function pathsOf(tree: unknown, path: ConfigPath = []): readonly ConfigPath[] {
	if (typeof tree !== "object" || tree === null) return [];
	return Object.entries(tree).flatMap(([key, child]) => {
		const childPath = [...path, Array.isArray(tree) ? Number(key) : key];
		return [childPath, ...pathsOf(child, childPath)];
	});
}

function arbitraryValue(): fc.Arbitrary<unknown> {
	const scalar = fc.oneof(
		fc.integer({ min: -5, max: 99 }),
		fc.constantFrom(
			"x",
			"two words",
			"",
			"*star",
			"a: b",
			"a, b",
			"# no",
			"30",
			"yes",
			"- d",
			"it's",
			'say "x"',
			"[x]",
			"1E-0042",
			"line\nline",
			"😀",
		),
		fc.boolean(),
		fc.constant(null),
	);
	return fc.letrec((tie) => ({
		value: fc.oneof(
			{ depthSize: "small", maxDepth: 3 },
			scalar,
			fc.array(tie("value"), { maxLength: 3 }),
			fc.dictionary(arbitraryKey(), tie("value"), { maxKeys: 3, noNullPrototype: true }),
		),
	})).value;
}

function arbitraryKey(): fc.Arbitrary<string> {
	return fc.constantFrom("a", "b", "name", "key two", "30", "true", "*k", "ü");
}

/** A tree with one of the many ways to write it: block and flow style, quotes, comments, indentation, line ends, empty values. */
function arbitraryFile(): fc.Arbitrary<{ readonly tree: unknown; readonly text: string }> {
	const root = fc.dictionary(arbitraryKey(), arbitraryValue(), { minKeys: 1, maxKeys: 4, noNullPrototype: true });
	const choices = fc.array(fc.nat({ max: 11 }), { minLength: 60, maxLength: 60 });
	return fc
		.record({ root, choices, crlf: fc.boolean(), step: fc.constantFrom(2, 4), lists: fc.constantFrom(0, 2), end: fc.boolean() })
		.map((style) => {
			const writer = { ...style, next: 0, comments: 0 };
			const lines = ["# kept0", ...writeBlock(style.root, 0, writer)];
			const text = lines.join(style.crlf ? "\r\n" : "\n") + (style.end ? (style.crlf ? "\r\n" : "\n") : "");
			return { tree: style.root, text };
		});
}

interface Writer {
	readonly choices: readonly number[];
	readonly step: number;
	readonly lists: number;
	next: number;
	comments: number;
}

function writeBlock(value: unknown, column: number, writer: Writer): readonly string[] {
	const indent = " ".repeat(column);
	if (Array.isArray(value)) return value.flatMap((item) => writeNested(`${indent}-`, item, column + 2, column + 2, writer));
	return Object.entries(value as object).flatMap(([key, child]) => {
		const before = choose(writer) === 0 ? [`${indent}${comment(writer)}`, ""] : [];
		return [
			...before,
			...writeNested(
				`${indent}${JSON.stringify(key)}:`,
				child,
				column + writer.step,
				column + (indent.length === column ? writer.lists : 2),
				writer,
			),
		];
	});
}

function writeNested(head: string, value: unknown, mapColumn: number, listColumn: number, writer: Writer): readonly string[] {
	const tail = choose(writer) < 3 ? ` ${comment(writer)}` : "";
	const isBlock = typeof value === "object" && value !== null && Object.keys(value).length > 0 && choose(writer) < 8;
	if (!isBlock) {
		if (value === null && choose(writer) < 6) return [head + tail];
		return [`${head} ${writeFlow(value, writer)}${tail}`];
	}
	const lines = writeBlock(value, Array.isArray(value) ? listColumn : mapColumn, writer);
	const column = Array.isArray(value) ? listColumn : mapColumn;
	const canJoin = head.endsWith("-") && lines[0]!.startsWith(" ".repeat(column)) && !/^\s*#/.test(lines[0]!) && column === head.length + 1;
	return canJoin ? [`${head} ${lines[0]!.trimStart()}`, ...lines.slice(1)] : [head + tail, ...lines];
}

function writeFlow(value: unknown, writer: Writer): string {
	const [open, close, comma] = choose(writer) < 6 ? [" ", " ", ", "] : ["", "", ","];
	if (Array.isArray(value))
		return value.length === 0 ? "[]" : `[${value.map((item) => writeFlow(item, writer)).join(comma)}${choose(writer) === 1 ? "," : ""}]`;
	if (typeof value === "object" && value !== null) {
		const entries = Object.entries(value).map(([key, child]) => `${JSON.stringify(key)}: ${writeFlow(child, writer)}`);
		return entries.length === 0 ? "{}" : `{${open}${entries.join(comma)}${close}}`;
	}
	if (typeof value === "string" && /^[a-z ]+$/.test(value) && value.trim() === value && value !== "yes")
		return choose(writer) < 6 ? value : `'${value}'`;
	return JSON.stringify(value);
}

function choose(writer: Writer): number {
	return writer.choices[writer.next++ % writer.choices.length]!;
}

function comment(writer: Writer): string {
	return `# kept${++writer.comments}`;
}

/** The order of keys says nothing about the tree. */
function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.map(([key, child]): [string, unknown] => [key, sorted(child)])
			.sort(([left], [right]) => (left < right ? -1 : 1)),
	);
}

type UntitledFix = ConfigFix extends infer Fix ? (Fix extends ConfigFix ? Omit<Fix, "title" | "preferred"> : never) : never;

function fixOf(fix: UntitledFix): ConfigFix {
	return { ...fix, title: "fix", preferred: true } as ConfigFix;
}

function pathOf(text: string): ConfigPath {
	return text.split("/").map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}
