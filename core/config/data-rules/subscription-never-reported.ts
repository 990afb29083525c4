import type { ConfigProblem } from "../../problems.ts";
import { t } from "../../texts/translate.ts";
import type { ReportContext } from "../data-context.ts";
import { detailOfFlag, serversInReport, warnOfServer } from "./servers-in-report.ts";

/** A server without any log up to now, unless `reference/missing-server` tells which one was meant. */
export function checkNeverReported(context: ReportContext): readonly ConfigProblem[] {
	return serversInReport(context).flatMap((server): ConfigProblem | [] => {
		const detail = detailOfFlag(server.row, "never reported");
		if (detail === null || context.closestServer(server.text) !== null) return [];
		return warnOfServer(server, "subscription/never-reported", t`${server.text} has never reported its usage. ${detail}.`);
	});
}
