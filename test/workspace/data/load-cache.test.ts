import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { LoadProgress } from "../../../core/loading/loaded.ts";
import { createLoadCache, type Weight, weighColumns } from "../../../workspace/data/load-cache.ts";

describe("load cache", () => {
	const never = new AbortController().signal;

	const weight = (bytes: number): Weight => ({ bytes, buffers: [] });

	/** A load that ends when told to, and remembers whether it was given up. */
	function makeLoad() {
		const starts: AbortSignal[] = [];
		const ends: ((value: string) => void)[] = [];
		const start = (signal: AbortSignal) => {
			starts.push(signal);
			return new Promise<string>((resolve, reject) => {
				ends.push(resolve);
				signal.addEventListener("abort", () => reject(signal.reason));
			});
		};
		return { start, starts, ends };
	}

	it("runs a load once for all who wait, and keeps its value", async () => {
		const cache = createLoadCache();
		const { start, starts, ends } = makeLoad();
		const both = Promise.all([cache.load("k", start, () => weight(1), never), cache.load("k", start, () => weight(1), never)]);
		ends[0]!("value");
		assert.deepEqual(await both, ["value", "value"]);
		assert.equal(await cache.load("k", start, () => weight(1), never), "value");
		assert.equal(starts.length, 1);
	});

	it("goes on for the others when one gives up, and stops when all have", async () => {
		const cache = createLoadCache();
		const { start, starts, ends } = makeLoad();
		const first = new AbortController();
		const second = new AbortController();
		const waits = [cache.load("k", start, () => weight(1), first.signal), cache.load("k", start, () => weight(1), second.signal)];
		first.abort(new Error("first"));
		await assert.rejects(waits[0]!, /first/);
		assert.equal(starts[0]!.aborted, false);
		second.abort(new Error("second"));
		await assert.rejects(waits[1]!, /second/);
		assert.equal(starts[0]!.aborted, true);
		const again = cache.load("k", start, () => weight(1), never);
		assert.equal(starts.length, 2);
		ends[1]!("new");
		assert.equal(await again, "new");
	});

	it("does not start for a caller who has given up already", async () => {
		const cache = createLoadCache();
		const { start, starts } = makeLoad();
		await assert.rejects(
			cache.load("k", start, () => weight(1), AbortSignal.abort(new Error("gone"))),
			/gone/,
		);
		assert.equal(starts.length, 0);
	});

	it("does not keep a failure", async () => {
		const cache = createLoadCache();
		let starts = 0;
		const start = async () => {
			starts++;
			if (starts === 1) throw new Error("once");
			return "value";
		};
		await assert.rejects(
			cache.load("k", start, () => weight(1), never),
			/once/,
		);
		assert.equal(await cache.load("k", start, () => weight(1), never), "value");
	});

	it("passes progress on to everyone who wants it", async () => {
		const cache = createLoadCache();
		const told: string[] = [];
		const start = async (_signal: AbortSignal, report: (progress: LoadProgress) => void) => {
			await Promise.resolve();
			report({ sourceName: "s", rows: 3, bytes: null, totalBytes: null });
			return "value";
		};
		const listen =
			(name: string) =>
			({ rows }: { rows: number }) =>
				told.push(`${name} ${rows}`);
		await Promise.all([
			cache.load("k", start, () => weight(1), never, listen("a")),
			cache.load("k", start, () => weight(1), never, listen("b")),
			cache.load("k", start, () => weight(1), never),
		]);
		assert.deepEqual(told, ["a 3", "b 3"]);
	});

	it("does not gather small values without end", async () => {
		const cache = createLoadCache();
		for (let index = 0; index < 300; index++)
			await cache.load(
				`k${index}`,
				async () => "old",
				() => weight(0),
				never,
			);
		assert.equal(
			await cache.load(
				"k299",
				async () => "new",
				() => weight(0),
				never,
			),
			"old",
		);
		assert.equal(
			await cache.load(
				"k0",
				async () => "new",
				() => weight(0),
				never,
			),
			"new",
		);
	});

	const budgets: readonly { name: string; budget: number; weights: readonly number[]; kept: readonly boolean[] }[] = [
		{ name: "everything within the budget", budget: 10, weights: [4, 4, 2], kept: [true, true, true] },
		{ name: "the newest ones beyond it", budget: 10, weights: [4, 4, 4], kept: [false, true, true] },
		{ name: "the newest, however large", budget: 10, weights: [4, 4, 100], kept: [false, false, true] },
	];
	for (const { name, budget, weights, kept } of budgets) {
		it(`keeps ${name}`, async () => {
			const cache = createLoadCache(budget);
			for (const [index, bytes] of weights.entries())
				await cache.load(
					`k${index}`,
					async () => "old",
					() => weight(bytes),
					never,
				);
			// From the newest on, since a load that is missing here would drive out others.
			const found: boolean[] = [];
			for (const index of [...weights.keys()].reverse()) {
				const probe = cache.load(
					`k${index}`,
					async () => "new",
					() => weight(0),
					never,
				);
				found.unshift((await probe) === "old");
			}
			assert.deepEqual(found, kept);
		});
	}

	it("does not keep what is not worth it", async () => {
		const cache = createLoadCache();
		let starts = 0;
		const load = () =>
			cache.load(
				"k",
				async () => ++starts,
				() => null,
				never,
			);
		assert.deepEqual([await load(), await load()], [1, 2]);
	});

	it("keeps what was put there", () => {
		const cache = createLoadCache();
		cache.put("k", "one", weight(1));
		cache.put("k", "two", weight(1));
		assert.deepEqual([cache.get("k"), cache.get("none")], ["two", undefined]);
	});

	describe("with values in shared buffers", () => {
		const columns = (bytes: number) => ({ values: new Uint8Array(new SharedArrayBuffer(bytes)) });

		it("weighs a buffer once, however many values stand in it", () => {
			const { values } = columns(6);
			assert.deepEqual(weighColumns({ a: values, b: [{ c: values }, new Uint16Array(values.buffer)], d: "text", e: null }).buffers, [
				values.buffer,
			]);
			const cache = createLoadCache(10);
			for (const key of ["a", "b", "c"]) cache.put(key, key, weighColumns({ key, values }));
			cache.put("d", "d", weighColumns(columns(4)));
			assert.deepEqual(["a", "b", "c", "d"].map(cache.get), ["a", "b", "c", "d"]);
			cache.put("e", "e", weighColumns(columns(5)));
			assert.deepEqual(["a", "b", "c", "d", "e"].map(cache.get), [undefined, undefined, undefined, "d", "e"]);
		});

		it("uses together what stands in the same buffers", () => {
			const shared = columns(6);
			const cache = createLoadCache(10);
			cache.put("a", "a", weighColumns(shared));
			cache.put("a2", "a2", weighColumns(shared));
			cache.put("b", "b", weighColumns(columns(4)));
			cache.get("a2");
			cache.put("c", "c", weighColumns(columns(4)));
			assert.deepEqual(["a", "a2", "b", "c"].map(cache.get), ["a", "a2", undefined, "c"]);
		});

		it("does not drop what the newest value stands on, but what it has beside", () => {
			const estate = columns(100);
			const cache = createLoadCache(10);
			cache.put("estate", "estate", weighColumns(estate));
			cache.put("first", "first", weighColumns([estate, columns(4)]));
			cache.put("second", "second", weighColumns([estate, columns(4)]));
			assert.deepEqual(["estate", "first", "second"].map(cache.get), ["estate", undefined, "second"]);
		});

		it("tells how much was dropped, and nothing while all fits", () => {
			const dropped: number[] = [];
			const cache = createLoadCache(10, (bytes) => dropped.push(bytes));
			const shared = columns(3);
			cache.put("a", "a", weighColumns([shared, columns(2)]));
			cache.put("b", "b", weighColumns([shared, columns(2)]));
			assert.deepEqual(dropped, []);
			cache.put("c", "c", weighColumns(columns(10)));
			assert.deepEqual(dropped, [7]);
			cache.setBudget(9);
			assert.deepEqual(dropped, [7]);
		});

		it("does not drop the columns used last, however large, for something small", () => {
			const cache = createLoadCache(10);
			const columns = new ArrayBuffer(100);
			cache.put("estate", columns, { bytes: 0, buffers: [columns] });
			cache.put("settings", "rows", { bytes: 3, buffers: [] });
			assert.equal(cache.get("estate"), columns);
			const others = new ArrayBuffer(100);
			cache.put("other estate", others, { bytes: 0, buffers: [others] });
			cache.put("facts", "rows", { bytes: 3, buffers: [] });
			assert.deepEqual([cache.get("estate"), cache.get("other estate")], [undefined, others]);
		});

		it("takes another budget at once", () => {
			const cache = createLoadCache();
			for (const key of ["a", "b"]) cache.put(key, key, weighColumns(columns(4)));
			cache.setBudget(4);
			assert.deepEqual(["a", "b"].map(cache.get), [undefined, "b"]);
		});
	});
});
