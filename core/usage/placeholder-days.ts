import { type DayNumber, parseDay } from "../dates/day-number.ts";
import { mark } from "../texts/translate.ts";

/** A day that programs write when they have no date. */
interface PlaceholderDay {
	readonly day: DayNumber;
	/** What writes it, as the end of a sentence. */
	readonly meaning: string;
}

/** Days that never are the date of an inventory, an installation or a use. */
const PLACEHOLDER_DAYS: readonly PlaceholderDay[] = [
	placeholder("0001-01-01", mark("the zero of .NET")),
	placeholder("1601-01-01", mark("the zero of Windows file times")),
	placeholder("1753-01-01", mark("the smallest datetime of SQL Server")),
	placeholder("1899-12-30", mark("the zero of Excel and OLE dates")),
	placeholder("1899-12-31", mark("the zero of Excel as some programs count")),
	placeholder("1900-01-01", mark("the zero of SQL Server")),
	placeholder("1969-12-31", mark("the zero of Unix time west of Greenwich")),
	placeholder("1970-01-01", mark("the zero of Unix time")),
	placeholder("9999-12-31", mark("the largest date of most databases")),
];

/** The placeholder that a day is; null for every other day. */
export function placeholderAt(day: DayNumber): PlaceholderDay | null {
	return PLACEHOLDER_DAYS.find((known) => known.day === day) ?? null;
}

function placeholder(date: string, meaning: string): PlaceholderDay {
	const day = parseDay(date);
	if (day === null) throw new Error(`${date} is no date`);
	return { day, meaning };
}
