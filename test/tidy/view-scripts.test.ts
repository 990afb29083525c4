import assert from "node:assert/strict";
import { build } from "esbuild";
import { describe, it } from "mocha";
import { listViewBuilds } from "../../scripts/build.ts";

/** Bytes that the script of one view may have: it is read anew whenever the view comes into sight. */
const MAX_BYTES = 250_000;

describe("scripts of the views", () => {
	for (const options of listViewBuilds()) {
		const [[name, file] = ["", ""]] = Object.entries(options.entryPoints as Readonly<Record<string, string>>);
		if (!file.endsWith(".ts")) continue;
		it(`${name} has at most ${MAX_BYTES} bytes`, async () => {
			const { outputFiles = [] } = await build({ ...options, write: false });
			const bytes = outputFiles.reduce((sum, { contents }) => sum + contents.length, 0);
			assert.ok(bytes > 1_000, `${bytes} bytes are no view`);
			assert.ok(bytes <= MAX_BYTES, `${bytes} bytes`);
		});
	}
});
