import type { DateFormat, Provides } from "../../core/config/model.ts";
import { columnUse } from "../../core/connectors/used-columns.ts";
import { mapColumns, OUR_COLUMNS } from "../../core/loading/column-mapping.ts";
import type { PeekedColumn } from "../../core/loading/peek-source.ts";
import { fitOfColumn, proposeColumns } from "../../core/loading/propose-columns.ts";
import { t } from "../../core/texts/translate.ts";
import type { KnownValue } from "./known.ts";

/**
 * Columns of a table for one of ours: those first whose name and values fit best, those last that another of ours has.
 * @param mapped what the entry maps already, without the one that is asked for.
 */
export function knownColumns(
	provides: Provides,
	ours: string,
	columns: readonly PeekedColumn[],
	mapped: Readonly<Record<string, string>>,
): readonly KnownValue[] {
	const isDate = columnUse(ours) === "date";
	const userOf = (name: string) => Object.entries(mapped).find(([, theirs]) => theirs === name)?.[0] ?? null;
	const ranked = columns.map((column, place) => {
		const fit = fitOfColumn(provides, ours, column.name) + (isDate === looksLikeDates(column) ? 0.5 : 0);
		const user = userOf(column.name);
		return { column, place, user, rank: user === null ? fit : fit - 10 };
	});
	return ranked
		.sort((left, right) => right.rank - left.rank || left.place - right.place)
		.map(({ column, user }) => ({ value: column.name, detail: describeColumn(column, isDate, user) }));
}

/** The whole mapping that a table's column names suggest; none when there is nothing to map. */
export function knownMapping(provides: Provides, columns: readonly PeekedColumn[]): readonly KnownValue[] {
	const names = columns.map(({ name }) => name);
	const found = mapColumns(provides, {}, names).indices;
	const required = new Set(OUR_COLUMNS[provides].filter((column) => column.required).map(({ name }) => name));
	const wanted = OUR_COLUMNS[provides].filter(({ name }) => !Object.hasOwn(found, name) || !required.has(name));
	const taken = new Set([...required].flatMap((name) => (Object.hasOwn(found, name) ? [found[name]!] : [])));
	const proposed = proposeColumns(
		provides,
		wanted,
		names.filter((_, index) => !taken.has(index)),
	);
	const entries = proposed
		.filter(({ ours, theirs }) => names[found[ours] ?? -1] !== theirs)
		.map(({ ours, theirs }) => [ours, theirs] as const);
	return entries.length === 0 ? [] : [{ value: Object.fromEntries(entries), detail: t("from the file's header") }];
}

/** The formats in which the mapped dates of a table are written, each with where that is seen. */
export function knownDateFormats(
	provides: Provides,
	columns: readonly PeekedColumn[],
	mapped: Readonly<Record<string, string>>,
): readonly KnownValue[] {
	const names = columns.map(({ name }) => name);
	const found = mapColumns(provides, mapped, names).indices;
	const ours = OUR_COLUMNS[provides].filter(({ name }) => columnUse(name) === "date");
	const proposed = proposeColumns(
		provides,
		ours.filter(({ name }) => !Object.hasOwn(found, name)),
		names,
	);
	const dated = ours.flatMap(({ name }) => {
		const theirs = proposed.find((pair) => pair.ours === name)?.theirs;
		const index = found[name] ?? (theirs === undefined ? -1 : names.indexOf(theirs));
		return columns[index] ?? [];
	});
	const known = new Map<DateFormat, KnownValue & { readonly isAmbiguous: boolean }>();
	for (const { name, sample, dateFormats } of dated) {
		const isAmbiguous = dateFormats.length > 1;
		for (const format of dateFormats) {
			const detail = isAmbiguous
				? t`${name} (${sample}) fits, but also ${dateFormats.find((other) => other !== format)}`
				: t`found in ${name}: ${sample}`;
			// Where another column decides between two formats, that one counts.
			if (!known.has(format) || !isAmbiguous) known.set(format, { value: format, detail, isAmbiguous });
		}
	}
	return [...known.values()]
		.sort((left, right) => Number(left.isAmbiguous) - Number(right.isAmbiguous))
		.map(({ value, detail }) => ({ value, detail }));
}

function looksLikeDates({ dateFormats, holdsDates }: PeekedColumn): boolean {
	return holdsDates || dateFormats.length > 0;
}

/** A sample, the format of dates, and which of ours has the column already. */
function describeColumn({ sample, dateFormats, holdsDates }: PeekedColumn, isDate: boolean, user: string | null): string {
	const isText = dateFormats.every((format) => !NUMBERS.includes(format));
	// Numbers are dates only where dates are wanted.
	const format = holdsDates
		? t("dates")
		: isDate || isText
			? dateFormats.map(String).reduce((list, next) => (list === "" ? next : t`${list} or ${next}`), "")
			: "";
	const shown = sample === null ? t("no values in the first rows") : sample;
	return [shown, format, user === null ? "" : t`taken by ${user}`].filter((part) => part !== "").join(" · ");
}

const NUMBERS: readonly DateFormat[] = ["epochSeconds", "epochMilliseconds", "excelSerial"];
