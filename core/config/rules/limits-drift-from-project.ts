import type { ConfigProblem } from "../../problems.ts";
import { formatCount, formatCounted } from "../../texts/format-count.ts";
import { t } from "../../texts/translate.ts";
import { LIMIT_NAMES } from "../../usage/limits.ts";
import type { ConfigContext } from "../config-context.ts";
import { copyProjectAdvice } from "../project-limits.ts";
import { projectOf } from "../project-of.ts";

/**
 * | the instance's limit | the project's limit | problem                     |
 * |----------------------|---------------------|-----------------------------|
 * | equal                | equal               | none                        |
 * | another value        | a value             | `limits/drift-from-project` |
 * | missing on one side  |                     | none                        |
 */
export function checkDriftFromProject(context: ConfigContext): readonly ConfigProblem[] {
	const { model } = context.file;
	const reference = projectOf(context);
	const { file: projectFile, project } = reference ?? {};
	if (model === null || !projectFile || !project) return [];
	return LIMIT_NAMES.flatMap((name) => {
		const own = model.limits?.[name];
		const projects = project.limits?.[name];
		if (own === undefined || projects === undefined || own === projects) return [];
		const further = copyProjectAdvice(context, { [name]: projects });
		const title = project.title === null ? t("the project") : t`the project "${project.title}"`;
		return [
			{
				code: "limits/drift-from-project",
				severity: "information",
				message: t`\`${name}\` is ${formatCounted(own, "day")} here and ${formatCount(projects)} in ${title}. A project's limits are copied when an instance is created; later changes never reach it.`,
				path: ["usageCategory", name],
				anchor: "value",
				related: [
					{ file: projectFile.id, path: ["usageCategory", name], anchor: "value", message: t`${formatCount(projects)} in the project.` },
				],
				fixes: [
					{
						kind: "set",
						title: t`Set \`${name}\` to the project's value: ${formatCount(projects)}`,
						preferred: false,
						path: ["usageCategory", name],
						value: projects,
						...(further.length === 0 ? {} : { further }),
					},
				],
			} satisfies ConfigProblem,
		];
	});
}
