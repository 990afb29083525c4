import { createDayColumn, createIndexColumn, createUint32Column } from "../../columns/growing-column.ts";
import type { Names } from "../../columns/name-table.ts";
import type { DataSource } from "../../config/model.ts";
import type { DayNumber } from "../../dates/day-number.ts";
import type { Runs, SourceTable } from "../../usage/source-table.ts";

/** The columns of a source table while rows are added whose names have indices already. */
export interface TableColumns {
	/** Begins a row with its number in the source. Row numbers ascend. */
	addKeys(rowNumber: number, device: number, product: number): void;
	/** Adds the row's day to the first (0) or second (1) column of days. */
	addDay(column: number, day: DayNumber): void;
	/** Adds the index plus one, or 0, of the row's text to the first (0) or second (1) column of texts. */
	addText(column: number, index: number): void;
	/** @param records of the source or part, also those that are no row. */
	finish(source: DataSource, records: number): SourceTable;
}

/**
 * Columns without any row.
 * @param hasDays of devices, the inventory date; of installations, the install and the last usage date: which are mapped.
 * @param texts of devices, the device names; of installations, the publishers and the versions; null where they are not mapped.
 * @param products null for devices.
 */
export function createTableColumns(
	hasDays: readonly boolean[],
	texts: readonly (Names | null)[],
	devices: Names,
	products: Names | null,
): TableColumns {
	const deviceRuns = createRuns(0);
	const rowNumbers = createRuns(1);
	const productIndices = createIndexColumn();
	const days = hasDays.map((mapped) => (mapped ? createDayColumn() : null));
	const textIndices = texts.map((names) => (names === null ? null : createIndexColumn()));
	let rows = 0;
	return {
		addKeys(rowNumber, device, product) {
			deviceRuns.push(rows, device);
			rowNumbers.push(rows, rowNumber);
			if (products !== null) productIndices.push(product);
			rows++;
		},
		addDay: (column, day) => days[column]!.push(day),
		addText: (column, index) => textIndices[column]!.push(index),
		finish(source, records) {
			const isDevices = products === null;
			const day = (column: number) => days[column]?.finish() ?? null;
			const text = (column: number) => {
				const indices = textIndices[column];
				return indices ? { names: texts[column]!.finish(), indices: indices.finish() } : null;
			};
			return {
				sourceIndex: source.index,
				provides: isDevices ? "devices" : "installations",
				timeZone: source.timeZone,
				rows,
				devices: devices.finish(),
				deviceRuns: deviceRuns.finish(),
				product: products === null ? null : { names: products.finish(), indices: productIndices.finish() },
				inventoryDay: isDevices ? day(0) : null,
				installDay: isDevices ? null : day(0),
				lastUsageDay: isDevices ? null : day(1),
				publisher: isDevices ? null : text(0),
				version: isDevices ? null : text(1),
				deviceName: isDevices ? text(0) : null,
				rowNumbers: rowNumbers.finish(),
				records,
			};
		},
	};
}

/** @param step by which values grow from row to row within a run. */
function createRuns(step: 0 | 1): { push(row: number, value: number): void; finish(): Runs } {
	const starts = createUint32Column();
	const values = createUint32Column();
	let expected = -1;
	return {
		push(row, value) {
			if (value !== expected) {
				starts.push(row);
				values.push(value);
			}
			expected = value + step;
		},
		finish: () => ({ starts: starts.finish(), values: values.finish() }),
	};
}
