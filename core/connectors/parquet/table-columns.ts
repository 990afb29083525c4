import { createDayColumn, createIndexColumn } from "../../columns/growing-column.ts";
import type { Names } from "../../columns/name-table.ts";
import type { DataSource } from "../../config/model.ts";
import { createRuns } from "../../loading/growing-runs.ts";
import type { SourceTable } from "../../usage/source-table.ts";

/** The columns of a source table while rows are added whose names have indices already. */
export interface TableColumns {
	/** Adds neighbouring rows. Row numbers ascend. */
	add(rows: TableRows): void;
	/** @param records of the source or part, also those that are no row. */
	finish(source: DataSource, records: number): SourceTable;
}

/** Values of neighbouring rows by column; they are copied. */
export interface TableRows {
	/** Numbers of the rows in the source: how many follow each other from which one on. */
	readonly numbers: readonly { readonly first: number; readonly length: number }[];
	readonly devices: Uint32Array;
	/** Null for devices. */
	readonly products: Uint32Array | null;
	/** As the table has them, null where they are not mapped: of devices the inventory date, otherwise the install and the last usage date. */
	readonly days: readonly (Int32Array | null)[];
	/** Indices plus one or 0, null where they are not mapped: of devices the device names, otherwise publishers and versions. */
	readonly texts: readonly (Uint32Array | null)[];
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
		add({ numbers, devices: deviceIndices, products: productOf, days: dayOf, texts: textOf }) {
			let row = rows;
			for (const { first, length } of numbers) {
				rowNumbers.push(row, first, length);
				row += length;
			}
			let device = -1;
			for (let index = 0; index < deviceIndices.length; index++) {
				if (deviceIndices[index] === device) continue;
				device = deviceIndices[index]!;
				deviceRuns.push(rows + index, device);
			}
			if (productOf !== null) productIndices.append(productOf);
			for (const [column, values] of dayOf.entries()) if (values !== null) days[column]!.append(values);
			for (const [column, values] of textOf.entries()) if (values !== null) textIndices[column]!.append(values);
			rows = row;
		},
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
