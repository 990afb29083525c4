/** Calls back with the width of an element's content in whole pixels, now and whenever it differs; not while the element is hidden. */
export function watchWidth(element: HTMLElement, onWidth: (width: number) => void): void {
	let last = 0;
	new ResizeObserver(([entry]) => {
		const width = Math.floor(entry?.contentRect.width ?? 0);
		if (width === 0 || width === last) return;
		last = width;
		onWidth(width);
	}).observe(element);
}
