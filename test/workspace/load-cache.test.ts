import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { createLoadCache } from "../../workspace/load-cache.ts";

describe("load cache", () => {
	const never = new AbortController().signal;

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
		const both = Promise.all([cache.load("k", start, () => 1, never), cache.load("k", start, () => 1, never)]);
		ends[0]!("value");
		assert.deepEqual(await both, ["value", "value"]);
		assert.equal(await cache.load("k", start, () => 1, never), "value");
		assert.equal(starts.length, 1);
	});

	it("goes on for the others when one gives up, and stops when all have", async () => {
		const cache = createLoadCache();
		const { start, starts, ends } = makeLoad();
		const first = new AbortController();
		const second = new AbortController();
		const waits = [cache.load("k", start, () => 1, first.signal), cache.load("k", start, () => 1, second.signal)];
		first.abort(new Error("first"));
		await assert.rejects(waits[0]!, /first/);
		assert.equal(starts[0]!.aborted, false);
		second.abort(new Error("second"));
		await assert.rejects(waits[1]!, /second/);
		assert.equal(starts[0]!.aborted, true);
		const again = cache.load("k", start, () => 1, never);
		assert.equal(starts.length, 2);
		ends[1]!("new");
		assert.equal(await again, "new");
	});

	it("does not start for a caller who has given up already", async () => {
		const cache = createLoadCache();
		const { start, starts } = makeLoad();
		await assert.rejects(
			cache.load("k", start, () => 1, AbortSignal.abort(new Error("gone"))),
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
			cache.load("k", start, () => 1, never),
			/once/,
		);
		assert.equal(await cache.load("k", start, () => 1, never), "value");
	});

	it("passes progress on to everyone who wants it", async () => {
		const cache = createLoadCache();
		const told: string[] = [];
		const start = async (_signal: AbortSignal, report: (progress: { sourceName: string; rows: number }) => void) => {
			await Promise.resolve();
			report({ sourceName: "s", rows: 3 });
			return "value";
		};
		const listen =
			(name: string) =>
			({ rows }: { rows: number }) =>
				told.push(`${name} ${rows}`);
		await Promise.all([
			cache.load("k", start, () => 1, never, listen("a")),
			cache.load("k", start, () => 1, never, listen("b")),
			cache.load("k", start, () => 1, never),
		]);
		assert.deepEqual(told, ["a 3", "b 3"]);
	});

	it("does not gather small values without end", async () => {
		const cache = createLoadCache();
		for (let index = 0; index < 300; index++)
			await cache.load(
				`k${index}`,
				async () => "old",
				() => 0,
				never,
			);
		assert.equal(
			await cache.load(
				"k299",
				async () => "new",
				() => 0,
				never,
			),
			"old",
		);
		assert.equal(
			await cache.load(
				"k0",
				async () => "new",
				() => 0,
				never,
			),
			"new",
		);
	});

	const budgets: readonly { name: string; maxRows: number; weights: readonly number[]; kept: readonly boolean[] }[] = [
		{ name: "everything within the budget", maxRows: 10, weights: [4, 4, 2], kept: [true, true, true] },
		{ name: "the newest ones beyond it", maxRows: 10, weights: [4, 4, 4], kept: [false, true, true] },
		{ name: "the newest, however large", maxRows: 10, weights: [4, 4, 100], kept: [false, false, true] },
	];
	for (const { name, maxRows, weights, kept } of budgets) {
		it(`keeps ${name}`, async () => {
			const cache = createLoadCache(maxRows);
			for (const [index, weight] of weights.entries())
				await cache.load(
					`k${index}`,
					async () => "old",
					() => weight,
					never,
				);
			// From the newest on, since a load that is missing here would drive out others.
			const found: boolean[] = [];
			for (const index of [...weights.keys()].reverse()) {
				const probe = cache.load(
					`k${index}`,
					async () => "new",
					() => 0,
					never,
				);
				found.unshift((await probe) === "old");
			}
			assert.deepEqual(found, kept);
		});
	}
});
