import type { ConfigProblem } from "../../problems.ts";
import { t } from "../../texts/translate.ts";
import type { ConfigContext } from "../config-context.ts";
import { valueAt } from "../value-at.ts";

/**
 * | `servers` of a subscription | problem, at               |                |
 * |-----------------------------|---------------------------|----------------|
 * | a list with entries         | none                      |                |
 * | an empty list               | `subscription/no-servers` | the empty list |
 * | missing                     | `subscription/no-servers` | the client     |
 * | no list                     | none: the schema's matter |                |
 */
export function checkNoServers(context: ConfigContext): readonly ConfigProblem[] {
	const { file } = context;
	if (file.model?.kind !== "project") return [];
	return file.model.subscriptions.flatMap((subscription) => {
		const servers = valueAt(file.tree, ["subscriptions", subscription.index, "servers"]);
		if (servers !== undefined && (!Array.isArray(servers) || servers.length > 0)) return [];
		return [
			{
				code: "subscription/no-servers",
				severity: "warning",
				message: t`The subscription of ${subscription.client} names no server, so the usage report has no row for it. Add the client's servers.`,
				path: ["subscriptions", subscription.index, servers === undefined ? "client" : "servers"],
				anchor: "value",
				...(servers === undefined ? { missing: ["subscriptions", subscription.index, "servers"] } : {}),
			} satisfies ConfigProblem,
		];
	});
}
