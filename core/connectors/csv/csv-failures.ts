import type { DataSource } from "../../config/model.ts";
import { formatCount } from "../../texts/format-count.ts";
import { t } from "../../texts/translate.ts";
import { guessedRepair, SourceError } from "../connector.ts";
import { type CsvFault, MAX_RECORD_BYTES } from "../csv-scan.ts";
import { createTranscoder, guessUtf16, hasUtf32Mark, type Transcoder } from "../text-decoding.ts";

/**
 * The delimiter of a source.
 * @throws {SourceError} when it is not one character.
 */
export function readDelimiter(source: DataSource): string {
	// In YAML without quotes, \t is a backslash and a letter.
	const delimiter = source.delimiter === "\\t" ? "\t" : source.delimiter;
	if ([...delimiter].length === 1 && !/["\r\n\0]/.test(delimiter)) return delimiter;
	const message = t`The delimiter ${JSON.stringify(source.delimiter)} is not one character. Use "," or ";" or "\\t" or whatever stands between the cells.`;
	throw new SourceError("source/malformed-csv", "delimiter", message);
}

/**
 * What turns a source's bytes into UTF-8.
 * @throws {SourceError} when the encoding is unknown.
 */
export function chooseTranscoder(source: DataSource, head: Uint8Array): Transcoder {
	const fail = (message: string) => new SourceError("source/invalid-encoding", "encoding", message);
	if (hasUtf32Mark(head)) throw fail(t`${nameOf(source)} is written in UTF-32, which is not read. Save it as UTF-8.`);
	const transcoder = createTranscoder(source.encoding, head);
	if (transcoder !== null) return transcoder;
	throw fail(
		t`"${source.encoding}" is not an encoding that is known. Use utf-8, windows-1252, utf-16le or another name of the Encoding Standard.`,
	);
}

/** The failure for a file without a record. */
export function emptyFile(source: DataSource): SourceError {
	return new SourceError("source/empty-file", "path", t`${nameOf(source)} is empty. Export the table again.`);
}

/** The failure for a fault in the layout. */
export function toLayoutError(source: DataSource, fault: CsvFault): SourceError {
	const row = formatCount(fault.row);
	switch (fault.kind) {
		case "row-too-long": {
			const limit = MAX_RECORD_BYTES / 1024 / 1024;
			const message = t`Row ${row} of ${nameOf(source)} is longer than ${limit} MiB. Check for a quote that is never closed, and that this is a CSV file with line breaks.`;
			return new SourceError("source/row-too-long", "path", message);
		}
		case "quote-not-closed":
			return malformed(source, fault.row, t("a cell begins with a quote that is never closed"));
		case "text-after-quote":
			return malformed(source, fault.row, t("text follows the closing quote of a cell; quotes inside a quoted cell must be doubled"));
	}
}

/** The failure for a row that is no row; `what` says why. */
export function malformed(source: DataSource, row: number, what: string): SourceError {
	const message = t`Row ${formatCount(row)} of ${nameOf(source)} cannot be split into cells: ${what}. Correct the row or export the file again.`;
	return new SourceError("source/malformed-csv", "path", message);
}

/** The failure for text with NUL bytes. */
export function nulByte(source: DataSource, head: Uint8Array, encoding: string): SourceError {
	const utf16 = encoding === "utf-8" ? guessUtf16(head) : null;
	const advice =
		utf16 === null
			? t("Export the table as CSV.")
			: t`It looks like UTF-16 text without a byte-order mark: if it is, set "encoding: ${utf16}".`;
	const message = t`${nameOf(source)} is not a text file: it has NUL bytes. ${advice}`;
	const repairs = utf16 === null ? [] : guessedRepair("encoding", utf16);
	return new SourceError("source/binary-file", utf16 === null ? "path" : "encoding", message, repairs);
}

/**
 * The failure for bytes that are no text.
 * @param offset of the first such byte in the file; null where it is not known.
 */
export function invalidEncoding(source: DataSource, encoding: string, offset: number | null, row: number): SourceError {
	const place = t`${offset === null ? "" : t`byte ${formatCount(offset + 1)}, `}row ${formatCount(row)}`;
	const isOther = encoding === "utf-8";
	const advice = isOther
		? t('If it was saved by Excel or an older Windows program, set "encoding: windows-1252"; or save it as UTF-8.')
		: t("Set the encoding that the file was saved in, or save it as UTF-8.");
	const message = t`${nameOf(source)} is not ${encoding} text (${place}). ${advice}`;
	// No bytes are invalid in windows-1252, so that trying it proves nothing: a damaged UTF-8 text would become letters of another language.
	return new SourceError("source/invalid-encoding", "encoding", message, isOther ? guessedRepair("encoding", "windows-1252") : []);
}

/** A source's name for people. */
export function nameOf(source: DataSource): string {
	return source.path ?? source.name;
}
