import { nothing, render } from "lit";
import type { ReportRow, ReportServerResult } from "../../../server/protocol/report-messages.ts";
import { watchWidth } from "../shared/charts/watch-width.ts";
import { isAbort, messageOf } from "../shared/host.ts";
import { toggled } from "./report-filter.ts";
import { findRow, keyOfRow, type ReportContext } from "./report-state.ts";
import { USER_KINDS, type UserKind } from "./report-words.ts";
import { firstKinds, serverDetail } from "./server-detail.ts";

/** The pane beside the table that shows one server. */
export interface DetailPane {
	readonly element: HTMLElement;
	/** Shows the server that the state has opened now; fetches its weeks anew after every result. */
	update(): void;
}

/** Makes the pane, which is hidden while no server is opened. `closed` is told when a person closes it. */
export function createDetailPane({ host, l10n, state }: ReportContext, closed: () => void): DetailPane {
	const element = document.createElement("section");
	element.className = "detail";
	element.setAttribute("aria-label", l10n.t("Detail of a server"));
	element.hidden = true;
	const scroll = document.createElement("div");
	scroll.className = "detail-scroll";
	element.append(scroll);

	let width = 420;
	let shown: string | null = null;
	/** What was asked for last: the row and the result that it belongs to. */
	let asked: string | null = null;
	let answer: ReportServerResult | null = null;
	let failure: string | null = null;
	let chosen: readonly UserKind[] | null = null;
	let running: AbortController | null = null;

	watchWidth(scroll, (wide) => {
		width = wide;
		draw();
	});
	element.addEventListener("keydown", (event) => {
		if (event.key !== "Escape") return;
		event.stopPropagation();
		close();
	});

	function close(): void {
		state.change({ opened: null });
		closed();
	}

	async function fetchServer(row: ReportRow): Promise<void> {
		running?.abort();
		const own = new AbortController();
		running = own;
		try {
			const result = await host.ask("reportServer", { client: row.client, server: row.server }, own.signal);
			if (running !== own) return;
			answer = result;
			failure = null;
		} catch (error) {
			if (running !== own || isAbort(error)) return;
			failure = messageOf(error);
		}
		running = null;
		draw();
	}

	function draw(): void {
		const row = findRow(state.current.report.rows, state.current.opened);
		element.hidden = row === null;
		if (row === null) {
			render(nothing, scroll);
			return;
		}
		const kinds = chosen ?? firstKinds(row);
		render(
			serverDetail(
				{ row, asOf: state.current.report.asOf, answer, failure, kinds, width, l10n },
				{
					close,
					openSubscription() {
						if (row.project === null || row.client === null) return;
						host.ask("openSubscription", { uri: row.project, client: row.client, server: row.server }).catch((error: unknown) => {
							failure = messageOf(error);
							draw();
						});
					},
					showKind(kind) {
						const next = toggled(kinds, kind);
						// A chart shows one kind at least.
						chosen = USER_KINDS.filter((one) => next.includes(one));
						if (chosen.length === 0) chosen = [kind];
						draw();
					},
					retry() {
						failure = null;
						draw();
						void fetchServer(row);
					},
				},
			),
			scroll,
		);
	}

	/** In a narrow window the pane stands in place of the table, which then cannot have the keyboard any more. */
	function takeFocus(): void {
		const { activeElement } = document;
		if (activeElement === null || activeElement === document.body || !activeElement.checkVisibility()) scroll.querySelector("h2")?.focus();
	}

	function update(): void {
		const { report, revision, opened } = state.current;
		const row = findRow(report.rows, opened);
		const key = row === null ? null : keyOfRow(row);
		if (key !== shown) {
			// Another server: nothing of the former one stays, and reading begins at the top.
			answer = null;
			failure = null;
			chosen = null;
			scroll.scrollTop = 0;
			if (key === null) running?.abort();
		}
		const isOpened = key !== null && key !== shown && asked !== null;
		shown = key;
		draw();
		if (isOpened) requestAnimationFrame(takeFocus);
		const request = `${revision} ${key ?? ""}`;
		if (row !== null && request !== asked) void fetchServer(row);
		asked = row === null ? "" : request;
	}

	return { element, update };
}
