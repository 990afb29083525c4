import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { createGarbageCollection } from "../../../workspace/data/collect-garbage.ts";

describe("garbage collection", () => {
	const MEGABYTE = 1024 * 1024;

	const rows: readonly { name: string; dropped: readonly number[]; collections: number }[] = [
		{ name: "nothing for little", dropped: [MEGABYTE], collections: 0 },
		{ name: "once for much", dropped: [64 * MEGABYTE], collections: 1 },
		{ name: "once for little that adds up", dropped: Array.from({ length: 40 }, () => MEGABYTE), collections: 1 },
		{ name: "once for much in a row", dropped: [64 * MEGABYTE, 64 * MEGABYTE, 64 * MEGABYTE], collections: 1 },
	];
	for (const { name, dropped, collections } of rows) {
		it(`collects ${name}`, async () => {
			let count = 0;
			const onDropped = createGarbageCollection(() => count++, 0);
			for (const bytes of dropped) onDropped(bytes);
			// Timers of the same length end in the order in which they were begun.
			await new Promise((resolve) => setTimeout(resolve, 1));
			assert.equal(count, collections);
		});
	}

	it("collects again when much is dropped later", async () => {
		let count = 0;
		const onDropped = createGarbageCollection(() => count++, 0);
		for (let round = 0; round < 2; round++) {
			onDropped(64 * MEGABYTE);
			await new Promise((resolve) => setTimeout(resolve, 1));
		}
		assert.equal(count, 2);
	});

	it("gives up shared memory that nobody holds", async () => {
		const column = new WeakRef(new SharedArrayBuffer(64 * MEGABYTE));
		createGarbageCollection(undefined, 0)(64 * MEGABYTE);
		await new Promise((resolve) => setTimeout(resolve, 1));
		assert.equal(column.deref(), undefined);
	});
});
