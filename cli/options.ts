import path from "node:path";
import { type InstantMs, parseInstant } from "../core/dates/instant.ts";
import { FLAG_NAMES, type FlagName } from "../core/subscriptions/flags.ts";
import { formatCount } from "../core/texts/format-count.ts";
import { LIMIT_NAMES, type Limits, MAX_LIMIT, makeLimits } from "../core/usage/limits.ts";
import { type CliFailure, failure } from "./cli-io.ts";

/**
 * Reads `I,U,N`: three whole numbers of days, in the order install cut-off, Used, Unused.
 * @param option that they were given for, as a message names it.
 */
export function parseLimits(text: string, option: `--${string}` = "--limits"): Limits | CliFailure {
	const parts = text.split(",").map((part) => part.trim());
	const example = `Write three whole numbers of days, as in ${option} 7,30,90.`;
	if (parts.length !== 3)
		return failure(`${option} "${text}" has ${parts.length} ${parts.length === 1 ? "part" : "parts"} instead of 3. ${example}`);
	const [install, used, unused] = parts.map((part) => (/^\d{1,9}$/.test(part) ? Number(part) : part));
	const limits = makeLimits({ InstallDateCutOffLimit: install, UsedCategoryLimit: used, UnusedCategoryLimit: unused });
	if (limits.value !== null) return limits.value;
	const [first] = limits.faulty;
	const position = LIMIT_NAMES.indexOf(first!);
	return failure(
		`${option}: ${first} is "${parts[position]}", which is not a whole number from 0 to ${formatCount(MAX_LIMIT)}. ${example}`,
	);
}

/** What `--from` can name instead of numbers. */
const NAMED_LIMITS = ["default", "committed", "deployed"] as const;

/** Reads `--from`: the name of some limits, or `I,U,N`. */
export function parseFrom(text: string): (typeof NAMED_LIMITS)[number] | Limits | CliFailure {
	const name = NAMED_LIMITS.find((known) => known === text.trim());
	if (name !== undefined) return name;
	if (text.includes(",")) return parseLimits(text, "--from");
	return failure(`--from "${text}" is none of ${NAMED_LIMITS.join(", ")}, nor three whole numbers of days as in --from 7,30,90.`);
}

/** Reads `--as-of`: an ISO 8601 instant or day. */
export function parseAsOf(text: string): InstantMs | CliFailure {
	const instant = parseInstant(text);
	return instant ?? failure(`--as-of "${text}" is not an instant that exists. Write it as in 2026-11-04T21:00:00Z or 2026-11-04.`);
}

/** The longest span that `--renewal-within` takes: a hundred years. */
const MAX_RENEWAL_DAYS = 36_500;

/** Reads `--renewal-within`: whole days as `90d`, or weeks as `12w`. The answer is in days. */
export function parseRenewalWithin(text: string): number | CliFailure {
	const [, count, unit] = /^(\d{1,9}) ?([dw])$/i.exec(text.trim()) ?? [];
	if (count === undefined || unit === undefined)
		return failure(`--renewal-within "${text}" is not a number of days or weeks. Write it as in --renewal-within 90d or 12w.`);
	const days = Number(count) * (unit.toLowerCase() === "w" ? 7 : 1);
	if (days > MAX_RENEWAL_DAYS) return failure(`--renewal-within "${text}" is more than ${formatCount(MAX_RENEWAL_DAYS)} days.`);
	return days;
}

/** Reads the values of `--flag`: names of the report's flags, whatever their case. */
export function parseFlags(names: readonly string[]): readonly FlagName[] | CliFailure {
	const flags: FlagName[] = [];
	for (const name of names) {
		const flag = FLAG_NAMES.find((known) => known === name.trim().toLowerCase());
		if (flag === undefined) return failure(`--flag "${name}" is no flag of the report. They are ${FLAG_NAMES.join(", ")}.`);
		if (!flags.includes(flag)) flags.push(flag);
	}
	return flags;
}

/**
 * The format of the output: the one asked for, else the one that the name of the output file ends in, else text.
 * An Excel file is never printed, so it needs a name.
 */
export function chooseFormat<Format extends string>(
	asked: Format | undefined,
	outFile: string | undefined,
	formats: readonly Format[],
): Format | CliFailure {
	const ending = path
		.extname(outFile ?? "")
		.slice(1)
		.toLowerCase();
	const format = asked ?? formats.find((candidate) => candidate === ending) ?? formats[0]!;
	if (format === "xlsx" && outFile === undefined)
		return failure("An Excel file is not printed. Say where to write it, as in --out result.xlsx.");
	return format;
}

/** Reads `--delimiter`: one character, or the word tab. */
export function parseDelimiter(text: string): string | CliFailure {
	if (text.toLowerCase() === "tab" || text === "\\t") return "\t";
	if ([...text].length === 1) return text;
	return failure(`--delimiter "${text}" is not one character. Write it as in --delimiter ";" or --delimiter tab.`);
}
