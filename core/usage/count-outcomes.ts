import { namesOf } from "../columns/name-table.ts";
import { sharedUint32 } from "../columns/shared-array.ts";
import type { Categorization } from "./categorization.ts";
import { OUTCOMES } from "./category.ts";
import { RULES } from "./decision-table.ts";
import { allDevices } from "./device-range.ts";
import type { Estate } from "./estate.ts";
import { productCount } from "./estate-lookups.ts";

/** Number of installations per outcome, in the order of `OUTCOMES`. */
export interface OutcomeCounts {
	/** Of the whole estate. */
	readonly totals: readonly number[];
	/** By product, in code-unit order of its name. */
	readonly byProduct: readonly { readonly product: string; readonly counts: readonly number[] }[];
}

/** Counts the installations of a categorization. */
export function countOutcomes(categorization: Categorization): OutcomeCounts {
	return nameCounts(categorization.estate, countByProduct(categorization));
}

/** What {@link countByProduct} has counted, with the names of the products. */
export function nameCounts({ products }: Estate, counts: Uint32Array): OutcomeCounts {
	const width = OUTCOMES.length;
	const byProduct = namesOf(products)
		.map((product, index) => ({ product, counts: [...counts.subarray(index * width, (index + 1) * width)] }))
		// No two are the same.
		.sort((one, other) => (one.product < other.product ? -1 : 1));
	return { totals: sumOutcomes(counts), byProduct };
}

/** The totals of what {@link countByProduct} has counted, in the order of `OUTCOMES`. */
export function sumOutcomes(counts: Uint32Array): readonly number[] {
	const totals = OUTCOMES.map(() => 0);
	for (let cell = 0; cell < counts.length; cell++) totals[cell % OUTCOMES.length]! += counts[cell]!;
	return totals;
}

/**
 * Number of installations by product index and outcome, in shared memory: the outcomes of a product stand together.
 * @param range of devices; all unless given.
 */
export function countByProduct(
	{ estate, rule }: Pick<Categorization, "estate" | "rule">,
	range = allDevices(estate.installationStarts),
): Uint32Array {
	const { productOf, installationStarts } = estate;
	const products = productCount(estate);
	const byRule = new Uint32Array(products * RULE_WIDTH);
	const end = installationStarts[range.to]!;
	for (let installation = installationStarts[range.from]!; installation < end; installation++) {
		byRule[(productOf[installation]! << RULE_BITS) | rule[installation]!]!++;
	}
	const counts = sharedUint32(products * OUTCOMES.length);
	for (let cell = 0; cell < byRule.length; cell++) {
		if (byRule[cell] !== 0) counts[(cell >>> RULE_BITS) * OUTCOMES.length + outcomeIndexOfRule(cell % RULE_WIDTH)]! += byRule[cell]!;
	}
	return counts;
}

/** Place in `OUTCOMES` of the outcome of a rule, 0 to 11. */
export function outcomeIndexOfRule(rule: number): number {
	return OUTCOME_INDEX_BY_RULE[rule]!;
}

/** Rules count from 1 to 15, which 4 bits hold. */
const RULE_BITS = 4;
const RULE_WIDTH = 1 << RULE_BITS;

const OUTCOME_INDEX_BY_RULE: readonly number[] = [
	// There is no rule 0.
	-1,
	...RULES.map(({ outcome }) => OUTCOMES.findIndex(({ category, reason }) => category === outcome.category && reason === outcome.reason)),
];
