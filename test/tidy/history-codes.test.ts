import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { HISTORY_CODES } from "../../core/history/history-failure.ts";

/** A code at the beginning of a text; paths that begin like it go on. */
const CODE = /["'`](history\/[a-z-]+)(?![a-z./-])/g;

describe("codes of the history", () => {
	it("are listed once each, in order", () => assert.deepEqual([...HISTORY_CODES], [...new Set(HISTORY_CODES)].toSorted()));

	it("are those that the product can report", () => assert.deepEqual(codesIn("{core,workspace,server,cli}/**/*.ts"), [...HISTORY_CODES]));

	it("are documented, and no others", () => assert.deepEqual(codesIn("docs/history.md"), [...HISTORY_CODES]));

	it("are each expected by a test", () => assert.deepEqual(missing(codesIn("test/{cli,core,server,workspace}/**/*.test.ts")), []));
});

/** The codes that some files name between quotes, in order. */
function codesIn(pattern: string): readonly string[] {
	const found = globSync(pattern).flatMap((file) => [...readFileSync(file, "utf8").matchAll(CODE)].map((match) => match[1]!));
	return [...new Set(found)].toSorted();
}

function missing(found: readonly string[]): readonly string[] {
	return HISTORY_CODES.filter((code) => !found.includes(code));
}
