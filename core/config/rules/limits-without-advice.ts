import type { ConfigFix, ConfigProblem, RelatedPlace } from "../../problems.ts";
import { formatCount, formatCounted, joinWords } from "../../texts/format-count.ts";
import { t } from "../../texts/translate.ts";
import { DEFAULT_LIMITS, LIMIT_NAMES, type LimitName } from "../../usage/limits.ts";
import type { ConfigContext } from "../config-context.ts";
import type { LimitAdvice } from "../model.ts";
import { copyProjectAdvice } from "../project-limits.ts";

/**
 * | limit is    | advice in the same file for it | problem                 | fixes                                                    |
 * |-------------|--------------------------------|-------------------------|----------------------------------------------------------|
 * | the default | any or none                    | none                    |                                                          |
 * | another     | names that value               | none                    |                                                          |
 * | another     | names other values             | `limits/without-advice` | copy the project's advice, record advice, advised value, default |
 * | another     | none                           | `limits/without-advice` | copy the project's advice, record advice, default        |
 *
 * Holds for instances and projects. No fix is preferred: a limit is never changed, nor advice claimed, by "fix all".
 */
export function checkWithoutAdvice(context: ConfigContext): readonly ConfigProblem[] {
	const { model } = context.file;
	if (model === null) return [];
	return LIMIT_NAMES.flatMap((name) => {
		const value = model.limits?.[name];
		if (value === undefined || value === DEFAULT_LIMITS[name]) return [];
		const advice = model.limitAdvice.filter((entry) => entry.limit === name);
		return advice.some((entry) => entry.value === value) ? [] : [withoutAdvice(context, name, value, advice)];
	});
}

function withoutAdvice(context: ConfigContext, name: LimitName, value: number, advice: readonly LimitAdvice[]): ConfigProblem {
	const related = advice.map(
		(entry): RelatedPlace => ({
			file: context.file.id,
			path: ["limitAdvice", entry.index, "value"],
			anchor: "value",
			message: t`The recorded advice is for ${formatCounted(entry.value, "day")}.`,
		}),
	);
	return {
		code: "limits/without-advice",
		severity: "error",
		message: describe(name, value, advice),
		path: ["usageCategory", name],
		anchor: "value",
		...(related.length > 0 ? { related } : {}),
		fixes: [...copyProjectAdvice(context, { [name]: value }), recordAdvice(name, value), ...setAdvised(name, advice), restoreDefault(name)],
	};
}

function describe(name: LimitName, value: number, advice: readonly LimitAdvice[]): string {
	const fact = t`\`${name}\` is ${formatCounted(value, "day")} instead of the default ${DEFAULT_LIMITS[name]}`;
	if (advice.length === 0)
		return t`${fact}, and no advice of the vendor for it is recorded. Record that advice under \`limitAdvice\`, or restore ${DEFAULT_LIMITS[name]}.`;
	const advised = joinWords(advice.map((entry) => formatCount(entry.value)));
	return t`${fact}, but the recorded advice is for ${advised}. Set what was advised, record newer advice, or restore ${DEFAULT_LIMITS[name]}.`;
}

/** The reference and the date are left for the person to fill in: until then the schema asks for both. */
function recordAdvice(limit: LimitName, value: number): ConfigFix {
	return {
		kind: "append",
		title: t`Record the vendor's advice for \`${limit}\`: ${formatCount(value)}…`,
		preferred: false,
		path: ["limitAdvice"],
		value: { limit, value, reference: "", date: "YYYY-MM-DD" },
	};
}

function setAdvised(name: LimitName, advice: readonly LimitAdvice[]): readonly ConfigFix[] {
	return advice
		.filter((entry) => entry.value !== DEFAULT_LIMITS[name])
		.map((entry) => ({
			kind: "set",
			title: t`Set \`${name}\` to the advised ${formatCount(entry.value)}`,
			preferred: false,
			path: ["usageCategory", name],
			value: entry.value,
		}));
}

function restoreDefault(name: LimitName): ConfigFix {
	const value = DEFAULT_LIMITS[name];
	return { kind: "set", title: t`Restore the default of \`${name}\`: ${value}`, preferred: false, path: ["usageCategory", name], value };
}
