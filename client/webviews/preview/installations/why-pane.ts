import "@vscode-elements/elements/dist/vscode-button/index.js";
import { html, nothing, render, type TemplateResult } from "lit";
import type { ExplainResult, PreviewLimits, SourcePlace } from "../../../../server/protocol/preview-messages.ts";
import { formatCount } from "../../shared/format.ts";
import { isAbort, messageOf } from "../../shared/host.ts";
import type { Localize } from "../../shared/localize.ts";
import { swatch } from "../categories.ts";
import { type Filter, withName } from "../filters/query-filter.ts";
import { type PreviewContext, whatIf } from "../preview-state.ts";

/** Says why one installation has its category. */
export interface WhyPane {
	readonly element: HTMLElement;
	/** Shows what the state explains now, if it is not shown already; asks again when data or limits changed. */
	update(): void;
}

interface WhyActions {
	/** Closes the pane and gives the keyboard back. */
	close(): void;
	filter(change: (filter: Filter) => Filter): void;
}

/** Makes it closed. Escape closes it. */
export function createWhyPane({ host, l10n, state }: PreviewContext, actions: WhyActions): WhyPane {
	const element = document.createElement("section");
	element.className = "why";
	element.tabIndex = -1;
	element.setAttribute("aria-label", l10n.t("Why this category"));
	element.hidden = true;
	const body = document.createElement("div");
	body.className = "why-body";
	element.append(body);
	let shown = "";
	let asking = new AbortController();
	let explanation: ExplainResult | null = null;
	let failure: string | null = null;
	let placeFailure: string | null = null;

	element.addEventListener("keydown", (event) => {
		if (event.key !== "Escape") return;
		event.stopPropagation();
		actions.close();
	});

	function ask(): void {
		const { explained } = state.current;
		asking.abort();
		failure = null;
		placeFailure = null;
		if (explained === null) return;
		if (explanation?.device !== explained.device || explanation.product !== explained.product) explanation = null;
		asking = new AbortController();
		host.ask("explain", { ...explained, ...whatIf(state.current) }, asking.signal).then(
			(answer) => {
				explanation = answer;
				draw();
			},
			(error: unknown) => {
				if (isAbort(error)) return;
				explanation = null;
				failure = messageOf(error);
				draw();
			},
		);
	}

	function openPlace({ uri, line }: SourcePlace): void {
		if (uri === null) return;
		placeFailure = null;
		host.ask("openPlace", { uri, line }).catch((error: unknown) => {
			placeFailure = messageOf(error);
			draw();
		});
	}

	function draw(): void {
		const { explained, limits, summary } = state.current;
		element.hidden = explained === null;
		if (explained === null) return;
		render(
			html`<div class="why-head">
					<h2>${l10n.t("Why this category")}</h2>
					<button type="button" class="close" aria-label=${l10n.t("Close")} title=${l10n.t("Close (Escape)")} @click=${actions.close}>×</button>
				</div>
				<p class="why-of"><span dir="auto">${explained.device}</span><span dir="auto">${explained.product}</span></p>
				<div aria-live="polite">
					${
						failure !== null
							? html`<p class="why-failure" role="alert" dir="auto">${failure}</p>`
							: explanation === null
								? html`<p class="note">${l10n.t("Loading …")}</p>`
								: reasons(explanation, limits ?? summary.limits, summary.endOfSync, l10n)
					}
				</div>
				${explanation === null ? nothing : placeOf(explanation)}
				<div class="buttons">
					<vscode-button secondary @click=${() => actions.filter((filter) => withName(filter, "device", explained.device))}
						>${l10n.t("Only This Device")}</vscode-button
					>
					<vscode-button secondary @click=${() => actions.filter((filter) => withName(filter, "product", explained.product))}
						>${l10n.t("Only This Product")}</vscode-button
					>
				</div>`,
			body,
		);
	}

	function placeOf({ place }: ExplainResult): TemplateResult {
		return html`<h3>${l10n.t("In the data")}</h3>
			<p dir="auto">
				${
					place.path === null
						? l10n.t("Source “{0}”, row {1}", place.source, formatCount(place.row))
						: l10n.t("Source “{0}”, {1}, row {2}", place.source, place.path, formatCount(place.row))
				}
			</p>
			${
				place.uri === null
					? html`<p class="note">${l10n.t("This source is no file that the editor can open.")}</p>`
					: html`<vscode-button @click=${() => openPlace(place)}
							>${place.line === null ? l10n.t("Open File") : l10n.t("Open Row in Data")}</vscode-button
						>`
			}
			${placeFailure === null ? nothing : html`<p class="why-failure" role="alert" dir="auto">${placeFailure}</p>`}`;
	}

	return {
		element,
		update() {
			const { explained, limits, revision } = state.current;
			const wanted = JSON.stringify([explained, limits, revision]);
			if (wanted === shown) return;
			const wasClosed = element.hidden;
			shown = wanted;
			ask();
			draw();
			// In a narrow window it stands below the table.
			if (wasClosed && !element.hidden) element.scrollIntoView({ block: "nearest" });
		},
	};
}

function reasons(why: ExplainResult, limits: PreviewLimits, endOfSync: string | null, l10n: Localize): TemplateResult {
	return html`<p class="why-outcome">${swatch(why.category)}<strong>${why.category}</strong>${why.reason === null ? nothing : html`<span>${why.reason}</span>`}</p>
		<p>${l10n.t("Rule {0}: {1}", why.rule, why.ruleText)}</p>
		${dates(why, limits, endOfSync, l10n)}
		<h3>${l10n.t("Rules that were tried")}</h3>
		<ol class="why-steps">
			${why.steps.map(
				(step) =>
					html`<li value=${step.rule} class=${step.matched ? "matched" : ""}>
						${step.text}
						<span class="why-verdict">${step.matched ? l10n.t("✓ holds, and decides") : l10n.t("✗ does not hold")}</span>
					</li>`,
			)}
		</ol>
		<h3>${l10n.t("By time alone")}</h3>
		<p>${nextChange(why, l10n)}</p>`;
}

function nextChange({ nextChange: next }: ExplainResult, l10n: Localize): string {
	if (next === null) return l10n.t("The category stays as it is, however much time passes.");
	return next.reason === null
		? l10n.t("From {0} on it would be {1}, if nothing is used or installed until then.", next.day, next.category)
		: l10n.t("From {0} on it would be {1} ({2}), if nothing is used or installed until then.", next.day, next.category, next.reason);
}

/** The dates that rules look at, how many days they lie back, and the limits that those are compared with. */
function dates(why: ExplainResult, limits: PreviewLimits, endOfSync: string | null, l10n: Localize): TemplateResult {
	const { ages } = why;
	const own = why.ownLastUsageDate;
	const isOfComponent = own?.date !== why.lastUsageDate?.date;
	const rows = [
		{ name: l10n.t("End of sync"), date: endOfSync, age: null, limit: "" },
		{
			name: l10n.t("Device inventory"),
			date: why.inventoryDate?.date ?? null,
			future: why.inventoryDate?.inFuture,
			age: ages.inventoryAge,
			limit: "",
		},
		{ name: l10n.t("Latest usage on the device"), date: why.latestDeviceUsage, age: ages.usageLag, limit: "" },
		{
			name: isOfComponent ? l10n.t("Last used (with its components)") : l10n.t("Last used"),
			date: why.lastUsageDate?.date ?? null,
			future: why.lastUsageDate?.inFuture,
			age: ages.usageAge,
			limit: l10n.t("Used up to {0}, Unused from {1}", limits.UsedCategoryLimit, limits.UnusedCategoryLimit),
		},
		...(isOfComponent ? [{ name: l10n.t("Last used itself"), date: own?.date ?? null, future: own?.inFuture, age: null, limit: "" }] : []),
		{
			name: l10n.t("Installed"),
			date: why.installDate?.date ?? null,
			future: why.installDate?.inFuture,
			age: ages.installAge,
			limit: l10n.t("Recently installed below {0}", limits.InstallDateCutOffLimit),
		},
	];
	return html`<table class="plain why-dates">
			<thead>
				<tr>
					<th scope="col">${l10n.t("Date of")}</th>
					<th scope="col">${l10n.t("Day")}</th>
					<th scope="col" class="numeric">${l10n.t("Age in days")}</th>
					<th scope="col">${l10n.t("Limit in days")}</th>
				</tr>
			</thead>
			<tbody>
				${rows.map(
					(row) => html`<tr>
						<th scope="row">${row.name}</th>
						<td class="keep">${row.date ?? l10n.t("none")}${row.future === true ? html` <em>${l10n.t("(in the future)")}</em>` : nothing}</td>
						<td class="numeric">${row.age === null ? "–" : formatCount(row.age)}</td>
						<td>${row.limit}</td>
					</tr>`,
				)}
			</tbody>
		</table>
		${why.productReportsUsage ? nothing : html`<p class="note">${l10n.t("No usage of this product is known on any device.")}</p>`}`;
}
