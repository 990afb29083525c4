/** A number as messages show it, with thousands separators: `48,211`. */
export function formatCount(count: number): string {
	return count.toLocaleString("en");
}

/** A counted noun whose plural ends in s: `1 day`, `-1 day`, `1,204 days`. */
export function formatCounted(count: number, noun: string): string {
	return `${formatCount(count)} ${noun}${Math.abs(count) === 1 ? "" : "s"}`;
}

/** A difference with its sign: `+1,204`, `−87`, and `0`. */
export function formatDifference(difference: number): string {
	return difference === 0 ? "0" : `${difference < 0 ? "−" : "+"}${formatCount(Math.abs(difference))}`;
}

/** Texts as a sentence lists them: `a`, `a and b`, `a, b and c`; empty for none. */
export function joinWords(words: readonly string[]): string {
	const last = words.at(-1);
	if (last === undefined || words.length === 1) return last ?? "";
	return `${words.slice(0, -1).join(", ")} and ${last}`;
}

/** How many of many equal places a problem names and relates; the others are counted, so that one fault repeated all over stays readable and small. */
export const NAMED_AT_MOST = 5;

/** Texts as a sentence lists them, the first {@link NAMED_AT_MOST} in full: `a, b, c, d, e and 1,204 others`. */
export function joinFirstWords(words: readonly string[]): string {
	const rest = words.length - NAMED_AT_MOST;
	if (rest <= 0) return joinWords(words);
	return joinWords([...words.slice(0, NAMED_AT_MOST), rest === 1 ? "1 other" : `${formatCount(rest)} others`]);
}
