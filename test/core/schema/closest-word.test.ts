import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { closestWord, shortenedWord } from "../../../core/schema/closest-word.ts";

const LIMITS = ["InstallDateCutOffLimit", "UsedCategoryLimit", "UnusedCategoryLimit"];
const KEYS = ["kind", "title", "projectId", "usageCategory", "limitAdvice", "subscriptions", "dataSources", "reclaimPolicies"];
const TYPES = ["csv", "excel", "sqlite", "sqlserver", "postgres"];

describe("words that were meant", () => {
	// biome-ignore format: a table
	const rows: readonly (readonly [written: string, words: readonly string[], closest: string | null, shortened: string | null])[] = [
		["UsedCategoryLimt",   LIMITS,        "UsedCategoryLimit",      null],
		["used-category-limit", LIMITS,       "UsedCategoryLimit",      "UsedCategoryLimit"],
		["UsedCategory",       LIMITS,        null,                     "UsedCategoryLimit"],
		["usedcategory",       LIMITS,        null,                     "UsedCategoryLimit"],
		["UnusedCategory",     LIMITS,        null,                     "UnusedCategoryLimit"],
		["InstallDate",        LIMITS,        null,                     "InstallDateCutOffLimit"],
		["CutOffLimit",        LIMITS,        null,                     "InstallDateCutOffLimit"],
		["UsedLimit",          LIMITS,        null,                     "UsedCategoryLimit"],
		["InstallCutOff",      LIMITS,        null,                     "InstallDateCutOffLimit"],
		["CategoryLimit",      LIMITS,        null,                     null],
		["Limit",              LIMITS,        null,                     null],
		["Limit Used",         LIMITS,        null,                     null],
		["category",           KEYS,          null,                     "usageCategory"],
		["policies",           KEYS,          null,                     "reclaimPolicies"],
		["data",               KEYS,          null,                     "dataSources"],
		["sub",                KEYS,          null,                     null],
		["subscriptionsOf",    KEYS,          "subscriptions",          null],
		["exce",               TYPES,         "excel",                  "excel"],
		["post",               TYPES,         null,                     "postgres"],
		["sqls",               TYPES,         null,                     "sqlserver"],
		["",                   KEYS,          null,                     null],
		["x".repeat(1000),     KEYS,          null,                     null],
	];
	for (const [written, words, closest, shortened] of rows) {
		it(`${written.slice(0, 30)} among ${words[0]}…`, () => {
			assert.deepEqual([closestWord(written, words), shortenedWord(written, words)], [closest, shortened]);
		});
	}
});
