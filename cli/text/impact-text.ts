import { nameAt } from "../../core/columns/name-table.ts";
import { compareCodeUnits } from "../../core/compare-code-units.ts";
import { formatDay } from "../../core/dates/day-number.ts";
import { formatInstant } from "../../core/dates/instant.ts";
import { formatCount, formatDifference } from "../../core/texts/format-count.ts";
import { CATEGORIES, type Category, OUTCOMES } from "../../core/usage/category.ts";
import { countMoved } from "../../core/usage/impact.ts";
import { LIMIT_NAMES } from "../../core/usage/limits.ts";
import type { PolicyImpact } from "../../core/usage/reclaim.ts";
import type { LimitsChoice } from "../../workspace/runs/compared-limits.ts";
import type { ImpactRun } from "../../workspace/runs/run-impact.ts";
import type { Paint } from "./paint.ts";
import { formatProblems } from "./problems-text.ts";
import { formatShare, formatTable, printable, type TableColumn } from "./table.ts";

/** Products that are listed when not all are asked for. */
const TOP_PRODUCTS = 20;

/** How much of an impact is shown, and how. */
export interface ImpactTextOptions {
	/** Columns. */
	readonly width: number;
	readonly paint: Paint;
	/** Lists every product that has changes instead of those with the most. */
	readonly all: boolean;
}

/** Lines that show what other limits do to an instance: the limits, the moves, the totals before and after, products, and policies. */
export function formatImpact(result: ImpactRun, { width, paint, all }: ImpactTextOptions): readonly string[] {
	const { run, impact, policies } = result;
	const sections = [
		formatLimitsTable(result, width),
		...(impact.moved === 0 ? [] : [formatMoves(result, width)]),
		formatTotals(result, width),
		...(impact.moved === 0 ? [] : [formatProducts(result, width, paint, all)]),
		...(policies.length === 0 ? [] : [formatPolicies(policies, width)]),
	];
	return [
		...formatHeading(result, paint),
		...sections.flatMap((lines) => ["", ...lines.map((line, index) => (index === 0 ? paint("heading", line) : line))]),
		...formatProblems(run.loaded.problems, run.loaded.problemCount, paint, width),
	];
}

function formatHeading({ run, impact }: ImpactRun, paint: Paint): readonly string[] {
	const { asOf, endOfSync } = run.categorization;
	const whole = sum(impact.before);
	const moved =
		impact.moved === 0
			? `no installation of ${formatCount(whole)} changes category`
			: `${formatCount(impact.moved)} of ${formatCount(whole)} installation${whole === 1 ? "" : "s"} ${impact.moved === 1 ? "changes" : "change"} category`;
	return [
		`${paint("heading", printable(run.instanceName))}: ${moved}`,
		`as of ${formatInstant(asOf)}, End of Sync ${endOfSync === null ? "unknown (no usable date)" : formatDay(endOfSync)}`,
	];
}

function formatLimitsTable({ from, to, impact }: ImpactRun, width: number): readonly string[] {
	return formatTable(
		[left("Limit"), right(`From: ${describeChoice(from)}`), right(`To: ${describeChoice(to)}`)],
		LIMIT_NAMES.map((name) => [name, formatCount(impact.from[name]), formatCount(impact.to[name])]),
		width,
	);
}

function describeChoice(choice: LimitsChoice): string {
	switch (choice) {
		case "own":
			return "the file";
		case "default":
		case "committed":
		case "deployed":
			return choice;
		default:
			return "as given";
	}
}

function formatMoves({ impact }: ImpactRun, width: number): readonly string[] {
	const whole = sum(impact.before);
	return formatTable(
		[left("From"), left("To"), right("Installations"), right("Share")],
		impact.moves.map(({ from, to, count }) => [from, to, formatCount(count), formatShare(count, whole)]),
		width,
	);
}

/** The categories, and of the reasons the only one that limits decide about. */
function formatTotals({ impact: { before, after } }: ImpactRun, width: number): readonly string[] {
	const places = OUTCOMES.map((outcome, index) => ({ ...outcome, index }));
	const rows = [
		...CATEGORIES.map((category) => ({
			label: category as string,
			indices: indicesOf(places.filter((place) => place.category === category)),
		})),
		{ label: "  Recently installed", indices: indicesOf(places.filter(({ reason }) => reason === "Recently installed")) },
		{ label: "Total", indices: indicesOf(places) },
	];
	return formatTable(
		[left("Category"), right("Before"), right("After"), right("Change")],
		rows.map(({ label, indices }) => {
			const [old, now] = [sumAt(before, indices), sumAt(after, indices)];
			return [label, formatCount(old), formatCount(now), formatChange(now - old)];
		}),
		width,
	);
}

function formatProducts({ run, impact }: ImpactRun, width: number, paint: Paint, all: boolean): readonly string[] {
	const { products } = run.categorization.estate;
	const sorted = impact.byProduct
		.map(({ product, moves }) => ({ name: nameAt(products, product), moved: countMoved(moves), moves }))
		.sort((a, b) => b.moved - a.moved || compareCodeUnits(a.name, b.name));
	const shown = all ? sorted : sorted.slice(0, TOP_PRODUCTS);
	const hidden = sorted.length - shown.length;
	const table = formatTable(
		[left("Product", true), right("Changed"), ...CATEGORIES.map((category) => right(category))],
		shown.map(({ name, moved, moves }) => [
			name,
			formatCount(moved),
			...CATEGORIES.map((category) => formatChange(changeOf(category, moves))),
		]),
		width,
	);
	if (hidden === 0) return table;
	return [...table, paint("quiet", `and ${formatCount(hidden)} more ${hidden === 1 ? "product" : "products"}; --all lists them all`)];
}

function formatPolicies(policies: readonly PolicyImpact[], width: number): readonly string[] {
	return formatTable(
		[left("Reclaim policy", true), left("State"), right("Newly reclaimed"), right("No longer"), right("Savings")],
		policies.map(({ policy, inForce, newlyReclaimed, noLongerReclaimed, savings }) => [
			policy.name,
			inForce ? policy.action : policy.enabled ? "draft" : "off",
			inForce ? formatCount(newlyReclaimed) : "–",
			inForce ? formatCount(noLongerReclaimed) : "–",
			[...savings].map(([currency, amount]) => `${currency} ${formatMoney(amount)}`).join(", "),
		]),
		width,
	);
}

/** By how much a category grows. */
function changeOf(
	category: Category,
	moves: readonly { readonly from: Category; readonly to: Category; readonly count: number }[],
): number {
	return moves.reduce((change, { from, to, count }) => change + (to === category ? count : from === category ? -count : 0), 0);
}

function formatChange(change: number): string {
	return change === 0 ? "" : formatDifference(change);
}

function formatMoney(amount: number): string {
	const decimals = { minimumFractionDigits: Number.isInteger(amount) ? 0 : 2, maximumFractionDigits: 2 };
	return `${amount < 0 ? "−" : ""}${Math.abs(amount).toLocaleString("en", decimals)}`;
}

function left(title: string, flexible = false): TableColumn {
	return { title, align: "left", flexible };
}

function right(title: string): TableColumn {
	return { title, align: "right" };
}

function indicesOf(places: readonly { readonly index: number }[]): readonly number[] {
	return places.map(({ index }) => index);
}

function sumAt(counts: readonly number[], indices: readonly number[]): number {
	return indices.reduce((total, index) => total + counts[index]!, 0);
}

function sum(counts: readonly number[]): number {
	return counts.reduce((total, count) => total + count, 0);
}
