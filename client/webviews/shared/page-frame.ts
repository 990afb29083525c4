import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-progress-bar/index.js";
import type { ViewCommand } from "../messages.ts";
import { element, icon } from "./dom.ts";
import type { Host } from "./host.ts";
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

const WARNING =
	"M7.3 1.6a.8.8 0 0 1 1.4 0l6.2 11.2a.8.8 0 0 1-.7 1.2H1.8a.8.8 0 0 1-.7-1.2L7.3 1.6ZM7.3 6v4h1.4V6H7.3Zm0 5.2v1.4h1.4v-1.4H7.3Z";

/** Puts an empty frame into the document. */
export function createPageFrame(root: HTMLElement, host: Host, l10n: Localize): PageFrame {
	const content = element("div", { class: "content", attributes: { hidden: "" } });
	const notice = element("div", { class: "notice", attributes: { role: "alert", hidden: "" } });
	const progress = element("p", { class: "progress-text", attributes: { role: "status" } });
	const bar = element("vscode-progress-bar", { attributes: { indeterminate: "" } });
	const button = (label: string, command: ViewCommand) =>
		element("vscode-button", { attributes: { secondary: "" }, onClick: () => host.send({ type: "command", command }) }, label);
	const waiting = element("div", { class: "waiting", attributes: { hidden: "" } }, progress, button(l10n.t("Cancel"), "cancel"));
	const busy = element("div", { class: "busy", attributes: { hidden: "" } }, bar);
	root.replaceChildren(busy, notice, waiting, content);

	const hasContent = () => content.childElementCount > 0;
	return {
		content,
		showLoading() {
			busy.hidden = false;
			waiting.hidden = hasContent();
			notice.hidden = notice.hidden || !hasContent();
			progress.textContent = l10n.t("Loading …");
		},
		showProgress(text) {
			progress.textContent = text;
		},
		showFailure(message, hasFile) {
			busy.hidden = true;
			waiting.hidden = true;
			const title = hasContent()
				? l10n.t("This is an earlier result, because the present one could not be made:")
				: l10n.t("There is no result:");
			const lines = message.split("\n").map((line) => element("p", {}, line));
			const open = hasFile ? button(l10n.t("Open File"), "open") : null;
			const buttons = element("div", { class: "buttons" }, button(l10n.t("Try Again"), "reload"), open, button(l10n.t("Show Log"), "log"));
			notice.replaceChildren(element("h2", {}, icon(WARNING), title), ...lines, buttons);
			notice.hidden = false;
		},
		showContent() {
			busy.hidden = true;
			waiting.hidden = true;
			notice.hidden = true;
			if (!content.hidden) return;
			content.hidden = false;
			// The page gets its height only when its parts have been laid out.
			const kept = host.kept["scrollY"];
			requestAnimationFrame(() => {
				if (typeof kept === "number") window.scrollTo(0, kept);
				window.addEventListener("scroll", () => host.keep({ scrollY: window.scrollY }), { passive: true });
			});
		},
	};
}
