/** The value in the middle, of an even number the mean of the two; NaN of none. */
export function median(values: readonly number[]): number {
	return percentile(values, 0.5);
}

/** The value below which a share of the values lies, between two of them in proportion; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	const place = (sorted.length - 1) * share;
	const low = sorted[Math.floor(place)];
	const high = sorted[Math.ceil(place)];
	return low === undefined || high === undefined ? Number.NaN : low + (high - low) * (place - Math.floor(place));
}
