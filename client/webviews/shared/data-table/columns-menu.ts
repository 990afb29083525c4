import "@vscode-elements/elements/dist/vscode-button/index.js";
import { html, render, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Localize } from "../localize.ts";
import { arrange, type ColumnPlace, moveColumn, resizeColumn, showColumn, WIDTH_STEP } from "./column-layout.ts";
import type { DataColumn } from "./table-options.ts";

/** What the menu shows and changes. */
interface MenuOptions {
	readonly l10n: Localize;
	/** Prefix of ids. */
	readonly name: string;
	columns(): readonly Pick<DataColumn<never>, "id" | "header" | "minWidth" | "hidden" | "weight">[];
	places(): readonly ColumnPlace[];
	/** Width of a shown column as it is drawn, in pixels. */
	widthOf(id: string): number;
	changed(places: readonly ColumnPlace[]): void;
}

/** The menu of columns, and the button that opens it. */
export interface ColumnsMenu {
	readonly element: HTMLElement;
	readonly button: HTMLElement;
	/** Draws the columns anew while the menu is open. */
	update(): void;
}

/** Makes it closed. Every change takes effect at once. */
export function createColumnsMenu({ l10n, name, columns, places, widthOf, changed }: MenuOptions): ColumnsMenu {
	const menu = document.createElement("div");
	menu.className = "columns-menu";
	menu.popover = "auto";
	menu.setAttribute("role", "dialog");
	menu.setAttribute("aria-label", l10n.t("Columns"));
	const button = document.createElement("vscode-button");
	button.secondary = true;
	button.textContent = l10n.t("Columns");
	button.setAttribute("aria-haspopup", "dialog");
	button.classList.add("columns-button");

	button.addEventListener("click", () => {
		draw();
		menu.showPopover();
		const anchor = button.getBoundingClientRect();
		const size = menu.getBoundingClientRect();
		menu.style.left = `${Math.max(4, Math.min(anchor.left, window.innerWidth - size.width - 8))}px`;
		menu.style.top = `${Math.max(4, Math.min(anchor.bottom + 2, window.innerHeight - size.height - 8))}px`;
		menu.querySelector<HTMLElement>("input")?.focus();
	});

	function draw(): void {
		const present = places();
		const shown = present.filter(({ hidden }) => !hidden);
		const change = (next: readonly ColumnPlace[]) => {
			changed(next);
			draw();
		};
		const headers = new Map(columns().map((column) => [column.id, column]));
		const step = (label: string, sign: string, disabled: boolean, next: () => readonly ColumnPlace[]): TemplateResult =>
			html`<button type="button" aria-label=${label} title=${label} ?disabled=${disabled} @click=${() => change(next())}>${sign}</button>`;
		const line = (place: ColumnPlace): TemplateResult => {
			const column = headers.get(place.id);
			const header = column?.header ?? place.id;
			const at = shown.indexOf(place);
			const resize = (by: number) => resizeColumn(present, place.id, widthOf(place.id) + by, column?.minWidth);
			return html`<li>
				<label>
					<input
						type="checkbox"
						id="${name}-show-${place.id}"
						.checked=${!place.hidden}
						?disabled=${!place.hidden && shown.length === 1}
						@change=${(event: Event) => change(showColumn(places(), place.id, (event.target as HTMLInputElement).checked))}
					/>${header}
				</label>
				<span class="steps">
					${step(l10n.t("Move “{0}” to the left", header), "←", at <= 0, () => moveColumn(present, place.id, -1))}
					${step(l10n.t("Move “{0}” to the right", header), "→", at < 0 || at === shown.length - 1, () => moveColumn(present, place.id, 1))}
					${step(l10n.t("Make “{0}” narrower", header), "−", place.hidden, () => resize(-WIDTH_STEP))}
					${step(l10n.t("Make “{0}” wider", header), "+", place.hidden, () => resize(WIDTH_STEP))}
				</span>
			</li>`;
		};
		render(
			html`<ul>${repeat(present, ({ id }) => id, line)}</ul>
				<button type="button" class="reset" @click=${() => change(arrange(columns(), null))}>${l10n.t("Reset Columns")}</button>`,
			menu,
		);
	}

	return {
		element: menu,
		button,
		update() {
			if (menu.matches(":popover-open")) draw();
		},
	};
}
