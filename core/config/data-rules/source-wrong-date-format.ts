import { civilDateOf, type DayNumber, dayNumberOf, formatDay } from "../../dates/day-number.ts";
import type { ConfigFix, ConfigProblem } from "../../problems.ts";
import { formatCount } from "../../texts/format-count.ts";
import { t } from "../../texts/translate.ts";
import type { WrittenDates } from "../data-context.ts";
import type { DataSource, DateFormat } from "../model.ts";
import { placeOfFormat } from "./place-of-dates.ts";

/**
 * | the cells of all date columns of a source                                   | problem                     |
 * |------------------------------------------------------------------------------|-----------------------------|
 * | nine of ten that can be dates in one format only, are so in another one      | `source/wrong-date-format`  |
 * | days and months could change places everywhere, many dates lie in the future, and none would | the same    |
 * | milliseconds, nearly all in the first weeks of 1970                          | the same: they are seconds  |
 * | all others                                                                   | none                        |
 *
 * A source has one format for all of its columns, so they are judged together. Null when there is nothing to say.
 */
export function checkDateFormat(dates: WrittenDates): ConfigProblem | null {
	return checkUnread(dates) ?? checkFuture(dates) ?? checkSeconds(dates);
}

/**
 * The problem of cells that are no dates, with the format in which nearly all of them are. Where nothing tells how many other cells that
 * would spoil, since they are not known yet, it can be set; otherwise the source mixes formats, and setting it would help nobody.
 */
export function hintAtFormat(problem: ConfigProblem, { source, seen, facts, detectFormats }: WrittenDates): ConfigProblem {
	const formats = seen === null ? [] : detectFormats(seen.unread).filter((format) => format !== source.dateFormat);
	if (formats.length !== 1) return problem;
	const message =
		seen!.unread.length === 1
			? t`${problem.message} It is a date in the format ${formats[0]}.`
			: t`${problem.message} Nearly all of them are dates in the format ${formats[0]}.`;
	const isLog = source.provides === "usageLog" || source.provides === "userActivity";
	return facts === null && !isLog ? { ...problem, message, fixes: makeFixes(source, formats, false) } : { ...problem, message };
}

/** How many times the cells that only another format explains must outnumber those that only the stated one does. */
const MANY_TIMES = 9;

/** Of the dates that could be read: fewer cells than one of so many could be slips of the pen. */
const ONE_OF = 100;

function checkUnread({ source, seen, unread, facts, detectFormats }: WrittenDates): ConfigProblem | null {
	if (unread === 0 || seen === null) return null;
	const formats = detectFormats(seen.unread).filter((format) => format !== source.dateFormat);
	if (formats.length === 0) return null;
	const read = seen.read + (facts === null ? 0 : facts.dates.reduce((sum, { dated }) => sum + dated, 0));
	const early = seen.early + (facts === null ? 0 : countDates(facts, isEarly));
	const onlyStated = formats.every((format) => isSwapped(source.dateFormat, format)) ? read - early : read;
	if (unread < MANY_TIMES * onlyStated || unread * ONE_OF < read) return null;
	const cells = unread === 1 ? t("1 cell is not a date") : t`${formatCount(unread)} cells are not dates`;
	const [sample] = seen.unread;
	const example = sample === undefined ? "" : unread === 1 ? `: "${sample}"` : t`, such as "${sample}"`;
	const misread = read - onlyStated > 0 ? t`, and ${formatCount(early)} more are read with day and month exchanged` : "";
	const told = t`${cells} in the format ${source.dateFormat}${example}${misread}.`;
	return makeProblem({ source }, formats, `${told} ${describeMeant(unread === 1, formats)}`);
}

/** What cells are that are no dates in the stated format. */
function describeMeant(isOne: boolean, formats: readonly DateFormat[]): string {
	const named = formats.map(String).reduce((list, next) => t`${list} or ${next}`);
	if (formats.length > 1) return isOne ? t`It could be a date in the format ${named}.` : t`They could be dates in the format ${named}.`;
	return isOne ? t`It is a date in the format ${named}.` : t`They are dates in the format ${named}.`;
}

/** Rows, and their share, from which on dates in the future are no accident. */
const FUTURE_ROWS = 20;
const FUTURE_SHARE = 0.05;

function checkFuture({ source, unread, facts, today }: WrittenDates): ConfigProblem | null {
	const other = source.dateFormat === "dd/MM/yyyy" ? "MM/dd/yyyy" : source.dateFormat === "MM/dd/yyyy" ? "dd/MM/yyyy" : null;
	if (other === null || facts === null || unread > 0) return null;
	const dated = facts.dates.reduce((sum, date) => sum + date.dated, 0);
	const future = countDates(facts, (day) => day > today);
	if (future < FUTURE_ROWS || future < dated * FUTURE_SHARE || countDates(facts, isEarly) < dated) return null;
	if (countDates(facts, (day) => exchange(day) > today) > 0) return null;
	const latest = Math.max(...facts.dates.map(({ last }) => last ?? today));
	return makeProblem(
		{ source },
		[other],
		t`In the format ${source.dateFormat}, ${formatCount(future)} of ${formatCount(dated)} dates lie in the future (up to ${formatDay(latest)}); in the format ${other} every cell is a date too, and none does.`,
	);
}

/** The days that a number of seconds from the next 70 years would be as milliseconds. */
const LAST_MISREAD_DAY: DayNumber = 40;

function checkSeconds({ source, facts }: WrittenDates): ConfigProblem | null {
	if (source.dateFormat !== "epochMilliseconds" || facts === null) return null;
	const dated = facts.dates.reduce((sum, date) => sum + date.dated, 0);
	const misread = countDates(facts, (day) => day > 0 && day <= LAST_MISREAD_DAY);
	if (misread === 0 || misread * 10 < dated * 9) return null;
	return makeProblem(
		{ source },
		["epochSeconds"],
		t`In the format epochMilliseconds, ${formatCount(misread)} of ${formatCount(dated)} dates lie in the first weeks of 1970: the numbers are seconds.`,
	);
}

function makeProblem({ source }: Pick<WrittenDates, "source">, formats: readonly DateFormat[], message: string): ConfigProblem {
	const fixes = makeFixes(source, formats, formats.length === 1);
	return { code: "source/wrong-date-format", severity: "error", message, ...placeOfFormat(source), fixes };
}

function makeFixes(source: DataSource, formats: readonly DateFormat[], preferred: boolean): readonly ConfigFix[] {
	const path = ["dataSources", source.index, "dateFormat"];
	return formats.map((format) => ({ kind: "set", title: t`Set dateFormat to ${format}`, preferred, path, value: format }));
}

function isSwapped(one: DateFormat, other: DateFormat): boolean {
	return SWAPPED.includes(one) && SWAPPED.includes(other) && one !== other;
}

const SWAPPED: readonly DateFormat[] = ["dd/MM/yyyy", "MM/dd/yyyy"];

/** Whether the day of the month could be a month. */
function isEarly(day: DayNumber): boolean {
	return civilDateOf(day).day <= 12;
}

/** The day whose month is this one's day and the other way round. */
function exchange(day: DayNumber): DayNumber {
	const civil = civilDateOf(day);
	return dayNumberOf(civil.year, civil.day, civil.month) ?? day;
}

function countDates({ dates }: NonNullable<WrittenDates["facts"]>, holds: (day: DayNumber) => boolean): number {
	return dates.reduce(
		(sum, { days, counts }) => sum + counts.reduce((inColumn, count, index) => inColumn + (holds(days[index]!) ? count : 0), 0),
		0,
	);
}
