import { type DayColumn, dayAt, NARROW_BASE } from "../columns/day-column.ts";
import { NARROW_VALUES } from "../columns/shared-array.ts";
import type { DayNumber } from "../dates/day-number.ts";
import { compareDeviceKeys } from "./compare-device-keys.ts";
import { lastAtMost } from "./estate-lookups.ts";
import { mergeNames } from "./merge-names.ts";
import { placeholderAt } from "./placeholder-days.ts";
import type { DateColumnName, DateFacts, DescribedData, RowCount, SourceFacts } from "./source-facts.ts";
import type { SourceTable } from "./source-table.ts";

/** Rows that are named of those that have something in common. */
const ROWS_NAMED = 3;

/**
 * What tables say before they are consolidated: one pass over each column of dates and one over rows that have two of them.
 * @param tables in the order of the configuration; the parts of a source follow each other.
 */
export function describeSources(tables: readonly SourceTable[]): DescribedData {
	const bySource = new Map<number, SourceTable[]>();
	for (const table of tables) {
		const parts = bySource.get(table.sourceIndex);
		if (parts === undefined) bySource.set(table.sourceIndex, [table]);
		else parts.push(table);
	}
	return { sources: [...bySource.values()].map(describeSource), deviceKeys: compareDeviceKeys(tables) };
}

/** @param parts of one source, not empty. */
function describeSource(parts: readonly SourceTable[]): SourceFacts {
	const { sourceIndex, provides } = parts[0]!;
	return {
		sourceIndex,
		provides,
		rows: parts.reduce((sum, { rows }) => sum + rows, 0),
		devices: countDevices(parts),
		products: provides === "devices" ? null : mergeNames(parts.flatMap(({ product }) => product?.names ?? [])).count,
		dates: COLUMNS.flatMap(([column, read]) => describeDates(column, parts, read) ?? []),
		usedBeforeInstalled: countUsedBeforeInstalled(parts),
	};
}

type ReadColumn = (table: SourceTable) => DayColumn | null;

const COLUMNS: readonly (readonly [DateColumnName, ReadColumn])[] = [
	["inventoryDate", ({ inventoryDay }) => inventoryDay],
	["installDate", ({ installDay }) => installDay],
	["lastUsageDate", ({ lastUsageDay }) => lastUsageDay],
];

/** Names of rows that were left out are among a table's names, so what counts is the rows. */
function countDevices(parts: readonly SourceTable[]): number {
	const { count, placeOf } = mergeNames(parts.map(({ devices }) => devices));
	const isNamed = new Uint8Array(count);
	let named = 0;
	for (const [index, { deviceRuns }] of parts.entries()) {
		for (const device of deviceRuns.values) {
			const place = placeOf[index]![device]!;
			named += 1 - isNamed[place]!;
			isNamed[place] = 1;
		}
	}
	return named;
}

/** Null when the source does not have the column. */
function describeDates(column: DateColumnName, parts: readonly SourceTable[], read: ReadColumn): DateFacts | null {
	const columns = parts.flatMap((part) => read(part) ?? []);
	if (columns.length < parts.length) return null;
	const histogram = new Uint32Array(NARROW_VALUES);
	const others = new Map<DayNumber, number>();
	for (const days of columns) countDays(days, histogram, others);
	const empty = histogram[0]!;
	histogram[0] = 0;
	const narrow = histogram.reduce((sum, count) => sum + (count === 0 ? 0 : 1), 0);
	const counted: [DayNumber, number][] = [...others];
	const days = new Int32Array(narrow + counted.length);
	const counts = new Uint32Array(days.length);
	for (let stored = 1; stored < histogram.length; stored++)
		if (histogram[stored]! > 0) counted.push([stored + NARROW_BASE, histogram[stored]!]);
	counted.sort(([one], [other]) => one - other);
	for (const [index, [day, count]] of counted.entries()) {
		days[index] = day;
		counts[index] = count;
	}
	const last = days.at(-1) ?? null;
	return {
		column,
		dated: counts.reduce((sum, count) => sum + count, 0),
		empty,
		first: days[0] ?? null,
		last,
		lastRow: last === null ? null : findRow(parts, read, last),
		days,
		counts,
	};
}

/** Counts days by what a narrow column stores for them, and those that do not fit into one by themselves. */
function countDays({ days, base }: DayColumn, histogram: Uint32Array, others: Map<DayNumber, number>): void {
	if (days instanceof Uint16Array) {
		for (let row = 0; row < days.length; row++) histogram[days[row]!]!++;
		return;
	}
	const shift = base - NARROW_BASE;
	for (let row = 0; row < days.length; row++) {
		const stored = days[row]!;
		const narrow = stored === 0 ? 0 : stored + shift;
		if (stored === 0 || (narrow > 0 && narrow < NARROW_VALUES)) histogram[narrow]!++;
		else others.set(stored + base, (others.get(stored + base) ?? 0) + 1);
	}
}

function findRow(parts: readonly SourceTable[], read: ReadColumn, day: DayNumber): number | null {
	for (const part of parts) {
		const { days, base } = read(part)!;
		const row = days.indexOf(day - base);
		if (row !== -1) return rowNumberOf(part, row);
	}
	return null;
}

function rowNumberOf({ rowNumbers: { starts, values } }: SourceTable, row: number): number {
	const run = lastAtMost(starts.length, (index) => starts[index]!, row);
	return values[run]! + row - starts[run]!;
}

function countUsedBeforeInstalled(parts: readonly SourceTable[]): RowCount | null {
	if (parts.some(({ installDay, lastUsageDay }) => installDay === null || lastUsageDay === null)) return null;
	let count = 0;
	const firstRows: number[] = [];
	for (const part of parts) {
		const usage = part.lastUsageDay!;
		const install = part.installDay!;
		const shift = install.base - usage.base;
		for (let row = 0; row < part.rows; row++) {
			const used = usage.days[row]!;
			const installed = install.days[row]!;
			if (used === 0 || installed === 0 || used >= installed + shift) continue;
			if (placeholderAt(dayAt(usage, row)) !== null || placeholderAt(dayAt(install, row)) !== null) continue;
			count++;
			if (firstRows.length < ROWS_NAMED) firstRows.push(rowNumberOf(part, row));
		}
	}
	return { count, firstRows: firstRows.sort((one, other) => one - other) };
}
