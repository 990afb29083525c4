import { html, type TemplateResult } from "lit";

/** A drawing of 16 × 16 units, coloured as the text around it and hidden from screen readers. */
export function icon(path: string): TemplateResult {
	return html`<svg class="icon" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
		<path d=${path} fill="currentColor" fill-rule="evenodd"></path>
	</svg>`;
}

export const WARNING_ICON =
	"M7.3 1.6a.8.8 0 0 1 1.4 0l6.2 11.2a.8.8 0 0 1-.7 1.2H1.8a.8.8 0 0 1-.7-1.2L7.3 1.6ZM7.3 6v4h1.4V6H7.3Zm0 5.2v1.4h1.4v-1.4H7.3Z";
