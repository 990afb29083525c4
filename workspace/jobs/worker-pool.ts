import type { Worker } from "node:worker_threads";
import type { ReadProgress } from "../../core/loading/source-read.ts";
import { mark, t } from "../../core/texts/translate.ts";
import { JobFailure, type JobOptions } from "./job.ts";
import { listParts, restoreParts } from "./known-parts.ts";
import { type JobMessage, LOOK_UP, type WorkerMessage } from "./worker-messages.ts";

/** Some worker threads, started when they are needed, that carry out jobs as {@link serveJobs} does. */
export interface WorkerPool {
	/**
	 * @param purpose what the job is for, as in "to …".
	 * @throws `signal.reason` as soon as it is aborted.
	 * @throws {JobFailure} when the thread of the job has ended before it, also for lack of memory.
	 */
	run(kind: string, input: unknown, purpose: string, options: JobOptions): Promise<unknown>;
	/** Starts all threads that are not there yet. */
	prepare(): void;
	/** Ends all threads; jobs that are under way fail. Resolves when the threads have ended. */
	dispose(): Promise<void>;
	/** Whether a thread is still doing something, also one that was ended: native code cannot be stopped. */
	isBusy(): boolean;
}

/** What a pool is made with. */
export interface WorkerPoolOptions {
	readonly start: () => Worker;
	/** Threads at the same time. */
	readonly size?: number;
	/** Milliseconds that a thread has to stop a job that nobody waits for; then it is ended, and another one takes its place. */
	readonly graceMs?: number;
	/** Milliseconds without work after which a thread ends. */
	readonly idleMs?: number;
}

/** Another core would wait for the memory more than for its own work. */
const SIZE = 2;

const GRACE_MS = 100;

/** A thread without work collects no garbage, so it would hold on to the columns that it has seen last. */
const IDLE_MS = 20_000;

/** A pool without any thread yet. */
export function createWorkerPool({ start, size = SIZE, graceMs = GRACE_MS, idleMs = IDLE_MS }: WorkerPoolOptions): WorkerPool {
	const threads = new Set<Thread>();
	const ending = new Map<Thread, Promise<unknown>>();
	const waiting: Task[] = [];
	let disposed = false;

	function startThread(): Thread {
		const thread: Thread = { worker: start(), task: null, timer: undefined };
		threads.add(thread);
		thread.worker.on("message", (message: WorkerMessage) => receive(thread, message));
		thread.worker.on("messageerror", (error) => lose(thread, describeEnd(error)));
		thread.worker.on("error", (error) => lose(thread, describeEnd(error)));
		thread.worker.on("exit", (code) => lose(thread, t`its thread ended unexpectedly (code ${code})`));
		return thread;
	}

	function receive(thread: Thread, message: WorkerMessage): void {
		const { task } = thread;
		if (task === null || !threads.has(thread)) return;
		if (message.type === "progress") {
			if (!task.settled) task.onProgress(message.progress);
			return;
		}
		free(thread);
		if (message.type === "answer") task.settle(() => restoreParts(message.output, task.parts));
		else task.settle(() => Promise.reject(toError(message, task.purpose)));
		assign();
	}

	function free(thread: Thread): void {
		clearTimeout(thread.timer);
		thread.task = null;
		thread.worker.unref();
		thread.timer = setTimeout(() => end(thread), idleMs).unref();
	}

	function end(thread: Thread): void {
		clearTimeout(thread.timer);
		threads.delete(thread);
		// Native code that does not return keeps its thread; nobody waits for it.
		ending.set(
			thread,
			thread.worker.terminate().then(() => ending.delete(thread)),
		);
	}

	function lose(thread: Thread, why: string): void {
		if (!threads.has(thread)) return;
		const { task } = thread;
		end(thread);
		task?.settle(() => Promise.reject(new JobFailure(t`It was not possible to ${task.purpose}: ${why}.`)));
		assign();
	}

	function giveUp(task: Task): void {
		const place = waiting.indexOf(task);
		if (place >= 0) waiting.splice(place, 1);
		const thread = [...threads].find((candidate) => candidate.task === task);
		if (thread === undefined) return;
		Atomics.store(task.abandoned, 0, 1);
		thread.worker.postMessage(LOOK_UP);
		thread.timer = setTimeout(() => {
			end(thread);
			assign();
		}, graceMs).unref();
	}

	function assign(): void {
		while (waiting.length > 0 && !disposed) {
			const idle = [...threads].find(({ task }) => task === null);
			if (idle === undefined && threads.size >= size) return;
			const task = waiting.shift()!;
			try {
				begin(idle ?? startThread(), task);
			} catch (error) {
				task.settle(() => Promise.reject(error));
			}
		}
	}

	function begin(thread: Thread, task: Task): void {
		const message: JobMessage = { kind: task.kind, input: task.input, abandoned: task.abandoned };
		thread.worker.postMessage(message);
		clearTimeout(thread.timer);
		thread.task = task;
		// A process may not end while somebody waits for an answer.
		thread.worker.ref();
	}

	return {
		async run(kind, input, purpose, { signal, onProgress = () => {} }) {
			signal.throwIfAborted();
			if (disposed) throw new JobFailure(t(ENDED));
			let stopListening = () => {};
			try {
				return await new Promise<unknown>((resolve, reject) => {
					const task: Task = {
						kind,
						input,
						purpose,
						onProgress,
						parts: listParts(input),
						abandoned: new Int32Array(new SharedArrayBuffer(4)),
						settled: false,
						settle(answer) {
							if (task.settled) return;
							task.settled = true;
							try {
								resolve(answer());
							} catch (error) {
								reject(error);
							}
						},
					};
					const onAbort = () => {
						task.settle(() => Promise.reject(signal.reason));
						giveUp(task);
					};
					signal.addEventListener("abort", onAbort, { once: true });
					stopListening = () => signal.removeEventListener("abort", onAbort);
					waiting.push(task);
					assign();
				});
			} finally {
				stopListening();
			}
		},
		prepare() {
			while (threads.size < size && !disposed) free(startThread());
		},
		isBusy: () => [...threads, ...ending.keys()].some(({ task }) => task !== null),
		async dispose() {
			disposed = true;
			for (const task of waiting.splice(0)) task.settle(() => Promise.reject(new JobFailure(t(ENDED))));
			for (const thread of [...threads]) {
				const { task } = thread;
				end(thread);
				task?.settle(() => Promise.reject(new JobFailure(t(ENDED))));
			}
			await Promise.all(ending.values());
		},
	};
}

interface Thread {
	readonly worker: Worker;
	/** Null when it has nothing to do. */
	task: Task | null;
	/** Ends the thread when it stays idle, or does not stop. */
	timer: NodeJS.Timeout | undefined;
}

interface Task {
	readonly kind: string;
	readonly input: unknown;
	readonly purpose: string;
	readonly onProgress: (progress: ReadProgress) => void;
	/** Of the input; the answer speaks of them by number. */
	readonly parts: readonly object[];
	readonly abandoned: Int32Array;
	settled: boolean;
	settle(answer: () => unknown): void;
}

const ENDED = mark("The program is ending.");

/** What is wrong when a thread has thrown what nobody caught, or could not begin. */
function describeEnd(error: unknown): string {
	if (error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY") return t(NO_MEMORY);
	return t`its thread failed (${error instanceof Error ? error.message : String(error)})`;
}

/** An error of the job itself, with the place in the code where it was thrown. */
function toError({ name, message, stack }: WorkerMessage & { readonly type: "error" }, purpose: string): Error {
	// V8 has no name of its own for this one.
	if (name === "RangeError" && /allocat|invalid (?:typed )?array (?:buffer )?length/i.test(message))
		return new JobFailure(t`It was not possible to ${purpose}: ${t(NO_MEMORY)}.`);
	if (name === "JobFailure") return new JobFailure(message);
	const error = new Error(message);
	error.name = name;
	if (stack !== undefined) error.stack = stack;
	return error;
}

const NO_MEMORY = mark("there is not enough memory; close other programs, or read less at a time");
