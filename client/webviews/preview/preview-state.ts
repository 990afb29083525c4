import type { PreviewLimits, PreviewQuery, PreviewSummary, ProductQuery } from "../../../server/protocol/preview-messages.ts";
import { isLimits, isPreviewQuery, isProductQuery } from "../checks/preview-checks.ts";
import { PREVIEW_TABS, type PreviewTab } from "../messages.ts";
import { object, text } from "../shared/check.ts";
import type { Host } from "../shared/host.ts";
import type { Localize } from "../shared/localize.ts";

/** What the tabs of a preview share. */
export interface PreviewState {
	readonly summary: PreviewSummary;
	/** Number of the summary; answers that were asked for under another one are outdated. */
	readonly revision: number;
	/** Limits of a what-if; null for the file's own. */
	readonly limits: PreviewLimits | null;
	/** Which installations the tab Installations lists, in which order. */
	readonly query: PreviewQuery;
	/** Which products the tab Products lists, in which order. */
	readonly productQuery: ProductQuery;
	readonly tab: PreviewTab;
	/** The installation whose "why" is shown; null when none is. */
	readonly explained: { readonly device: string; readonly product: string } | null;
}

const isInstallation = object<NonNullable<PreviewState["explained"]>>({ device: text, product: text });

/** The state with its listeners; all but the summary is kept over hiding and reloading. */
export interface PreviewStore {
	readonly current: PreviewState;
	/** Takes some parts over and tells the listeners, unless nothing differs. */
	change(part: Partial<PreviewState>): void;
	/** Calls back after every change with the parts that differ; answers a function that ends it. */
	subscribe(listener: (changed: ReadonlySet<keyof PreviewState>) => void): () => void;
}

/** What every tab of the preview gets. */
export interface PreviewContext {
	readonly host: Host;
	readonly l10n: Localize;
	readonly state: PreviewStore;
}

/** One tab: made when it is first seen, then kept. */
export interface PreviewTabView {
	readonly element: HTMLElement;
	/** Draws what the state has now; called when the tab is seen, and whenever the state changes while it is. */
	update(): void;
}

/** Makes the state of a page from its first summary and what the view kept. */
export function createPreviewState(host: Host, summary: PreviewSummary, revision: number): PreviewStore {
	const { limits, query, productQuery, tab, explained } = host.kept;
	const listeners = new Set<(changed: ReadonlySet<keyof PreviewState>) => void>();
	let current: PreviewState = {
		summary,
		revision,
		limits: isLimits(limits) ? limits : null,
		query: isPreviewQuery(query) ? query : {},
		productQuery: isProductQuery(productQuery) ? productQuery : {},
		tab: PREVIEW_TABS.find((name) => name === tab) ?? "overview",
		explained: isInstallation(explained) ? explained : null,
	};
	return {
		get current() {
			return current;
		},
		change(part) {
			const next = { ...current, ...part };
			const keys = Object.keys(part) as (keyof PreviewState)[];
			const changed = new Set(keys.filter((key) => !sameJson(current[key], next[key])));
			if (changed.size === 0) return;
			current = next;
			host.keep({ limits: next.limits, query: next.query, productQuery: next.productQuery, tab: next.tab, explained: next.explained });
			for (const listener of [...listeners]) listener(changed);
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}

/** Limits that requests carry in a what-if; nothing for the file's own. */
export function whatIf({ limits }: PreviewState): { readonly limits?: PreviewLimits } {
	return limits === null ? {} : { limits };
}

function sameJson(one: unknown, other: unknown): boolean {
	return one === other || JSON.stringify(one) === JSON.stringify(other);
}
