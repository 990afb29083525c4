import type { LoadPage } from "./table-options.ts";

/** What is known of one row: itself, that it is on its way, or in words why it could not be had. */
export type RowState<Row> =
	| { readonly kind: "ready"; readonly row: Row }
	| { readonly kind: "coming" }
	| { readonly kind: "failed"; readonly message: string };

/** Rows of a long table, of which only the pages near those wanted last are kept. */
export interface PageCache<Row> {
	/** All rows, as the latest page tells; null before the first page. */
	readonly total: number | null;
	/** Whether the rows are those of the present source, at least in part. */
	readonly isFresh: boolean;
	stateOf(index: number): RowState<Row>;
	/** Fetches what is missing of these rows, and gives up what is on its way for others. `end` is not among them. */
	want(first: number, end: number): void;
	/** Fetches the page of a row again that could not be had. */
	retry(index: number): void;
	/**
	 * Takes another source. Rows of the former one stay until there are new ones: each until its own page arrives when the rows are
	 * the same ones, perhaps changed, else all of them until the first page arrives.
	 */
	restart(load: LoadPage<Row>, sameRows: boolean): void;
	/** Gives up what is on its way. */
	stop(): void;
}

interface CacheOptions {
	/** Rows of one page. */
	readonly pageRows: number;
	/** Pages that are kept; those wanted longest ago are dropped first. */
	readonly maxPages: number;
	/** Called after rows have arrived or failed. */
	changed(): void;
}

interface Page<Row> {
	readonly rows: readonly Row[];
	/** Number of the source that it came from. */
	readonly source: number;
}

/** Makes an empty cache; nothing is fetched before {@link PageCache.restart}. */
export function createPageCache<Row>({ pageRows, maxPages, changed }: CacheOptions): PageCache<Row> {
	const pages = new Map<number, Page<Row>>();
	const coming = new Map<number, AbortController>();
	const failures = new Map<number, string>();
	let load: LoadPage<Row> | null = null;
	let source = 0;
	let total: number | null = null;
	let fresh = false;
	let keepsFormer = false;

	function fetchPage(page: number): void {
		if (load === null) return;
		const controller = new AbortController();
		coming.set(page, controller);
		const ofSource = source;
		const isWanted = () => ofSource === source && coming.get(page) === controller;
		load(page * pageRows, pageRows, controller.signal).then(
			(answer) => {
				if (!isWanted()) return;
				coming.delete(page);
				take(page, answer.rows, answer.total);
				changed();
			},
			(error: unknown) => {
				if (!isWanted()) return;
				coming.delete(page);
				if (controller.signal.aborted) return;
				failures.set(page, error instanceof Error ? error.message : String(error));
				// Without a total nothing would be drawn, and so nothing would say what went wrong.
				total ??= 1;
				changed();
			},
		);
	}

	function take(page: number, rows: readonly Row[], newTotal: number): void {
		if (!fresh && !keepsFormer) pages.clear();
		// Pages behind the end are of an earlier source.
		if (total !== newTotal) for (const kept of [...pages.keys()]) if (kept * pageRows >= newTotal) pages.delete(kept);
		total = newTotal;
		fresh = true;
		failures.delete(page);
		pages.delete(page);
		pages.set(page, { rows, source });
		for (const oldest of pages.keys()) {
			if (pages.size <= maxPages) break;
			pages.delete(oldest);
		}
	}

	function giveUp(isKept: (page: number) => boolean): void {
		for (const [page, controller] of [...coming]) {
			if (isKept(page)) continue;
			coming.delete(page);
			controller.abort();
		}
	}

	return {
		get total() {
			return total;
		},
		get isFresh() {
			return fresh;
		},
		stateOf(index) {
			const page = Math.floor(index / pageRows);
			const message = failures.get(page);
			if (message !== undefined) return { kind: "failed", message };
			const rows = pages.get(page)?.rows;
			const at = index % pageRows;
			return rows === undefined || at >= rows.length ? { kind: "coming" } : { kind: "ready", row: rows[at]! };
		},
		want(first, end) {
			const firstPage = Math.floor(first / pageRows);
			const lastPage = Math.max(firstPage, Math.floor((end - 1) / pageRows));
			giveUp((page) => page >= firstPage && page <= lastPage);
			for (let page = firstPage; page <= lastPage; page++) {
				const kept = pages.get(page);
				if (kept !== undefined) {
					// The page wanted last is dropped last.
					pages.delete(page);
					pages.set(page, kept);
				}
				if (kept?.source !== source && !coming.has(page) && !failures.has(page)) fetchPage(page);
			}
		},
		retry(index) {
			const page = Math.floor(index / pageRows);
			if (!failures.delete(page)) return;
			fetchPage(page);
			changed();
		},
		restart(newLoad, sameRows) {
			giveUp(() => false);
			failures.clear();
			load = newLoad;
			source++;
			fresh = false;
			keepsFormer = sameRows;
		},
		stop: () => giveUp(() => false),
	};
}
