import type { ConfigProblem } from "../../problems.ts";
import { formatCount, formatCounted } from "../../texts/format-count.ts";
import { t } from "../../texts/translate.ts";
import type { ConfigContext } from "../config-context.ts";

/**
 * | an advice entry                           | problem                |
 * |-------------------------------------------|------------------------|
 * | names a limit and the value that it has   | none                   |
 * | names a limit that has another value      | `limits/advice-unused` |
 * | names a limit that is missing or faulty   | none: it cannot be told |
 */
export function checkAdviceUnused(context: ConfigContext): readonly ConfigProblem[] {
	const { model } = context.file;
	if (model === null) return [];
	return model.limitAdvice.flatMap((entry) => {
		const value = model.limits?.[entry.limit];
		if (value === undefined || value === entry.value) return [];
		return [
			{
				code: "limits/advice-unused",
				severity: "hint",
				message: t`This advice is for ${formatCounted(entry.value, "day")}, but \`${entry.limit}\` is ${formatCount(value)}: it allows nothing here and can be removed.`,
				path: ["limitAdvice", entry.index],
				anchor: "value",
				related: [
					{
						file: context.file.id,
						path: ["usageCategory", entry.limit],
						anchor: "value",
						message: t`\`${entry.limit}\` is ${formatCount(value)}.`,
					},
				],
				fixes: [{ kind: "remove", title: t("Remove the advice that is not used"), preferred: true, path: ["limitAdvice", entry.index] }],
				unnecessary: true,
			} satisfies ConfigProblem,
		];
	});
}
