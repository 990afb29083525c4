import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { createPageCache, type PageCache } from "../../client/webviews/shared/data-table/page-cache.ts";
import type { RowPage } from "../../client/webviews/shared/data-table/table-options.ts";

interface Ask {
	readonly offset: number;
	readonly signal: AbortSignal;
	answer(total: number, mark?: string): Promise<void>;
	fail(message: string): Promise<void>;
}

const settled = () => new Promise<void>((done) => setImmediate(done));

/** A source of rows named `mark` and their number, ten to a page, whose answers are given by hand. */
function source(mark: string): {
	readonly asks: Ask[];
	load(offset: number, limit: number, signal: AbortSignal): Promise<RowPage<string>>;
} {
	const asks: Ask[] = [];
	return {
		asks,
		load: (offset, limit, signal) =>
			new Promise((done, fail) => {
				asks.push({
					offset,
					signal,
					answer(total) {
						const rows = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, at) => `${mark}${offset + at}`);
						done({ offset, total, rows });
						return settled();
					},
					fail(message) {
						fail(new Error(message));
						return settled();
					},
				});
			}),
	};
}

function makeCache(): { readonly cache: PageCache<string>; changes(): number } {
	let changes = 0;
	const changed = () => {
		changes++;
	};
	return { cache: createPageCache<string>({ pageRows: 10, maxPages: 3, changed }), changes: () => changes };
}

describe("pages of rows", () => {
	it("fetches the pages of the wanted rows once each", async () => {
		const { cache, changes } = makeCache();
		const { asks, load } = source("a");
		cache.restart(load, true);
		cache.want(5, 15);
		cache.want(5, 15);
		assert.deepEqual(
			asks.map(({ offset }) => offset),
			[0, 10],
		);
		assert.equal(cache.total, null);
		assert.deepEqual(cache.stateOf(12), { kind: "coming" });
		await asks[1]!.answer(25);
		assert.deepEqual(cache.stateOf(12), { kind: "ready", row: "a12" });
		assert.equal(cache.total, 25);
		assert.equal(changes(), 1);
		cache.want(10, 20);
		assert.equal(asks.length, 2);
	});

	it("gives up what was scrolled past", async () => {
		const { cache, changes } = makeCache();
		const { asks, load } = source("a");
		cache.restart(load, true);
		cache.want(0, 10);
		cache.want(500, 510);
		assert.ok(asks[0]!.signal.aborted);
		await asks[0]!.answer(1_000);
		assert.equal(changes(), 0);
		assert.equal(cache.total, null);
	});

	it("keeps the pages that were wanted last", async () => {
		const { cache } = makeCache();
		const { asks, load } = source("a");
		cache.restart(load, true);
		for (const page of [0, 1, 2, 3]) {
			cache.want(page * 10, page * 10 + 10);
			await asks[page]!.answer(100);
			cache.want(0, 10);
		}
		assert.equal(cache.stateOf(0).kind, "ready");
		assert.equal(cache.stateOf(10).kind, "coming");
		assert.equal(cache.stateOf(30).kind, "ready");
	});

	it("says in words why rows could not be had, and tries again when asked to", async () => {
		const { cache } = makeCache();
		const { asks, load } = source("a");
		cache.restart(load, true);
		cache.want(0, 10);
		await asks[0]!.fail("The file is gone.");
		assert.deepEqual(cache.stateOf(3), { kind: "failed", message: "The file is gone." });
		cache.want(0, 10);
		assert.equal(asks.length, 1);
		cache.retry(3);
		assert.equal(asks.length, 2);
		await asks[1]!.answer(10);
		assert.deepEqual(cache.stateOf(3), { kind: "ready", row: "a3" });
	});

	for (const { name, sameRows, other } of [
		{ name: "keeps each page of changed rows until its own arrives", sameRows: true, other: { kind: "ready", row: "a12" } },
		{ name: "drops the rows of another query with its first page", sameRows: false, other: { kind: "coming" } },
	])
		it(name, async () => {
			const { cache } = makeCache();
			const before = source("a");
			cache.restart(before.load, true);
			cache.want(0, 20);
			await before.asks[0]!.answer(20);
			await before.asks[1]!.answer(20);
			const after = source("b");
			cache.restart(after.load, sameRows);
			assert.equal(cache.isFresh, false);
			assert.deepEqual(cache.stateOf(2), { kind: "ready", row: "a2" });
			cache.want(0, 10);
			await after.asks[0]!.answer(30);
			assert.equal(cache.isFresh, true);
			assert.equal(cache.total, 30);
			assert.deepEqual(cache.stateOf(2), { kind: "ready", row: "b2" });
			assert.deepEqual(cache.stateOf(12), other);
		});

	it("takes no answer of a former source", async () => {
		const { cache } = makeCache();
		const before = source("a");
		cache.restart(before.load, true);
		cache.want(0, 10);
		cache.restart(source("b").load, true);
		await before.asks[0]!.answer(10);
		assert.equal(cache.total, null);
	});
});
