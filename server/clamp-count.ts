/** A whole number within bounds; not a number, or a fraction, is taken as the smallest. */
export function clampCount(value: number, smallest: number, largest: number): number {
	return Number.isInteger(value) ? Math.min(Math.max(value, smallest), largest) : smallest;
}
