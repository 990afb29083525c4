import type { ConfigProblem } from "../../problems.ts";
import { t } from "../../texts/translate.ts";
import type { ReportContext } from "../data-context.ts";
import { detailOfFlag, serversInReport, warnOfServer } from "./servers-in-report.ts";

/** A server whose latest log is more than a week old. */
export function checkStale(context: ReportContext): readonly ConfigProblem[] {
	return serversInReport(context).flatMap((server): ConfigProblem | [] => {
		const detail = detailOfFlag(server.row, "stale");
		return detail === null ? [] : warnOfServer(server, "subscription/stale", t`${server.text} has stopped reporting its usage. ${detail}.`);
	});
}
