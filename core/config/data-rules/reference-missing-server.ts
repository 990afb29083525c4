import type { ConfigProblem } from "../../problems.ts";
import { t } from "../../texts/translate.ts";
import type { ReportContext } from "../data-context.ts";
import { detailOfFlag, serversInReport } from "./servers-in-report.ts";

/**
 * | a server of a subscription, without any log                                | problem                       |
 * |-----------------------------------------------------------------------------|-------------------------------|
 * | while one logs that no subscription names, and is written nearly the same    | `reference/missing-server`    |
 * | otherwise                                                                    | `subscription/never-reported` |
 */
export function checkMissingServer(context: ReportContext): readonly ConfigProblem[] {
	return serversInReport(context).flatMap(({ text, path, row }): ConfigProblem | [] => {
		const meant = detailOfFlag(row, "never reported") === null ? null : context.closestServer(text);
		if (meant === null) return [];
		return {
			code: "reference/missing-server",
			severity: "error",
			message: t`There is no server "${text}" in the usage logs. Did you mean "${meant}", which logs and which no subscription names?`,
			path,
			anchor: "value",
			fixes: [{ kind: "set", title: t`Change to "${meant}"`, preferred: true, path, value: meant }],
		};
	});
}
