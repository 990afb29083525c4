/**
 * Formats that Excel has without their being in the file, by number: those that show a day. Formats of times alone are not among them:
 * what they show is a duration or an hour, and no date.
 */
const BUILT_IN_DATES: ReadonlySet<number> = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);

/**
 * Whether a number format shows a day.
 * @param code of a format that stands in the file; null for one that does not.
 */
export function isDateFormat(id: number, code: string | null): boolean {
	return code === null ? BUILT_IN_DATES.has(id) : showsDay(code);
}

function showsDay(code: string): boolean {
	const positive = code
		// Colours, conditions, languages and elapsed hours; text in quotes; and characters that stand for themselves.
		.replace(/\[[^\]]*\]|"[^"]*"|\\.|_.|\*./g, "")
		.split(";")[0]!
		.replace(/AM\/PM|A\/P|General/gi, "");
	if (/[dy]/i.test(positive)) return true;
	// Beside hours or seconds, m means minutes.
	return /m/i.test(positive) && !/[hs]/i.test(positive);
}
