import type { ImpactResult, OutcomeCount, PreviewSummary } from "../../../../server/protocol/preview-messages.ts";

/** The four categories in the order of every list. */
const CATEGORY_NAMES = ["Used", "Rarely Used", "Unused", "Unreported"] as const;

/** Places of a category's outcomes in `totals`. */
export function placesOf(totals: readonly OutcomeCount[], category: string): readonly number[] {
	return totals.flatMap((outcome, index) => (outcome.category === category ? [index] : []));
}

/** Installations per category, from those per outcome, which come in the order of `totals`. */
export function sumCategories(totals: readonly OutcomeCount[], counts: readonly number[]): readonly number[] {
	return CATEGORY_NAMES.map((name) => placesOf(totals, name).reduce((sum, index) => sum + (counts[index] ?? 0), 0));
}

/** Installations by category before (rows) and after (columns): what moves, and on the diagonal what stays. */
export function moveMatrix(summary: PreviewSummary, impact: ImpactResult): readonly (readonly number[])[] {
	const before = sumCategories(
		summary.totals,
		summary.totals.map(({ count }) => count),
	);
	return CATEGORY_NAMES.map((from, row) => {
		const cells = CATEGORY_NAMES.map((to) =>
			impact.moves.reduce((sum, move) => (move.from === from && move.to === to && from !== to ? sum + move.count : sum), 0),
		);
		const left = cells.reduce((sum, count) => sum + count, 0);
		return cells.map((count, column) => (row === column ? Math.max(0, (before[row] ?? 0) - left) : count));
	});
}

/** What the limits of a preview change by themselves: nothing. */
export function unchangedImpact(summary: PreviewSummary): ImpactResult {
	return {
		failed: false,
		from: summary.limits,
		to: summary.limits,
		moved: 0,
		moves: [],
		totals: summary.totals.map(({ count }) => count),
		worth: summary.worth,
		policies: summary.policies.map(({ name, inForce }) => ({ name, inForce, newlyReclaimed: 0, noLongerReclaimed: 0, savings: {} })),
	};
}

/** What a policy reclaims after a change, by its place. */
export function reclaimsAfter(summary: PreviewSummary, impact: ImpactResult, place: number): number {
	const change = impact.policies[place];
	return Math.max(0, (summary.policies[place]?.reclaims ?? 0) + (change?.newlyReclaimed ?? 0) - (change?.noLongerReclaimed ?? 0));
}
