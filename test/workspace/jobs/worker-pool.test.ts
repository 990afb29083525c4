import assert from "node:assert/strict";
import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, describe, it } from "mocha";
import { JobFailure } from "../../../workspace/jobs/job.ts";
import { createWorkerPool, type WorkerPool, type WorkerPoolOptions } from "../../../workspace/jobs/worker-pool.ts";

describe("worker pool", () => {
	const never = new AbortController().signal;
	let workers: Worker[];
	let pool: WorkerPool;

	function makePool(options: Partial<WorkerPoolOptions> = {}): void {
		workers = [];
		pool = createWorkerPool({
			start() {
				const program = new URL("../../support/test-worker.ts", import.meta.url);
				const worker = new Worker(program, { resourceLimits: { maxOldGenerationSizeMb: 32 } });
				workers.push(worker);
				return worker;
			},
			...options,
		});
	}
	beforeEach(() => makePool());
	afterEach(async () => pool.dispose());

	const run = (kind: string, input: unknown = null, signal: AbortSignal = never) => pool.run(kind, input, `do "${kind}"`, { signal });

	/** A job that never ends by itself, once it has begun; `stopped` is 1 when it has. */
	async function begin(kind: string) {
		const stopped = new Int32Array(new SharedArrayBuffer(4));
		const controller = new AbortController();
		let job: Promise<unknown> = Promise.resolve();
		await new Promise<void>((onProgress) => {
			job = pool.run(kind, stopped, `do "${kind}"`, { signal: controller.signal, onProgress: () => onProgress() });
		});
		return { stopped, job, abort: () => controller.abort(new Error("enough")) };
	}

	async function giveUp(kind: string) {
		const { stopped, job, abort } = await begin(kind);
		abort();
		await assert.rejects(job, /enough/);
		return stopped;
	}

	it("starts no thread before there is work, and no more than it may", async () => {
		assert.equal(workers.length, 0);
		assert.deepEqual(await Promise.all(["a", "b", "c", "d"].map((text) => run("echo", text))), ["a", "b", "c", "d"]);
		assert.equal(workers.length, 2);
		await run("echo");
		assert.equal(workers.length, 2);
	});

	it("shares buffers, and gives back its own where the answer has a part of the question", async () => {
		const column = new Uint16Array(new SharedArrayBuffer(8));
		const input = { column, deep: [{ column }] };
		const answer = (await run("pick", input)) as { same: Uint16Array; view: Uint8Array; fresh: Uint32Array };
		assert.equal(answer.same, column);
		assert.equal(answer.view.buffer, column.buffer);
		assert.deepEqual([answer.view.byteOffset, answer.view.length], [2, 3]);
		assert.deepEqual(answer.fresh, Uint32Array.of(7));
		assert.equal(await run("echo", input), input);
	});

	it("passes progress on", async () => {
		const told: unknown[] = [];
		await pool.run("progress", null, "go", { signal: never, onProgress: (progress) => told.push(progress) });
		assert.deepEqual(told, [{ rows: 5, bytes: 10, totalBytes: 20 }]);
	});

	it("does not begin for a caller who has given up, nor while all threads are busy", async () => {
		await assert.rejects(run("echo", null, AbortSignal.abort(new Error("gone"))), /gone/);
		const busy = [await begin("spin"), await begin("spin")];
		const controller = new AbortController();
		const waiting = run("echo", null, controller.signal);
		controller.abort(new Error("too long"));
		await assert.rejects(waiting, /too long/);
		for (const { job, abort } of busy) {
			abort();
			await assert.rejects(job);
		}
	});

	for (const kind of ["spin", "listen"]) {
		it(`gives up "${kind}" at once, and keeps the thread that stops by itself`, async () => {
			makePool({ size: 1, graceMs: 60_000 });
			const stopped = await giveUp(kind);
			assert.equal(await run("echo", 1), 1);
			assert.equal(stopped[0], 1);
			assert.equal(workers.length, 1);
		});
	}

	it("replaces a thread that does not stop", async () => {
		makePool({ size: 1, graceMs: 1 });
		await giveUp("deaf");
		assert.equal(await run("echo", 2), 2);
		assert.equal(workers.length, 2);
	});

	const failures: readonly { kind: string; message: RegExp; isForPerson: boolean; threads: number }[] = [
		{ kind: "fail", message: /^nonsense in, nonsense out$/, isForPerson: false, threads: 1 },
		{ kind: "allocate", message: /^It was not possible to do "allocate": there is not enough memory/, isForPerson: true, threads: 1 },
		{
			kind: "exit",
			message: /^It was not possible to do "exit": its thread ended unexpectedly \(code 3\)\.$/,
			isForPerson: true,
			threads: 2,
		},
		{ kind: "uncaught", message: /do "uncaught": its thread failed \(nobody caught this\)\.$/, isForPerson: true, threads: 2 },
		{ kind: "fill", message: /do "fill": there is not enough memory/, isForPerson: true, threads: 2 },
	];
	for (const { kind, message, isForPerson, threads } of failures) {
		it(`goes on after "${kind}"`, async () => {
			makePool({ size: 1 });
			await assert.rejects(run(kind), (error: Error) => {
				assert.match(error.message, message);
				assert.equal(error instanceof JobFailure, isForPerson);
				if (kind === "fail") assert.match(error.stack ?? "", /test-worker\.ts/);
				return true;
			});
			assert.equal(await run("echo", 3), 3);
			assert.equal(workers.length, threads);
		});
	}

	it("fails a job whose question cannot be sent, and one that no thread can be started for", async () => {
		await assert.rejects(run("echo", { name: () => {} }), /could not be cloned/);
		assert.equal(await run("echo", 4), 4);
		makePool({
			start: () => {
				throw new Error("no threads here");
			},
		});
		await assert.rejects(run("echo"), /no threads here/);
	});

	it("ends a thread that has had nothing to do for a while", async () => {
		makePool({ idleMs: 1 });
		await run("echo");
		await new Promise((resolve) => workers[0]!.once("exit", resolve));
		assert.equal(await run("echo", 5), 5);
		assert.equal(workers.length, 2);
	});

	it("is busy until its threads have stopped, not only until nobody waits for them", async () => {
		makePool({ size: 1, graceMs: 60_000 });
		await run("echo");
		assert.equal(pool.isBusy(), false);
		await giveUp("deaf");
		assert.equal(pool.isBusy(), true);
		const ended = pool.dispose();
		assert.equal(pool.isBusy(), true);
		await ended;
		assert.equal(pool.isBusy(), false);
	});

	it("fails what is under way when it ends, and what comes later", async () => {
		const { job } = await begin("deaf");
		const waiting = [run("deaf", new Int32Array(new SharedArrayBuffer(4))), run("echo")];
		const ended = pool.dispose();
		const answers = await Promise.allSettled([job, ...waiting, run("echo"), ended]);
		assert.deepEqual(
			answers.map((answer) => (answer.status === "rejected" ? String(answer.reason) : answer.status)),
			[...new Array<string>(4).fill("JobFailure: The program is ending."), "fulfilled"],
		);
	});
}).timeout(180_000);
