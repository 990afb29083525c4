import { formatDay } from "../../core/dates/day-number.ts";
import { formatInstant } from "../../core/dates/instant.ts";
import { formatCount, formatCounted } from "../../core/texts/format-count.ts";
import { CATEGORIES, type Category, OUTCOMES } from "../../core/usage/category.ts";
import { nameCounts } from "../../core/usage/count-outcomes.ts";
import { deviceCount, installationCount, productCount } from "../../core/usage/estate-lookups.ts";
import type { Limits } from "../../core/usage/limits.ts";
import type { CategorizeRun } from "../../workspace/runs/run-categorize.ts";
import type { Paint } from "./paint.ts";
import { formatProblems } from "./problems-text.ts";
import { formatShare, formatTable, printable } from "./table.ts";

/** Products that are listed when not all are asked for. */
const TOP_PRODUCTS = 20;

/** How much of a categorized instance is shown, and how. */
export interface CategorizeTextOptions {
	/** Columns. */
	readonly width: number;
	readonly paint: Paint;
	/** Lists every product instead of those with the most installations. */
	readonly all: boolean;
}

/** Lines that show a categorized instance: its dates and limits, the totals by category and reason, and its products. */
export function formatCategorization(run: CategorizeRun, { width, paint, all }: CategorizeTextOptions): readonly string[] {
	const { totals, byProduct } = nameCounts(run.categorization.estate, run.counts.byProduct);
	const sorted = byProduct.toSorted((a, b) => sum(b.counts) - sum(a.counts));
	const shown = all ? sorted : sorted.slice(0, TOP_PRODUCTS);
	const hidden = sorted.length - shown.length;
	const productTable = formatTable(
		[
			{ title: "Product", align: "left", flexible: true },
			{ title: "Installations", align: "right" },
			...CATEGORIES.map((title) => ({ title, align: "right" }) as const),
		],
		shown.map(({ product, counts }) => [
			product,
			formatCount(sum(counts)),
			...CATEGORIES.map((category) => formatCount(countCategory(counts, category))),
		]),
		width,
	);
	return [
		...formatHeading(run, paint),
		"",
		...paintFirst(formatTotals(totals, width), paint),
		"",
		...paintFirst(productTable, paint),
		...(hidden > 0
			? [paint("quiet", `and ${formatCount(hidden)} more ${hidden === 1 ? "product" : "products"}; --all lists them all`)]
			: []),
		...formatProblems(run.loaded.problems, run.loaded.problemCount, paint, width),
	];
}

/** The name of an instance, its size, dates and limits, in two lines. */
function formatHeading(run: CategorizeRun, paint: Paint): readonly string[] {
	const { estate, asOf, endOfSync, limits } = run.categorization;
	const sizes = `${formatCounted(installationCount(estate), "installation")} of ${formatCounted(productCount(estate), "product")} on ${formatCounted(deviceCount(estate), "device")}`;
	return [
		`${paint("heading", printable(run.instanceName))}: ${sizes}`,
		`as of ${formatInstant(asOf)}, End of Sync ${endOfSync === null ? "unknown (no usable date)" : formatDay(endOfSync)}, limits ${formatLimits(limits)}`,
	];
}

/** The three limits in their order: `7 / 30 / 90 days`. */
export function formatLimits(limits: Limits): string {
	return `${limits.InstallDateCutOffLimit} / ${limits.UsedCategoryLimit} / ${limits.UnusedCategoryLimit} days`;
}

/**
 * Lines with the totals of several instances side by side: a column each, a row per category, and under Unreported a
 * row per reason. Names of instances are written over their columns.
 */
export function formatOutcomesSideBySide(runs: readonly CategorizeRun[], width: number): readonly string[] {
	const totals = runs.map((run) => run.counts.totals);
	const columns = [
		{ title: "Category", align: "left" } as const,
		...runs.map((run) => ({ title: printable(run.instanceName), align: "right", flexible: true }) as const),
	];
	const rows = outcomeRows().map(({ label, indices }) => [
		label,
		...totals.map((counts) => withShare(sumAt(counts, indices), sum(counts))),
	]);
	return formatTable(columns, rows, width);
}

function formatTotals(totals: readonly number[], width: number): readonly string[] {
	const rows = outcomeRows().map(({ label, indices }) => [
		label,
		formatCount(sumAt(totals, indices)),
		formatShare(sumAt(totals, indices), sum(totals)),
	]);
	return formatTable(
		[
			{ title: "Category", align: "left" },
			{ title: "Installations", align: "right" },
			{ title: "Share", align: "right" },
		],
		rows,
		width,
	);
}

/** The rows of every table of totals, each with the places of the outcomes that it adds up. */
function outcomeRows(): readonly { readonly label: string; readonly indices: readonly number[] }[] {
	const places = OUTCOMES.map((outcome, index) => ({ ...outcome, index }));
	return [
		...CATEGORIES.flatMap((category) => {
			const own = places.filter((place) => place.category === category);
			const reasons = own.flatMap(({ reason, index }) => (reason === null ? [] : [{ label: `  ${reason}`, indices: [index] }]));
			return [{ label: category, indices: own.map((place) => place.index) }, ...reasons];
		}),
		{ label: "Total", indices: places.map((place) => place.index) },
	];
}

function withShare(count: number, whole: number): string {
	return `${formatCount(count)} ${formatShare(count, whole).padStart(8)}`;
}

function countCategory(counts: readonly number[], category: Category): number {
	return OUTCOMES.reduce((total, outcome, index) => (outcome.category === category ? total + counts[index]! : total), 0);
}

function sum(counts: readonly number[]): number {
	return counts.reduce((total, count) => total + count, 0);
}

function sumAt(counts: readonly number[], indices: readonly number[]): number {
	return indices.reduce((total, index) => total + counts[index]!, 0);
}

function paintFirst(lines: readonly string[], paint: Paint): readonly string[] {
	return lines.map((line, index) => (index === 0 ? paint("heading", line) : line));
}
