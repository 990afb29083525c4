import { html, nothing, render, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { PreviewLimitName, PreviewLimits, PreviewSummary, SensitivityCurve } from "../../../../server/protocol/preview-messages.ts";
import { placeAt } from "../../shared/charts/curve-points.ts";
import { dayTicks } from "../../shared/charts/scale.ts";
import { type CurveLine, createSensitivityCurve } from "../../shared/charts/sensitivity-curve.ts";
import { formatCount } from "../../shared/format.ts";
import type { Localize } from "../../shared/localize.ts";
import { clampDays, findLimitFaults, limitsOfFault, MAX_DAYS, readDays, sliderLength } from "../figures/limit-rules.ts";
import { describeFault, explainLimit, limitTitle, referenceName } from "../figures/limit-texts.ts";

/** What a card shows. */
export interface CardData {
	readonly summary: PreviewSummary;
	/** Limits that the fields and sliders have. */
	readonly limits: PreviewLimits;
	readonly isWhatIf: boolean;
	/** Null until it is known. */
	readonly curve: SensitivityCurve | null;
}

/** Field, slider and curve of one limit. */
export interface LimitCard {
	readonly element: HTMLElement;
	show(data: CardData): void;
}

/** Days of Page Up and Page Down. */
const PAGE_DAYS = 10;

/** Makes the card of a limit; what a person types stays until it is a number of days, and the card says what is wrong with it. */
export function createLimitCard(name: PreviewLimitName, l10n: Localize, onChange: (days: number) => void): LimitCard {
	const element = document.createElement("section");
	element.className = "limit-card";
	element.setAttribute("aria-labelledby", `${name}-title`);
	const curve = createSensitivityCurve(l10n, onChange);
	let data: CardData | null = null;
	// What stands in the field while it is typed and is no number of days yet.
	let draft: string | null = null;
	let length: number | null = null;
	let isTableOpen = false;

	function type(text: string): void {
		const days = readDays(text);
		draft = days === null ? text : null;
		if (days === null) draw();
		else onChange(days);
	}

	function onFieldKey(event: KeyboardEvent): void {
		const steps: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowDown: -1, PageUp: PAGE_DAYS, PageDown: -PAGE_DAYS };
		const step = steps[event.key];
		if (event.key === "Escape" && draft !== null) {
			draft = null;
			draw();
		}
		if (step === undefined || data === null) return;
		event.preventDefault();
		draft = null;
		onChange(clampDays(data.limits[name] + step));
	}

	function onSliderKey(event: KeyboardEvent): void {
		const step = event.key === "PageUp" ? PAGE_DAYS : event.key === "PageDown" ? -PAGE_DAYS : 0;
		if (step === 0 || data === null) return;
		event.preventDefault();
		onChange(clampDays(data.limits[name] + step));
	}

	function draw(): void {
		if (data === null) return;
		const { summary, limits, isWhatIf } = data;
		const days = limits[name];
		length = sliderLength([days, summary.limits[name], ...summary.references.map((reference) => reference.limits[name])], length);
		const faults = findLimitFaults(limits).filter((fault) => limitsOfFault(fault).includes(name));
		const isOrder = faults.some(({ kind }) => kind === "order");
		render(
			html`<div class="limit-head">
					<div>
						<h3 id="${name}-title">${limitTitle(name, l10n)}</h3>
						<code>${name}</code>
					</div>
					<label class="limit-field">
						<span class="sr-only">${l10n.t("{0} in days ({1})", limitTitle(name, l10n), name)}</span>
						<input
							type="text"
							inputmode="numeric"
							autocomplete="off"
							spellcheck="false"
							.value=${live(draft ?? String(days))}
							aria-invalid=${draft !== null || isOrder ? "true" : "false"}
							aria-describedby="${name}-explained ${name}-faults"
							@input=${(event: Event) => type((event.target as HTMLInputElement).value)}
							@keydown=${onFieldKey}
						/>
						<span aria-hidden="true">${days === 1 ? l10n.t("day") : l10n.t("days")}</span>
					</label>
				</div>
				<p class="limit-explained" id="${name}-explained">
					${explainLimit(name, limits, l10n)}
					${isWhatIf && days !== summary.limits[name] ? html`<span class="limit-was">${l10n.t("In the file: {0}.", formatCount(summary.limits[name]))}</span>` : nothing}
				</p>
				${curve.element}
				<input
					class="limit-slider"
					type="range"
					min="0"
					step="1"
					.max=${String(length)}
					.value=${live(String(days))}
					aria-label=${l10n.t("{0} in days ({1})", limitTitle(name, l10n), name)}
					aria-valuetext=${days === 1 ? l10n.t("1 day") : l10n.t("{0} days", formatCount(days))}
					aria-describedby="${name}-faults"
					@input=${(event: Event) => {
						draft = null;
						onChange(clampDays(Number((event.target as HTMLInputElement).value)));
					}}
					@keydown=${onSliderKey}
				/>
				<div class="limit-faults" id="${name}-faults" role="status">
					${draft === null ? nothing : html`<p class="error">${l10n.t("Write whole days from 0 to {0}. The figures still have {1}.", formatCount(MAX_DAYS), formatCount(days))}</p>`}
					${faults.map((fault) => html`<p class=${fault.kind === "order" ? "error" : "warning"}>${describeFault(fault, limits, l10n)}</p>`)}
				</div>
				${valuesTable(length)}`,
			element,
		);
		curve.show(curveData(length));
	}

	function curveData(lastDay: number): Parameters<typeof curve.show>[0] {
		if (data?.curve == null) return null;
		const { summary, limits, isWhatIf } = data;
		const marks = [
			{ days: summary.limits[name], name: summary.limitsFromProject ? l10n.t("In use") : l10n.t("File") },
			...summary.references
				.filter(({ kind }) => kind !== "instance")
				.map((reference) => ({ days: reference.limits[name], name: referenceName(reference, l10n) })),
		];
		return {
			label: limitTitle(name, l10n),
			values: data.curve.values,
			lines: linesOf(data.curve, name),
			lastDay,
			value: limits[name],
			valueName: isWhatIf && limits[name] !== summary.limits[name] ? l10n.t("What if {0}", formatCount(limits[name])) : null,
			marks,
		};
	}

	/** The same numbers as a table, at the values that are marked and at round ones. */
	function valuesTable(lastDay: number): TemplateResult | typeof nothing {
		if (data?.curve == null) return nothing;
		const { curve: own, summary, limits } = data;
		const lines = linesOf(own, name);
		const wanted = [
			...dayTicks(lastDay, 8),
			limits[name],
			summary.limits[name],
			...summary.references.map((reference) => reference.limits[name]),
		];
		const rows = [...new Set(wanted)].sort((one, other) => one - other);
		const toggle = (event: Event) => {
			isTableOpen = (event.target as HTMLDetailsElement).open;
			draw();
		};
		return html`<details class="curve-table" @toggle=${toggle}>
			<summary>${l10n.t("Values as a table")}</summary>
			${
				isTableOpen
					? html`<div class="figure-scroll"><table class="figure-table" aria-labelledby="${name}-title">
							<thead>
								<tr><th scope="col" class="numeric">${l10n.t("Days")}</th>${lines.map((line) => html`<th scope="col" class="numeric">${line.name}</th>`)}</tr>
							</thead>
							<tbody>
								${rows.map((days) => {
									const place = placeAt(own.values, days);
									return html`<tr class=${days === limits[name] ? "chosen" : ""}>
										<th scope="row" class="numeric"><button type="button" class="figure-link" title=${l10n.t("Set the limit to this")} @click=${() => onChange(days)}>${formatCount(days)}</button></th>
										${lines.map(({ counts }) => html`<td class="numeric">${formatCount(counts[place] ?? 0)}</td>`)}
									</tr>`;
								})}
							</tbody>
						</table></div>`
					: nothing
			}
		</details>`;
	}

	return {
		element,
		show(next) {
			data = next;
			if (draft !== null && !element.contains(document.activeElement)) draft = null;
			draw();
		},
	};
}

/** The lines of a limit: of the install date cut-off also Unreported, which is what it takes from. */
function linesOf(curve: SensitivityCurve, name: PreviewLimitName): readonly CurveLine[] {
	const lines = [
		{ name: "Used", colour: "used pattern-1", counts: curve.used },
		{ name: "Rarely Used", colour: "rarely pattern-2", counts: curve.rarelyUsed },
		{ name: "Unused", colour: "unused pattern-3", counts: curve.unused },
	];
	return name === "InstallDateCutOffLimit"
		? [...lines, { name: "Unreported", colour: "unreported pattern-4", counts: curve.unreported }]
		: lines;
}
