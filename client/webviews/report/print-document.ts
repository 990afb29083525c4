import { html, nothing, render, type TemplateResult } from "lit";
import type { ReportRow } from "../../../server/protocol/report-messages.ts";
import { sparkline } from "../shared/charts/sparkline.ts";
import { formatCount, formatDifference, formatInstant } from "../shared/format.ts";
import type { Localize } from "../shared/localize.ts";
import { clientsTable } from "./clients-tab.ts";
import { filterChips } from "./filter-bar.ts";
import { flagIcon } from "./flag-list.ts";
import { flagText } from "./flags.ts";
import { problemsTable } from "./problems-tab.ts";
import { isFiltering } from "./report-filter.ts";
import type { ReportContext } from "./report-state.ts";
import { historyWords, perWeekWords } from "./report-words.ts";
import { useBar } from "./use-bar.ts";

/** Titles of the columns that are printed; the table is as wide as a page on its side. */
const columnTitles = (l10n: Localize) => [
	l10n.t("Client"),
	l10n.t("Server"),
	l10n.t("Flags"),
	l10n.t("Renewal Date"),
	l10n.t("Registered, active / paid"),
	l10n.t("Enterprise, active / paid"),
	l10n.t("Designers, active / paid"),
	l10n.t("Trend, 26 weeks"),
	l10n.t("Registered at renewal"),
	l10n.t("Weekly Difference"),
	l10n.t("Last Update"),
];

/**
 * The body of a page that prints the report: every server that is shown, in the order that is shown, with the totals of their
 * clients and the data problems. It is markup with all texts escaped, without scripts or anything from elsewhere.
 */
export function printBody(context: ReportContext): string {
	const room = document.createElement("div");
	render(printTemplate(context), room);
	// The places where lit would change something later are of no use on paper.
	const walker = document.createTreeWalker(room, NodeFilter.SHOW_COMMENT);
	const marks: Node[] = [];
	while (walker.nextNode()) marks.push(walker.currentNode);
	for (const mark of marks) mark.parentNode?.removeChild(mark);
	return room.innerHTML;
}

function printTemplate(context: ReportContext): TemplateResult {
	const { l10n, state } = context;
	const { report, filter } = state.current;
	const rows = state.shown;
	const names = new Set(rows.flatMap((row) => row.client ?? []));
	const clients = isFiltering(filter) ? report.clients.filter(({ client }) => names.has(client)) : report.clients;
	const facts = [
		{ name: l10n.t("As of"), value: formatInstant(report.asOf) },
		{ name: l10n.t("Clients"), value: formatCount(clients.length) },
		{
			name: l10n.t("Servers"),
			value: isFiltering(filter)
				? l10n.t("{0} of {1}", formatCount(rows.length), formatCount(report.rows.length))
				: formatCount(rows.length),
		},
		{ name: l10n.t("With flags"), value: formatCount(rows.filter((row) => row.flags.length > 0).length) },
	];
	return html`<header>
			<h1>${l10n.t("Usage Report")}</h1>
			<dl class="facts">${facts.map(({ name, value }) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
			${
				isFiltering(filter)
					? html`<p class="filter-words">
							${l10n.t(
								"Shown are the servers of these filters only: {0}.",
								filterChips(filter, context)
									.map(({ text }) => text)
									.join("; "),
							)}
						</p>`
					: nothing
			}
			${report.leftOut.length === 0 ? nothing : html`<p class="left-out">${leftOutWords(report.leftOut, l10n)}</p>`}
		</header>
		<section>
			<h2>${l10n.t("Servers")}</h2>
			${rows.length === 0 ? html`<p>${l10n.t("No server is shown.")}</p>` : serverTable(rows, l10n)}
		</section>
		<section>
			<h2>${l10n.t("Totals per client")}</h2>
			${clientsTable(clients, l10n)}
		</section>
		${
			report.problemCount === 0
				? nothing
				: html`<section>
						<h2>${l10n.t("Data problems")}</h2>
						${problemsTable(report, l10n)}
					</section>`
		}`;
}

function serverTable(rows: readonly ReportRow[], l10n: Localize): TemplateResult {
	return html`<table class="plain">
		<thead>
			<tr>${columnTitles(l10n).map((title, index) => html`<th scope="col" class=${index === 9 ? "numeric" : ""}>${title}</th>`)}</tr>
		</thead>
		<tbody>
			${rows.map(
				(row) =>
					html`<tr>
						<td>${row.client ?? "–"}</td>
						<th scope="row" class="name">${row.server}</th>
						<td class="flag-words">
							${row.flags.map(
								(name, index) =>
									html`<div>${flagIcon(name)}<span><b>${flagText(name, l10n).label}</b><br />${row.flagDetails[index] ?? ""}</span></div>`,
							)}
						</td>
						<td class="keep">${row.renewalDate ?? "–"}</td>
						<td class="use-column">${useBar(row, "registered", l10n)}</td>
						<td class="use-column">${useBar(row, "enterprise", l10n)}</td>
						<td class="use-column">${useBar(row, "designers", l10n)}</td>
						<td>${sparkline(row.history.registered, { label: historyWords(row.history.registered, l10n), reference: row.registeredUsers })}</td>
						<td class="keep">${atRenewal(row, l10n)}</td>
						<td class="numeric">${formatDifference(row.weeklyDifference)}</td>
						<td>${instant(row.lastUpdate)}</td>
					</tr>`,
			)}
		</tbody>
	</table>`;
}

/** Day and time, which may stand on two lines but are not broken themselves. */
function instant(value: string | null): TemplateResult {
	const [day = "", ...time] = formatInstant(value).split(" ");
	return html`<span class="keep">${day}</span> <span class="keep">${time.join(" ")}</span>`;
}

/** What is expected on the day of renewal, with its range and the gain per week; a dash when nothing is. */
function atRenewal(row: ReportRow, l10n: Localize): TemplateResult | string {
	const projection = row.projection.registered;
	const end = projection?.atRenewal ?? null;
	if (projection === null || end === null) return "–";
	return html`${l10n.t(
		"{0} ({1} to {2})",
		formatCount(Math.round(end.expected)),
		formatCount(Math.max(0, Math.floor(end.low + 1e-9))),
		formatCount(Math.max(0, Math.ceil(end.high - 1e-9))),
	)}<br /><span class="quiet">${l10n.t("{0} per week", perWeekWords(projection.perWeek))}</span>`;
}

/** Says which projects are missing from the report. */
export function leftOutWords(names: readonly string[], l10n: Localize): string {
	return l10n.t("Left out, since they cannot be read: {0}. The data problems say why.", names.join(", "));
}
