import assert from "node:assert/strict";
import { appendFileSync, copyFileSync, renameSync, rmSync, truncateSync, utimesSync } from "node:fs";
import { SourceError } from "../../../core/connectors/connector.ts";
import { openInputFile, stampOfFile } from "../../../core/connectors/input-file.ts";
import { createFolder, type Folder, makeSource } from "./source-fixture.ts";

const CHANGED = "a.txt was changed by another program while it was being read. Try again.";

describe("input file", () => {
	let folder: Folder;
	before(() => {
		folder = createFolder();
	});
	after(() => folder.remove());

	const changes: readonly (readonly [string, (path: string) => void, boolean])[] = [
		["stays as it is", () => {}, false],
		["grows", (path) => appendFileSync(path, "more"), true],
		["shrinks", (path) => truncateSync(path, 10), true],
		["is written anew", (path) => utimesSync(path, 1, 1), true],
		["is replaced", replaceFile, true],
		["vanishes", (path) => rmSync(path), true],
	];
	// Windows lets nobody replace or remove a file that is in use.
	for (const [name, change, isChange] of process.platform === "win32" ? changes.slice(0, 4) : changes) {
		it(`is ${isChange ? "refused" : "read"} when it ${name} while it is read`, async () => {
			const path = folder.write("a.txt", "x".repeat(1_000_000));
			const before = await stampOfFile(path);
			const file = await openInputFile(makeSource({ path: "a.txt" }), path, new AbortController().signal);
			const reading = (async () => {
				let bytes = 0;
				for await (const chunk of file.chunks) {
					if (bytes === 0) change(path);
					bytes += chunk.length;
				}
				return bytes;
			})();
			if (isChange) await assert.rejects(reading, new SourceError("source/unreadable", "path", CHANGED));
			else assert.equal(await reading, 1_000_000);
			await file.close();
			assert.equal((await stampOfFile(path)) !== before, isChange);
		});
	}
});

function replaceFile(path: string): void {
	copyFileSync(path, `${path}.new`);
	renameSync(`${path}.new`, path);
}
