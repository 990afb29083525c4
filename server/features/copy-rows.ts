import { setImmediate } from "node:timers/promises";
import { formatCount } from "../../core/texts/format-count.ts";
import { t } from "../../core/texts/translate.ts";
import { countOf, OUTCOME_GROUPS } from "../../core/usage/order-products.ts";
import { countPlaces, mergeRanges, type PlaceRange } from "../../core/usage/sum-rows.ts";
import { inWords } from "../../workspace/runs/run-categorize.ts";
import { createRowMaker } from "../installation-rows.ts";
import type { ProgressReporter } from "../progress.ts";
import {
	COPY_COLUMNS,
	type CopyInstallationsParams,
	type CopyProductsParams,
	type CopyRowsParams,
	type CopyRowsResult,
	type ProductRow,
} from "../protocol/preview-messages.ts";
import type { Failure } from "../protocol/requests.ts";
import { readProductKey, readQuery, readRanges } from "../read-query.ts";
import { recallProducts } from "../recall-products.ts";
import { recallView, type ViewContext } from "../recall-view.ts";
import { toTabLine } from "../tab-separated.ts";

/** Rows that are copied at once: a spreadsheet has room for few more. */
const MAX_ROWS = 1_000_000;

/** UTF-16 code units of text that are copied at once; a message cannot be as long as one likes. */
const MAX_LENGTH = 200_000_000;

/** Some rows of a preview as text for the clipboard, in the order of the query that they were shown with. */
export async function copyRows(
	context: ViewContext,
	params: CopyRowsParams,
	signal: AbortSignal,
	progress: ProgressReporter,
): Promise<CopyRowsResult | Failure> {
	const { of, headers } = params;
	if (of !== "installations" && of !== "products") return fail(t("Installations and products can be copied."));
	if (!Array.isArray(headers) || !headers.every((header) => typeof header === "string"))
		return fail(t("The headers of what is copied are texts."));
	const ranges = readRanges(params.ranges);
	if (ranges === null) return fail(t("The rows to copy are pairs of the first and the last row, counted from 0."));
	const rows = await (params.of === "installations"
		? findInstallations(context, params, signal, progress)
		: findProducts(context, params, signal, progress));
	if ("failed" in rows) return rows;
	return writeRows(rows, mergeRanges(ranges, rows.length), headers, signal);
}

/** Rows in the order of a query. */
interface CopiedRows {
	readonly length: number;
	readonly cellsAt: (place: number) => readonly (string | number | null)[];
}

async function writeRows(
	rows: CopiedRows,
	ranges: readonly PlaceRange[],
	headers: readonly string[],
	signal: AbortSignal,
): Promise<CopyRowsResult | Failure> {
	const count = countPlaces(ranges);
	if (count > MAX_ROWS)
		return fail(
			t`${formatCount(count)} rows are too many for the clipboard: ${formatCount(MAX_ROWS)} can be copied at once. Filter them, or export to Excel.`,
		);
	const lines = headers.length === 0 ? [] : [toTabLine(headers)];
	let length = 0;
	for (const [first, last] of ranges) {
		for (let place = first; place <= last; place++) {
			const line = toTabLine(rows.cellsAt(place));
			length += line.length;
			if (length > MAX_LENGTH)
				return fail(t("These rows are too much text for the clipboard. Choose fewer rows or columns, or export to Excel."));
			lines.push(line);
			if (lines.length % ROWS_AT_ONCE !== 0) continue;
			// Others get their answers meanwhile, and nobody need want this one any more.
			await setImmediate();
			signal.throwIfAborted();
		}
	}
	return { failed: false, text: lines.join(""), rows: count };
}

const ROWS_AT_ONCE = 10_000;

async function findInstallations(
	context: ViewContext,
	{ uri, query: given, limits, columns }: CopyInstallationsParams,
	signal: AbortSignal,
	progress: ProgressReporter,
): Promise<CopiedRows | Failure> {
	const query = readQuery(given);
	if (typeof query === "string") return fail(query);
	const wanted = COPY_COLUMNS.filter((column) => Array.isArray(columns) && columns.includes(column));
	if (!Array.isArray(columns) || columns.length === 0 || new Set(columns).size !== wanted.length)
		return fail(t`Installations are copied with columns from ${COPY_COLUMNS.join(", ")}.`);
	const view = await recallView(context, { uri, limits }, signal, progress);
	if (view.failed) return view;
	const order = await inWords(context.workspace.results.order(view.categorization, query, signal));
	if ("failed" in order) return order;
	const rowAt = createRowMaker(view.categorization);
	return {
		length: order.length,
		cellsAt(place) {
			const row = rowAt(order[place]!);
			return (columns as (typeof wanted)[number][]).map((column) => row[column]);
		},
	};
}

async function findProducts(
	context: ViewContext,
	params: CopyProductsParams,
	signal: AbortSignal,
	progress: ProgressReporter,
): Promise<CopiedRows | Failure> {
	const cells = Array.isArray(params.columns) ? params.columns.map(readProductColumn) : [];
	if (cells.length === 0 || cells.includes(null))
		return fail(
			t('Products are copied with the columns that they can be sorted by, and price; "other." stands before a count with other limits.'),
		);
	const products = await recallProducts(context, params, signal, progress);
	if (products.failed) return products;
	const { view, order } = products;
	return {
		length: order.length,
		cellsAt(place) {
			const row = view.rowAt(order[place]!);
			return cells.map((cell) => cell!(row));
		},
	};
}

type ProductCell = (row: ProductRow) => string | number | null;

/** Null for a column that there is not. */
function readProductColumn(column: unknown): ProductCell | null {
	if (column === "price") return ({ price }) => (price === null ? null : `${price.amount} ${price.currency}`);
	const isOther = typeof column === "string" && column.startsWith(OTHER);
	const key = readProductKey(isOther ? column.slice(OTHER.length) : column);
	if (key === null || (isOther && (key === "product" || key === "worth" || key === "moved"))) return null;
	if (key === "product") return ({ product }) => product;
	if (key === "moved") return ({ moved }) => moved;
	if (key === "worth") return ({ worth }) => Object.entries(worth).map(([currency, amount]) => `${amount} ${currency}`)[0] ?? null;
	const outcomes = typeof key === "number" ? [key] : OUTCOME_GROUPS[key];
	return (row) => {
		const counts = isOther ? row.other : row.counts;
		return counts === null ? null : countOf(Uint32Array.from(counts), 0, outcomes);
	};
}

const OTHER = "other.";

function fail(message: string): Failure {
	return { failed: true, message };
}
