/** Things that are worked on at the same time. */
const WIDTH = 8;

/** Milliseconds of work after which others get their turn. */
const SPELL_MS = 10;

/**
 * Does a task for each of many things, begun in their order, some at the same time; lets requests that come meanwhile go in between, so that
 * a large workspace keeps nobody waiting. Begins no further task once it is aborted.
 */
export async function inTurn<Item>(items: Iterable<Item>, task: (item: Item) => Promise<void>, signal: AbortSignal): Promise<void> {
	const iterator = items[Symbol.iterator]();
	let spell = performance.now();
	const work = async () => {
		for (let next = iterator.next(); next.done !== true && !signal.aborted; next = iterator.next()) {
			await task(next.value);
			if (performance.now() - spell < SPELL_MS) continue;
			await new Promise((resolve) => setImmediate(resolve));
			spell = performance.now();
		}
	};
	await Promise.all(Array.from({ length: WIDTH }, work));
}
