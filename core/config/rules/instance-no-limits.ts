import type { ConfigFix, ConfigProblem } from "../../problems.ts";
import { t } from "../../texts/translate.ts";
import { DEFAULT_LIMITS, LIMIT_NAMES, type Limits, makeLimits } from "../../usage/limits.ts";
import type { ConfigContext } from "../config-context.ts";
import { copyProjectAdvice } from "../project-limits.ts";
import { projectOf } from "../project-of.ts";
import { isNothing, valueAt } from "../value-at.ts";

/**
 * | `usageCategory` of an instance | problem                   | fixes                                                                |
 * |--------------------------------|---------------------------|----------------------------------------------------------------------|
 * | missing, empty or `{}`         | `instance/no-limits`      | copy the project's limits with the advice for them, when it has all  |
 * |                                |                           | three; set the defaults                                              |
 * | anything else                  | none: the schema's matter |                                                                      |
 */
export function checkNoLimits(context: ConfigContext): readonly ConfigProblem[] {
	const { file } = context;
	const written = valueAt(file.tree, ["usageCategory"]);
	if (file.model?.kind !== "instance" || !isNothing(written)) return [];
	const reference = projectOf(context);
	const projectLimits = makeLimits(reference?.project?.limits ?? {}).value;
	const fixes: ConfigFix[] = [];
	if (projectLimits !== null) fixes.push(copyLimits(context, projectLimits));
	fixes.push(setLimits(t`Set the default limits: ${describeLimits(DEFAULT_LIMITS)}`, DEFAULT_LIMITS, projectLimits === null));
	return [
		{
			code: "instance/no-limits",
			severity: "error",
			message:
				written === undefined
					? t`This instance has no limits of its own: \`usageCategory\` is missing. ${wayOut(projectLimits, reference?.project?.title ?? null)}`
					: t`This instance has no limits of its own: \`usageCategory\` is empty. ${wayOut(projectLimits, reference?.project?.title ?? null)}`,
			path: ["usageCategory"],
			anchor: "key",
			missing: ["usageCategory"],
			...(reference?.file && projectLimits !== null
				? { related: [{ file: reference.file.id, path: ["usageCategory"], anchor: "key", message: t("The project's limits.") }] }
				: {}),
			fixes,
		},
	];
}

function wayOut(projectLimits: Limits | null, title: string | null): string {
	if (projectLimits === null) return t`Set them; the defaults are ${describeLimits(DEFAULT_LIMITS)} days.`;
	const project = title === null ? t("its project") : t`the project "${title}"`;
	return t`Until it has, those of ${project} stand in: ${describeLimits(projectLimits)} days. Copy them.`;
}

function copyLimits(context: ConfigContext, limits: Limits): ConfigFix {
	const further = copyProjectAdvice(context, limits);
	const fix = setLimits(
		further.length === 0
			? t`Copy the project's limits: ${describeLimits(limits)}`
			: t`Copy the project's limits and their advice: ${describeLimits(limits)}`,
		limits,
		true,
	);
	return further.length === 0 ? fix : { ...fix, further };
}

function setLimits(title: string, limits: Limits, preferred: boolean): ConfigFix {
	return {
		kind: "set",
		title,
		preferred,
		path: ["usageCategory"],
		value: Object.fromEntries(LIMIT_NAMES.map((name) => [name, limits[name]])),
	};
}

function describeLimits(limits: Limits): string {
	return LIMIT_NAMES.map((name) => limits[name]).join(" / ");
}
