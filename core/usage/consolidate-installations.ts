import { sharedIndices, sharedUint32 } from "../columns/shared-array.ts";
import { allDevices } from "./device-range.ts";
import { createDraftDates, cutColumn, type DatesOfTable, type DraftDates, finishDates, placeDates, raiseDate } from "./draft-dates.ts";
import { type Indices, type Layout, layOut, placeIndices, placesOf } from "./lay-out-rows.ts";
import { countUp, type MergedNames, mergeNames } from "./merge-names.ts";
import {
	arrangeRows,
	type ConsolidatedInstallations,
	fillRows,
	finishRows,
	keepUsed,
	mergeNameColumns,
	type NameColumnOf,
} from "./ordered-rows.ts";
import type { NameColumn, SourceTable } from "./source-table.ts";
import type { ZoneSets } from "./zone-sets.ts";

/**
 * Brings the rows of all tables together, so that the installations of a device stand side by side and each is there once. Rows that
 * stand like that already are copied as they are, and those of a single table not even that: its columns become the estate's.
 * @param deviceOf device by table and by index in the table's `devices`, numbered in the order of their first rows.
 */
export function consolidateInstallations(
	tables: readonly SourceTable[],
	devices: number,
	deviceOf: readonly Uint32Array[],
	zones: ZoneSets,
): ConsolidatedInstallations {
	const layout = layOut(tables, devices, deviceOf);
	const products = mergeNames(tables.map((table) => table.product!.names));
	const zoneOf = tables.map(({ timeZone }) => zones.indexOf(timeZone));
	if (layout.places === null) {
		const ordered = arrangeRows(tables, layout, products, zoneOf);
		const behind = fillRows(tables, ordered, allDevices(layout.starts));
		if (behind !== null) return finishRows(ordered, behind);
	}
	const install = tables.map(({ installDay }, index) => ({ column: installDay, zone: zoneOf[index]! }));
	const usage = tables.map(({ lastUsageDay }, index) => ({ column: lastUsageDay, zone: zoneOf[index]! }));
	// Written anew and not shared, because removing duplicates changes it in place.
	const draft: Draft = {
		productOf: placeProducts(tables, products, layout),
		install: placeAllDates(install, layout),
		usage: placeAllDates(usage, layout),
		publisher: placeNames(tables, layout, (table) => table.publisher),
		version: placeNames(tables, layout, (table) => table.version),
		row: placeRows(layout),
	};
	return finish(draft, layout, products, zones);
}

function placeProducts(tables: readonly SourceTable[], products: MergedNames, layout: Layout): Indices {
	const productOf = sharedIndices(layout.rows, products.count);
	for (const [index, { product, rows }] of tables.entries()) {
		placeIndices(productOf, product!.indices, products.placeOf[index]!, placesOf(layout, index, rows), layout.firstRows[index]!);
	}
	return productOf;
}

function placeRows({ rows, places }: Layout): Uint32Array {
	const rowOf = sharedUint32(rows);
	for (let row = 0; row < rows; row++) rowOf[places === null ? row : places[row]!] = row;
	return rowOf;
}

function placeAllDates(tables: readonly DatesOfTable[], layout: Layout): DraftDates {
	const draft = createDraftDates(layout.rows, tables);
	for (const [index, table] of tables.entries()) {
		placeDates(draft, table, placesOf(layout, index, table.column?.days.length ?? 0), layout.firstRows[index]!);
	}
	return draft;
}

function placeNames(tables: readonly SourceTable[], layout: Layout, columnOf: NameColumnOf): NameColumn | null {
	const merged = mergeNameColumns(tables, layout.rows, columnOf);
	if (merged === null) return null;
	for (const [index, table] of tables.entries()) {
		const column = columnOf(table);
		if (column !== null) {
			placeIndices(
				merged.column.indices,
				column.indices,
				merged.meaning[index]!,
				placesOf(layout, index, table.rows),
				layout.firstRows[index]!,
			);
		}
	}
	return merged.column;
}

/** Installations with their duplicates, by device. */
interface Draft {
	readonly productOf: Indices;
	readonly install: DraftDates;
	readonly usage: DraftDates;
	readonly publisher: NameColumn | null;
	readonly version: NameColumn | null;
	readonly row: Uint32Array;
}

function finish(draft: Draft, layout: Layout, products: MergedNames, zones: ZoneSets): ConsolidatedInstallations {
	const endOf = new Uint32Array(products.count);
	const count = removeDuplicates(draft, layout.starts, endOf, zones);
	const cutNames = (column: NameColumn | null) =>
		column === null ? null : { names: column.names, indices: cutColumn(column.indices, count) };
	return {
		...keepUsed(products.pick(countUp(products.count)), cutColumn(draft.productOf, count), endOf),
		installationStarts: layout.starts,
		installDay: finishDates(draft.install, count),
		lastUsageDay: finishDates(draft.usage, count),
		publisher: cutNames(draft.publisher),
		version: cutNames(draft.version),
		origin: { parts: layout.parts, row: cutColumn(draft.row, count) },
	};
}

/**
 * Merges a device's rows of one product into the first of them and closes the gaps, in place; `starts` follows. Answers how many
 * installations there are.
 * @param endOf by product 0; then the place behind its last installation.
 */
function removeDuplicates(draft: Draft, starts: Uint32Array, endOf: Uint32Array, zones: ZoneSets): number {
	const { productOf } = draft;
	let from = 0;
	let to = 0;
	for (let device = 0; device + 1 < starts.length; device++) {
		const start = to;
		const end = starts[device + 1]!;
		starts[device] = start;
		for (; from < end; from++) {
			const product = productOf[from]!;
			if (endOf[product]! > start) mergeRow(draft, from, endOf[product]! - 1, zones);
			else {
				if (from !== to) moveRow(draft, from, to);
				endOf[product] = ++to;
			}
		}
	}
	starts[starts.length - 1] = to;
	return to;
}

function moveRow({ productOf, install, usage, publisher, version, row }: Draft, from: number, to: number): void {
	productOf[to] = productOf[from]!;
	install.days[to] = install.days[from]!;
	usage.days[to] = usage.days[from]!;
	row[to] = row[from]!;
	if (install.zoneSet !== null) install.zoneSet[to] = install.zoneSet[from]!;
	if (usage.zoneSet !== null) usage.zoneSet[to] = usage.zoneSet[from]!;
	if (publisher !== null) publisher.indices[to] = publisher.indices[from]!;
	if (version !== null) version.indices[to] = version.indices[from]!;
}

function mergeRow({ install, usage, publisher, version }: Draft, from: number, to: number, zones: ZoneSets): void {
	raiseDate(install, to, install.days[from]!, install.zoneSet?.[from] ?? 0, zones);
	raiseDate(usage, to, usage.days[from]!, usage.zoneSet?.[from] ?? 0, zones);
	if (publisher !== null && publisher.indices[to] === 0) publisher.indices[to] = publisher.indices[from]!;
	if (version !== null && version.indices[to] === 0) version.indices[to] = version.indices[from]!;
}
