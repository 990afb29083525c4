import type { ConfigProblem } from "../../problems.ts";
import type { UsageReportRow } from "../../subscriptions/usage-report.ts";
import { formatCount, formatCounted, joinFirstWords } from "../../texts/format-count.ts";
import { t } from "../../texts/translate.ts";
import type { ReportContext } from "../data-context.ts";
import { detailOfFlag } from "./servers-in-report.ts";

/**
 * | users of one type in a server's latest log | problem                 |
 * |--------------------------------------------|-------------------------|
 * | more than the subscription pays for         | `subscription/over-use` |
 *
 * One problem per number that is paid for, whichever servers exceed it.
 */
export function checkOverUse({ file, report }: ReportContext): readonly ConfigProblem[] {
	if (file.model?.kind !== "project") return [];
	return file.model.subscriptions.flatMap((subscription) => {
		const servers = new Set(subscription.servers.map((server) => server.trim()));
		const rows = report.rows.filter((row) => servers.has(row.server) && isOf(row, subscription) && detailOfFlag(row, "over-use") !== null);
		return TYPES.flatMap(({ key, type, active }): ConfigProblem | [] => {
			const paid = subscription[key];
			const over = rows.filter((row) => paid !== null && (row[active] ?? 0) > paid);
			if (paid === null || over.length === 0) return [];
			const used = over.map(
				(row) =>
					t`${formatCounted(row[active]! - paid, "user")} over on ${row.server} (${formatCount(row[active]!)} of ${formatCount(paid)})`,
			);
			return {
				code: "subscription/over-use",
				severity: "warning",
				message: t`More ${type} users are active than ${subscription.client} pays for: ${joinFirstWords(used)}.`,
				path: ["subscriptions", subscription.index, key],
				anchor: "value",
			};
		});
	});
}

const TYPES = [
	{ key: "registeredUsers", type: "Registered", active: "activeRegistered" },
	{ key: "enterpriseUsers", type: "Enterprise", active: "activeEnterprise" },
	{ key: "designerUsers", type: "Designer", active: "activeDesigners" },
] as const;

/** Two subscriptions may name one server, and then it has a row in each. */
function isOf(
	row: UsageReportRow,
	subscription: Pick<UsageReportRow, "registeredUsers" | "enterpriseUsers" | "designerUsers"> & { readonly client: string },
): boolean {
	return row.client === subscription.client.trim() && TYPES.every(({ key }) => row[key] === subscription[key]);
}
