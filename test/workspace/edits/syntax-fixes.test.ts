import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { applyEdits } from "../../../workspace/edits/carry-out-fix.ts";
import { listSyntaxFixes } from "../../../workspace/edits/syntax-fixes.ts";
import { parseConfig } from "../../../workspace/yaml/parse-config.ts";

const CLEAN = `kind: project
title: Acme
subscriptions:
  - client: Acme Ltd
    renewalDate: 2028-03-31
    servers: [live, test] # two
`;

describe("fixes of the text itself", () => {
	const cases: readonly {
		readonly what: string;
		readonly old: string;
		readonly typed: string;
		readonly title: string;
		readonly mended?: string;
	}[] = [
		{ what: "a tab", old: "    renewal", typed: "\trenewal", title: "Indent this line by 4 spaces" },
		{ what: "a wrong column", old: "    renewal", typed: "   renewal", title: "Indent this line by 4 spaces" },
		{ what: "a lost colon", old: "client: Acme", typed: "client Acme", title: "Write `- client: Acme Ltd`" },
		{ what: "a lost space behind a colon", old: "client: Acme", typed: "client:Acme", title: "Write `- client: Acme Ltd`" },
		{ what: "a lost space behind a dash", old: "- client", typed: "-client", title: "Write `- client: Acme Ltd`" },
		{ what: "a lost bracket", old: "test]", typed: "test", title: "Write `servers: [live, test] # two`" },
		{ what: "a lost quote", old: "Acme Ltd", typed: '"Acme Ltd', title: 'Write `- client: "Acme Ltd"`', mended: '"Acme Ltd"' },
		{ what: "a star", old: "Acme Ltd", typed: "*Acme", title: "Put it in quotes", mended: '"*Acme"' },
		{ what: "a sign before a comment", old: "Acme Ltd", typed: "@Acme # x", title: "Put it in quotes", mended: '"@Acme" # x' },
		{ what: "a sign in brackets", old: "test]", typed: "%test]", title: "Put it in quotes", mended: '"%test"]' },
		{ what: "a backslash", old: "Acme Ltd", typed: '"Acme\\west\'s"', title: "Use single quotes", mended: "'Acme\\west''s'" },
		{ what: "two keys", old: "Acme Ltd", typed: "Acme: Ltd", title: 'Write `- client: "Acme: Ltd"`', mended: '"Acme: Ltd"' },
	];
	for (const lineBreak of ["\n", "\r\n"]) {
		for (const { what, old, typed, title, mended = old } of cases) {
			it(`mends ${what}${lineBreak === "\n" ? "" : ", with CRLF"}`, () => {
				const withLines = (text: string) => text.replaceAll("\n", lineBreak);
				const fixes = fixesOf(withLines(CLEAN.replace(old, typed)));
				assert.deepEqual(fixes, [{ title, text: withLines(CLEAN.replace(old, mended)) }]);
			});
		}
	}

	const twice: readonly (readonly [what: string, old: string, typed: string])[] = [
		["a value", "title: Acme\n", "title: Acme\ntitle: Other # why\n"],
		["a list in the same column", "title: Acme\n", "title: Acme\ntitle:\n- a\n- b: c\n\n  # d\n- e\n"],
		["a mapping", "title: Acme\n", "title: Acme\ntitle:\n  a: b\n\n  c: d\n"],
		["a text on several lines", "title: Acme\n", "title: Acme\ntitle: >\n  # no comment\n  b\n"],
		["a value in an entry", "    servers", "    renewalDate: 2029-03-31\n    servers"],
		["a value at the end", "[live, test] # two\n", "[live, test] # two\n    client: x\n"],
	];
	for (const lineBreak of ["\n", "\r\n"]) {
		for (const [what, old, typed] of twice) {
			it(`removes the second of two keys: ${what}${lineBreak === "\n" ? "" : ", with CRLF"}`, () => {
				const withLines = (text: string) => text.replaceAll("\n", lineBreak);
				const [fix, ...others] = fixesOf(withLines(CLEAN.replace(old, typed)));
				assert.deepEqual(others, []);
				assert.match(fix?.title ?? "", /^Remove this second `\w+`$/);
				assert.equal(fix?.text, withLines(CLEAN));
			});
		}
	}

	it("offers nothing where a person has to decide, and for other problems", () => {
		assert.deepEqual(fixesOf(CLEAN.replace("[live, test] # two", "{ a: 1, a: 2 }")), []);
		assert.deepEqual(fixesOf(`${CLEAN}---\nkind: project\n`), []);
		const problem = { code: "schema/unknown-key", severity: "error", message: "", path: [], anchor: "key" } as const;
		assert.deepEqual(listSyntaxFixes(parseConfig(CLEAN), { problem, range: { start: 0, end: 4 } }), []);
	});
});

function fixesOf(text: string): readonly { readonly title: string; readonly text: string }[] {
	const parsed = parseConfig(text);
	const [first] = parsed.problems;
	assert.ok(first);
	const { code, severity, message, range } = first;
	const fixes = listSyntaxFixes(parsed, { problem: { code, severity, message, path: [], anchor: "key" }, range });
	return fixes.map(({ title, edits }) => ({ title, text: applyEdits(text, edits) }));
}
