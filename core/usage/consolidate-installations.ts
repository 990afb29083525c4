import { sharedIndices, sharedUint32 } from "../columns/shared-array.ts";
import { runEnd } from "./consolidate-devices.ts";
import { createDraftDates, cutColumn, type DatesOfTable, type DraftDates, finishDates, placeDates, raiseDate } from "./draft-dates.ts";
import type { DatedColumn, Estate, OriginPart } from "./estate.ts";
import { countUp, type MergedNames, mergeNames } from "./merge-names.ts";
import type { NameColumn, SourceTable } from "./source-table.ts";
import type { ZoneSets } from "./zone-sets.ts";

/** What rows about installations give of an estate. */
export type ConsolidatedInstallations = Pick<
	Estate,
	"products" | "installationStarts" | "productOf" | "installDay" | "lastUsageDay" | "publisher" | "version" | "origin"
>;

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
	const install = tables.map(({ installDay, timeZone }) => ({ column: installDay, zone: zones.indexOf(timeZone) }));
	const usage = tables.map(({ lastUsageDay, timeZone }) => ({ column: lastUsageDay, zone: zones.indexOf(timeZone) }));
	const inOrder = layout.places === null ? orderedProducts(tables, products, layout) : null;
	const endOf = inOrder === null ? null : findLastPlaces(inOrder, layout.starts, products.count);
	if (inOrder !== null && endOf !== null) {
		return {
			...keepUsed(inOrder, endOf, products),
			installationStarts: layout.starts,
			installDay: orderedDates(install, layout),
			lastUsageDay: orderedDates(usage, layout),
			publisher: orderedNames(tables, layout, (table) => table.publisher),
			version: orderedNames(tables, layout, (table) => table.version),
			origin: { parts: layout.parts, row: null },
		};
	}
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

/** Where the rows of all tables go. */
interface Layout {
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

function layOut(tables: readonly SourceTable[], devices: number, deviceOf: readonly Uint32Array[]): Layout {
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

function placesOf({ places, firstRows }: Layout, index: number, rows: number): Uint32Array | null {
	return places === null ? null : places.subarray(firstRows[index]!, firstRows[index]! + rows);
}

type Indices = Uint16Array | Uint32Array;

/** Product by row, as in the merged names; of a single table its own column. */
function orderedProducts(tables: readonly SourceTable[], products: MergedNames, layout: Layout): Indices {
	return layout.isSingle ? tables[0]!.product!.indices : placeProducts(tables, products, layout);
}

function placeProducts(tables: readonly SourceTable[], products: MergedNames, layout: Layout): Indices {
	const productOf = sharedIndices(layout.rows, products.count);
	for (const [index, { product, rows }] of tables.entries()) {
		placeIndices(productOf, product!.indices, products.placeOf[index]!, placesOf(layout, index, rows), layout.firstRows[index]!);
	}
	return productOf;
}

function placeIndices(target: Indices, indices: Indices, meaning: Uint32Array, places: Uint32Array | null, first: number): void {
	if (places === null) for (let row = 0; row < indices.length; row++) target[first + row] = meaning[indices[row]!]!;
	else for (let row = 0; row < indices.length; row++) target[places[row]!] = meaning[indices[row]!]!;
}

function placeRows({ rows, places }: Layout): Uint32Array {
	const rowOf = sharedUint32(rows);
	for (let row = 0; row < rows; row++) rowOf[places === null ? row : places[row]!] = row;
	return rowOf;
}

function orderedDates(tables: readonly DatesOfTable[], layout: Layout): DatedColumn {
	const [only] = tables;
	if (layout.isSingle && only?.column != null && only.zone === 0) return { days: only.column.days, base: only.column.base, zoneSet: null };
	return finishDates(placeAllDates(tables, layout), layout.rows);
}

function placeAllDates(tables: readonly DatesOfTable[], layout: Layout): DraftDates {
	const draft = createDraftDates(layout.rows, tables);
	for (const [index, table] of tables.entries()) {
		placeDates(draft, table, placesOf(layout, index, table.column?.days.length ?? 0), layout.firstRows[index]!);
	}
	return draft;
}

type NameColumnOf = (table: SourceTable) => NameColumn | null;

function orderedNames(tables: readonly SourceTable[], layout: Layout, columnOf: NameColumnOf): NameColumn | null {
	return layout.isSingle ? columnOf(tables[0]!) : placeNames(tables, layout, columnOf);
}

function placeNames(tables: readonly SourceTable[], layout: Layout, columnOf: NameColumnOf): NameColumn | null {
	const columns = tables.map(columnOf);
	const given = columns.filter((column) => column !== null);
	if (given.length === 0) return null;
	const merged = mergeNames(given.map(({ names }) => names));
	const indices = sharedIndices(layout.rows, merged.count + 1);
	for (const [index, column] of columns.entries()) {
		if (column === null) continue;
		const placeOf = merged.placeOf[given.indexOf(column)]!;
		// Index plus one on both sides, and 0 where there is none.
		const meaning = new Uint32Array(placeOf.length + 1);
		for (let name = 0; name < placeOf.length; name++) meaning[name + 1] = placeOf[name]! + 1;
		placeIndices(indices, column.indices, meaning, placesOf(layout, index, column.indices.length), layout.firstRows[index]!);
	}
	return { names: merged.pick(countUp(merged.count)), indices };
}

/**
 * By product the place behind its last installation, 0 for a product without any; null as soon as a device has a product twice.
 */
function findLastPlaces(productOf: Indices, starts: Uint32Array, products: number): Uint32Array | null {
	const endOf = new Uint32Array(products);
	let place = 0;
	for (let device = 0; device + 1 < starts.length; device++) {
		const start = place;
		const end = starts[device + 1]!;
		for (; place < end; place++) {
			const product = productOf[place]!;
			if (endOf[product]! > start) return null;
			endOf[product] = place + 1;
		}
	}
	return endOf;
}

/** Drops the products without any installation. */
function keepUsed(productOf: Indices, endOf: Uint32Array, products: MergedNames): Pick<Estate, "products" | "productOf"> {
	const used = countUp(endOf.length).filter((product) => endOf[product] !== 0);
	if (used.length === endOf.length) return { products: products.pick(used), productOf };
	const meaning = new Uint32Array(endOf.length);
	for (let index = 0; index < used.length; index++) meaning[used[index]!] = index;
	const renumbered = sharedIndices(productOf.length, used.length);
	placeIndices(renumbered, productOf, meaning, null, 0);
	return { products: products.pick(used), productOf: renumbered };
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
		...keepUsed(cutColumn(draft.productOf, count), endOf, products),
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
