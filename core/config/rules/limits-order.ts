import type { ConfigFix, ConfigProblem } from "../../problems.ts";
import { formatCount, formatCounted } from "../../texts/format-count.ts";
import { t } from "../../texts/translate.ts";
import { DEFAULT_LIMITS, LIMIT_NAMES, type LimitName } from "../../usage/limits.ts";
import type { ConfigContext } from "../config-context.ts";
import { findChangedLimit } from "../find-changed-limit.ts";
import type { WrittenLimits } from "../model.ts";

/**
 * | limits present | must hold | problem        |
 * |----------------|-----------|----------------|
 * | I and U        | I < U     | `limits/order` |
 * | U and N        | U < N     | `limits/order` |
 * | I and N only   | I < N     | `limits/order` |
 *
 * Holds for instances and projects. Of a pair, the limit that is not at its default is marked; when neither is, the second. Its
 * default is offered where it mends every pair that the limit is in.
 */
export function checkLimitsOrder(context: ConfigContext): readonly ConfigProblem[] {
	const limits = context.file.model?.limits ?? {};
	return brokenPairs(limits).map(({ lower, upper, low, high }) => {
		const marked = findChangedLimit(limits, lower, upper);
		const other = marked === lower ? upper : lower;
		return {
			code: "limits/order",
			severity: "error",
			message: t`\`${lower}\` (${formatCount(low)}) must be less than \`${upper}\` (${formatCount(high)}). ${describeEffect(lower, low)}`,
			path: ["usageCategory", marked],
			anchor: "value",
			related: [
				{
					file: context.file.id,
					path: ["usageCategory", other],
					anchor: "value",
					message: t`\`${other}\` is ${formatCount(limits[other]!)}.`,
				},
			],
			fixes: restoreDefault(limits, marked),
		};
	});
}

/** Two neighbouring limits of which the lower is not the lesser. */
interface BrokenPair {
	readonly lower: LimitName;
	readonly upper: LimitName;
	readonly low: number;
	readonly high: number;
}

function brokenPairs(limits: WrittenLimits): readonly BrokenPair[] {
	const present = LIMIT_NAMES.filter((name) => limits[name] !== undefined);
	return present.flatMap((lower, index) => {
		const upper = present[index + 1];
		const low = limits[lower]!;
		const high = upper === undefined ? undefined : limits[upper]!;
		return upper === undefined || high === undefined || low < high ? [] : [{ lower, upper, low, high }];
	});
}

function describeEffect(lower: LimitName, low: number): string {
	if (lower === "InstallDateCutOffLimit") return t("The limits must rise from the install date cut-off to Used to Unused.");
	return t`As it stands, everything last used up to ${formatCounted(low, "day")} ago is Used, and nothing is Rarely Used.`;
}

function restoreDefault(limits: WrittenLimits, name: LimitName): readonly ConfigFix[] {
	const value = DEFAULT_LIMITS[name];
	if (brokenPairs({ ...limits, [name]: value }).some((pair) => pair.lower === name || pair.upper === name)) return [];
	return [{ kind: "set", title: t`Restore the default of \`${name}\`: ${value}`, preferred: false, path: ["usageCategory", name], value }];
}
