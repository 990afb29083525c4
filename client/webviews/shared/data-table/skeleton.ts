import { html, render } from "lit";

/** The elements that stay as long as the table does. */
interface Skeleton {
	readonly root: HTMLElement;
	/** Scrolls, has the focus, and is the grid of the table. */
	readonly grid: HTMLElement;
	readonly head: HTMLElement;
	/** As high as the scroll bar says. */
	readonly space: HTMLElement;
	readonly rows: HTMLElement;
	/** Stands in place of the rows. */
	readonly empty: HTMLElement;
}

/** Makes them, empty. */
export function createSkeleton(name: string, label: string): Skeleton {
	const root = document.createElement("div");
	root.className = "data-table";
	render(
		html`<div class="grid-box">
			<div class="grid" role="grid" tabindex="0" aria-label=${label} aria-multiselectable="true" data-table=${name}>
				<div class="head" role="rowgroup"></div>
				<div class="space" role="presentation"><div class="rows" role="rowgroup"></div></div>
			</div>
			<div class="empty" hidden></div>
		</div>`,
		root,
	);
	const find = (selector: string): HTMLElement => root.querySelector<HTMLElement>(selector)!;
	return { root, grid: find(".grid"), head: find(".head"), space: find(".space"), rows: find(".rows"), empty: find(".empty") };
}
