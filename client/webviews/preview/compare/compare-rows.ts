import type { ImpactResult, PreviewLimitName, PreviewLimits, PreviewSummary } from "../../../../server/protocol/preview-messages.ts";
import { currenciesOf } from "../figures/amounts.ts";
import { LIMIT_NAMES } from "../figures/limit-rules.ts";
import { placesOf, reclaimsAfter, sumCategories } from "../figures/outcomes.ts";

/** One column: limits, and what they make of the estate; null until it is known. */
export interface ComparedLimits {
	readonly limits: PreviewLimits;
	readonly impact: ImpactResult | null;
}

/** What a row of the comparison is about. */
export type ComparedRow = {
	/** One per column, the file's own first; null until it is known. */
	readonly values: readonly (number | null)[];
	/** Whether any known value differs from the file's own. */
	readonly differs: boolean;
} & (
	| { readonly kind: "limit"; readonly name: PreviewLimitName }
	| { readonly kind: "category"; readonly name: string; readonly places: readonly number[] }
	| { readonly kind: "reason"; readonly name: string; readonly places: readonly number[] }
	| { readonly kind: "policy"; readonly name: string; readonly inForce: boolean }
	| { readonly kind: "worth"; readonly name: "Unused" | "Rarely Used"; readonly currency: string }
);

/** All rows of a comparison, from top to bottom. The first column is the file's own. */
export function compareRows(summary: PreviewSummary, columns: readonly ComparedLimits[]): readonly ComparedRow[] {
	const row = (tell: (column: ComparedLimits) => number | null) => {
		const values = columns.map(tell);
		return { values, differs: values.some((value) => value !== null && value !== values[0]) };
	};
	const ofImpact = (tell: (impact: ImpactResult) => number) => row(({ impact }) => (impact === null ? null : tell(impact)));
	const limits = LIMIT_NAMES.map((name): ComparedRow => ({ kind: "limit", name, ...row((column) => column.limits[name]) }));
	const categories = [...new Set(summary.totals.map(({ category }) => category))].flatMap((name, index): readonly ComparedRow[] => {
		const places = placesOf(summary.totals, name);
		const whole: ComparedRow = {
			kind: "category",
			name,
			places,
			...ofImpact((impact) => sumCategories(summary.totals, impact.totals)[index] ?? 0),
		};
		if (places.length < 2) return [whole];
		const reasons = places.map(
			(place): ComparedRow => ({
				kind: "reason",
				name: summary.totals[place]?.reason ?? "",
				places: [place],
				...ofImpact((impact) => impact.totals[place] ?? 0),
			}),
		);
		return [whole, ...reasons];
	});
	const policies = summary.policies.map(
		({ name, inForce }, place): ComparedRow => ({
			kind: "policy",
			name,
			inForce,
			...ofImpact((impact) => reclaimsAfter(summary, impact, place)),
		}),
	);
	const currencies = currenciesOf(
		...columns.flatMap(({ impact }) => (impact === null ? [] : [impact.worth.unused, impact.worth.rarelyUsed])),
	);
	const worth = currencies.flatMap((currency): readonly ComparedRow[] => [
		{ kind: "worth", name: "Rarely Used", currency, ...ofImpact((impact) => impact.worth.rarelyUsed[currency] ?? 0) },
		{ kind: "worth", name: "Unused", currency, ...ofImpact((impact) => impact.worth.unused[currency] ?? 0) },
	]);
	return [...limits, ...categories, ...policies, ...worth];
}
