import { barHeight, type Extent, follow, placeToSee, rowsAt, type Scrolled, topOf } from "./row-window.ts";

/** Rows that are drawn beyond those in sight, on each side. */
const MARGIN = 12;
/** Height that counts while a table is hidden and has none, in rows. */
const HIDDEN_ROWS = 30;

/** Which rows of a scrolled grid are in sight. */
export interface RowScroller {
	/** Takes the number of all rows, or null while nobody knows it, and tells which are to be drawn; `end` is not among them. */
	rows(total: number | null): { readonly first: number; readonly end: number };
	/** Puts the drawn rows where the first of them belongs. */
	place(first: number): void;
	/** Scrolls as little as brings a row wholly into sight. */
	reveal(row: number): void;
	/** The same sideways, for a cell. */
	revealColumn(cell: Element | null): void;
	goToTop(): void;
	/** Whole rows in sight; at least one. */
	pageRows(): number;
	/** Where it stands, in pixels. */
	kept(): { readonly place: number; readonly left: number };
}

/** Follows the scrolling of a grid, beginning at a kept place; `draw` is called when other rows come into sight. */
export function createRowScroller(
	grid: HTMLElement,
	head: HTMLElement,
	space: HTMLElement,
	rowHeight: number,
	kept: { readonly place: number; readonly left: number },
	draw: () => void,
): RowScroller {
	const rows = space.firstElementChild as HTMLElement;
	let scrolled: Scrolled = { place: kept.place, top: 0 };
	let left = kept.left;
	let total = 0;
	let frame = 0;
	const isHidden = () => grid.clientHeight === 0;
	const sight = () => (isHidden() ? HIDDEN_ROWS * rowHeight : Math.max(rowHeight, grid.clientHeight - head.offsetHeight));
	const extent = (): Extent => ({ rows: total, rowHeight, sight: sight() });

	function goTo(place: number): void {
		scrolled = { place, top: scrolled.top };
		settle();
	}

	/** Brings the scroll bar to where it belongs; the rows stay. */
	function settle(): void {
		if (isHidden() || total === 0) return;
		const now = extent();
		const end = Math.max(0, total * rowHeight - now.sight);
		const place = Math.min(scrolled.place, end);
		grid.scrollTop = topOf(place, now);
		scrolled = { place, top: grid.scrollTop };
	}

	grid.addEventListener(
		"scroll",
		() => {
			if (isHidden()) return;
			left = grid.scrollLeft;
			scrolled = follow(scrolled, grid.scrollTop, extent());
			if (frame !== 0) return;
			frame = requestAnimationFrame(() => {
				frame = 0;
				draw();
			});
		},
		{ passive: true },
	);
	grid.addEventListener("scrollend", () => {
		if (Math.abs(topOf(scrolled.place, extent()) - grid.scrollTop) <= 1) return;
		settle();
		draw();
	});
	// Behind a tab that is not selected a table has no height, and cannot be scrolled.
	new ResizeObserver(() => {
		settle();
		if (!isHidden() && grid.scrollLeft !== left) grid.scrollLeft = left;
		draw();
	}).observe(grid);

	return {
		rows(newTotal) {
			// The place is kept until there are rows.
			if (newTotal === null) return rowsAt(scrolled.place, { ...extent(), rows: Number.MAX_SAFE_INTEGER }, MARGIN);
			if (newTotal !== total) {
				total = newTotal;
				space.style.height = `${barHeight(extent())}px`;
				settle();
			}
			return rowsAt(scrolled.place, extent(), MARGIN);
		},
		place(first) {
			rows.style.transform = `translateY(${Math.round(first * rowHeight - scrolled.place + scrolled.top)}px)`;
		},
		reveal: (row) => goTo(placeToSee(row, scrolled.place, extent())),
		revealColumn(cell) {
			const box = cell?.getBoundingClientRect();
			const outer = grid.getBoundingClientRect();
			if (box === undefined) return;
			if (box.left < outer.left) grid.scrollLeft -= outer.left - box.left;
			else if (box.right > outer.left + grid.clientWidth)
				grid.scrollLeft += Math.min(box.right - outer.left - grid.clientWidth, box.left - outer.left);
		},
		goToTop: () => goTo(0),
		pageRows: () => Math.max(1, Math.floor(sight() / rowHeight) - 1),
		kept: () => ({ place: scrolled.place, left }),
	};
}
