import type { LoadProgress } from "../core/loading/loaded.ts";

/**
 * Loaded data by key, shared between checks, previews and reports. A load that several callers wait for runs once, and
 * is given up only when none of them waits any more.
 */
export interface LoadCache {
	/**
	 * The value of `key`: from the cache, from the load of it that is under way, or from `start`.
	 * Failed and cancelled loads are not kept.
	 * @param weigh what a value costs to keep, in rows.
	 * @throws `signal.reason` when the signal is aborted while this caller waits, and whatever `start` throws.
	 */
	load<Value>(
		key: string,
		start: (signal: AbortSignal, onProgress: (progress: LoadProgress) => void) => Promise<Value>,
		weigh: (value: Value) => number,
		signal: AbortSignal,
		onProgress?: (progress: LoadProgress) => void,
	): Promise<Value>;
}

/** Values beyond a number, or whose weights add up to more than `maxRows`, are dropped, least recently used first; the newest always stays. */
export function createLoadCache(maxRows: number = MAX_CACHED_ROWS): LoadCache {
	const kept = new Map<string, KeptValue>();
	const running = new Map<string, RunningLoad>();

	function keep(key: string, value: unknown, weight: number): void {
		kept.delete(key);
		kept.set(key, { value, weight });
		let total = [...kept.values()].reduce((sum, entry) => sum + entry.weight, 0);
		for (const [oldKey, old] of kept) {
			if ((total <= maxRows && kept.size <= MAX_CACHED_VALUES) || oldKey === key) break;
			kept.delete(oldKey);
			total -= old.weight;
		}
	}

	function begin<Value>(
		key: string,
		start: (signal: AbortSignal, onProgress: (progress: LoadProgress) => void) => Promise<Value>,
		weigh: (value: Value) => number,
	): RunningLoad {
		const controller = new AbortController();
		const listeners = new Set<(progress: LoadProgress) => void>();
		const result = start(controller.signal, (progress) => {
			for (const listener of listeners) listener(progress);
		}).then((value) => {
			keep(key, value, weigh(value));
			return value as unknown;
		});
		const load: RunningLoad = { result, controller, listeners, waiting: 0 };
		running.set(key, load);
		const forget = () => {
			if (running.get(key) === load) running.delete(key);
		};
		result.then(forget, forget);
		return load;
	}

	return {
		async load(key, start, weigh, signal, onProgress) {
			signal.throwIfAborted();
			const old = kept.get(key);
			if (old !== undefined) {
				keep(key, old.value, old.weight);
				return old.value as Awaited<ReturnType<typeof start>>;
			}
			const load = running.get(key) ?? begin(key, start, weigh);
			return (await join(load, key, running, signal, onProgress)) as Awaited<ReturnType<typeof start>>;
		},
	};
}

interface KeptValue {
	readonly value: unknown;
	readonly weight: number;
}

interface RunningLoad {
	readonly result: Promise<unknown>;
	readonly controller: AbortController;
	readonly listeners: Set<(progress: LoadProgress) => void>;
	waiting: number;
}

/** An installation costs about 20 bytes in columns, so this is a few hundred megabytes. */
const MAX_CACHED_ROWS = 20_000_000;

/** Every version of a linked file has a key of its own, so small values must not gather either. */
const MAX_CACHED_VALUES = 200;

async function join(
	load: RunningLoad,
	key: string,
	running: Map<string, RunningLoad>,
	signal: AbortSignal,
	onProgress: ((progress: LoadProgress) => void) | undefined,
): Promise<unknown> {
	load.waiting++;
	if (onProgress !== undefined) load.listeners.add(onProgress);
	let leave = () => {};
	try {
		const aborted = new Promise<never>((_, reject) => {
			const onAbort = () => reject(signal.reason);
			signal.addEventListener("abort", onAbort, { once: true });
			leave = () => signal.removeEventListener("abort", onAbort);
		});
		return await Promise.race([load.result, aborted]);
	} finally {
		leave();
		if (onProgress !== undefined) load.listeners.delete(onProgress);
		load.waiting--;
		if (load.waiting === 0 && running.get(key) === load) {
			// Forgotten at once, so that a caller who comes now starts anew instead of joining a load that is being given up.
			running.delete(key);
			load.controller.abort(signal.reason);
		}
	}
}
