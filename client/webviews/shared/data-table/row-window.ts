/** Browsers cannot lay out much taller elements, least of all when the page is zoomed; in pixels. */
const MAX_HEIGHT = 8_000_000;
/** At both ends the scroll bar moves as far as the rows do, so that nothing is skipped on the way to the first or the last; in pixels. */
const EXACT = 1_000_000;

/** What a table's rows measure, in pixels. */
export interface Extent {
	readonly rows: number;
	readonly rowHeight: number;
	/** Height in which rows are seen. */
	readonly sight: number;
}

/** Where a table stands: `place` is how far its rows are scrolled, `top` how far its scroll bar is. */
export interface Scrolled {
	readonly place: number;
	readonly top: number;
}

/** Height of the element that the browser scrolls over; that of the rows, unless there are too many. */
export function barHeight({ rows, rowHeight }: Extent): number {
	return Math.min(rows * rowHeight, MAX_HEIGHT);
}

/** How far rows can be scrolled. */
function lastPlace({ rows, rowHeight, sight }: Extent): number {
	return Math.max(0, rows * rowHeight - sight);
}

function lastTop(extent: Extent): number {
	return Math.max(0, barHeight(extent) - extent.sight);
}

/** Where the scroll bar belongs when rows stand at a place. */
export function topOf(place: number, extent: Extent): number {
	const [end, endTop] = [lastPlace(extent), lastTop(extent)];
	const kept = clamp(place, 0, end);
	if (end === endTop || kept <= EXACT) return kept;
	if (kept >= end - EXACT) return endTop - (end - kept);
	return EXACT + ((kept - EXACT) * (endTop - 2 * EXACT)) / (end - 2 * EXACT);
}

/** Where rows stand when the scroll bar is put somewhere; the inverse of {@link topOf}. */
export function placeOf(top: number, extent: Extent): number {
	const [end, endTop] = [lastPlace(extent), lastTop(extent)];
	const kept = clamp(top, 0, endTop);
	if (end === endTop || kept <= EXACT) return kept;
	if (kept >= endTop - EXACT) return end - (endTop - kept);
	return EXACT + ((kept - EXACT) * (end - 2 * EXACT)) / (endTop - 2 * EXACT);
}

/**
 * Follows the scroll bar. A short way, as by a wheel or a touch, moves the rows as far as the bar; a long one, as by dragging the
 * bar, brings them to where the bar belongs.
 */
export function follow({ place, top }: Scrolled, newTop: number, extent: Extent): Scrolled {
	const way = newTop - top;
	const isShort = Math.abs(way) <= 2 * extent.sight;
	const isAtEnd = newTop <= 0 || newTop >= lastTop(extent);
	if (!isShort || isAtEnd || lastPlace(extent) === lastTop(extent)) return { place: placeOf(newTop, extent), top: newTop };
	return { place: clamp(place + way, 0, lastPlace(extent)), top: newTop };
}

/** Rows that stand in sight at a place, with some more on each side; `end` is not among them. */
export function rowsAt(place: number, extent: Extent, margin: number): { readonly first: number; readonly end: number } {
	const first = Math.floor(clamp(place, 0, lastPlace(extent)) / extent.rowHeight);
	const inSight = Math.ceil(extent.sight / extent.rowHeight) + 1;
	return { first: Math.max(0, first - margin), end: Math.min(extent.rows, first + inSight + margin) };
}

/** The nearest place at which a row stands wholly in sight. */
export function placeToSee(row: number, place: number, extent: Extent): number {
	const start = row * extent.rowHeight;
	if (start < place) return clamp(start, 0, lastPlace(extent));
	if (start + extent.rowHeight > place + extent.sight) return clamp(start + extent.rowHeight - extent.sight, 0, lastPlace(extent));
	return clamp(place, 0, lastPlace(extent));
}

function clamp(value: number, smallest: number, largest: number): number {
	return Math.min(Math.max(value, smallest), largest);
}
