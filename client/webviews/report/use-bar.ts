import { html, nothing, svg, type TemplateResult } from "lit";
import type { ReportRow } from "../../../server/protocol/report-messages.ts";
import { formatCount } from "../shared/format.ts";
import type { Localize } from "../shared/localize.ts";
import { activeOf, paidOf, type UserKind, utilisationWords } from "./report-words.ts";

/** Width of a bar's drawing, in its own units; it is stretched to the place that it has. */
const WIDTH = 100;
const HEIGHT = 6;

/**
 * Active users against those paid for: the figures, and a bar whose whole length is the larger of both. What is over hatched,
 * beyond a mark at what is paid for, so that it shows without colours.
 */
export function useBar(row: ReportRow, kind: UserKind, l10n: Localize): TemplateResult {
	const active = activeOf(row, kind);
	const paid = paidOf(row, kind);
	const isOver = active !== null && paid !== null && active > paid;
	const words = utilisationWords(row, kind, l10n);
	return html`<span class="use" title=${words}>
		<span class="sr-only">${words}</span>
		<span class="use-figures" aria-hidden="true"
			><span class=${isOver ? "over" : "use-active"}>${formatCount(active)}</span><span class="paid"> / ${formatCount(paid)}</span></span
		>
		${active === null || paid === null ? nothing : bar(active, paid)}
	</span>`;
}

function bar(active: number, paid: number): TemplateResult {
	const whole = Math.max(active, paid, 1);
	const within = (Math.min(active, paid) / whole) * WIDTH;
	const mark = (paid / whole) * WIDTH;
	return html`<svg class="use-bar" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
		<rect class="use-room" x="0" y="0" width=${WIDTH} height=${HEIGHT}></rect>
		<rect class=${active * 2 < paid ? "use-low" : "use-within"} x="0" y="0" width=${within} height=${HEIGHT}></rect>
		${active > paid ? overUse(mark) : nothing}
	</svg>`;
}

/** The part beyond what is paid for, behind a mark. */
function overUse(mark: number): TemplateResult {
	const from = Math.min(mark, WIDTH - 4);
	const stripes: TemplateResult[] = [];
	for (let x = from + 2; x < WIDTH; x += 4)
		stripes.push(svg`<rect class="use-stripe" x=${x} y="0" width="1.4" height=${HEIGHT}></rect>` as TemplateResult);
	return svg`<rect class="use-over" x=${from} y="0" width=${WIDTH - from} height=${HEIGHT}></rect>${stripes}<rect class="use-mark" x=${Math.max(0, from - 1)} y="0" width="2" height=${HEIGHT}></rect>` as TemplateResult;
}
