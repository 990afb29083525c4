import type { DecodedArray, SchemaTree } from "hyparquet";
import { createNames, type Names } from "../../columns/name-table.ts";
import type { DateFormat } from "../../config/model.ts";
import { type DayNumber, NO_DAY } from "../../dates/day-number.ts";
import { MS_PER_DAY } from "../../dates/instant.ts";
import type { TimeZone } from "../../dates/time-zone.ts";
import { createCellMeanings } from "../../loading/cell-meanings.ts";
import { readText } from "../../loading/cells.ts";
import { makeDayReader, NOT_A_DAY } from "../../loading/day-reader.ts";
import { isDay } from "../local-date.ts";
import type { ParquetFile, RowGroup } from "./parquet-file.ts";
import { createPageScratch, readPages } from "./parquet-pages.ts";
import { makeCellReader, type StoredValue, timeKindOf } from "./parquet-values.ts";

/** Reads a column of text, group by group, into indices of names. */
export interface NameFiller {
	/** All names so far; some may be of rows that were left out. */
	readonly names: Names;
	fill(group: RowGroup): Promise<void>;
	/** Of the last group, by row: the index of the name, or the index plus one; one less than that of the first name where there is none. */
	indices(): Uint32Array;
}

/** Reads a column of dates, group by group. */
export interface DayFiller {
	fill(group: RowGroup): Promise<void>;
	/** Of the last group, by row: `NO_DAY` where there is none, `NOT_A_DAY` for what is no date in the source's format. */
	days(): Int32Array;
	/** What is written in a row of the last group that has no date. */
	textAt(row: number): string;
}

/** Stands for a missing name where the first one is 0. */
export const NO_NAME = 2 ** 32 - 1;

/**
 * A filler for a column without others below it.
 * @param first what stands for the first name.
 */
export function createNameFiller(file: ParquetFile, column: SchemaTree, zone: TimeZone, first: 0 | 1): NameFiller {
	const none = first === 0 ? NO_NAME : 0;
	const names = createNames();
	const cellOf = makeCellReader(column.element, zone, "text");
	const toIndex = (value: StoredValue) => {
		const name = readText(cellOf(value));
		return name === null ? none : names.indexOf(name) + first;
	};
	const isBytes = column.element.type === "BYTE_ARRAY";
	const filler = createFiller(file, column, (length) => new Uint32Array(length), isBytes ? rememberBytes(toIndex) : toIndex, none);
	return { names, fill: filler.fill, indices: filler.values };
}

/** The same conversion of bytes, without a string for those that were seen before: every group has a dictionary with mostly the same words. */
function rememberBytes(convert: (value: StoredValue) => number): (value: StoredValue) => number {
	const meanings = createCellMeanings(convert);
	return (value) => {
		const bytes = value as Uint8Array;
		let hash = 0;
		for (let place = 0; place < bytes.length; place++) hash = (Math.imul(hash, 31) + bytes[place]!) | 0;
		return meanings.of(bytes, 0, bytes.length, hash);
	};
}

/** A filler for a column without others below it. */
export function createDayFiller(file: ParquetFile, column: SchemaTree, format: DateFormat, zone: TimeZone): DayFiller {
	const cellOf = makeCellReader(column.element, zone, "date");
	const toDay = makeStoredDayReader(column, format, zone);
	const texts = new Map<number, string>();
	const remember = (row: number, value: StoredValue) => {
		if (toDay(value) === NOT_A_DAY) texts.set(row, readText(cellOf(value)) ?? "");
	};
	const filler = createFiller(file, column, (length) => new Int32Array(length), toDay, NO_DAY, { mark: NOT_A_DAY, remember });
	return {
		fill(group) {
			texts.clear();
			return filler.fill(group);
		},
		days: filler.values,
		textAt: (row) => texts.get(row) ?? "",
	};
}

function makeStoredDayReader(column: SchemaTree, format: DateFormat, zone: TimeZone): (value: StoredValue) => DayNumber {
	const time = timeKindOf(column.element);
	if (time === null) {
		const cellOf = makeCellReader(column.element, zone, "date");
		const readDay = makeDayReader(format, zone);
		return (value) => readDay(cellOf(value));
	}
	const check = (day: number) => (isDay(day) ? day : NOT_A_DAY);
	switch (time.kind) {
		case "day":
			return (value) => check(Number(value));
		case "local":
			return (value) => check(Math.floor(time.toMs(value) / MS_PER_DAY));
		case "instant":
			return (value) => check(zone.dayOf(time.toMs(value)));
	}
}

interface Filler<Values> {
	fill(group: RowGroup): Promise<void>;
	values(): Values;
}

/** What to do with rows whose value converts into a mark. */
interface Watch {
	readonly mark: number;
	readonly remember: (row: number, value: StoredValue) => void;
}

/** Converts a column into numbers, each word of a dictionary once. */
function createFiller<Values extends Uint32Array | Int32Array>(
	file: ParquetFile,
	column: SchemaTree,
	make: (length: number) => Values,
	convert: (value: StoredValue) => number,
	none: number,
	watch: Watch | null = null,
): Filler<Values> {
	const scratch = createPageScratch();
	let target = make(0);
	let filled = 0;
	return {
		async fill(group) {
			if (target.length < group.rows) target = make(group.rows);
			filled = group.rows;
			let dictionary: DecodedArray | null = null;
			let words = make(0);
			let start = 0;
			for await (const page of readPages(file, group, column, scratch)) {
				if (page.dictionary !== null && page.dictionary !== dictionary) {
					dictionary = page.dictionary;
					words = make(dictionary.length);
					for (let index = 0; index < words.length; index++) words[index] = convert(dictionary[index]);
				}
				const rows = target.subarray(start, start + page.rows);
				if (page.dictionary === null) fillValues(rows, page.values, page.present, convert, none);
				else fillCodes(rows, page.values as Uint32Array, page.present, words, none);
				if (watch !== null) watchRows(rows, start, page.values, page.present, page.dictionary, watch);
				start += page.rows;
			}
		},
		values: () => target.subarray(0, filled) as Values,
	};
}

function fillCodes(
	rows: Uint32Array | Int32Array,
	codes: Uint32Array,
	present: Uint8Array | null,
	words: Uint32Array | Int32Array,
	none: number,
): void {
	if (present === null) {
		for (let row = 0; row < rows.length; row++) rows[row] = words[codes[row]!]!;
		return;
	}
	let place = 0;
	let row = 0;
	// Where values are missing cannot be foreseen, so nothing branches on it: the mask has no bit or all.
	for (; place < codes.length; row++) {
		const isPresent = present[row]!;
		rows[row] = (words[codes[place]!]! & -isPresent) | (none & (isPresent - 1));
		place += isPresent;
	}
	rows.fill(none, row);
}

function fillValues(
	rows: Uint32Array | Int32Array,
	values: DecodedArray,
	present: Uint8Array | null,
	convert: (value: StoredValue) => number,
	none: number,
): void {
	let place = 0;
	for (let row = 0; row < rows.length; row++) rows[row] = present === null || present[row] === 1 ? convert(values[place++]) : none;
}

function watchRows(
	rows: Uint32Array | Int32Array,
	start: number,
	values: DecodedArray,
	present: Uint8Array | null,
	dictionary: DecodedArray | null,
	{ mark, remember }: Watch,
): void {
	if (!rows.includes(mark)) return;
	let place = 0;
	for (let row = 0; row < rows.length; row++) {
		if (present !== null && present[row] !== 1) continue;
		const value: StoredValue = dictionary === null ? values[place] : dictionary[values[place]];
		place++;
		if (rows[row] === mark) remember(start + row, value);
	}
}
