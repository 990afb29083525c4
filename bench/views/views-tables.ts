import { formatRatio, formatRows, type Table } from "../tables.ts";
import type { ViewsMeasured } from "./measure-views.ts";

/** Every figure of the view, beside the page that puts all rows into the document. */
export function viewsTable({ rows, firstRowsMs, firstRowsLongestMs, jumpMs, scroll, naive }: ViewsMeasured): Table {
	const line = (what: string, own: number, other: number | null): readonly string[] => [
		what,
		formatMs(own),
		other === null ? "" : formatMs(other),
		other === null ? "" : formatRatio(own / other),
	];
	return {
		head: ["what", `preview, ${formatRows(rows)} rows`, `all rows in the document, ${formatRows(naive.rows)} rows`, "ratio"],
		rows: [
			line("data to first rows, median", firstRowsMs, naive.firstRowsMs),
			line("data to first rows, longest", firstRowsLongestMs, null),
			line("jump to a far row until it is there", jumpMs, null),
			line("frame while scrolling through all rows, median", scroll.medianMs, naive.scroll.medianMs),
			line("frame while scrolling, 95th percentile", scroll.p95Ms, naive.scroll.p95Ms),
			line("frame while scrolling, longest", scroll.longestMs, naive.scroll.longestMs),
		],
	};
}

/** What an ordinary folder pays, and how large the scripts are. */
export function viewsGoalsTable(measured: ViewsMeasured): Table {
	return {
		head: ["goal", "at most", "measured", "met"],
		rows: [
			goal(`first rows of ${formatRows(measured.rows)}`, "300 ms", formatMs(measured.firstRowsMs), measured.firstRowsMs <= 300),
			...Object.entries(measured.scriptBytes).map(([view, bytes]) =>
				goal(
					`script of the ${view} (\`dist/webviews/${view}.js\`)`,
					`${MAX_SCRIPT_BYTES / 1000} kB`,
					`${Math.ceil(bytes / 1000)} kB`,
					bytes <= MAX_SCRIPT_BYTES,
				),
			),
			goal(
				"starts in a folder without our files",
				"never",
				measured.activation.startedInVain ? "started" : "never",
				!measured.activation.startedInVain,
			),
			[
				"start in a folder with our files",
				"",
				measured.activation.activationMs === null ? "not told" : formatMs(measured.activation.activationMs),
				"",
			],
		],
	};
}

/** Bytes that the script of one view may have; a test of the tidy kind holds it too. */
const MAX_SCRIPT_BYTES = 250_000;

function goal(what: string, most: string, is: string, isMet: boolean): readonly string[] {
	return [what, most, is, isMet ? "yes" : "no"];
}

function formatMs(milliseconds: number): string {
	return milliseconds >= 1000 ? `${(milliseconds / 1000).toFixed(1)} s` : `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`;
}
