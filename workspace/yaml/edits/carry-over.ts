import type { OffsetRange } from "../config-node.ts";

/**
 * Finds where stretches of a text stand in a later version of it, taking all that differs as one change. What the change touches, at its
 * edges too, stands nowhere any more: null.
 */
export function carryOver(before: string, after: string): (range: OffsetRange) => OffsetRange | null {
	const shorter = Math.min(before.length, after.length);
	let head = 0;
	while (head < shorter && before.charCodeAt(head) === after.charCodeAt(head)) head++;
	let tail = 0;
	while (tail < shorter - head && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail++;
	if (before.length === after.length && head === before.length) return (range) => range;
	const shift = after.length - before.length;
	return (range) => {
		if (range.end < head) return range;
		return range.start > before.length - tail ? { start: range.start + shift, end: range.end + shift } : null;
	};
}
