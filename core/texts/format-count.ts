import { language, mark, t } from "./translate.ts";

/** A number as messages show it, with the separators of the language: `48,211`. */
export function formatCount(count: number): string {
	return count.toLocaleString(language());
}

/** A counted noun: `1 day`, `-1 day`, `1,204 days`. */
export function formatCounted(count: number, noun: Noun): string {
	const [one, many] = NOUNS[noun];
	return t(Math.abs(count) === 1 ? one : many, formatCount(count));
}

/** How long ago something was: `1 day ago`, `1,204 days ago`. */
export function formatDaysAgo(days: number): string {
	return days === 1 ? t`${formatCount(days)} day ago` : t`${formatCount(days)} days ago`;
}

/** How far ahead something is: `in 1 day`, `in 1,204 days`. */
export function formatDaysAhead(days: number): string {
	return days === 1 ? t`in ${formatCount(days)} day` : t`in ${formatCount(days)} days`;
}

/** What is counted: one, and several. A language may need other words for both. */
const NOUNS = {
	byte: [mark("{0} byte"), mark("{0} bytes")],
	"changed installation": [mark("{0} changed installation"), mark("{0} changed installations")],
	day: [mark("{0} day"), mark("{0} days")],
	device: [mark("{0} device"), mark("{0} devices")],
	error: [mark("{0} error"), mark("{0} errors")],
	file: [mark("{0} file"), mark("{0} files")],
	hint: [mark("{0} hint"), mark("{0} hints")],
	install: [mark("{0} install"), mark("{0} installs")],
	installation: [mark("{0} installation"), mark("{0} installations")],
	instance: [mark("{0} instance"), mark("{0} instances")],
	log: [mark("{0} log"), mark("{0} logs")],
	"more instance": [mark("{0} more instance"), mark("{0} more instances")],
	"more source": [mark("{0} more source"), mark("{0} more sources")],
	"new instance": [mark("{0} new instance"), mark("{0} new instances")],
	note: [mark("{0} note"), mark("{0} notes")],
	other: [mark("{0} other"), mark("{0} others")],
	problem: [mark("{0} problem"), mark("{0} problems")],
	product: [mark("{0} product"), mark("{0} products")],
	row: [mark("{0} row"), mark("{0} rows")],
	server: [mark("{0} server"), mark("{0} servers")],
	source: [mark("{0} source"), mark("{0} sources")],
	subscription: [mark("{0} subscription"), mark("{0} subscriptions")],
	user: [mark("{0} user"), mark("{0} users")],
	warning: [mark("{0} warning"), mark("{0} warnings")],
} as const;

/** A noun that can be counted in every language. */
export type Noun = keyof typeof NOUNS;

/** A difference with its sign: `+1,204`, `−87`, and `0`. */
export function formatDifference(difference: number): string {
	return difference === 0 ? "0" : `${difference < 0 ? "−" : "+"}${formatCount(Math.abs(difference))}`;
}

/** Texts as a sentence lists them: `a`, `a and b`, `a, b and c`; empty for none. */
export function joinWords(words: readonly string[]): string {
	const last = words.at(-1);
	if (last === undefined || words.length === 1) return last ?? "";
	return t`${words.slice(0, -1).join(", ")} and ${last}`;
}

/** Texts as a sentence gives a choice of them: `a`, `a or b`, `a, b or c`; empty for none. */
export function joinChoices(words: readonly string[]): string {
	const last = words.at(-1);
	if (last === undefined || words.length === 1) return last ?? "";
	return t`${words.slice(0, -1).join(", ")} or ${last}`;
}

/** How many of many equal places a problem names and relates; the others are counted, so that one fault repeated all over stays readable and small. */
export const NAMED_AT_MOST = 5;

/** Texts as a sentence lists them, the first {@link NAMED_AT_MOST} in full: `a, b, c, d, e and 1,204 others`. */
export function joinFirstWords(words: readonly string[]): string {
	const rest = words.length - NAMED_AT_MOST;
	if (rest <= 0) return joinWords(words);
	return joinWords([...words.slice(0, NAMED_AT_MOST), formatCounted(rest, "other")]);
}
