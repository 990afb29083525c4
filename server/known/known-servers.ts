import { listAt, textsAt } from "../../core/config/value-at.ts";
import type { UsageLogRow } from "../../core/subscriptions/usage-log.ts";
import { t } from "../../core/texts/translate.ts";
import type { WorkspaceFile } from "../../workspace/workspace.ts";
import type { Known, KnownPlace, KnownValue } from "./known.ts";

/** Servers that the logs know and no subscription of the project names, those that reported last first. */
export function knownServers({ context, file, place }: KnownPlace): Known {
	const insight = context.workspace.insights.peek(file.uri);
	if (insight?.kind !== "project") return { values: new Map(), complete: true };
	const rows = insight.logs?.value ?? [];
	const named: ReadonlySet<string> = rows.length === 0 ? new Set() : namedServers(file, place.path);
	const free = lastLogs(rows).filter(([server]) => !named.has(server));
	const values = free.map(
		([server, last]): KnownValue => ({ value: server, detail: t`no subscription names it; last log ${formatDay(last)}` }),
	);
	const isWaiting = insight.logs === null && !insight.complete;
	return { values: new Map(rows.length > 0 || isWaiting ? [["servers", values]] : []), complete: !isWaiting };
}

function lastLogs(rows: readonly UsageLogRow[]): readonly (readonly [server: string, last: number])[] {
	const last = new Map<string, number>();
	for (const { server, loggedAt } of rows) last.set(server, Math.max(loggedAt, last.get(server) ?? Number.NEGATIVE_INFINITY));
	return [...last].sort((left, right) => right[1] - left[1]);
}

/** All that subscriptions name, except what is being typed. */
function namedServers(file: WorkspaceFile, path: readonly (string | number)[]): ReadonlySet<string> {
	const { tree } = file.config;
	const texts = listAt(tree, ["subscriptions"]).flatMap((_, index) => textsAt(tree, ["subscriptions", index, "servers"]));
	return new Set(texts.filter((text) => !isSamePath(text.path, path)).map(({ text }) => text));
}

function isSamePath(one: readonly (string | number)[], other: readonly (string | number)[]): boolean {
	return one.length === other.length && one.every((step, index) => step === other[index]);
}

function formatDay(instant: number): string {
	return new Date(instant).toISOString().slice(0, 10);
}
