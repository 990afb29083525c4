import { html, nothing, type TemplateResult } from "lit";
import { formatCount } from "../shared/format.ts";
import { icon } from "../shared/icon.ts";
import { flagIcon } from "./flag-list.ts";
import { flagText, inFlagOrder } from "./flags.ts";
import { countFlags, isFiltering, NO_FILTER, RENEWAL_WINDOWS, type ReportFilter, toggled } from "./report-filter.ts";
import type { ReportContext } from "./report-state.ts";

const CROSS = "M8 7.06 11.53 3.53l.94.94L8.94 8l3.53 3.53-.94.94L8 8.94l-3.53 3.53-.94-.94L7.06 8 3.53 4.47l.94-.94L8 7.06Z";

/** One part of a filter that a person can take away. */
export interface FilterChip {
	readonly text: string;
	/** The filter without it. */
	readonly without: ReportFilter;
}

/** Every part of a filter in words, in the order of the controls. */
export function filterChips(filter: ReportFilter, { l10n }: Pick<ReportContext, "l10n">): readonly FilterChip[] {
	return [
		...(filter.text.trim() === "" ? [] : [{ text: l10n.t("Text: {0}", filter.text.trim()), without: { ...filter, text: "" } }]),
		...inFlagOrder(filter.flags).map((flag) => ({
			text: l10n.t("Flag: {0}", flagText(flag, l10n).label),
			without: { ...filter, flags: toggled(filter.flags, flag) },
		})),
		...filter.clients.map((client) => ({
			text: l10n.t("Client: {0}", client),
			without: { ...filter, clients: toggled(filter.clients, client) },
		})),
		...(filter.renewalWithinDays === null
			? []
			: [
					{
						text: l10n.t("Renewal within {0} days", filter.renewalWithinDays),
						without: { ...filter, renewalWithinDays: null },
					},
				]),
	];
}

/** The flags of the whole report with how many servers have each; each is a switch of the filter. */
export function flagSwitches({ l10n, state }: ReportContext): TemplateResult {
	const { report, filter } = state.current;
	const counts = countFlags(report.rows);
	const names = inFlagOrder([...new Set([...counts.keys(), ...filter.flags])]);
	if (names.length === 0) return html`<p class="no-flags">${l10n.t("No server has a flag.")}</p>`;
	return html`<div class="flag-switches" role="group" aria-label=${l10n.t("Show servers with a flag")}>
		${names.map((name) => {
			const { label, meaning } = flagText(name, l10n);
			return html`<button
				type="button"
				class="flag-switch"
				title=${meaning}
				aria-pressed=${filter.flags.includes(name) ? "true" : "false"}
				@click=${() => state.change({ filter: { ...state.current.filter, flags: toggled(state.current.filter.flags, name) }, tab: "servers" })}
			>
				${flagIcon(name)}<span class="flag-count">${formatCount(counts.get(name) ?? 0)}</span><span>${label}</span>
			</button>`;
		})}
	</div>`;
}

/** Text, client and window of renewal; what is chosen as chips; how many servers are left. */
export function filterBar(context: ReportContext): TemplateResult {
	const { l10n, state } = context;
	const { report, filter, sort } = state.current;
	const clients = [...new Set(report.rows.flatMap((row) => row.client ?? []))].toSorted((a, b) => a.localeCompare(b));
	const set = (part: Partial<ReportFilter>) => state.change({ filter: { ...state.current.filter, ...part } });
	const chips = filterChips(filter, context);
	return html`<div class="filters">
			<input
				class="filter-text"
				type="search"
				aria-label=${l10n.t("Filter by client or server")}
				placeholder=${l10n.t("Client or server …")}
				.value=${filter.text}
				@input=${(event: Event) => set({ text: (event.target as HTMLInputElement).value })}
			/>
			<select
				aria-label=${l10n.t("Client")}
				?disabled=${clients.length === 0}
				@change=${(event: Event) => {
					const select = event.target as HTMLSelectElement;
					if (select.value !== "") set({ clients: toggled(state.current.filter.clients, select.value) });
					select.value = "";
				}}
			>
				<option value="">${filter.clients.length === 0 ? l10n.t("All clients") : l10n.t("Another client …")}</option>
				${clients.filter((client) => !filter.clients.includes(client)).map((client) => html`<option value=${client}>${client}</option>`)}
			</select>
			<select
				aria-label=${l10n.t("Renewal")}
				@change=${(event: Event) => {
					const { value } = event.target as HTMLSelectElement;
					set({ renewalWithinDays: value === "" ? null : Number(value) });
				}}
			>
				<option value="" ?selected=${filter.renewalWithinDays === null}>${l10n.t("Any renewal date")}</option>
				${RENEWAL_WINDOWS.map(
					(days) =>
						html`<option value=${days} ?selected=${filter.renewalWithinDays === days}>${l10n.t("Renewal within {0} days", days)}</option>`,
				)}
			</select>
			<span class="shown" role="status">
				${
					isFiltering(filter)
						? l10n.t("{0} of {1} servers", formatCount(state.shown.length), formatCount(report.rows.length))
						: l10n.t("{0} servers", formatCount(report.rows.length))
				}
			</span>
			${
				sort === null
					? nothing
					: html`<button type="button" class="link" @click=${() => state.change({ sort: null })}>${l10n.t("Back to report order")}</button>`
			}
		</div>
		${
			chips.length === 0
				? nothing
				: html`<div class="chips" role="group" aria-label=${l10n.t("Filters")}>
						${chips.map(
							({ text, without }) =>
								html`<button
									type="button"
									class="chip"
									aria-label=${l10n.t("Remove the filter {0}", text)}
									@click=${() => state.change({ filter: without })}
								>
									<span>${text}</span>${icon(CROSS)}
								</button>`,
						)}
						<button type="button" class="link" @click=${() => state.change({ filter: NO_FILTER })}>${l10n.t("Clear filters")}</button>
					</div>`
		}`;
}
