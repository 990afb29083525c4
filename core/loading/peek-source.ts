import type { DataSource, DateFormat } from "../config/model.ts";
import { type Beginning, firstRows } from "../connectors/beginning.ts";
import { type Cell, SourceError } from "../connectors/connector.ts";
import { openCsvText } from "../connectors/csv.ts";
import { peekWorkbook } from "../connectors/excel/peek-workbook.ts";
import { openInputFile } from "../connectors/input-file.ts";
import { peekParquet } from "../connectors/parquet/peek-parquet.ts";
import { peekDatabase } from "../connectors/sqlite-peek.ts";
import { detectDateFormats } from "../dates/detect-date-format.ts";
import { readText } from "./cells.ts";
import { guessDelimiter, isWithoutHeader } from "./column-mapping.ts";

/** What the beginning of a data source's file shows to whoever is about to describe it. */
export interface PeekedSource {
	/** Tables and views of a database that can be named; empty for other files. */
	readonly tables: readonly string[];
	/** Sheets of a workbook that are not hidden; empty for other files. */
	readonly sheets: readonly string[];
	/** In their order; empty as long as the entry does not say which table is meant. */
	readonly columns: readonly PeekedColumn[];
	/** What separates the cells of a CSV file; null for other files. */
	readonly delimiter: string | null;
	/** The encoding of a CSV file where it is surely not the stated one; else null. */
	readonly encoding: string | null;
}

/** A column by its first rows. */
export interface PeekedColumn {
	readonly name: string;
	/** The first value; null when the first rows have none. */
	readonly sample: string | null;
	/** Formats in which its values are dates, as `detectDateFormats` tells them. */
	readonly dateFormats: readonly DateFormat[];
	/** Whether its values are dates for the file itself, whatever the entry says about formats. */
	readonly holdsDates: boolean;
}

/**
 * Looks at the beginning of a source's file, which may be large: only the first rows are read. Null for a file that cannot be read: what is wrong with
 * it is for loading to say.
 * @param source its mapping and whatever else may be missing does not matter.
 * @param path absolute.
 * @throws the signal's reason once it is aborted.
 */
export async function peekSource(source: DataSource, path: string, signal: AbortSignal): Promise<PeekedSource | null> {
	const peeked = await peekFile(source, path, signal);
	if (peeked === null || source.provides !== "userActivity") return peeked;
	// Any column can be that of the users, whose names serve to count and for nothing else.
	const names = peeked.columns.map(({ name }) => name);
	if (isWithoutHeader(source.provides, names, 0)) return { ...peeked, columns: [] };
	return { ...peeked, columns: peeked.columns.map((column) => ({ ...column, sample: null })) };
}

async function peekFile(source: DataSource, path: string, signal: AbortSignal): Promise<PeekedSource | null> {
	try {
		switch (source.type) {
			case "csv":
				return await peekCsv(source, path, signal);
			case "excel":
				return describe(await peekWorkbook(source, path, signal));
			case "sqlite":
				return describe(await peekDatabase(source, path, signal));
			case "parquet":
				return describe(await peekParquet(source, path, signal));
			default:
				return null;
		}
	} catch (error) {
		signal.throwIfAborted();
		if (error instanceof SourceError) return null;
		throw error;
	}
}

/** Where the stated delimiter or encoding does not work out, the likeliest other one is tried. */
async function peekCsv(source: DataSource, path: string, signal: AbortSignal): Promise<PeekedSource> {
	const delimiter = [...source.delimiter].length === 1 ? source.delimiter : ",";
	let read: DataSource = { ...source, delimiter };
	let found = await readCsv(read, path, signal).catch((error: unknown) => {
		if (!(error instanceof SourceError) || error.code !== "source/invalid-encoding") throw error;
		read = { ...read, encoding: OTHER_ENCODING };
		return readCsv(read, path, signal);
	});
	const sniffed = guessDelimiter(found.columns);
	if (sniffed !== null) {
		read = { ...read, delimiter: sniffed };
		found = await readCsv(read, path, signal);
	}
	return { ...describe(found), delimiter: read.delimiter, encoding: read.encoding === source.encoding ? null : read.encoding };
}

/** What text is in most of the time when it is not in the encoding that one would expect; no bytes are invalid in it. */
const OTHER_ENCODING = "windows-1252";

async function readCsv(source: DataSource, path: string, signal: AbortSignal): Promise<Beginning> {
	const file = await openInputFile(source, path, signal);
	try {
		const table = await openCsvText(source, { ...file, chunks: inPieces(file.chunks) });
		return { tables: [], sheets: [], columns: table.columns, rows: await firstRows(table.batches) };
	} finally {
		await file.close();
	}
}

/** Enough for some dozen rows: of what is read, all is split into cells. */
const PIECE_BYTES = 8 * 1024;

async function* inPieces(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
	for await (const chunk of chunks) {
		for (let start = 0; start < chunk.length; start += PIECE_BYTES) yield chunk.subarray(start, start + PIECE_BYTES);
	}
}

/** Of a table with more columns nobody would look through the list. */
const MAX_COLUMNS = 500;

function describe({ tables, sheets, columns, rows }: Beginning): PeekedSource {
	const described = columns.slice(0, MAX_COLUMNS).map((name, index) =>
		describeColumn(
			name,
			rows.map((row) => row[index] ?? null),
		),
	);
	return { tables, sheets, columns: described, delimiter: null, encoding: null };
}

function describeColumn(name: string, cells: readonly Cell[]): PeekedColumn {
	const texts = cells.map((cell) => (cell instanceof Date ? null : readText(cell))).filter((text) => text !== null);
	const dates = cells.filter((cell) => cell instanceof Date);
	const first = dates[0] === undefined ? (texts[0] ?? null) : formatDate(dates[0]);
	return {
		name,
		sample: first === null ? null : shorten(first),
		dateFormats: detectDateFormats(texts),
		holdsDates: dates.length > 0 && dates.length >= texts.length,
	};
}

/** A day without the midnight that programs give it. */
function formatDate(date: Date): string {
	return Number.isNaN(date.getTime())
		? ""
		: date
				.toISOString()
				.replace(/T00:00:00\.000Z$/, "")
				.replace(/\.000Z$/, "Z");
}

const MAX_CHARACTERS = 40;

function shorten(text: string): string {
	const characters = [...text.slice(0, 200).replace(/\s+/g, " ")];
	return characters.length <= MAX_CHARACTERS ? characters.join("") : `${characters.slice(0, MAX_CHARACTERS).join("")}…`;
}
