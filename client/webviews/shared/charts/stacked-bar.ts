import { html, nothing, type TemplateResult } from "lit";
import { formatCount, formatDifference, formatShare } from "../format.ts";
import type { Localize } from "../localize.ts";
import { grow } from "./grow.ts";

/** One part of a stacked bar. */
export interface BarSegment {
	readonly name: string;
	/** Class that sets `--colour`; with `pattern-1` to `pattern-4` for those to whom colour says nothing. */
	readonly colour: string;
	readonly count: number;
	/** Number in the bar and before the name, where there are too many parts for patterns; absent: the name stands in the bar. */
	readonly number?: number;
	/** Count to compare with; absent for none. */
	readonly before?: number;
	readonly onPick: () => void;
}

/** How a stacked bar looks and is called. */
export interface StackedBarOptions {
	/** Accessible name of the bar. */
	readonly label: string;
	readonly segments: readonly BarSegment[];
	/** What a click does, such as "Show in the table". */
	readonly action: string;
	readonly l10n: Localize;
}

/**
 * A bar of parts, and below it every part with its colour, count and share, which is also the table alternative. Parts are buttons: one
 * stop of the Tab key leads into the bar, arrows go from part to part; what is too small to hit can be picked in the list.
 */
export function stackedBar({ label, segments, action, l10n }: StackedBarOptions): TemplateResult {
	const total = segments.reduce((sum, { count }) => sum + count, 0);
	const seen = segments.filter(({ count }) => count > 0);
	return html`<div class="stacked-bar">
		<div class="stacked-track" role="group" aria-label=${label} @keydown=${moveFocus}>
			${seen.map(
				({ name, number, colour, count, onPick }, index) => html`<button
					type="button"
					class="stacked-segment ${colour}"
					${grow(count)}
					tabindex=${index === 0 ? "0" : "-1"}
					title=${l10n.t("{0}: {1} ({2}). {3}.", name, formatCount(count), formatShare(count, total), action)}
					aria-label=${l10n.t("{0}: {1} ({2}). {3}.", number === undefined ? name : `${number} ${name}`, formatCount(count), formatShare(count, total), action)}
					@click=${onPick}
				>
					${number === undefined ? html`<span class="segment-name">${name}</span>` : html`<span class="segment-number">${number}</span>`}
				</button>`,
			)}
			${seen.length === 0 ? html`<span class="stacked-empty">${l10n.t("Nothing to show")}</span>` : nothing}
		</div>
		<ul class="stacked-legend">
			${segments.map((segment) => html`<li>${legendEntry(segment, total, action)}</li>`)}
		</ul>
	</div>`;
}

function legendEntry({ name, number, colour, count, before, onPick }: BarSegment, total: number, action: string): TemplateResult {
	const difference = before === undefined || before === count ? null : count - before;
	return html`<button type="button" class="legend-entry ${count === 0 ? "none" : ""}" title=${action} @click=${onPick}>
		<span class="swatch ${colour}" aria-hidden="true"></span>
		<span class="legend-name">${number === undefined ? nothing : html`<span class="legend-number">${number}</span>`}${name}</span>
		<span class="legend-count">${formatCount(count)}</span>
		<span class="legend-difference">${difference === null ? nothing : formatDifference(difference)}</span>
		<span class="legend-share">${formatShare(count, total)}</span>
	</button>`;
}

/** Arrows, Home and End go from part to part; the Tab key comes back to where one was. */
function moveFocus(event: KeyboardEvent): void {
	const track = event.currentTarget as HTMLElement;
	const buttons = [...track.querySelectorAll<HTMLButtonElement>("button")];
	const place = buttons.indexOf(event.target as HTMLButtonElement);
	const steps: Readonly<Record<string, number>> = { ArrowLeft: place - 1, ArrowRight: place + 1, Home: 0, End: buttons.length - 1 };
	const next = buttons[steps[event.key] ?? -1];
	if (place < 0 || next === undefined) return;
	event.preventDefault();
	for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
	next.focus();
}
