import { type NameTable, nameCount } from "../columns/name-table.ts";
import { sharedIndices } from "../columns/shared-array.ts";
import { createDraftDates, finishDates, raiseDate } from "./draft-dates.ts";
import type { DatedColumn } from "./estate.ts";
import { countUp, mergeNames } from "./merge-names.ts";
import type { NameColumn, Runs, SourceTable } from "./source-table.ts";
import type { ZoneSets } from "./zone-sets.ts";

/** The devices of all tables, numbered through. */
export interface NumberedDevices {
	readonly names: NameTable;
	/** Device by table and by index in the table's `devices`; anything where no row names it. */
	readonly deviceOf: readonly Uint32Array[];
}

/** Numbers devices in the order in which rows first name them; names without a row are dropped. */
export function numberDevices(tables: readonly SourceTable[]): NumberedDevices {
	const merged = mergeNames(tables.map((table) => table.devices));
	// Number + 1 by place in the merged names, 0 where no row has named it yet.
	const numbers = new Uint32Array(merged.count);
	const places = new Uint32Array(merged.count);
	let count = 0;
	for (const [index, { deviceRuns }] of tables.entries()) {
		const placeOf = merged.placeOf[index]!;
		for (let run = 0; run < deviceRuns.values.length; run++) {
			const place = placeOf[deviceRuns.values[run]!]!;
			if (numbers[place] !== 0) continue;
			places[count] = place;
			numbers[place] = ++count;
		}
	}
	for (const placeOf of merged.placeOf) for (let index = 0; index < placeOf.length; index++) placeOf[index] = numbers[placeOf[index]!]! - 1;
	return { names: merged.pick(places.subarray(0, count)), deviceOf: merged.placeOf };
}

/** Consolidates what rows about devices say. @param deviceOf as in `NumberedDevices`, by table. */
export function consolidateDevices(
	tables: readonly SourceTable[],
	devices: NameTable,
	deviceOf: readonly Uint32Array[],
	zones: ZoneSets,
): { readonly inventoryDay: DatedColumn; readonly deviceName: NameColumn | null } {
	const dated = tables.map(({ inventoryDay, timeZone }) => ({ column: inventoryDay, zone: zones.indexOf(timeZone) }));
	const draft = createDraftDates(nameCount(devices), dated);
	for (const [index, table] of tables.entries()) {
		const { column, zone } = dated[index]!;
		if (column === null) continue;
		const shift = column.base - draft.base;
		forEachRow(table, deviceOf[index]!, (device, row) => {
			const stored = column.days[row]!;
			if (stored !== 0) raiseDate(draft, device, stored + shift, zone, zones);
		});
	}
	return { inventoryDay: finishDates(draft, nameCount(devices)), deviceName: consolidateNames(tables, nameCount(devices), deviceOf) };
}

/** Where a run ends, exclusive. */
export function runEnd({ starts }: Runs, run: number, rows: number): number {
	return run + 1 < starts.length ? starts[run + 1]! : rows;
}

function consolidateNames(tables: readonly SourceTable[], devices: number, deviceOf: readonly Uint32Array[]): NameColumn | null {
	const given = tables.flatMap(({ deviceName }) => (deviceName === null ? [] : [deviceName.names]));
	if (given.length === 0) return null;
	const merged = mergeNames(given);
	const indices = sharedIndices(devices, merged.count + 1);
	let number = 0;
	for (const [index, table] of tables.entries()) {
		const column = table.deviceName;
		if (column === null) continue;
		const placeOf = merged.placeOf[number++]!;
		forEachRow(table, deviceOf[index]!, (device, row) => {
			const name = column.indices[row]!;
			if (name !== 0 && indices[device] === 0) indices[device] = placeOf[name - 1]! + 1;
		});
	}
	return { names: merged.pick(countUp(merged.count)), indices };
}

function forEachRow({ deviceRuns, rows }: SourceTable, deviceOf: Uint32Array, visit: (device: number, row: number) => void): void {
	for (let run = 0; run < deviceRuns.starts.length; run++) {
		const device = deviceOf[deviceRuns.values[run]!]!;
		const end = runEnd(deviceRuns, run, rows);
		for (let row = deviceRuns.starts[run]!; row < end; row++) visit(device, row);
	}
}
