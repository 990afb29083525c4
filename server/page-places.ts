import { clampCount } from "./clamp-count.ts";

/** Rows of one page at most. */
const MAX_PAGE_ROWS = 1000;

/** What one page of an order has, and from which place on: what a client asks for, cut to what there is. */
export function placesOfPage(
	order: Uint32Array,
	{ offset: wanted, limit }: { readonly offset: number; readonly limit: number },
): { readonly offset: number; readonly places: Uint32Array } {
	const offset = clampCount(wanted, 0, order.length);
	return { offset, places: order.subarray(offset, offset + clampCount(limit, 1, MAX_PAGE_ROWS)) };
}
