import type { Frame, Page } from "playwright-core";

/** Frames of a table that scrolls from its first row to its last. */
export interface ScrollMeasured {
	/** Frames that were drawn. */
	readonly frames: number;
	/** Milliseconds between two frames. */
	readonly medianMs: number;
	readonly p95Ms: number;
	readonly longestMs: number;
}

/** Frames of one way down; at sixty per second it takes ten seconds. */
const FRAMES = 600;

/**
 * Scrolls whatever scrolls furthest in a view from its top to its bottom, one step per frame, and measures the frames.
 * @param place the view, or the page itself.
 */
export async function measureScrolling(place: Frame | Page): Promise<ScrollMeasured> {
	const intervals = await place.evaluate(async (frames) => {
		const [scroller = document.documentElement] = [...document.querySelectorAll("*")].sort((a, b) => overflowOf(b) - overflowOf(a));
		const nextFrame = () => new Promise<number>((done) => requestAnimationFrame(done));
		const measured: number[] = [];
		const distance = overflowOf(scroller);
		let before = await nextFrame();
		for (let step = 1; step <= frames; step++) {
			scroller.scrollTop = (distance * step) / frames;
			const now = await nextFrame();
			measured.push(now - before);
			before = now;
		}
		return measured;

		function overflowOf(element: Element): number {
			const { overflowY } = getComputedStyle(element);
			const scrolls = element === document.documentElement || overflowY === "auto" || overflowY === "scroll";
			return scrolls ? element.scrollHeight - element.clientHeight : 0;
		}
	}, FRAMES);
	const sorted = intervals.toSorted((a, b) => a - b);
	const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
	return { frames: sorted.length, medianMs: at(0.5), p95Ms: at(0.95), longestMs: at(1) };
}
