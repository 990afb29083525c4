import type { DataSource } from "../config/model.ts";
import type { DataProblem } from "../problems.ts";
import type { Loaded } from "./loaded.ts";

/** Data problems of one source and code that are kept with their row; of the others only the number is. */
export const KEPT_PROBLEMS = 1000;

/** Collects the data problems of a load. */
export interface ProblemLog {
	/**
	 * Counts a problem and keeps it when it is one of the first of its source and code.
	 * @param row as in {@link DataProblem.row}.
	 * @param describe makes the message; called only when it is kept.
	 */
	add(source: DataSource, code: string, row: number | null, column: string | null, describe: () => string): void;
	/** Everything so far; the kept problems by source in the order of the configuration, then by row and code. */
	summarize(): Pick<Loaded<unknown>, "problems" | "problemCount" | "counts">;
}

/** A log without any problem. */
export function createProblemLog(): ProblemLog {
	const tallies = new Map<
		number,
		{ readonly source: DataSource; readonly codes: Map<string, { count: number; readonly kept: DataProblem[] }> }
	>();
	return {
		add(source, code, row, column, describe) {
			const { codes } = getOrAdd(tallies, source.index, () => ({ source, codes: new Map() }));
			const tally = getOrAdd(codes, code, () => ({ count: 0, kept: [] }));
			tally.count++;
			if (tally.kept.length >= KEPT_PROBLEMS) return;
			tally.kept.push({ code, source: source.name, row, column, message: describe() });
		},
		summarize() {
			const sources = [...tallies.values()].sort((a, b) => a.source.index - b.source.index);
			const counts = sources.flatMap(({ source, codes }) => [...codes].map(([code, { count }]) => ({ source: source.name, code, count })));
			return {
				problems: sources.flatMap(({ codes }) => [...codes.values()].flatMap(({ kept }) => kept).sort(byRowAndCode)),
				problemCount: counts.reduce((sum, { count }) => sum + count, 0),
				counts,
			};
		},
	};
}

/** By code as well, since which code came first differs between a source and its parts; of one code the order of a row's cells stays. */
function byRowAndCode(a: DataProblem, b: DataProblem): number {
	return (a.row ?? 0) - (b.row ?? 0) || Number(a.code > b.code) - Number(a.code < b.code);
}

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
	let value = map.get(key);
	if (value === undefined) {
		value = make();
		map.set(key, value);
	}
	return value;
}
