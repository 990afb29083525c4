import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, it } from "mocha";

describe("features of the language server", () => {
	const features = globSync("server/features/*.ts").map((file) => basename(file, ".ts"));
	const compositionRoots = globSync("server/*.ts").map((file) => readFileSync(file, "utf8"));

	for (const feature of features) {
		it(`${feature} is put to use, and has a test of its own name`, () => {
			assert.ok(
				compositionRoots.some((text) => text.includes(`"./features/${feature}.ts"`)),
				"nothing imports it",
			);
			assert.deepEqual(globSync(`test/server/${feature}.test.ts`).length, 1);
		});
	}
});
