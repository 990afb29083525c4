import type { VscodeTabs } from "@vscode-elements/elements/dist/vscode-tabs/index.js";

/** Lets the headers of tabs go to a second line where they do not fit, as in a narrow or zoomed window; the element has no setting for it. */
export function wrapTabs(element: Element | undefined): void {
	if (element === undefined) return;
	const tabs = element as VscodeTabs;
	void tabs.updateComplete.then(() => {
		const root = tabs.shadowRoot;
		if (root === null) return;
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(".tablist { flex-wrap: wrap; }");
		root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
	});
}
