import { setImmediate } from "node:timers/promises";
import type { Cell, CellPage, TableRow } from "./connector.ts";
import type { SqliteStatement } from "./sqlite-binding.ts";

/** The rows of a statement that answers arrays, in its own order, in batches. */
export async function* readBatches(statement: SqliteStatement, signal: AbortSignal): AsyncGenerator<readonly TableRow[]> {
	for await (const { firstRow, rows } of iteratePages(statement, BATCH_ROWS, signal)) {
		yield rows.map((cells, index) => ({ number: firstRow + index, cells, surplusCells: 0 }));
	}
}

/** The rows of a statement that answers arrays, in its own order, in pages. */
export function readPages(statement: SqliteStatement, signal: AbortSignal): AsyncGenerator<CellPage> {
	return iteratePages(statement, PAGE_ROWS, signal);
}

const BATCH_ROWS = 2000;

const PAGE_ROWS = 250;

/** How long other work waits for its turn, unless a single row takes longer. */
const TURN_MS = 10;

async function* iteratePages(
	statement: SqliteStatement,
	pageRows: number,
	signal: AbortSignal,
): AsyncGenerator<{ readonly firstRow: number; readonly rows: readonly (readonly Cell[])[] }> {
	const turn = createTurn(signal);
	signal.throwIfAborted();
	const iterator = statement.iterate();
	try {
		let rows: (readonly Cell[])[] = [];
		for (let firstRow = 1; ; ) {
			const next = iterator.next();
			if (next.done !== true) rows.push(next.value as readonly Cell[]);
			if (rows.length === pageRows || (next.done === true && rows.length > 0)) {
				yield { firstRow, rows };
				firstRow += rows.length;
				rows = [];
				signal.throwIfAborted();
			}
			if (next.done === true) return;
			const waiting = turn();
			if (waiting !== null) await waiting;
		}
	} finally {
		// A database with a statement under way cannot be closed.
		iterator.return?.();
	}
}

/**
 * A function that lets other work have its turn when it has waited long enough, and notices that the signal was aborted meanwhile; it
 * answers null when it is too early for that.
 */
export function createTurn(signal: AbortSignal): () => Promise<void> | null {
	let began = performance.now();
	return () => {
		if (performance.now() - began < TURN_MS) return null;
		return setImmediate().then(() => {
			began = performance.now();
			signal.throwIfAborted();
		});
	};
}
