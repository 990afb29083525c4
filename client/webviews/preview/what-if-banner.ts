import "@vscode-elements/elements/dist/vscode-button/index.js";
import { html, nothing, type TemplateResult } from "lit";
import type { PreviewContext } from "./preview-state.ts";

/** Says that what is shown is not that of the file's limits, with a button that goes back to them; nothing without a what-if. */
export function whatIfBanner({ state, l10n }: PreviewContext): TemplateResult | typeof nothing {
	const { limits } = state.current;
	if (limits === null) return nothing;
	const { InstallDateCutOffLimit, UsedCategoryLimit, UnusedCategoryLimit } = limits;
	return html`<div class="what-if-banner" role="status">
		<span>
			${l10n.t("What if: these rows are those of the limits {0} / {1} / {2} days.", InstallDateCutOffLimit, UsedCategoryLimit, UnusedCategoryLimit)}
		</span>
		<vscode-button secondary @click=${() => state.change({ limits: null })}>${l10n.t("Reset")}</vscode-button>
	</div>`;
}
