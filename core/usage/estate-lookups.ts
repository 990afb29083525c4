import { findName, nameCount } from "../columns/name-table.ts";
import type { Estate } from "./estate.ts";

/** Where an installation came from: the source's place in `dataSources`, and its row as the source counts them. */
export interface SourceRow {
	readonly sourceIndex: number;
	readonly row: number;
}

/** The source and row in which an installation first appeared. */
export function originOf({ origin }: Estate, installation: number): SourceRow {
	const row = origin.row === null ? installation : origin.row[installation]!;
	const part = origin.parts[lastAtMost(origin.parts.length, (index) => origin.parts[index]!.firstRow, row)]!;
	const { starts, values } = part.rowNumbers;
	const rowInPart = row - part.firstRow;
	const run = lastAtMost(starts.length, (index) => starts[index]!, rowInPart);
	return { sourceIndex: part.sourceIndex, row: values[run]! + rowInPart - starts[run]! };
}

/** The installation of a product on a device; null when there is none. Names are compared exactly. */
export function findInstallation(estate: Estate, deviceName: string, productName: string): number | null {
	const device = findName(estate.devices, deviceName);
	const product = findName(estate.products, productName);
	if (device === -1 || product === -1) return null;
	const end = estate.installationStarts[device + 1]!;
	for (let installation = estate.installationStarts[device]!; installation < end; installation++) {
		if (estate.productOf[installation] === product) return installation;
	}
	return null;
}

/** The device that an installation is on. */
export function deviceOf({ installationStarts }: Estate, installation: number): number {
	// Devices without installations begin where the next one begins: the last of them is the one that has it.
	return lastAtMost(installationStarts.length - 1, (device) => installationStarts[device]!, installation);
}

/** Number of installations. */
export function installationCount({ productOf }: Estate): number {
	return productOf.length;
}

/** Number of devices, also of those without an installation. */
export function deviceCount({ devices }: Estate): number {
	return nameCount(devices);
}

/** Number of products. */
export function productCount({ products }: Estate): number {
	return nameCount(products);
}

/** The last index below `count` whose value is at most a bound; values ascend and the first one is within the bound. */
export function lastAtMost(count: number, valueAt: (index: number) => number, bound: number): number {
	let low = 0;
	let high = count;
	while (high - low > 1) {
		const middle = (low + high) >>> 1;
		if (valueAt(middle) <= bound) low = middle;
		else high = middle;
	}
	return low;
}
