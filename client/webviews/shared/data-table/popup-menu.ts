import { html, render } from "lit";
import type { RowCommand } from "./table-options.ts";

/** A menu that opens at a point, for keyboards as well. */
export interface PopupMenu {
	readonly element: HTMLElement;
	/** Opens it at a place in the window; once it closes, `closed` gives the keyboard back. */
	open(x: number, y: number, commands: readonly RowCommand[], closed: () => void): void;
}

/** Makes a closed menu. */
export function createPopupMenu(label: string): PopupMenu {
	const menu = document.createElement("div");
	menu.className = "popup-menu";
	menu.popover = "auto";
	menu.setAttribute("role", "menu");
	menu.setAttribute("aria-label", label);
	let closed = () => {};

	const items = () => [...menu.querySelectorAll<HTMLElement>("[role=menuitem]")];
	menu.addEventListener("toggle", (event) => {
		if ((event as ToggleEvent).newState === "closed") closed();
	});
	menu.addEventListener("keydown", (event) => {
		const all = items();
		const at = all.indexOf(document.activeElement as HTMLElement);
		const next = nextItem(event.key, at, all.length);
		if (event.key === "Tab") menu.hidePopover();
		if (next === null) return;
		event.preventDefault();
		event.stopPropagation();
		all[next]?.focus();
	});

	return {
		element: menu,
		open(x, y, commands, whenClosed) {
			closed = whenClosed;
			const run = (command: RowCommand) => {
				// The event of closing comes later, and would take the keyboard from what the command opens.
				const giveBack = closed;
				closed = () => {};
				menu.hidePopover();
				giveBack();
				command.run();
			};
			render(
				commands.map(
					(command) => html`<button type="button" role="menuitem" tabindex="-1" @click=${() => run(command)}>${command.label}</button>`,
				),
				menu,
			);
			menu.showPopover();
			const { width, height } = menu.getBoundingClientRect();
			menu.style.left = `${Math.max(0, Math.min(x, window.innerWidth - width - 4))}px`;
			menu.style.top = `${Math.max(0, Math.min(y, window.innerHeight - height - 4))}px`;
			items()[0]?.focus();
		},
	};
}

function nextItem(key: string, at: number, items: number): number | null {
	if (key === "ArrowDown") return (at + 1) % items;
	if (key === "ArrowUp") return (at + items - 1) % items;
	if (key === "Home") return 0;
	return key === "End" ? items - 1 : null;
}
