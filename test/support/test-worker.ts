import { parentPort } from "node:worker_threads";
import type { ReadProgress } from "../../core/loading/source-read.ts";
import type { JobOptions } from "../../workspace/jobs/job.ts";
import { serveJobs } from "../../workspace/jobs/serve-jobs.ts";

/** Says that a job has begun. */
const BEGUN: ReadProgress = { rows: 0, bytes: null, totalBytes: null };

/** What a thread of the pool's tests does, by the name of its job: what it is asked for, or what it should never do. */
const CARRY_OUT: Readonly<Record<string, (input: never, options: JobOptions) => unknown>> = {
	echo: (input) => input,
	pick: ({ column }: { column: Uint16Array }) => ({ same: column, view: new Uint8Array(column.buffer, 2, 3), fresh: Uint32Array.of(7) }),
	progress(_input, { onProgress }) {
		onProgress?.({ rows: 5, bytes: 10, totalBytes: 20 });
		return "done";
	},
	/** Never lets go of the thread until its signal says so. */
	spin(stopped: Int32Array, { signal, onProgress }) {
		onProgress?.(BEGUN);
		while (!signal.aborted) Atomics.wait(stopped, 0, 0, 1);
		Atomics.store(stopped, 0, 1);
		throw signal.reason;
	},
	/** As `spin`, but asks nobody. */
	deaf(stopped: Int32Array, { onProgress }) {
		onProgress?.(BEGUN);
		for (;;) Atomics.wait(stopped, 0, 0);
	},
	/** Waits for its signal. */
	listen: (stopped: Int32Array, { signal, onProgress }) =>
		new Promise((_, reject) => {
			signal.addEventListener("abort", () => {
				Atomics.store(stopped, 0, 1);
				reject(signal.reason);
			});
			onProgress?.(BEGUN);
		}),
	fail() {
		throw new TypeError("nonsense in, nonsense out");
	},
	allocate() {
		throw new RangeError("Array buffer allocation failed");
	},
	exit: () => process.exit(3),
	uncaught: () =>
		new Promise(() =>
			setTimeout(() => {
				throw new Error("nobody caught this");
			}),
		),
	fill() {
		const kept: number[][] = [];
		for (;;) kept.push(new Array<number>(100_000).fill(kept.length + 0.5));
	},
};

if (parentPort !== null) serveJobs(parentPort, async (kind, input, options) => CARRY_OUT[kind]!(input as never, options));
