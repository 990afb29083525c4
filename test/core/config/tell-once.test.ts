import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { tellOnce } from "../../../core/config/tell-once.ts";
import type { ConfigPath, ConfigProblem } from "../../../core/problems.ts";

/** A problem at a path; `missing` that a node is missing, `meant` that a key was meant to be another. */
function problem(code: string, path: ConfigPath, more: { readonly missing?: ConfigPath; readonly meant?: string } = {}): ConfigProblem {
	const { missing, meant } = more;
	return {
		code,
		severity: "error",
		message: code,
		path,
		anchor: "key",
		...(missing === undefined ? {} : { missing }),
		...(meant === undefined ? {} : { fixes: [{ kind: "rename-key", title: meant, preferred: true, path, newKey: meant }] }),
	};
}

describe("one slip, one problem", () => {
	const misspelt = problem("misspelt", ["a", 0, "sevrers"], { meant: "servers" });
	const missingInSchema = problem("missing in schema", ["a", 0], { missing: ["a", 0, "servers"] });
	const missingByRule = problem("missing by rule", ["a", 0, "name"], { missing: ["a", 0, "servers"] });
	const other = problem("other", ["a", 1], { missing: ["a", 1, "servers"] });
	const empty = problem("empty", ["a", 0, "servers"]);
	const within = problem("within", ["a", 0, "servers"], { missing: ["a", 0, "servers", "x"] });
	const beside = problem("beside", ["a", 0, "serversToo"]);
	// biome-ignore format: a table
	const rows: readonly (readonly [schema: readonly ConfigProblem[], rules: readonly ConfigProblem[], told: readonly ConfigProblem[]])[] = [
		[[],                          [],              []],
		[[misspelt],                  [missingByRule], [misspelt]],
		[[missingInSchema, misspelt], [],              [misspelt]],
		[[misspelt],                  [other],         [misspelt, other]],
		[[empty],                     [missingByRule], [missingByRule]],
		[[within, within],            [missingByRule], [missingByRule]],
		[[missingInSchema],           [missingByRule], [missingByRule]],
		[[beside, empty],             [other],         [beside, empty, other]],
		[[misspelt, within],          [missingByRule], [misspelt, within]],
	];
	for (const [schema, rules, told] of rows) {
		const names = (problems: readonly ConfigProblem[]) => problems.map(({ code }) => code).join(", ");
		it(`${names(schema)} + ${names(rules)}`, () => assert.deepEqual(tellOnce(schema, rules), told));
	}
});
