import type { ReportResult, ReportRow } from "../../../server/protocol/report-messages.ts";
import { type Check, nullable, object, oneOf, text } from "../shared/check.ts";
import type { Host } from "../shared/host.ts";
import type { Localize } from "../shared/localize.ts";
import { filterRows, isReportFilter, NO_FILTER, type ReportFilter } from "./report-filter.ts";
import { isReportSort, type ReportSort, sortRows } from "./report-order.ts";

/** Tabs of the report, from left to right. */
export const REPORT_TABS = ["servers", "clients", "problems"] as const;
export type ReportTab = (typeof REPORT_TABS)[number];

/** Which row is meant. A server may stand in several subscriptions, also of one client. */
export interface RowName {
	readonly client: string | null;
	readonly server: string;
	readonly renewalDate: string | null;
}

/** What the parts of the report share. */
export interface ReportState {
	readonly report: ReportResult;
	/** Number of the result; answers that were asked for under another one are outdated. */
	readonly revision: number;
	readonly filter: ReportFilter;
	/** Null for the report's own order. */
	readonly sort: ReportSort | null;
	readonly tab: ReportTab;
	/** The server whose detail is open; null when none is. */
	readonly opened: RowName | null;
}

/** The state with its listeners; all but the result is kept over hiding and reloading. */
export interface ReportStore {
	readonly current: ReportState;
	/** The servers that the filter shows, in the order that is chosen. */
	readonly shown: readonly ReportRow[];
	/** Takes some parts over and tells the listeners, unless nothing differs. */
	change(part: Partial<ReportState>): void;
	/** Calls back after every change. */
	subscribe(listener: () => void): void;
}

/** What every part of the report gets. */
export interface ReportContext {
	readonly host: Host;
	readonly l10n: Localize;
	readonly state: ReportStore;
}

const isRowName: Check<RowName> = object<RowName>({ client: nullable(text), server: text, renewalDate: nullable(text) });
const isTab = oneOf(...REPORT_TABS);

/** Makes the state of a page from its first result and what the view kept. */
export function createReportState(host: Host, report: ReportResult, revision: number): ReportStore {
	const { filter, sort, tab, opened } = host.kept;
	const listeners = new Set<() => void>();
	let current: ReportState = {
		report,
		revision,
		filter: isReportFilter(filter) ? filter : NO_FILTER,
		sort: isReportSort(sort) ? sort : null,
		tab: isTab(tab) ? tab : "servers",
		opened: isRowName(opened) ? opened : null,
	};
	let shown = listShown(current);
	return {
		get current() {
			return current;
		},
		get shown() {
			return shown;
		},
		change(part) {
			const keys = Object.keys(part) as (keyof ReportState)[];
			const before = current;
			const changed = keys.filter((key) => before[key] !== part[key]);
			if (changed.length === 0) return;
			current = { ...current, ...part };
			if (changed.some((key) => key === "report" || key === "filter" || key === "sort")) shown = listShown(current);
			host.keep({ filter: current.filter, sort: current.sort, tab: current.tab, opened: current.opened });
			for (const listener of [...listeners]) listener();
		},
		subscribe(listener) {
			listeners.add(listener);
		},
	};
}

/** The row of a name; one of the same client and server when only its renewal date differs, and null when there is none. */
export function findRow(rows: readonly ReportRow[], name: RowName | null): ReportRow | null {
	if (name === null) return null;
	const same = rows.filter((row) => row.server === name.server && row.client === name.client);
	return same.find((row) => row.renewalDate === name.renewalDate) ?? same[0] ?? null;
}

/** A text by which a row can be found again in a later result; different for all rows of one result, but for twin subscriptions. */
export function keyOfRow({ client, server, renewalDate }: RowName): string {
	return JSON.stringify([client, server, renewalDate]);
}

function listShown({ report, filter, sort }: ReportState): readonly ReportRow[] {
	return sortRows(filterRows(report.rows, filter, report.asOf), sort);
}
