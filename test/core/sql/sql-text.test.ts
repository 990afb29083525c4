import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { sqlComment, sqlText } from "../../../core/sql/sql-text.ts";
import { evaluateText, lexSql } from "../../support/t-sql.ts";

describe("T-SQL texts", () => {
	const cases: readonly (readonly [what: string, text: string, expected: string])[] = [
		["plain", "Acme EMEA", "N'Acme EMEA'"],
		["empty", "", "N''"],
		["quotes", "O'Brien ''", "N'O''Brien '''''"],
		["brackets stay", "a [b] ]]", "N'a [b] ]]'"],
		["letters of other scripts stay", "Größe 東京 😀", "N'Größe 東京 😀'"],
		["line breaks are numbers", "a\r\nGO\n", "N'a' + NCHAR(13) + NCHAR(10) + N'GO' + NCHAR(10)"],
		["NUL", "\0", "NCHAR(0)"],
		["direction marks are numbers", "a\u202eb", "N'a' + NCHAR(8238) + N'b'"],
		["half a character", "a\ud83d", "N'a' + NCHAR(55357)"],
		["a tag character is two numbers", "\u{e0041}", "NCHAR(56128) + NCHAR(56385)"],
		["variables of sqlcmd are taken apart", "$(x) $$(y)", "N'$' + N'(x) $$' + N'(y)'"],
	];
	for (const [what, text, expected] of cases) {
		it(what, () => {
			assert.equal(sqlText(text), expected);
			assert.equal(evaluateText(lexSql(expected), 0)?.value, text);
		});
	}

	it("any text comes back, from one line of printable characters", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
				const written = sqlText(text);
				const tokens = lexSql(written);
				assert.deepEqual(evaluateText(tokens, 0), { value: text, end: tokens.length });
				assert.doesNotMatch(written, /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|\$\(/u);
			}),
		);
	});

	for (const [what, text, expected] of [
		["a remark stays on its line", "a */ b\r/* '", ["-- a */ b /* '"]],
		["lines are lines of the comment", "a\nGO", ["-- a", "-- GO"]],
		["variables of sqlcmd are no variables", "$(x)", ["-- $ (x)"]],
		["nothing", "", ["--"]],
		["a very long one is cut between characters", "😀".repeat(401), [`-- ${"😀".repeat(400)}...`]],
	] as const) {
		it(`comments: ${what}`, () => {
			assert.deepEqual(sqlComment(text), expected);
		});
	}
});
