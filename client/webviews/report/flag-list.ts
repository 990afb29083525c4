import { html, type TemplateResult } from "lit";
import type { ReportRow } from "../../../server/protocol/report-messages.ts";
import { icon } from "../shared/icon.ts";
import type { Localize } from "../shared/localize.ts";
import { type FlagWeight, flagText, weightOf } from "./flags.ts";

// A filled disc, a filled triangle and a ring, so that the weight can be told without colours.
const ICONS: Readonly<Record<FlagWeight, string>> = {
	alarm: "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM7.2 4.5h1.6v4.2H7.2V4.5Zm0 5.6h1.6v1.5H7.2v-1.5Z",
	warning: "M7.3 1.6a.8.8 0 0 1 1.4 0l6.2 11.2a.8.8 0 0 1-.7 1.2H1.8a.8.8 0 0 1-.7-1.2L7.3 1.6ZM7.3 6v4h1.4V6H7.3Zm0 5.2v1.4h1.4v-1.4H7.3Z",
	notice:
		"M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm0 1.2a5.3 5.3 0 1 1 0 10.6A5.3 5.3 0 0 1 8 2.7ZM7.3 7h1.4v4.3H7.3V7Zm0-2.4h1.4v1.5H7.3V4.6Z",
};

/** The drawing of a flag, which tells its weight by its shape. */
export function flagIcon(name: string): TemplateResult {
	return html`<span class="flag-icon flag-${weightOf(name)}">${icon(ICONS[weightOf(name)])}</span>`;
}

/** A flag as icon and short name; its sentence is a tooltip and is read out with it. */
export function flagBadge(name: string, detail: string, l10n: Localize): TemplateResult {
	const { label } = flagText(name, l10n);
	const sentence = detail === "" ? label : l10n.t("{0}: {1}", label, detail);
	return html`<span class="flag flag-${weightOf(name)}" title=${sentence}
		>${icon(ICONS[weightOf(name)])}<span aria-hidden="true">${label}</span><span class="sr-only">${sentence}</span></span
	>`;
}

/** All flags of a row; nothing is said of a row without any. */
export function flagList({ flags, flagDetails }: ReportRow, l10n: Localize): TemplateResult {
	return html`<span class="flag-list">${flags.map((name, index) => flagBadge(name, flagDetails[index] ?? "", l10n))}</span>`;
}
