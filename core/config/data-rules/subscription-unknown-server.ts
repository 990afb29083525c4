import type { ConfigProblem } from "../../problems.ts";
import type { ReportContext } from "../data-context.ts";
import { joinFirstWords } from "../format-count.ts";
import { placeOfData } from "./place-of-dates.ts";
import { detailOfFlag, serversInReport } from "./servers-in-report.ts";

/**
 * | a server that logs and that no subscription of any project names | problem                       |
 * |-------------------------------------------------------------------|-------------------------------|
 * | and that is nearly written like one without logs                   | see `reference/missing-server` |
 * | otherwise                                                          | `subscription/unknown-server` |
 *
 * At the first source of logs: the row of the report has neither a client nor paid users.
 */
export function checkUnknownServers(context: ReportContext): readonly ConfigProblem[] {
	const [source] = context.sources;
	const meant = new Set(
		serversInReport(context).flatMap(({ text, row }) => (detailOfFlag(row, "never reported") === null ? [] : context.closestServer(text))),
	);
	const unknown = context.unknownServers.filter((server) => !meant.has(server));
	if (source === undefined || unknown.length === 0) return [];
	const what = unknown.length === 1 ? "A server sends usage logs" : `${unknown.length} servers send usage logs`;
	return [
		{
			code: "subscription/unknown-server",
			severity: "information",
			message: `${what}, but no subscription names ${unknown.length === 1 ? "it" : "them"}: ${joinFirstWords(unknown)}.`,
			...placeOfData(source),
		},
	];
}
