import type { PreviewRow } from "../../../server/protocol/preview-messages.ts";
import { PAGE_ROWS } from "../messages.ts";
import { element } from "../shared/dom.ts";
import type { Host } from "../shared/host.ts";
import type { Localize } from "../shared/localize.ts";
import { type Column, createVirtualTable } from "../shared/virtual-table.ts";
import { swatch } from "./categories.ts";

/** All installations by device and product, fetched page by page as they come into sight. */
export interface InstallationsTable {
	readonly element: HTMLElement;
	show(total: number, revision: number): void;
	addRows(revision: number, offset: number, rows: readonly PreviewRow[]): void;
	failRows(revision: number, offset: number, message: string): void;
}

/** Pages that are kept; the ones fetched first are dropped first. */
const MAX_PAGES = 40;
/** Time that a place must stay in sight before it is fetched, in milliseconds: dragging the scroll bar passes many. */
const SETTLE_MS = 60;

/** Makes the table; the first row in sight is kept over a reload. */
export function createInstallationsTable(host: Host, l10n: Localize): InstallationsTable {
	const pages = new Map<number, readonly PreviewRow[]>();
	// Rows of an earlier result stay in sight until the new ones arrive, so that a refresh does not flicker.
	const current = new Set<number>();
	const requested = new Set<number>();
	let revision = 0;
	let total = 0;
	let timer = 0;
	const failure = element("p", { class: "note", attributes: { role: "status", hidden: "" } });

	const columns: readonly Column<PreviewRow>[] = [
		{ header: l10n.t("Device"), weight: 3, content: (row) => row.device },
		{ header: l10n.t("Product"), weight: 4.5, content: (row) => row.product },
		{ header: l10n.t("Installed"), weight: 1.8, content: (row) => row.installDate ?? "–" },
		{ header: l10n.t("Last used"), weight: 1.8, content: (row) => row.lastUsageDate ?? "–" },
		{ header: l10n.t("Category"), weight: 2, content: (row) => element("span", {}, swatch(row.category), row.category) },
		{ header: l10n.t("Reason"), weight: 4.2, content: (row) => row.reason ?? "" },
		{ header: l10n.t("Rule"), weight: 1.2, numeric: true, content: (row) => String(row.rule) },
	];
	const table = createVirtualTable<PreviewRow>({
		label: l10n.t("Installations"),
		emptyText: l10n.t("There are no installations in the linked data."),
		columns: () => columns,
		rowAt: (index) => pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS] ?? null,
		need(first, count) {
			clearTimeout(timer);
			timer = setTimeout(() => request(first, count), SETTLE_MS);
		},
		drawn: (rows, all) => host.send({ type: "rendered", table: "installations", rows, total: all }),
		scrolled: (first) => host.keep({ firstInstallation: first }),
	});

	function request(first: number, count: number): void {
		const last = Math.min(first + count, total) - 1;
		for (let page = Math.floor(first / PAGE_ROWS); page <= Math.floor(last / PAGE_ROWS); page++) {
			if (current.has(page) || requested.has(page)) continue;
			requested.add(page);
			host.send({ type: "page", revision, offset: page * PAGE_ROWS, limit: PAGE_ROWS });
		}
	}

	return {
		element: element("div", {}, failure, table.element),
		show(newTotal, newRevision) {
			const first = revision === 0 ? host.kept["firstInstallation"] : null;
			revision = newRevision;
			total = newTotal;
			current.clear();
			requested.clear();
			failure.hidden = true;
			table.update(total);
			if (typeof first === "number") table.scrollTo(first);
		},
		addRows(ofRevision, offset, rows) {
			if (ofRevision !== revision) return;
			const page = Math.floor(offset / PAGE_ROWS);
			pages.delete(page);
			pages.set(page, rows);
			current.add(page);
			requested.delete(page);
			for (const oldest of pages.keys()) {
				if (pages.size <= MAX_PAGES) break;
				pages.delete(oldest);
				current.delete(oldest);
			}
			failure.hidden = true;
			table.refresh();
		},
		failRows(ofRevision, offset, message) {
			if (ofRevision !== revision) return;
			requested.delete(Math.floor(offset / PAGE_ROWS));
			failure.textContent = l10n.t("Some rows could not be read: {0} Scroll to try again.", message);
			failure.hidden = false;
		},
	};
}
