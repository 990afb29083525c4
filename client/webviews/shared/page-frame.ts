import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-progress-bar/index.js";
import { html, nothing, render, type TemplateResult } from "lit";
import type { ViewCommand } from "../messages.ts";
import type { Host } from "./host.ts";
import { icon, WARNING_ICON } from "./icon.ts";
import type { Localize } from "./localize.ts";

/** The frame around a result: it says what is loading, what failed, and shows the result once there is one. */
export interface PageFrame {
	/** Where the result goes. */
	readonly content: HTMLElement;
	showLoading(): void;
	showProgress(text: string): void;
	/** Keeps an earlier result in sight, since a file is often broken for a moment while it is edited. */
	showFailure(message: string, hasFile: boolean): void;
	showContent(): void;
}

/** Puts an empty frame into the document. */
export function createPageFrame(root: HTMLElement, host: Host, l10n: Localize): PageFrame {
	const content = document.createElement("div");
	content.className = "content";
	content.hidden = true;
	let busy = false;
	let progress = "";
	let failure: { readonly message: string; readonly hasFile: boolean } | null = null;

	const hasContent = () => content.childElementCount > 0;
	const button = (label: string, command: ViewCommand) =>
		html`<vscode-button secondary @click=${() => host.send({ type: "command", command })}>${label}</vscode-button>`;

	function notice(message: string, hasFile: boolean): TemplateResult {
		const title = hasContent()
			? l10n.t("This is an earlier result, because the present one could not be made:")
			: l10n.t("There is no result:");
		return html`<div class="notice" role="alert">
			<h2>${icon(WARNING_ICON)}${title}</h2>
			${message.split("\n").map((line) => html`<p dir="auto">${line}</p>`)}
			<div class="buttons">
				${button(l10n.t("Try Again"), "reload")} ${hasFile ? button(l10n.t("Open File"), "open") : nothing}
				${button(l10n.t("Show Log"), "log")}
			</div>
		</div>`;
	}

	function draw(): void {
		render(
			html`<div class="busy" ?hidden=${!busy}><vscode-progress-bar indeterminate aria-label=${l10n.t("Loading …")}></vscode-progress-bar></div>
				${failure === null ? nothing : notice(failure.message, failure.hasFile)}
				<div class="waiting" ?hidden=${!busy || hasContent()}>
					<p class="progress-text" role="status">${progress}</p>
					${button(l10n.t("Cancel"), "cancel")}
				</div>
				${content}`,
			root,
		);
	}

	return {
		content,
		showLoading() {
			busy = true;
			if (!hasContent()) failure = null;
			progress = l10n.t("Loading …");
			draw();
		},
		showProgress(text) {
			progress = text;
			draw();
		},
		showFailure(message, hasFile) {
			busy = false;
			failure = { message, hasFile };
			draw();
		},
		showContent() {
			busy = false;
			failure = null;
			const first = content.hidden;
			content.hidden = false;
			draw();
			if (!first) return;
			// The page gets its height only when its parts have been laid out.
			const kept = host.kept["scrollY"];
			requestAnimationFrame(() => {
				if (typeof kept === "number") window.scrollTo(0, kept);
				window.addEventListener("scroll", () => host.keep({ scrollY: window.scrollY }), { passive: true });
			});
		},
	};
}
