import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { ConfigFix } from "../../../core/problems.ts";
import { applyEdits, carryOutFix } from "../../../workspace/edits/carry-out-fix.ts";
import { parseConfig } from "../../../workspace/yaml/parse-config.ts";

function set(key: string, value: unknown, further: readonly ConfigFix[] = []): ConfigFix {
	return { kind: "set", title: key, preferred: true, path: key.split("."), value, ...(further.length === 0 ? {} : { further }) };
}

function append(key: string, value: unknown): ConfigFix {
	return { kind: "append", title: key, preferred: true, path: [key], value };
}

describe("fixes of several steps", () => {
	// biome-ignore format: a table
	const rows: readonly (readonly [before: string, fix: ConfigFix, after: string])[] = [
		["kind: instance\nname: x\n",              set("usageCategory", 1),                                                  "kind: instance\nname: x\nusageCategory: 1\n"],
		["kind: instance\nname: x\n",              set("usageCategory", 1, [append("limitAdvice", { a: 1 })]),                "kind: instance\nname: x\nusageCategory: 1\nlimitAdvice:\n  - a: 1\n"],
		["kind: instance\nname: x\n",              set("usageCategory", 1, [append("limitAdvice", { a: 1 }), append("limitAdvice", { a: 2 })]), "kind: instance\nname: x\nusageCategory: 1\nlimitAdvice:\n  - a: 1\n  - a: 2\n"],
		["kind: instance\r\nname: x",              set("usageCategory", 1, [append("limitAdvice", { a: 1 })]),                "kind: instance\r\nname: x\r\nusageCategory: 1\r\nlimitAdvice:\r\n  - a: 1"],
		["kind: instance # 😀\nlimitAdvice: [{a: 0}] # 😀\n", set("usageCategory", 1, [append("limitAdvice", { a: 1 })]),    "kind: instance # 😀\nusageCategory: 1\nlimitAdvice: [{a: 0}, {a: 1}] # 😀\n"],
		["{ kind: instance }",                      set("usageCategory", 1, [append("limitAdvice", { a: 1 })]),                "{ kind: instance, usageCategory: 1, limitAdvice: [{ a: 1 }] }"],
		["kind: instance\n",                       set("usageCategory", 1, [set("kind.below", 1)]),                           "kind: instance\n"],
	];
	for (const [before, fix, after] of rows) {
		it(`${JSON.stringify(before)} and ${fix.further?.length ?? 0} further steps`, () => {
			assert.equal(applyEdits(before, carryOutFix(parseConfig(before), fix)), after);
		});
	}
});
