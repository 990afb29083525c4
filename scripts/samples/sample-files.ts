import Database from "better-sqlite3";
import { civilDateOf, type DayNumber, formatDay } from "../../core/dates/day-number.ts";
import type { InstantMs } from "../../core/dates/instant.ts";

/** One file of the samples. */
export interface SampleFile {
	/** Relative to `samples/`, with `/`. */
	readonly path: string;
	readonly bytes: Uint8Array;
}

/** A cell of a sample table; null is written as nothing. */
export type SampleCell = string | number | null;

/** How a sample CSV file is written. */
export interface CsvDialect {
	readonly delimiter: string;
	readonly encoding: "utf-8" | "utf-8 with BOM" | "windows-1252" | "utf-16le with BOM";
	readonly lineEnd: "\n" | "\r\n";
	/** Whether every text cell stands in quotes, or only those that need it. */
	readonly quoteAll?: boolean;
}

/** A text file in UTF-8. */
export function textFile(path: string, text: string): SampleFile {
	return { path, bytes: Buffer.from(text, "utf8") };
}

/** A CSV file with a header. */
export function csvFile(
	path: string,
	dialect: CsvDialect,
	header: readonly string[],
	rows: readonly (readonly SampleCell[])[],
): SampleFile {
	const writeCell = (cell: SampleCell) => {
		if (cell === null) return "";
		const text = String(cell);
		const needsQuotes = text.includes(dialect.delimiter) || /["\r\n]/.test(text);
		return needsQuotes || (dialect.quoteAll && typeof cell === "string") ? `"${text.replaceAll('"', '""')}"` : text;
	};
	const text = [header, ...rows].map((row) => row.map(writeCell).join(dialect.delimiter) + dialect.lineEnd).join("");
	return { path, bytes: encode(text, dialect.encoding) };
}

/** An SQLite database; the same tables give the same bytes as long as the SQLite version is the same. */
export function sqliteFile(
	path: string,
	tables: readonly { readonly create: string; readonly insert: string; readonly rows: readonly (readonly SampleCell[])[] }[],
): SampleFile {
	const database = new Database(":memory:");
	try {
		for (const table of tables) {
			database.exec(table.create);
			const statement = database.prepare(table.insert);
			database.transaction(() => {
				for (const row of table.rows) statement.run(...row);
			})();
		}
		return { path, bytes: database.serialize() };
	} finally {
		database.close();
	}
}

/** `dd/MM/yyyy`; null for a missing date. */
export function slashedDay(day: DayNumber | null): string | null {
	if (day === null) return null;
	const { year, month, day: dayOfMonth } = civilDateOf(day);
	return `${String(dayOfMonth).padStart(2, "0")}/${String(month).padStart(2, "0")}/${year}`;
}

/** `YYYY-MM-DD`; null for a missing date. */
export function isoDay(day: DayNumber | null): string | null {
	return day === null ? null : formatDay(day);
}

/** Seconds since 1970 of noon UTC on a day; null for a missing date. */
export function noonSeconds(day: DayNumber | null): number | null {
	return day === null ? null : day * 86_400 + 43_200;
}

/** `dd/MM/yyyy HH:mm:ss` as a clock on the wall in a time zone shows an instant. */
export function wallClock(instant: InstantMs, timeZone: string): string {
	const format = new Intl.DateTimeFormat("en-GB", {
		timeZone,
		year: "numeric",
		month: "2-digit",
		day: "2-digit",
		hour: "2-digit",
		minute: "2-digit",
		second: "2-digit",
		hourCycle: "h23",
	});
	const parts = Object.fromEntries(format.formatToParts(instant).map((part) => [part.type, part.value]));
	return `${parts["day"]}/${parts["month"]}/${parts["year"]} ${parts["hour"]}:${parts["minute"]}:${parts["second"]}`;
}

function encode(text: string, encoding: CsvDialect["encoding"]): Uint8Array {
	switch (encoding) {
		case "utf-8":
			return Buffer.from(text, "utf8");
		case "utf-8 with BOM":
			return Buffer.from(`\u{FEFF}${text}`, "utf8");
		case "utf-16le with BOM":
			return Buffer.from(`\u{FEFF}${text}`, "utf16le");
		case "windows-1252":
			// The one character of the samples that windows-1252 has and Latin-1 lacks is the typographic apostrophe.
			return Buffer.from(text.replaceAll("’", "\u0092"), "latin1");
	}
}
