/** Tag of the language of the page, for numbers. */
export const LANGUAGE = (typeof document === "undefined" ? "" : document.documentElement.lang) || "en";

const whole = new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 0 });
const percent = new Intl.NumberFormat(LANGUAGE, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
const noShare = new Intl.NumberFormat(LANGUAGE, { style: "percent" }).format(0);

/** A whole number with thousands separators; a dash when there is none. */
export function formatCount(value: number | null): string {
	return value === null ? "–" : whole.format(value);
}

/** A difference with its sign (a true minus); a dash when there is none. */
export function formatDifference(value: number | null): string {
	if (value === null) return "–";
	return value === 0 ? "0" : `${value > 0 ? "+" : "−"}${whole.format(Math.abs(value))}`;
}

/** A share of a total with one digit; what is neither nothing nor all never reads so. */
export function formatShare(part: number, total: number): string {
	if (total === 0 || part === 0) return noShare;
	const share = part / total;
	if (share < 0.0005) return `<${percent.format(0.001)}`;
	return part < total && share >= 0.9995 ? `>${percent.format(0.999)}` : percent.format(share);
}

/** `2026-11-04 21:00 UTC` from an ISO 8601 instant in UTC; a dash when there is none, other text as it is. */
export function formatInstant(value: string | null): string {
	if (value === null) return "–";
	const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/.exec(value);
	return match === null ? value : `${match[1]} ${match[2]} UTC`;
}
