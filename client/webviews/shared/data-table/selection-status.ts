import { html, nothing, render, type TemplateResult } from "lit";
import { formatCount } from "../format.ts";
import type { Localize } from "../localize.ts";
import { countRows, type RowRange } from "./row-ranges.ts";

/** The line below a table: how many rows there are, what is selected, and what was copied last. */
export interface SelectionStatus {
	readonly element: HTMLElement;
	update(total: number, ranges: readonly RowRange[]): void;
	/** Says something until the selection changes. */
	say(text: string): void;
	/** Asks for the totals anew, since the rows changed. */
	renew(): void;
}

interface StatusOptions {
	readonly l10n: Localize;
	describeTotal?(total: number): string;
	describeSelection?(ranges: readonly RowRange[], signal: AbortSignal): Promise<string | TemplateResult>;
}

/** Milliseconds that a selection stays the same before its totals are asked for: holding Shift and an arrow passes many. */
const SETTLE_MS = 150;

/** Makes an empty line, which screen readers read out when it changes. */
export function createSelectionStatus({ l10n, describeTotal, describeSelection }: StatusOptions): SelectionStatus {
	const element = document.createElement("div");
	element.className = "table-status";
	element.setAttribute("role", "status");
	let total = 0;
	let ranges: readonly RowRange[] = [];
	let totals: string | TemplateResult | null = null;
	let said: string | null = null;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let asking = new AbortController();

	function draw(): void {
		const selected = countRows(ranges);
		render(
			html`<span>${describeTotal?.(total) ?? (total === 1 ? l10n.t("1 row") : l10n.t("{0} rows", formatCount(total)))}</span>
				${selected === 0 ? nothing : html`<span>${l10n.t("{0} selected", formatCount(selected))}</span>`}
				${totals === null ? nothing : html`<span class="totals" dir="auto">${totals}</span>`}
				${said === null ? nothing : html`<span>${said}</span>`}`,
			element,
		);
	}

	function ask(): void {
		clearTimeout(timer);
		asking.abort();
		if (describeSelection === undefined || ranges.length === 0) return;
		asking = new AbortController();
		const { signal } = asking;
		timer = setTimeout(() => {
			describeSelection(ranges, signal).then(
				(text) => show(text, signal),
				(error: unknown) => show(error instanceof Error ? error.message : String(error), signal),
			);
		}, SETTLE_MS);
	}

	function show(text: string | TemplateResult, signal: AbortSignal): void {
		if (signal.aborted) return;
		totals = text;
		draw();
	}

	return {
		element,
		update(newTotal, newRanges) {
			const isSame = JSON.stringify(ranges) === JSON.stringify(newRanges);
			total = newTotal;
			ranges = newRanges;
			if (!isSame) {
				totals = null;
				said = null;
				ask();
			}
			draw();
		},
		say(text) {
			said = text;
			draw();
		},
		renew: ask,
	};
}
