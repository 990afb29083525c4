import type { NameTable } from "../columns/name-table.ts";
import { sharedIndices } from "../columns/shared-array.ts";
import type { DeviceRange } from "./device-range.ts";
import { createDraftDates, finishDates, placeDates } from "./draft-dates.ts";
import type { DatedColumn, Estate } from "./estate.ts";
import { type Indices, type Layout, placeIndices } from "./lay-out-rows.ts";
import { countUp, type MergedNames, mergeNames } from "./merge-names.ts";
import type { NameColumn, SourceTable } from "./source-table.ts";

/** What rows about installations give of an estate. */
export type ConsolidatedInstallations = Pick<
	Estate,
	"products" | "installationStarts" | "productOf" | "installDay" | "lastUsageDay" | "publisher" | "version" | "origin"
>;

/** Tables whose rows stand device by device already, with the columns that they are copied to; plain data. */
export interface OrderedRows {
	/** With all products, and with columns that {@link fillRows} fills; of a single table they are its own. */
	readonly columns: ConsolidatedInstallations;
	readonly isSingle: boolean;
	/** First row by table. */
	readonly firstRows: readonly number[];
	/** By table the zone set of its dates. */
	readonly zoneOf: readonly number[];
	/** By table what its indices are in the columns. */
	readonly products: readonly Uint32Array[];
	readonly publishers: Meanings;
	readonly versions: Meanings;
}

/** By table what its indices mean in a column; null where it has no such names. */
type Meanings = readonly (Uint32Array | null)[];

/** Prepares the copying of rows that stay in their order: nothing is copied yet, and no memory taken. */
export function arrangeRows(tables: readonly SourceTable[], layout: Layout, products: MergedNames, zoneOf: readonly number[]): OrderedRows {
	const { isSingle, rows } = layout;
	const dates = (which: "installDay" | "lastUsageDay"): DatedColumn => {
		const own = isSingle ? tables[0]![which] : null;
		// The only table's zone is the first.
		if (own !== null) return { ...own, zoneSet: null };
		return createDraftDates(
			rows,
			tables.map((table, index) => ({ column: table[which], zone: zoneOf[index]! })),
		);
	};
	const names = (columnOf: NameColumnOf): MergedColumn => {
		if (isSingle) return { column: columnOf(tables[0]!), meaning: [] };
		return mergeNameColumns(tables, rows, columnOf) ?? { column: null, meaning: [] };
	};
	const publisher = names((table) => table.publisher);
	const version = names((table) => table.version);
	return {
		columns: {
			products: products.pick(countUp(products.count)),
			installationStarts: layout.starts,
			productOf: isSingle ? tables[0]!.product!.indices : sharedIndices(rows, products.count),
			installDay: dates("installDay"),
			lastUsageDay: dates("lastUsageDay"),
			publisher: publisher.column,
			version: version.column,
			origin: { parts: layout.parts, row: null },
		},
		isSingle,
		firstRows: layout.firstRows,
		zoneOf,
		products: products.placeOf,
		publishers: publisher.meaning,
		versions: version.meaning,
	};
}

/**
 * Copies the rows of some devices. Answers by product the place behind the last of these installations, 0 where there is none; null as
 * soon as a device has a product twice, when the columns are of no use.
 */
export function fillRows(tables: readonly SourceTable[], ordered: OrderedRows, { from, to }: DeviceRange): Uint32Array | null {
	const { columns, firstRows } = ordered;
	const { installationStarts: starts, productOf, publisher, version } = columns;
	const behind = new Uint32Array(columns.products.ends.length);
	let device = from;
	for (const [index, table] of tables.entries()) {
		const first = firstRows[index]!;
		const start = Math.max(first, starts[from]!);
		const end = Math.min(first + table.rows, starts[to]!);
		if (start >= end) continue;
		const rows = <Values extends Indices | Int32Array>(values: Values) => values.subarray(start - first, end - first) as Values;
		device = fillProducts(productOf, start, rows(table.product!.indices), ordered.products[index]!, starts, device, behind);
		if (device < 0) return null;
		if (ordered.isSingle) continue;
		for (const which of ["installDay", "lastUsageDay"] as const) {
			const own = table[which];
			const column = own === null ? null : { days: rows(own.days), base: own.base };
			placeDates(columns[which], { column, zone: ordered.zoneOf[index]! }, null, start);
		}
		if (table.publisher !== null) placeIndices(publisher!.indices, rows(table.publisher.indices), ordered.publishers[index]!, null, start);
		if (table.version !== null) placeIndices(version!.indices, rows(table.version.indices), ordered.versions[index]!, null, start);
	}
	return behind;
}

/** The columns once all rows are copied. @param behind of all devices, as {@link fillRows} gives it. */
export function finishRows({ columns }: OrderedRows, behind: Uint32Array): ConsolidatedInstallations {
	const rows = columns.productOf.length;
	return {
		...columns,
		...keepUsed(columns.products, columns.productOf, behind),
		installDay: finishDates(columns.installDay, rows),
		lastUsageDay: finishDates(columns.lastUsageDay, rows),
	};
}

/**
 * Writes the products of neighbouring rows, where a single table's own column gets what it has. Answers the device that the next row
 * may be on; -1 as soon as a device has a product twice.
 * @param device the one that the first row is on, or one before it.
 */
function fillProducts(
	target: Indices,
	start: number,
	indices: Indices,
	meaning: Uint32Array,
	starts: Uint32Array,
	device: number,
	behind: Uint32Array,
): number {
	const end = start + indices.length;
	let place = start;
	while (place < end) {
		const begin = starts[device]!;
		const deviceEnd = starts[device + 1]!;
		// A device may go on in the next table.
		const stop = Math.min(deviceEnd, end);
		for (; place < stop; place++) {
			const product = meaning[indices[place - start]!]!;
			target[place] = product;
			if (behind[product]! > begin) return -1;
			behind[product] = place + 1;
		}
		if (place === deviceEnd) device++;
	}
	return device;
}

/** Drops the products without any installation. @param behind by product the place behind its last installation, 0 where there is none. */
export function keepUsed(names: NameTable, productOf: Indices, behind: Uint32Array): Pick<Estate, "products" | "productOf"> {
	const used = countUp(behind.length).filter((product) => behind[product] !== 0);
	if (used.length === behind.length) return { products: names, productOf };
	const meaning = new Uint32Array(behind.length);
	for (let index = 0; index < used.length; index++) meaning[used[index]!] = index;
	const renumbered = sharedIndices(productOf.length, used.length);
	placeIndices(renumbered, productOf, meaning, null, 0);
	return { products: mergeNames([names]).pick(used), productOf: renumbered };
}

/** Chooses a column of names. */
export type NameColumnOf = (table: SourceTable) => NameColumn | null;

interface MergedColumn {
	readonly column: NameColumn | null;
	readonly meaning: Meanings;
}

/** A column for the names of all tables, in which none stands yet; null when no table has any. */
export function mergeNameColumns(
	tables: readonly SourceTable[],
	rows: number,
	columnOf: NameColumnOf,
): (MergedColumn & { readonly column: NameColumn }) | null {
	const columns = tables.map(columnOf);
	const given = columns.filter((column) => column !== null);
	if (given.length === 0) return null;
	const merged = mergeNames(given.map(({ names }) => names));
	const meaning = columns.map((column) => {
		if (column === null) return null;
		const placeOf = merged.placeOf[given.indexOf(column)]!;
		// Index plus one on both sides, and 0 where there is none.
		const shifted = new Uint32Array(placeOf.length + 1);
		for (let name = 0; name < placeOf.length; name++) shifted[name + 1] = placeOf[name]! + 1;
		return shifted;
	});
	return { column: { names: merged.pick(countUp(merged.count)), indices: sharedIndices(rows, merged.count + 1) }, meaning };
}
