import type { InlayHint, InlayHintParams } from "vscode-languageserver-protocol";
import type { Instance, ReclaimPolicy, Subscription } from "../../core/config/model.ts";
import { toReportSubscription } from "../../core/config/to-report-subscription.ts";
import type { ConfigPath } from "../../core/problems.ts";
import { findUse } from "../../core/subscriptions/subscription-use.ts";
import { formatCount, formatCounted } from "../../core/texts/format-count.ts";
import { mark, t } from "../../core/texts/translate.ts";
import { isInForce } from "../../core/usage/reclaim.ts";
import type { InstanceFigures } from "../../workspace/insights/estate-figures.ts";
import type { FileInsight, ProjectInsight } from "../../workspace/insights/insights.ts";
import { compareLimits, describeEffect, type LimitBasis } from "../../workspace/insights/limit-change.ts";
import type { WorkspaceFile } from "../../workspace/workspace.ts";
import type { OffsetRange } from "../../workspace/yaml/parse-config.ts";
import type { FeatureContext } from "../feature-context.ts";
import { currentInstance, currentProject, currentSources } from "../hovers/current-model.ts";
import { describeReclaimed } from "../hovers/describe-policy.ts";
import { countLogs, countRows } from "../hovers/describe-source.ts";
import { EXPLAIN_RANGE, formatActive, formatAge } from "../hovers/describe-subscription.ts";
import { countInstallations, describeProducts } from "../hovers/product-table.ts";
import { type Block, paragraph, renderMarkup } from "../markup.ts";

// behind                       | hint                                       | when
// -----------------------------|--------------------------------------------|------------------------------------------
// a limit                      | committed: 30 · deployed: 30               | it differs from them
// a number of users            | used 37 of 50                              | a server of the subscription has reported
// a server                     | today, 8 days ago, never reported          | there are logs
// a data source's path         | 48,211 rows, 412 logs                      | it was read
// the name of a bundle         | 1,204 installs                             | the data is known
// a pattern of products        | 1,204 installs                             | the data is known
// the name of a policy         | 87 to reclaim; 87 if published, if enabled | the data and the limits are known

/** What data and history add to the values in a range of a file, as far as it is known now. */
export function listInlayHints(context: FeatureContext, params: InlayHintParams, markdown: boolean): readonly InlayHint[] {
	const file = context.workspace.file(params.textDocument.uri);
	const insight = file === null ? null : context.workspace.insights.peek(file.uri);
	if (file === null || insight === null) return [];
	const positions = context.positionsOf(file);
	const asked = { start: positions.offsetAt(params.range.start), end: positions.offsetAt(params.range.end) };
	return hintsOf(context, insight, asked).flatMap(({ path, label, about }): readonly InlayHint[] => {
		const offset = endOfValue(file, path);
		if (offset === null || offset < asked.start || offset > asked.end) return [];
		return [
			{
				position: positions.positionAt(offset),
				label,
				paddingLeft: true,
				...(about.length === 0 ? {} : { tooltip: renderMarkup(about, markdown) }),
			},
		];
	});
}

/** Text behind the value at a path. */
interface Hint {
	readonly path: ConfigPath;
	readonly label: string;
	/** What a person reads who points at it; may be empty. */
	readonly about: readonly Block[];
}

function hintsOf({ workspace, figures }: FeatureContext, insight: FileInsight, asked: OffsetRange): readonly Hint[] {
	const within = <Entry extends { readonly index: number }>(section: string, entries: readonly Entry[]) =>
		entriesWithin(insight.file, section, entries, asked);
	const common = [
		...limitHints(insight),
		...within("dataSources", currentSources(insight)).flatMap((source) => sourceHint(insight, source)),
	];
	if (insight.kind === "project") {
		const now = workspace.clock();
		return [
			...common,
			...within("subscriptions", currentProject(insight).subscriptions).flatMap((entry) => subscriptionHints(insight, entry, now)),
		];
	}
	const found = figures.of(insight);
	return found === null ? common : [...common, ...productHints(currentInstance(insight), found, within)];
}

function limitHints(insight: FileInsight): readonly Hint[] {
	const changes = BASES.flatMap((basis) => compareLimits(insight, basis) ?? []);
	const names = new Set(changes.flatMap(({ changed }) => changed));
	return [...names].map((name): Hint => {
		const own = changes.filter(({ changed }) => changed.includes(name));
		const about = own.flatMap(({ basis, effect }) =>
			effect === null ? [] : [paragraph(`${t(WORDS[basis])}: `, `${describeEffect(effect)}.`)],
		);
		return {
			path: ["usageCategory", name],
			label: own.map(({ basis, from }) => `${basis}: ${formatCount(from[name])}`).join(" · "),
			about,
		};
	});
}

const BASES: readonly LimitBasis[] = ["committed", "deployed"];

const WORDS: { readonly [basis in LimitBasis]: string } = {
	committed: mark("All limits against those of the last commit"),
	deployed: mark("All limits against the deployed ones"),
};

function sourceHint(insight: FileInsight, source: WorkspaceSource): readonly Hint[] {
	const path = ["dataSources", source.index, "path"];
	const rows = countRows(insight, source);
	if (rows !== null) return [{ path, label: formatCounted(rows, "row"), about: [] }];
	const logs = countLogs(insight, source);
	return logs === null ? [] : [{ path, label: formatCounted(logs, "log"), about: [] }];
}

type WorkspaceSource = ProjectInsight["project"]["dataSources"][number];

function subscriptionHints({ report }: ProjectInsight, subscription: Subscription, now: number): readonly Hint[] {
	if (report === null) return [];
	const { paid, active, rows } = findUse(report, toReportSubscription(subscription));
	const at = (...path: ConfigPath): ConfigPath => ["subscriptions", subscription.index, ...path];
	const about = rows.length < 2 ? [] : [paragraph(t(EXPLAIN_RANGE))];
	const users = USERS_KEYS.flatMap(([key, type]): readonly Hint[] =>
		active[type] === null || paid[type] === null
			? []
			: [{ path: at(key), label: t`used ${formatActive(active[type])} of ${formatCount(paid[type])}`, about }],
	);
	const servers = subscription.servers.flatMap((server, index): readonly Hint[] => {
		const row = rows.find((candidate) => candidate.server === server.trim());
		if (row === undefined) return [];
		const label = row.lastUpdate === null ? t("never reported") : formatAge(now, row.lastUpdate);
		return [{ path: at("servers", index), label, about: row.flags.map(({ name, detail }) => paragraph({ bold: t(name) }, `: ${detail}`)) }];
	});
	return [...users, ...servers];
}

const USERS_KEYS = [
	["registeredUsers", "Registered"],
	["enterpriseUsers", "Enterprise"],
	["designerUsers", "Designer"],
] as const;

type Within = <Entry extends { readonly index: number }>(section: string, entries: readonly Entry[]) => readonly Entry[];

function productHints(instance: Instance, figures: InstanceFigures, within: Within): readonly Hint[] {
	const bundles = within("bundles", instance.bundles).flatMap(({ index, name }): readonly Hint[] => {
		const product = figures.product(name);
		return product === null ? [] : [{ path: ["bundles", index, "name"], label: formatInstalls(product.installations), about: [] }];
	});
	const policies = within("reclaimPolicies", instance.reclaimPolicies);
	return [
		...bundles,
		...policies.filter(({ products }) => products.length > 0).map((policy) => policyHint(figures, policy)),
		...policies.flatMap((policy) => patternHints(figures, "reclaimPolicies", policy)),
		...within("unitPrices", instance.unitPrices).flatMap((price) => patternHints(figures, "unitPrices", price)),
	];
}

function policyHint(figures: InstanceFigures, policy: ReclaimPolicy): Hint {
	const count = formatCount(figures.reclaimed(policy).count);
	const label = isInForce(policy) ? t`${count} to reclaim` : policy.enabled ? t`${count} if published` : t`${count} if enabled`;
	return { path: ["reclaimPolicies", policy.index, "name"], label, about: [paragraph(...describeReclaimed(figures, policy))] };
}

function patternHints(
	figures: InstanceFigures,
	section: string,
	{ index, products }: { readonly index: number; readonly products: readonly string[] },
): readonly Hint[] {
	return products.map((pattern, item): Hint => {
		const matched = figures.match([pattern]);
		return {
			path: [section, index, "products", item],
			label: formatInstalls(countInstallations(matched)),
			about: matched.length === 0 ? [] : describeProducts(matched),
		};
	});
}

function formatInstalls(count: number): string {
	return formatCounted(count, "install");
}

/** The entries of a list that lie in a range; they are in the order of the text. */
function entriesWithin<Entry extends { readonly index: number }>(
	file: WorkspaceFile,
	section: string,
	entries: readonly Entry[],
	asked: OffsetRange,
): readonly Entry[] {
	const endOf = (entry: Entry) => file.parsed.rangeOf([section, entry.index], "value").end;
	const startOf = (entry: Entry) => file.parsed.rangeOf([section, entry.index], "value").start;
	return entries.slice(
		countWhile(entries, (entry) => endOf(entry) < asked.start),
		countWhile(entries, (entry) => startOf(entry) <= asked.end),
	);
}

/** How many elements, from the first on, something holds for; it holds for none behind them. */
function countWhile<Element>(elements: readonly Element[], holds: (element: Element) => boolean): number {
	let low = 0;
	let high = elements.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (holds(elements[middle]!)) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** Offset behind the value at a path; null when it does not stand in this very place, but behind an alias, in a merged mapping, or nowhere. */
function endOfValue({ parsed }: WorkspaceFile, path: ConfigPath): number | null {
	const { end } = parsed.rangeOf(path, "value");
	const place = parsed.nodeAt(end);
	const isHere = place.on === "value" && place.path.length === path.length && place.path.every((step, depth) => step === path[depth]);
	return isHere ? end : null;
}
