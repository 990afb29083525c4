import type { ConfigFix, ConfigProblem } from "../../problems.ts";
import { joinFirstWords } from "../../texts/format-count.ts";
import { t } from "../../texts/translate.ts";
import type { ReportContext } from "../data-context.ts";
import { placeOfData } from "./place-of-dates.ts";
import { detailOfFlag, serversInReport } from "./servers-in-report.ts";

/**
 * | a server that logs and that no subscription of any project names | problem                       |
 * |-------------------------------------------------------------------|-------------------------------|
 * | and that is nearly written like one without logs                   | see `reference/missing-server` |
 * | otherwise                                                          | `subscription/unknown-server` |
 *
 * At the first source of logs: the row of the report has neither a client nor paid users. The fixes add a server to a subscription.
 */
export function checkUnknownServers(context: ReportContext): readonly ConfigProblem[] {
	const [source] = context.sources;
	const meant = new Set(
		serversInReport(context).flatMap(({ text, row }) => (detailOfFlag(row, "never reported") === null ? [] : context.closestServer(text))),
	);
	const unknown = context.unknownServers.filter((server) => !meant.has(server));
	if (source === undefined || unknown.length === 0) return [];
	const what = unknown.length === 1 ? t("A server sends usage logs") : t`${unknown.length} servers send usage logs`;
	return [
		{
			code: "subscription/unknown-server",
			severity: "information",
			message:
				unknown.length === 1
					? t`${what}, but no subscription names it: ${joinFirstWords(unknown)}.`
					: t`${what}, but no subscription names them: ${joinFirstWords(unknown)}.`,
			...placeOfData(source),
			fixes: offerSubscriptions(context, unknown),
		},
	];
}

/** So many ways are offered at most; more would hide the other fixes of the menu. */
const MAX_OFFERED = 6;

/** To whom a server belongs is for a person to say, so none is preferred. */
function offerSubscriptions({ file }: ReportContext, servers: readonly string[]): readonly ConfigFix[] {
	if (file.model?.kind !== "project") return [];
	const { subscriptions } = file.model;
	const fixes = servers.flatMap((server) =>
		subscriptions.map(({ index, client, servers: named }): ConfigFix => {
			const path = ["subscriptions", index, "servers"];
			const title = t`Add "${server}" to the subscription of ${client}`;
			if (named.length === 0) return { kind: "set", title, preferred: false, path, value: [server] };
			return { kind: "append", title, preferred: false, path, value: server };
		}),
	);
	return fixes.slice(0, MAX_OFFERED);
}
