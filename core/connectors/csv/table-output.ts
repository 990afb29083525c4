import type { DataSource } from "../../config/model.ts";
import type { DayNumber } from "../../dates/day-number.ts";
import type { NameColumn, SourceTable } from "../../usage/source-table.ts";
import { copyNames } from "./copy-names.ts";
import type { CsvKernel, CsvLayout, StagedRows } from "./csv-kernel.ts";
import { createDayBlocks, createIndexBlocks, createUint32Blocks, type Estimate } from "./shared-columns.ts";

/** Collects the blocks of rows that a kernel stages. */
export interface TableOutput {
	append(staged: StagedRows): void;
	/** As in `KernelEvents`; of the block that is staged next. */
	addWideDay(column: number, row: number, day: DayNumber): void;
	rows(): number;
	/** The table, with the names of the kernel; nothing may be appended any more. */
	finish(source: DataSource, kernel: CsvKernel): SourceTable;
}

/** An empty table. */
export function createTableOutput(layout: CsvLayout, estimate: Estimate): TableOutput {
	const names = layout.names.map((column) => (column === null ? null : createIndexBlocks(estimate)));
	const days = layout.days.map((column) => (column === null ? null : createDayBlocks(estimate)));
	const none = () => 0;
	const deviceStarts = createUint32Blocks(none);
	const deviceValues = createUint32Blocks(none);
	const numberStarts = createUint32Blocks(none);
	const numberValues = createUint32Blocks(none);
	const wideDays: (readonly [row: number, day: DayNumber])[][] = layout.days.map(() => []);
	let rows = 0;
	return {
		append(staged) {
			for (const [which, column] of names.entries()) column?.append(staged.names[which]!);
			for (const [which, column] of days.entries()) {
				column?.append(staged.days[which]!, wideDays[which]!);
				wideDays[which]!.length = 0;
			}
			deviceStarts.append(staged.deviceStarts);
			deviceValues.append(staged.deviceValues);
			numberStarts.append(staged.numberStarts);
			numberValues.append(staged.numberValues);
			rows += staged.rows;
		},
		addWideDay: (column, row, day) => wideDays[column]!.push([row, day]),
		rows: () => rows,
		finish(source, kernel) {
			const nameColumn = (which: number): NameColumn | null => {
				const column = names[which] ?? null;
				return column === null ? null : { names: copyNames(kernel.names(which + 1)), indices: column.finish() };
			};
			const day = (which: number) => days[which]?.finish() ?? null;
			const isDevices = source.provides === "devices";
			return {
				sourceIndex: source.index,
				provides: isDevices ? "devices" : "installations",
				timeZone: source.timeZone,
				rows,
				devices: copyNames(kernel.names(0)),
				deviceRuns: { starts: deviceStarts.finish(), values: deviceValues.finish() },
				product: isDevices ? null : nameColumn(0),
				inventoryDay: isDevices ? day(0) : null,
				installDay: isDevices ? null : day(0),
				lastUsageDay: isDevices ? null : day(1),
				publisher: isDevices ? null : nameColumn(1),
				version: isDevices ? null : nameColumn(2),
				deviceName: isDevices ? nameColumn(1) : null,
				rowNumbers: { starts: numberStarts.finish(), values: numberValues.finish() },
				records: kernel.records(),
			};
		},
	};
}
