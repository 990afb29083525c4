import { createUint32Column } from "../columns/growing-column.ts";
import type { Runs } from "../usage/source-table.ts";

/** Runs while they are written. */
export interface GrowingRuns {
	/** Says the value of the next row, or of `length` rows from there; rows are counted from 0. */
	push(row: number, value: number, length?: number): void;
	finish(): Runs;
}

/**
 * No run yet.
 * @param step by which values grow from row to row within a run.
 */
export function createRuns(step: 0 | 1): GrowingRuns {
	const starts = createUint32Column();
	const values = createUint32Column();
	let expected = -1;
	return {
		push(row, value, length = 1) {
			if (value !== expected) {
				starts.push(row);
				values.push(value);
			}
			expected = value + step * length;
		},
		finish: () => ({ starts: starts.finish(), values: values.finish() }),
	};
}

/** Goes through the runs of so many rows. */
export function forEachRun({ starts, values }: Runs, rows: number, use: (start: number, value: number, length: number) => void): void {
	for (let run = 0; run < starts.length; run++) use(starts[run]!, values[run]!, (starts[run + 1] ?? rows) - starts[run]!);
}
