import { nameCount } from "../columns/name-table.ts";
import { consolidateDevices, numberDevices } from "./consolidate-devices.ts";
import { consolidateInstallations } from "./consolidate-installations.ts";
import type { Estate } from "./estate.ts";
import type { SourceTable } from "./source-table.ts";
import { createZoneSets } from "./zone-sets.ts";

/**
 * Makes one estate of the rows of all data sources. Of several dates of one device or one installation the latest stays, whatever
 * the order of the rows; where sources of several time zones give the same day, the date remembers all of them. Names are
 * compared exactly. Of publishers, versions and device names the first one stays. Columns that need no change are shared with the tables.
 * @param tables in the order of the configuration; the parts of a source follow each other.
 */
export function consolidate(tables: readonly SourceTable[]): Estate {
	const installations = tables.filter(({ provides }) => provides === "installations");
	const inventories = tables.filter(({ provides }) => provides === "devices");
	// Installations first: by far most dates are theirs, and the first set of zones costs no memory. Their devices come first as well, so
	// that the rows of a source that lists them device by device stay where they are.
	const inOrder = [...installations, ...inventories];
	const zones = createZoneSets(inOrder.map(({ timeZone }) => timeZone));
	const devices = numberDevices(inOrder);
	const deviceOf = devices.deviceOf;
	const consolidated = consolidateInstallations(installations, nameCount(devices.names), deviceOf.slice(0, installations.length), zones);
	return {
		devices: devices.names,
		...consolidateDevices(inventories, devices.names, deviceOf.slice(installations.length), zones),
		...consolidated,
		zoneSets: zones.finish(),
	};
}
