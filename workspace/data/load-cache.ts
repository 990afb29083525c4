import type { LoadProgress } from "../../core/loading/loaded.ts";

/**
 * Loaded data and what was computed from it by key, shared between checks, previews and reports. A load that several callers wait for
 * runs once, and is given up only when none of them waits any more.
 */
export interface LoadCache {
	/**
	 * The value of `key`: from the cache, from the load of it that is under way, or from `start`.
	 * Failed and cancelled loads are not kept.
	 * @param weigh what a value costs to keep; null for one that shall not be kept.
	 * @throws `signal.reason` when the signal is aborted while this caller waits, and whatever `start` throws.
	 */
	load<Value>(
		key: string,
		start: StartLoad<Value>,
		weigh: (value: Value) => Weight | null,
		signal: AbortSignal,
		onProgress?: OnProgress,
	): Promise<Value>;
	/** Keeps a value under a key, in place of the one before. */
	put(key: string, value: unknown, weight: Weight): void;
	/** The value that was put there or loaded; undefined when there is none any more. */
	get(key: string): unknown;
	/** Drops the values whose keys pass a test; loads that are under way go on. */
	forget(isOutdated: (key: string) => boolean): void;
	/** Sets how many bytes may be kept, from now on. */
	setBudget(bytes: number): void;
	/** What is kept, and what is being loaded, at this moment. */
	usage(): CacheUsage;
}

/** How full a cache is, and how busy. */
export interface CacheUsage {
	/** Of all kept values; a buffer that several share counts once. */
	readonly bytes: number;
	/** Loads that are under way. */
	readonly loading: number;
}

/** Begins a load; the signal is aborted when nobody waits for it any more. */
export type StartLoad<Value> = (signal: AbortSignal, onProgress: OnProgress) => Promise<Value>;

type OnProgress = (progress: LoadProgress) => void;

/** What a value costs to keep. */
export interface Weight {
	/** Bytes beside the buffers, roughly. */
	readonly bytes: number;
	/** Values that share a buffer pay for it together. */
	readonly buffers: readonly ArrayBufferLike[];
}

/** Bytes that are kept when nobody says how many. */
export const DEFAULT_BUDGET = 1024 * 1024 * 1024;

/** The cost of a value that stands in typed arrays; what else it has is little. */
export function weighColumns(value: unknown): Weight {
	const seen = new Set<object>();
	const buffers = new Set<ArrayBufferLike>();
	const visit = (part: unknown): void => {
		if (typeof part !== "object" || part === null || seen.has(part)) return;
		seen.add(part);
		if (ArrayBuffer.isView(part)) buffers.add(part.buffer);
		else for (const child of Object.values(part)) visit(child);
	};
	visit(value);
	return { bytes: 0, buffers: [...buffers] };
}

/**
 * A cache that drops the least recently used values beyond its budget of bytes or a number of values. The newest always stays, and
 * the newest that has buffers; what shares these stays as long as dropping it would free nothing.
 * @param onDropped learns how many bytes were dropped.
 */
export function createLoadCache(budget: number = DEFAULT_BUDGET, onDropped: (bytes: number) => void = () => {}): LoadCache {
	let maxBytes = budget;
	const kept = new Map<string, KeptValue>();
	const running = new Map<string, RunningLoad>();

	function put(key: string, value: unknown, weight: Weight): void {
		kept.delete(key);
		kept.set(key, { value, weight });
		use(key);
		evict();
	}

	/** Makes a value the newest, behind those that stand in the same buffers: they are of use together. */
	function use(key: string): KeptValue | undefined {
		const used = kept.get(key);
		if (used === undefined) return undefined;
		const buffers = new Set(used.weight.buffers);
		for (const [otherKey, other] of [...kept]) {
			if (otherKey !== key && !sharesBuffer(other, buffers)) continue;
			kept.delete(otherKey);
			if (otherKey !== key) kept.set(otherKey, other);
		}
		kept.set(key, used);
		return used;
	}

	function evict(): void {
		const bytes = dropBeyondBudget();
		if (bytes > 0) onDropped(bytes);
	}

	function dropBeyondBudget(): number {
		const users = new Map<ArrayBufferLike, number>();
		let total = 0;
		for (const { weight } of kept.values()) {
			total += weight.bytes;
			for (const buffer of weight.buffers) {
				if (!users.has(buffer)) total += buffer.byteLength;
				users.set(buffer, (users.get(buffer) ?? 0) + 1);
			}
		}
		const before = total;
		const freedBy = ({ weight }: KeptValue) =>
			weight.buffers.reduce((sum, buffer) => sum + (users.get(buffer) === 1 ? buffer.byteLength : 0), weight.bytes);
		while (total > maxBytes || kept.size > MAX_CACHED_VALUES) {
			const entries = [...kept.entries()];
			entries.pop();
			// What is small, such as rows of settings, must not drive out the columns that were used last, however large these are.
			const columns = [...kept.values()].findLast(({ weight }) => weight.buffers.length > 0);
			const inUse = new Set(columns?.weight.buffers);
			const droppable = entries.filter(([, entry]) => entry !== columns);
			// What those stand on goes last, and only where that frees anything.
			const victim = droppable.find(([, entry]) => !sharesBuffer(entry, inUse)) ?? droppable.find(([, entry]) => freedBy(entry) > 0);
			if (victim === undefined) break;
			const [key, entry] = victim;
			total -= freedBy(entry);
			for (const buffer of entry.weight.buffers) users.set(buffer, users.get(buffer)! - 1);
			kept.delete(key);
		}
		return before - total;
	}

	function begin<Value>(key: string, start: StartLoad<Value>, weigh: (value: Value) => Weight | null): RunningLoad {
		const controller = new AbortController();
		const listeners = new Set<OnProgress>();
		const result = start(controller.signal, (progress) => {
			for (const listener of listeners) listener(progress);
		}).then((value) => {
			const weight = weigh(value);
			if (weight !== null) put(key, value, weight);
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
			const old = use(key);
			if (old !== undefined) return old.value as Awaited<ReturnType<typeof start>>;
			const load = running.get(key) ?? begin(key, start, weigh);
			return (await join(load, key, running, signal, onProgress)) as Awaited<ReturnType<typeof start>>;
		},
		put,
		get: (key) => use(key)?.value,
		forget(isOutdated) {
			let bytes = 0;
			for (const [key, { weight }] of [...kept]) {
				if (!isOutdated(key)) continue;
				kept.delete(key);
				bytes += weight.buffers
					.filter((buffer) => ![...kept.values()].some((other) => other.weight.buffers.includes(buffer)))
					.reduce((sum, buffer) => sum + buffer.byteLength, weight.bytes);
			}
			if (bytes > 0) onDropped(bytes);
		},
		setBudget(bytes) {
			maxBytes = bytes;
			evict();
		},
		usage() {
			const values = [...kept.values()];
			const buffers = new Set(values.flatMap(({ weight }) => weight.buffers));
			const shared = [...buffers].reduce((sum, buffer) => sum + buffer.byteLength, 0);
			return { bytes: values.reduce((sum, { weight }) => sum + weight.bytes, shared), loading: running.size };
		},
	};
}

interface KeptValue {
	readonly value: unknown;
	readonly weight: Weight;
}

function sharesBuffer({ weight }: KeptValue, buffers: ReadonlySet<ArrayBufferLike>): boolean {
	return weight.buffers.some((buffer) => buffers.has(buffer));
}

interface RunningLoad {
	readonly result: Promise<unknown>;
	readonly controller: AbortController;
	readonly listeners: Set<OnProgress>;
	waiting: number;
}

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
