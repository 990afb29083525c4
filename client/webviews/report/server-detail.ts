import { html, nothing, type TemplateResult } from "lit";
import type { ReportRow, ReportServerResult } from "../../../server/protocol/report-messages.ts";
import { trendChart } from "../shared/charts/trend-chart.ts";
import { formatCount, formatInstant } from "../shared/format.ts";
import { icon } from "../shared/icon.ts";
import type { Localize } from "../shared/localize.ts";
import { flagIcon } from "./flag-list.ts";
import { flagText } from "./flags.ts";
import { daysUntil } from "./report-filter.ts";
import { activeOf, historyWords, kindName, type Outlook, paidOf, projectionWords, USER_KINDS, type UserKind } from "./report-words.ts";
import { useBar } from "./use-bar.ts";

/** What the detail of a server shows. */
export interface DetailView {
	readonly row: ReportRow;
	readonly asOf: string;
	/** Its weeks and logs; null while they are fetched. */
	readonly answer: ReportServerResult | null;
	/** Why they could not be had; null when that is not so. */
	readonly failure: string | null;
	/** Kinds of users that the chart shows. */
	readonly kinds: readonly UserKind[];
	/** Width of the chart in pixels. */
	readonly width: number;
	readonly l10n: Localize;
}

/** What a person can do there. */
export interface DetailActions {
	close(): void;
	openSubscription(): void;
	showKind(kind: UserKind): void;
	retry(): void;
}

const CROSS = "M8 7.06 12.03 3.03l.94.94L8.94 8l4.03 4.03-.94.94L8 8.94l-4.03 4.03-.94-.94L7.06 8 3.03 3.97l.94-.94L8 7.06Z";
const COLOURS: Readonly<Record<UserKind, string>> = { registered: "series-1", enterprise: "series-2", designers: "series-3" };
const LOOKS: Readonly<Record<Outlook, string>> = { within: "fine", "perhaps over": "warning", over: "alarm", unknown: "none" };

/** Everything about one server: its flags, its users, 26 weeks with the projection to the renewal, and its logs. */
export function serverDetail(view: DetailView, actions: DetailActions): TemplateResult {
	const { row, l10n } = view;
	return html`<div class="detail-head">
			<div class="detail-title">
				<h2 tabindex="-1">${row.server}</h2>
				<p>${subscriptionWords(view)}</p>
			</div>
			<button type="button" class="icon-button" title=${l10n.t("Close")} aria-label=${l10n.t("Close the detail of {0}", row.server)} @click=${actions.close}>
				${icon(CROSS)}
			</button>
		</div>
		${
			row.project === null
				? nothing
				: html`<p class="detail-links">
						<button type="button" class="link" @click=${actions.openSubscription}>${l10n.t("Open the subscription in the project file")}</button>
					</p>`
		}
		${flagSection(view)} ${useSection(view)} ${chartSection(view, actions)} ${logSection(view, actions)}`;
}

function subscriptionWords({ row, asOf, l10n }: DetailView): string {
	if (row.client === null) return l10n.t("No subscription names this server.");
	if (row.renewalDate === null) return l10n.t("{0}, no renewal date", row.client);
	const days = daysUntil(row.renewalDate, asOf);
	if (days === null) return l10n.t("{0}, renewal {1}", row.client, row.renewalDate);
	if (days === 0) return l10n.t("{0}, renewal {1}, today", row.client, row.renewalDate);
	return days > 0
		? l10n.t("{0}, renewal {1}, in {2} days", row.client, row.renewalDate, formatCount(days))
		: l10n.t("{0}, renewal {1}, {2} days ago", row.client, row.renewalDate, formatCount(-days));
}

function flagSection({ row, l10n }: DetailView): TemplateResult | typeof nothing {
	if (row.flags.length === 0) return nothing;
	return html`<section aria-label=${l10n.t("Flags")}>
		<h3>${l10n.t("Flags")}</h3>
		<ul class="flag-cards">
			${row.flags.map((name, index) => {
				const { label, advice } = flagText(name, l10n);
				return html`<li class="flag-card">
					${flagIcon(name)}
					<div>
						<strong>${label}</strong>
						<p>${row.flagDetails[index] ?? ""}</p>
						<p class="quiet">${advice}</p>
					</div>
				</li>`;
			})}
		</ul>
	</section>`;
}

function useSection({ row, asOf, l10n }: DetailView): TemplateResult {
	const words = USER_KINDS.map((kind) => ({ kind, ...projectionWords(row, kind, asOf, l10n) }));
	const [first] = words;
	// What holds for all kinds, such as that there is no projection, is said once.
	const common = first !== undefined && words.every(({ sentence }) => sentence === first.sentence) ? first.sentence : null;
	return html`<section aria-label=${l10n.t("Users")}>
		<h3>${l10n.t("Users, active / paid")}</h3>
		<div class="kinds">
			${words.map(
				({ kind, sentence, verdict, trend, outlook }) => html`<div class="kind">
					<div class="kind-name"><span class="swatch ${COLOURS[kind]}"></span>${kindName(kind, l10n)}</div>
					<div class="kind-use">${useBar(row, kind, l10n)}</div>
					<p class="kind-words">
						${common === null ? html`<span>${sentence}</span>` : nothing}
						${verdict === "" ? nothing : html`<span class="verdict verdict-${LOOKS[outlook]}">${verdict}</span>`}
						${trend === "" ? nothing : html`<span class="quiet">${l10n.t("Trend: {0}", trend)}</span>`}
					</p>
				</div>`,
			)}
			${common === null ? nothing : html`<p>${common}</p>`}
		</div>
	</section>`;
}

function chartSection(view: DetailView, actions: DetailActions): TemplateResult {
	const { row, answer, kinds, width, l10n } = view;
	const nothingLogged = USER_KINDS.every((kind) => row.history[kind].every((value) => value === null));
	return html`<section aria-label=${l10n.t("Last 26 weeks")}>
		<div class="section-head">
			<h3>${l10n.t("Last 26 weeks")}</h3>
			<div class="kind-switches" role="group" aria-label=${l10n.t("Kinds of users in the chart")}>
				${USER_KINDS.map(
					(kind) =>
						html`<button type="button" class="kind-switch" aria-pressed=${kinds.includes(kind) ? "true" : "false"} @click=${() => actions.showKind(kind)}>
							<span class="swatch ${COLOURS[kind]}"></span>${kindName(kind, l10n)}
						</button>`,
				)}
			</div>
		</div>
		${
			nothingLogged
				? html`<p class="empty">${l10n.t("No log in the last {0} weeks, so there is nothing to draw.", row.history.registered.length)}</p>`
				: answer === null
					? html`<div class="chart-room" aria-hidden="true"></div>`
					: html`${chart(view, answer, width)}
							<p class="note">
								${l10n.t("Dashed: what is paid for. Dotted, with its range: the projection to the renewal. A week without a log is a gap.")}
								${
									answer.weeks.some(({ breakBefore }) => breakBefore)
										? l10n.t("The line is broken where a new version of the system changed the count.")
										: nothing
								}
							</p>`
		}
	</section>`;
}

function chart({ row, kinds, asOf, l10n }: DetailView, answer: ReportServerResult, width: number): TemplateResult {
	const weeks = answer.weeks.map(({ start }) => start);
	const first = weeks[0];
	const renewal = row.renewalDate !== null && first !== undefined && row.renewalDate >= first.slice(0, 10) ? row.renewalDate : null;
	return trendChart({
		label: l10n.t("Active users of {0} by week", row.server),
		description: [historyWords(row.history.registered, l10n), ...kinds.map((kind) => projectionWords(row, kind, asOf, l10n).sentence)].join(
			" ",
		),
		width,
		weeks,
		series: kinds.map((kind) => ({
			name: kindName(kind, l10n),
			colour: COLOURS[kind],
			values: answer.weeks.map(({ logged }) => (logged === null ? null : logged[kind])),
			paid: paidOf(row, kind),
			projection: row.projection[kind]?.atRenewal ?? null,
		})),
		breaks: answer.weeks.map(({ breakBefore }) => breakBefore),
		renewal,
		l10n,
	});
}

function logSection({ answer, failure, l10n, row }: DetailView, { retry }: DetailActions): TemplateResult {
	const heads = [l10n.t("Logged"), ...USER_KINDS.map((kind) => kindName(kind, l10n)), l10n.t("Version")];
	return html`<section aria-label=${l10n.t("Usage logs")}>
		<h3>${answer === null ? l10n.t("Usage logs") : l10n.t("Usage logs ({0})", formatCount(answer.logCount))}</h3>
		${
			failure !== null
				? html`<p class="notice-line" role="alert">${failure} <button type="button" class="link" @click=${retry}>${l10n.t("Try Again")}</button></p>`
				: answer === null
					? html`<p class="quiet" role="status">${l10n.t("Loading …")}</p>`
					: answer.logs.length === 0
						? html`<p class="empty">${l10n.t("No log of this server has arrived.")}</p>`
						: html`${
								answer.logs.length < answer.logCount
									? html`<p class="note">
											${l10n.t("The latest {0} of {1} logs.", formatCount(answer.logs.length), formatCount(answer.logCount))}
										</p>`
									: nothing
							}
							<div class="logs" tabindex="0" role="region" aria-label=${l10n.t("Usage logs of {0}", row.server)}>
								<table class="plain">
									<thead>
										<tr>
											${heads.map((head, index) => html`<th scope="col" class=${index > 0 && index < 4 ? "numeric" : ""}>${head}</th>`)}
										</tr>
									</thead>
									<tbody>
										${answer.logs.map(
											(log) =>
												html`<tr>
													<td class="keep">${formatInstant(log.loggedAt)}</td>
													<td class="numeric">${formatCount(log.registered)}</td>
													<td class="numeric">${formatCount(log.enterprise)}</td>
													<td class="numeric">${formatCount(log.designers)}</td>
													<td>${log.version ?? "–"}</td>
												</tr>`,
										)}
									</tbody>
								</table>
							</div>`
		}
	</section>`;
}

/** The kind of users that the chart shows at first: the first that is paid for or active, since the others are far fewer. */
export function firstKinds(row: ReportRow): readonly UserKind[] {
	return [USER_KINDS.find((kind) => (activeOf(row, kind) ?? 0) > 0 || (paidOf(row, kind) ?? 0) > 0) ?? "registered"];
}
