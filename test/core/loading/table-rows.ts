import { dayAt } from "../../../core/columns/day-column.ts";
import { nameAt } from "../../../core/columns/name-table.ts";
import { formatDay, NO_DAY } from "../../../core/dates/day-number.ts";
import type { NameColumn, Runs, SourceTable } from "../../../core/usage/source-table.ts";

/** The rows of a table: number, device, and what else it has in the order of `SourceTable`; `-` where a cell is empty. */
export function rowsOf(table: SourceTable): readonly (readonly (string | number)[])[] {
	const days = [table.inventoryDay, table.installDay, table.lastUsageDay].filter((column) => column !== null);
	const names = [table.publisher, table.version, table.deviceName].filter((column) => column !== null);
	const devices = expand(table.deviceRuns, table.rows, 0);
	return expand(table.rowNumbers, table.rows, 1).map((number, row) => [
		number,
		nameAt(table.devices, devices[row]!),
		...(table.product === null ? [] : [nameAt(table.product.names, table.product.indices[row]!)]),
		...days.map((column) => (dayAt(column, row) === NO_DAY ? "-" : formatDay(dayAt(column, row)))),
		...names.map((column) => optionalName(column, row)),
	]);
}

/** Values by row. */
function expand({ starts, values }: Runs, rows: number, step: 0 | 1): readonly number[] {
	return Array.from(starts).flatMap((start, run) =>
		Array.from({ length: (starts[run + 1] ?? rows) - start }, (_, offset) => values[run]! + step * offset),
	);
}

function optionalName({ names, indices }: NameColumn, row: number): string {
	return indices[row] === 0 ? "-" : nameAt(names, indices[row]! - 1);
}
