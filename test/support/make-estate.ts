import { dayAt } from "../../core/columns/day-column.ts";
import { createDayColumn, createIndexColumn, createUint32Column } from "../../core/columns/growing-column.ts";
import { createNames, nameAt, namesOf } from "../../core/columns/name-table.ts";
import { NO_DAY } from "../../core/dates/day-number.ts";
import { consolidate } from "../../core/usage/consolidate.ts";
import type { DeviceRange } from "../../core/usage/device-range.ts";
import type { DatedColumn, Estate } from "../../core/usage/estate.ts";
import { originOf } from "../../core/usage/estate-lookups.ts";
import { createInstallationNames } from "../../core/usage/installation-names.ts";
import type { NameColumn, SourceTable } from "../../core/usage/source-table.ts";

/** Data of one time zone as a test writes it down. Days are day numbers; null or absent where a cell is empty. */
export interface WrittenSource {
	/** UTC when absent. */
	readonly timeZone?: string;
	readonly devices?: readonly WrittenDevice[];
	readonly installations?: readonly WrittenInstallation[];
}

export interface WrittenDevice {
	readonly device: string;
	readonly inventoryDay?: number | null;
	readonly deviceName?: string | null;
}

export interface WrittenInstallation {
	readonly device: string;
	readonly product: string;
	readonly installDay?: number | null;
	readonly lastUsageDay?: number | null;
	readonly publisher?: string | null;
	readonly version?: string | null;
}

/** The estate of some sources; each can have devices, installations, or both. */
export function makeEstate(...sources: readonly WrittenSource[]): Estate {
	return consolidate(sources.flatMap(makeTables));
}

/** The tables of one source: one of devices and one of installations, where it has them. Rows are numbered from 1. */
export function makeTables(source: WrittenSource, sourceIndex = 0): readonly SourceTable[] {
	const { timeZone = "UTC", devices, installations } = source;
	return [
		...(devices === undefined ? [] : [makeDevicesTable(devices, timeZone, sourceIndex)]),
		...(installations === undefined ? [] : [makeInstallationsTable(installations, timeZone, sourceIndex)]),
	];
}

/** A table of rows about devices. */
export function makeDevicesTable(rows: readonly WrittenDevice[], timeZone: string, sourceIndex: number, firstRow = 1): SourceTable {
	return {
		...emptyTable(rows, timeZone, sourceIndex, firstRow),
		provides: "devices",
		inventoryDay: dayColumn(rows, "inventoryDay"),
		deviceName: nameColumn(rows, "deviceName"),
	};
}

/** A table of rows about installations. */
export function makeInstallationsTable(
	rows: readonly WrittenInstallation[],
	timeZone: string,
	sourceIndex: number,
	firstRow = 1,
): SourceTable {
	const products = createNames();
	const product = createIndexColumn();
	for (const row of rows) product.push(products.indexOf(row.product));
	return {
		...emptyTable(rows, timeZone, sourceIndex, firstRow),
		provides: "installations",
		product: { names: products.finish(), indices: product.finish() },
		installDay: dayColumn(rows, "installDay"),
		lastUsageDay: dayColumn(rows, "lastUsageDay"),
		publisher: nameColumn(rows, "publisher"),
		version: nameColumn(rows, "version"),
	};
}

/** An estate as plain data, devices and installations by name in code-unit order. */
export interface ReadEstate {
	readonly devices: readonly {
		readonly device: string;
		readonly inventory: ReadDate | null;
		readonly deviceName: string | null;
	}[];
	readonly installations: readonly {
		readonly device: string;
		readonly product: string;
		readonly install: ReadDate | null;
		readonly usage: ReadDate | null;
		readonly publisher: string | null;
		readonly version: string | null;
		readonly origin: { readonly sourceIndex: number; readonly row: number };
	}[];
}

/** A consolidated date, and the zones that it came from in the order of their names. */
export interface ReadDate {
	readonly day: number;
	readonly zones: readonly string[];
}

/** Reads every device and installation of an estate one by one. */
export function readEstate(estate: Estate): ReadEstate {
	const names = createInstallationNames(estate);
	const devices = namesOf(estate.devices).map((device, index) => ({
		device,
		inventory: readDate(estate, estate.inventoryDay, index),
		deviceName: readName(estate.deviceName, index),
	}));
	const installations = Array.from(estate.productOf, (_, index) => ({
		device: names.device(index),
		product: names.product(index),
		install: readDate(estate, estate.installDay, index),
		usage: readDate(estate, estate.lastUsageDay, index),
		publisher: readName(estate.publisher, index),
		version: readName(estate.version, index),
		origin: originOf(estate, index),
	}));
	const byName = (a: { device: string; product?: string }, b: { device: string; product?: string }) =>
		compare(a.device, b.device) || compare(a.product ?? "", b.product ?? "");
	return { devices: devices.sort(byName), installations: installations.sort(byName) };
}

/** "device product" of every installation, by index. */
export function installationsOf(estate: Estate): string[] {
	const names = createInstallationNames(estate);
	return Array.from(estate.productOf, (_, index) => `${names.device(index)} ${names.product(index)}`);
}

function readDate({ zoneSets }: Estate, column: DatedColumn, index: number): ReadDate | null {
	const day = dayAt(column, index);
	return day === NO_DAY ? null : { day, zones: [...zoneSets[column.zoneSet?.[index] ?? 0]!].sort() };
}

function readName(column: NameColumn | null, index: number): string | null {
	const name = column?.indices[index] ?? 0;
	return name === 0 ? null : nameAt(column!.names, name - 1);
}

function compare(one: string, other: string): number {
	return one < other ? -1 : one > other ? 1 : 0;
}

function emptyTable(rows: readonly { readonly device: string }[], timeZone: string, sourceIndex: number, firstRow: number) {
	const names = createNames();
	const starts = createUint32Column();
	const values = createUint32Column();
	let latest = -1;
	for (const [row, { device }] of rows.entries()) {
		const index = names.indexOf(device);
		if (index === latest) continue;
		starts.push(row);
		values.push(index);
		latest = index;
	}
	return {
		sourceIndex,
		timeZone,
		rows: rows.length,
		devices: names.finish(),
		deviceRuns: { starts: starts.finish(), values: values.finish() },
		product: null,
		inventoryDay: null,
		installDay: null,
		lastUsageDay: null,
		publisher: null,
		version: null,
		deviceName: null,
		rowNumbers:
			rows.length === 0
				? { starts: new Uint32Array(0), values: new Uint32Array(0) }
				: { starts: Uint32Array.of(0), values: Uint32Array.of(firstRow) },
		records: rows.length,
	};
}

/** Null when no row has the key, as for a column that is not mapped. */
function dayColumn<Key extends string>(rows: readonly { readonly [key in Key]?: number | null }[], key: Key): SourceTable["installDay"] {
	if (!rows.some((row) => key in row)) return null;
	const column = createDayColumn();
	for (const row of rows) column.push(row[key] ?? NO_DAY);
	return column.finish();
}

function nameColumn<Key extends string>(rows: readonly { readonly [key in Key]?: string | null }[], key: Key): NameColumn | null {
	if (!rows.some((row) => key in row)) return null;
	const names = createNames();
	const indices = createIndexColumn();
	for (const row of rows) indices.push(row[key] == null ? 0 : names.indexOf(row[key]) + 1);
	return { names: names.finish(), indices: indices.finish() };
}

/** Ranges of devices that together have all of them, cut at some places; some may be empty. */
export function cutDevices({ installationStarts }: Pick<Estate, "installationStarts">, cuts: readonly number[]): readonly DeviceRange[] {
	const devices = installationStarts.length - 1;
	const places = [0, ...cuts.map((cut) => Math.min(cut, devices)).sort((a, b) => a - b), devices];
	return places.slice(1).map((to, index) => ({ from: places[index]!, to }));
}
