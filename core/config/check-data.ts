import type { ConfigProblem } from "../problems.ts";
import type { DataContext, DataRule } from "./data-context.ts";
import { checkMissingComponent } from "./data-rules/reference-missing-component.ts";
import { checkMissingProduct } from "./data-rules/reference-missing-product.ts";

export type { DataContext } from "./data-context.ts";

/** Finds every fault of one configuration file that shows only beside its data, in the order of the rules. */
export function checkData(context: DataContext): readonly ConfigProblem[] {
	return RULES.flatMap((rule) => rule(context));
}

const RULES: readonly DataRule[] = [checkMissingComponent, checkMissingProduct];
