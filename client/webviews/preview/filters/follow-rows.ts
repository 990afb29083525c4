import type { PreviewState } from "../preview-state.ts";
import { debounce } from "./debounce.ts";

/** Decides when a table fetches its rows anew. */
export interface RowFollower {
	/** Looks at the state after a change; `query` is that of this table. */
	update(state: PreviewState, query: object): void;
}

/** Milliseconds without a change of the limits before rows are fetched for them: a slider passes many values. */
const SLIDER_MS = 120;

/**
 * Fetches at once when the query or the data changed, and soon when only the limits of a what-if did. Place and selection are kept
 * unless the query differs.
 */
export function createRowFollower(fetchRows: (keepPlace: boolean) => void): RowFollower {
	const fetchSoon = debounce<boolean>(SLIDER_MS, fetchRows);
	let last: { readonly query: string; readonly limits: string; readonly revision: number } | null = null;
	return {
		update({ limits, revision }, query) {
			const next = { query: JSON.stringify(query), limits: JSON.stringify(limits), revision };
			const before = last;
			last = next;
			if (before === null || before.query !== next.query || before.revision !== next.revision) {
				fetchSoon.cancel();
				fetchRows(before === null || before.query === next.query);
			} else if (before.limits !== next.limits) fetchSoon(true);
		},
	};
}
