import type { ConfigProblem } from "../../problems.ts";
import { formatCount } from "../../texts/format-count.ts";
import { t } from "../../texts/translate.ts";
import { type LimitContext, markOf } from "./limit-context.ts";
import { describeMeaning, describeOthers, driftingLimits, relatedTo } from "./limits-changed.ts";

/**
 * The file says something else than what the product's database has. Which limits are told of, the table of `limits/changed` says; there is at
 * most one of the two for the same old value.
 *
 * | file   | settings rows                  | problem                                                         |
 * |--------|--------------------------------|-----------------------------------------------------------------|
 * | a limit| the same                       | none                                                            |
 * | a limit| another value                  | `limits/drift-from-deployed`, with what deploying the file does |
 * | a limit| none for this file, or faulty  | none: nothing is known to be deployed                           |
 */
export function checkDriftFromDeployed(context: LimitContext): readonly ConfigProblem[] {
	const { known, limits, areOwn } = context;
	const { deployed } = known;
	if (deployed === null) return [];
	const drifting = driftingLimits(context);
	return (areOwn ? drifting : drifting.slice(0, 1)).map((name) => ({
		code: "limits/drift-from-deployed",
		severity: "warning",
		message: t`\`${name}\` is ${formatCount(limits[name])} here, but ${formatCount(deployed.limits[name])} is deployed (${deployed.describePlace(name)}). Deploying this value${describeOthers(context, "deployed", name)}${describeDeploying(context)}`,
		...markOf(context, name),
		related: relatedTo(context, "deployed", name),
	}));
}

function describeDeploying(context: LimitContext): string {
	const meaning = describeMeaning(context, "deployed");
	return meaning === "."
		? t(", or taking over the deployed one, ends the difference.")
		: meaning.startsWith(".")
			? t` ends the difference${meaning}`
			: meaning;
}
