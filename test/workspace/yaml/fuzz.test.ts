import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import type { ConfigPath, ProblemAnchor } from "../../../core/problems.ts";
import { createSchemaValidator } from "../../../core/schema/validate-schema.ts";
import { completionContextAt } from "../../../workspace/yaml/caret/completion-context.ts";
import { editsForFix } from "../../../workspace/yaml/edits/edit-config.ts";
import { type OffsetRange, type OutlineEntry, parseConfig } from "../../../workspace/yaml/parse-config.ts";

const PROJECT = `# A project 😀
kind: project
title: "Northwind: Traders"   # quoted
usageCategory: &limits
  InstallDateCutOffLimit: 7
  UsedCategoryLimit: 30
  UnusedCategoryLimit: 90
limitAdvice:
- { limit: UsedCategoryLimit, value: 45, reference: 1E-000042 }
subscriptions:
  - client: Northwind
    renewalDate: 2027-03-31
    servers: [live, 'te''st']
dataSources:
  - &log
    name: log
    provides: usageLog
    type: sqlite
    query: >-
      SELECT *
      FROM log
    path: data/log.db
  - <<: *log
    name: other
`;
const FILES = [
	PROJECT,
	PROJECT.replaceAll("\n", "\r\n"),
	'{"kind": "instance", "name": "x", "project": "p", "bundles": [{"name": "b", "components": ["c", "d"]}]}',
];
const SCRAPS = [
	"",
	"\n",
	"\r\n",
	"\t",
	"  ",
	"- ",
	": ",
	":",
	"#",
	" # c\n",
	"{",
	"}",
	"[",
	"]",
	",",
	'"',
	"'",
	"|",
	">",
	"&a ",
	"*a",
	"*log",
	"<<: ",
	"!!str ",
	"---\n",
	"...\n",
	"%",
	"?",
	"@",
	"\\",
	"😀",
	"\uFEFF",
	"\u0000",
	"\u2028",
	"x",
	"1e9",
	"null",
	"\ud83d",
];

describe("any text", () => {
	const validator = createSchemaValidator();

	it("can be parsed, checked, repaired, outlined and completed, with every range inside it", () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...FILES),
				fc.array(fc.tuple(fc.nat(), fc.nat({ max: 30 }), fc.constantFrom(...SCRAPS)), { maxLength: 4 }),
				fc.nat(),
				(file, changes, cut) => {
					let text = file;
					for (const [place, removed, scrap] of changes) {
						const at = place % (text.length + 1);
						text = text.slice(0, at) + scrap + text.slice(at + (scrap === "" ? removed : 0));
					}
					checkText(cut % 3 === 0 ? text.slice(0, cut % (text.length + 1)) : text, cut);
				},
			),
			{ numRuns: 1500, seed: 11 },
		);
	}).timeout(300_000);

	it("can be cut off anywhere", () => {
		for (let end = 0; end <= PROJECT.length; end += 3) checkText(PROJECT.slice(0, end), end);
	}).timeout(120_000);

	function checkText(text: string, place: number): void {
		const parsed = parseConfig(text);
		const inside = ({ start, end }: OffsetRange) =>
			assert.ok(0 <= start && start <= end && end <= text.length, `${start}–${end} of ${text.length} in ${JSON.stringify(text)}`);
		for (const { range } of parsed.problems) inside(range);
		const anchors: readonly ProblemAnchor[] = ["key", "value"];
		for (const path of pathsOf(parsed.tree)) for (const anchor of anchors) inside(parsed.rangeOf([...path], anchor));
		for (const problem of validator.validate(parsed.tree)) {
			inside(parsed.rangeOf(problem.path, problem.anchor));
			for (const fix of problem.fixes ?? []) for (const edit of editsForFix(parsed, fix)) inside(edit.range);
		}
		const checkOutline = (entries: readonly OutlineEntry[]): void => {
			for (const { range, selectionRange, children } of entries) {
				inside(range);
				assert.ok(range.start <= selectionRange.start && selectionRange.end <= range.end, text);
				checkOutline(children);
			}
		};
		checkOutline(parsed.outline());
		for (const offset of [place % (text.length + 1), (place * 7) % (text.length + 1), text.length]) {
			inside(parsed.nodeAt(offset).range);
			const context = completionContextAt(parsed, null, offset);
			if (context === null) continue;
			inside(context.replace);
			assert.ok(
				context.replace.start <= offset && offset <= context.replace.end,
				`${offset} in ${JSON.stringify(context)} of ${JSON.stringify(text)}`,
			);
		}
	}
});

/** Every node, and below every node one that is missing. */
function pathsOf(tree: unknown, path: ConfigPath = []): readonly ConfigPath[] {
	const here = [path, [...path, "missing"], [...path, 99]];
	if (typeof tree !== "object" || tree === null) return here;
	return [...here, ...Object.entries(tree).flatMap(([key, child]) => pathsOf(child, [...path, Array.isArray(tree) ? Number(key) : key]))];
}
