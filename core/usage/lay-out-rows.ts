import { sharedUint32 } from "../columns/shared-array.ts";
import { runEnd } from "./consolidate-devices.ts";
import type { OriginPart } from "./estate.ts";
import type { SourceTable } from "./source-table.ts";

/** Where the rows of all tables go. */
export interface Layout {
	readonly rows: number;
	/** First place by device, and at the end the number of rows. */
	readonly starts: Uint32Array;
	/** Place by row, counted over all tables; null when the rows of every device stand together already, and stay where they are. */
	readonly places: Uint32Array | null;
	/** First row by table. */
	readonly firstRows: readonly number[];
	readonly parts: readonly OriginPart[];
	readonly isSingle: boolean;
}

/**
 * Lays out the rows of tables by device.
 * @param deviceOf device by table and by index in the table's `devices`, numbered in the order of their first rows.
 */
export function layOut(tables: readonly SourceTable[], devices: number, deviceOf: readonly Uint32Array[]): Layout {
	const starts = sharedUint32(devices + 1);
	const firstRows: number[] = [];
	let rows = 0;
	let isGrouped = true;
	let latest = 0;
	for (const [index, table] of tables.entries()) {
		firstRows.push(rows);
		rows += table.rows;
		const { deviceRuns } = table;
		for (let run = 0; run < deviceRuns.starts.length; run++) {
			const device = deviceOf[index]![deviceRuns.values[run]!]!;
			starts[device + 1]! += runEnd(deviceRuns, run, table.rows) - deviceRuns.starts[run]!;
			// Devices are numbered by their first row, so that going back to a lower one means that its rows stand apart.
			if (device < latest) isGrouped = false;
			latest = device;
		}
	}
	for (let device = 0; device < devices; device++) starts[device + 1]! += starts[device]!;
	const parts = tables.map(({ sourceIndex, rowNumbers }, index) => ({ sourceIndex, firstRow: firstRows[index]!, rowNumbers }));
	const places = isGrouped ? null : placeByDevice(tables, deviceOf, starts, rows);
	return { rows, starts, places, firstRows, parts: parts.filter((_, index) => tables[index]!.rows > 0), isSingle: tables.length === 1 };
}

/** Counting sort by device; rows of one device keep their order. */
function placeByDevice(tables: readonly SourceTable[], deviceOf: readonly Uint32Array[], starts: Uint32Array, rows: number): Uint32Array {
	const places = new Uint32Array(rows);
	const next = new Uint32Array(starts);
	let row = 0;
	for (const [index, table] of tables.entries()) {
		const { deviceRuns } = table;
		for (let run = 0; run < deviceRuns.starts.length; run++) {
			const device = deviceOf[index]![deviceRuns.values[run]!]!;
			let place = next[device]!;
			for (let left = runEnd(deviceRuns, run, table.rows) - deviceRuns.starts[run]!; left > 0; left--) places[row++] = place++;
			next[device] = place;
		}
	}
	return places;
}

/** Where the rows of a table go; null when they stay in their order. */
export function placesOf({ places, firstRows }: Layout, index: number, rows: number): Uint32Array | null {
	return places === null ? null : places.subarray(firstRows[index]!, firstRows[index]! + rows);
}

/** A column of indices. */
export type Indices = Uint16Array | Uint32Array;

/**
 * Writes a table's indices, each as what it means to the estate.
 * @param places by row; null for the rows in their order from `first` on.
 */
export function placeIndices(target: Indices, indices: Indices, meaning: Uint32Array, places: Uint32Array | null, first: number): void {
	if (places === null) for (let row = 0; row < indices.length; row++) target[first + row] = meaning[indices[row]!]!;
	else for (let row = 0; row < indices.length; row++) target[places[row]!] = meaning[indices[row]!]!;
}
