import { nameCount } from "../columns/name-table.ts";
import { consolidateDevices, type NumberedDevices, numberDevices } from "./consolidate-devices.ts";
import { consolidateInstallations } from "./consolidate-installations.ts";
import type { Estate } from "./estate.ts";
import { layOut } from "./lay-out-rows.ts";
import { mergeNames } from "./merge-names.ts";
import { arrangeRows, finishRows, type OrderedRows } from "./ordered-rows.ts";
import type { SourceTable } from "./source-table.ts";
import { createZoneSets, type ZoneSets } from "./zone-sets.ts";

/**
 * Makes one estate of the rows of all data sources. Of several dates of one device or one installation the latest stays, whatever
 * the order of the rows; where sources of several time zones give the same day, the date remembers all of them. Names are
 * compared exactly. Of publishers, versions and device names the first one stays. Columns that need no change are shared with the tables.
 * @param tables in the order of the configuration; the parts of a source follow each other.
 */
export function consolidate(tables: readonly SourceTable[]): Estate {
	const numbered = numberTables(tables);
	const { installations, names, deviceOf, zones } = numbered;
	const consolidated = consolidateInstallations(installations, nameCount(names), deviceOf.slice(0, installations.length), zones);
	return { ...describeDevices(numbered), ...consolidated, zoneSets: zones.finish() };
}

/** An estate whose rows only need copying, which can be done for ranges of devices at the same time. */
export interface Arrangement {
	readonly devices: Pick<Estate, "devices" | "inventoryDay" | "deviceName">;
	readonly zoneSets: Estate["zoneSets"];
	/** For `fillRows`. */
	readonly rows: OrderedRows;
}

/** The first step of `consolidate`, for rows of one time zone that stand device by device already; null for others. */
export function arrange(tables: readonly SourceTable[]): Arrangement | null {
	const numbered = numberTables(tables);
	const { installations, names, deviceOf, zones } = numbered;
	const zoneOf = installations.map(({ timeZone }) => zones.indexOf(timeZone));
	if (zoneOf.some((zone) => zone !== 0)) return null;
	const layout = layOut(installations, nameCount(names), deviceOf.slice(0, installations.length));
	if (layout.places !== null) return null;
	const products = mergeNames(installations.map(({ product }) => product!.names));
	const rows = arrangeRows(installations, layout, products, zoneOf);
	return { devices: describeDevices(numbered), zoneSets: zones.finish(), rows };
}

/**
 * The estate when all rows are copied; null when it takes more than that.
 * @param filled by range what `fillRows` has answered.
 */
export function finishArrangement({ devices, zoneSets, rows }: Arrangement, filled: readonly (Uint32Array | null)[]): Estate | null {
	const behind = new Uint32Array(rows.columns.products.ends.length);
	for (const range of filled) {
		if (range === null) return null;
		for (let product = 0; product < behind.length; product++) behind[product] = Math.max(behind[product]!, range[product]!);
	}
	if (behind.includes(0)) return null;
	return { ...devices, ...finishRows(rows, behind), zoneSets };
}

/** Tables in the order in which their rows are consolidated, with their devices and zones. */
interface NumberedTables extends NumberedDevices {
	readonly installations: readonly SourceTable[];
	readonly inventories: readonly SourceTable[];
	readonly zones: ZoneSets;
}

function numberTables(tables: readonly SourceTable[]): NumberedTables {
	const installations = tables.filter(({ provides }) => provides === "installations");
	const inventories = tables.filter(({ provides }) => provides === "devices");
	// Installations first: by far most dates are theirs, and the first set of zones costs no memory. Their devices come first as well, so
	// that the rows of a source that lists them device by device stay where they are.
	const inOrder = [...installations, ...inventories];
	return { installations, inventories, zones: createZoneSets(inOrder.map(({ timeZone }) => timeZone)), ...numberDevices(inOrder) };
}

function describeDevices({ installations, inventories, names, deviceOf, zones }: NumberedTables): Arrangement["devices"] {
	return { devices: names, ...consolidateDevices(inventories, names, deviceOf.slice(installations.length), zones) };
}
