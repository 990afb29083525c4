import type { ConfigProblem } from "../../problems.ts";
import type { FlagName } from "../../subscriptions/flags.ts";
import type { UsageReportRow } from "../../subscriptions/usage-report.ts";
import type { ReportContext } from "../data-context.ts";
import { type PlacedText, textsAt } from "../value-at.ts";

/** A server that a subscription names, with its row of the report. */
interface SubscribedServer extends PlacedText {
	readonly row: UsageReportRow;
}

/** Servers of all subscriptions with their rows, each where it is named first; a server has the same logs in every subscription. */
export function serversInReport({ file, report }: Pick<ReportContext, "file" | "report">): readonly SubscribedServer[] {
	if (file.model?.kind !== "project") return [];
	const rows = new Map(report.rows.flatMap((row) => (row.client === null ? [] : [[row.server, row] as const])));
	const seen = new Set<string>();
	return file.model.subscriptions.flatMap(({ index }) =>
		textsAt(file.tree, ["subscriptions", index, "servers"]).flatMap((placed) => {
			const row = rows.get(placed.text);
			if (row === undefined || seen.has(placed.text)) return [];
			seen.add(placed.text);
			return [{ ...placed, row }];
		}),
	);
}

/** What a flag says of a row; null when the row does not have it. */
export function detailOfFlag({ flags }: UsageReportRow, name: FlagName): string | null {
	return flags.find((flag) => flag.name === name)?.detail ?? null;
}

/** A warning at a server's name. */
export function warnOfServer({ path }: SubscribedServer, code: string, message: string): ConfigProblem {
	return { code, severity: "warning", message, path, anchor: "value" };
}
