import { type DayColumn, NARROW_BASE, WIDE_BASE } from "../columns/day-column.ts";
import { sharedInt32, sharedUint8, sharedUint16 } from "../columns/shared-array.ts";
import type { DayNumber } from "../dates/day-number.ts";
import type { DatedColumn } from "./estate.ts";
import type { ZoneSets } from "./zone-sets.ts";

/** A column of dates while it is consolidated. */
export interface DraftDates {
	/** As in `DayColumn`. */
	readonly days: Uint16Array | Int32Array;
	readonly base: DayNumber;
	/** Index of the zone set by index, 0 where there is no date; null when there is only the first set. */
	readonly zoneSet: Uint8Array | null;
}

/** A column of one table, with the zone set that its dates come from. */
export interface DatesOfTable {
	/** Null when the table has no such dates. */
	readonly column: DayColumn | null;
	readonly zone: number;
}

/** A draft without any date, of a width that holds the dates of all tables. */
export function createDraftDates(length: number, tables: readonly DatesOfTable[]): DraftDates {
	const given = tables.filter(({ column }) => column !== null);
	const isWide = given.some(({ column }) => column!.days instanceof Int32Array);
	return {
		days: isWide ? sharedInt32(length) : sharedUint16(length),
		base: isWide ? WIDE_BASE : NARROW_BASE,
		zoneSet: given.some(({ zone }) => zone !== 0) ? sharedUint8(length) : null,
	};
}

/**
 * Writes a table's dates into a draft in which nothing stands there yet.
 * @param places index in the draft by row; null for the rows in their order from `first` on.
 */
export function placeDates(draft: DraftDates, { column, zone }: DatesOfTable, places: Uint32Array | null, first: number): void {
	if (column === null) return;
	const { days } = column;
	const shift = column.base - draft.base;
	if (places === null) {
		draft.days.set(days, first);
		if (shift !== 0) shiftDays(draft.days, first, first + days.length, shift);
	} else if (shift === 0) for (let row = 0; row < days.length; row++) draft.days[places[row]!] = days[row]!;
	else for (let row = 0; row < days.length; row++) draft.days[places[row]!] = days[row] === 0 ? 0 : days[row]! + shift;
	if (draft.zoneSet === null || zone === 0) return;
	for (let row = 0; row < days.length; row++) {
		if (days[row] !== 0) draft.zoneSet[places === null ? first + row : places[row]!] = zone;
	}
}

/** Keeps the later of two dates at `index`: the one that stands there, and one as it is stored, with its zone set. On equal days the sets unite. */
export function raiseDate({ days, zoneSet }: DraftDates, index: number, stored: number, zone: number, zones: ZoneSets): void {
	const known = days[index]!;
	if (stored === 0 || stored < known) return;
	if (stored > known) {
		days[index] = stored;
		if (zoneSet !== null) zoneSet[index] = zone;
	} else if (zoneSet !== null && zoneSet[index] !== zone) zoneSet[index] = zones.unite(zoneSet[index]!, zone);
}

/** The first dates of a draft. */
export function finishDates({ days, base, zoneSet }: DraftDates, length: number): DatedColumn {
	const sets = zoneSet === null ? null : cutColumn(zoneSet, length);
	return { days: cutColumn(days, length), base, zoneSet: sets === null || sets.every((set) => set === 0) ? null : sets };
}

/** The first values of a column: itself if that is all of it, otherwise a copy, so that the rest takes up no memory. */
export function cutColumn<Column extends Uint8Array | Uint16Array | Uint32Array | Int32Array>(column: Column, length: number): Column {
	if (column.length === length) return column;
	const make = column.constructor as new (buffer: SharedArrayBuffer) => Column;
	const copy = new make(new SharedArrayBuffer(length * column.BYTES_PER_ELEMENT));
	copy.set(column.subarray(0, length));
	return copy;
}

function shiftDays(days: Uint16Array | Int32Array, from: number, to: number, shift: number): void {
	for (let index = from; index < to; index++) if (days[index] !== 0) days[index]! += shift;
}
