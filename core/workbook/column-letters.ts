/** The letter or letters of a column by its place, from 0 on. */
export function letterOf(place: number): string {
	const last = String.fromCharCode("A".charCodeAt(0) + (place % 26));
	return place < 26 ? last : letterOf(Math.floor(place / 26) - 1) + last;
}
