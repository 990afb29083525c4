import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { RULES } from "../../../core/usage/decision-table.ts";
import { DEFAULT_LIMITS, LIMIT_NAMES } from "../../../core/usage/limits.ts";
import { describeRule } from "../../../core/usage/rule-text.ts";

describe("docs/decision-table.md", () => {
	const text = readFileSync(new URL("../../../docs/decision-table.md", import.meta.url), "utf8");

	it("has the rules of the data, with their conditions, categories and reasons", () => {
		const documented = rowsUnder(text, "| # | condition | category | reason |");
		const expected = RULES.map((rule) => [String(rule.number), describeRule(rule), rule.outcome.category, rule.outcome.reason ?? ""]);
		assert.deepEqual(documented, expected);
	});

	it("has the limits with their defaults", () => {
		const documented = rowsUnder(text, "| limit | default | decides |").map(([name, value]) => [name, value]);
		assert.deepEqual(
			documented,
			LIMIT_NAMES.map((name) => [`\`${name}\``, `${DEFAULT_LIMITS[name]} days`]),
		);
	});
});

/** Cells of the rows below a table's header line. */
function rowsUnder(text: string, header: string): readonly (readonly string[])[] {
	const lines = text.split("\n");
	const start = lines.indexOf(header);
	assert.notEqual(start, -1, `no table ${header}`);
	const end = lines.findIndex((line, place) => place > start && !line.startsWith("|"));
	return lines.slice(start + 2, end).map((line) =>
		line
			.split("|")
			.slice(1, -1)
			.map((cell) => cell.trim()),
	);
}
