import { type NameTable, nameAt } from "../columns/name-table.ts";
import { mergeNames } from "./merge-names.ts";
import type { DeviceKeyFacts } from "./source-facts.ts";
import type { SourceTable } from "./source-table.ts";

/** Devices that are named of those that have something in common. */
const DEVICES_NAMED = 3;

/** Compares the devices that installations name with those of the devices sources; null where one of the two is missing. */
export function compareDeviceKeys(tables: readonly SourceTable[]): DeviceKeyFacts | null {
	const inventories = tables.filter(({ provides }) => provides === "devices");
	const installations = tables.filter(({ provides }) => provides === "installations");
	if (inventories.length === 0 || installations.length === 0) return null;
	const inOrder = [...inventories, ...installations];
	const { count, placeOf, pick } = mergeNames(inOrder.map(({ devices }) => devices));
	const isListed = new Uint8Array(count);
	for (const [index, { deviceRuns }] of inventories.entries()) {
		for (const device of deviceRuns.values) isListed[placeOf[index]![device]!] = 1;
	}
	const rowsOf = new Uint32Array(count);
	for (const [index, { deviceRuns, rows }] of installations.entries()) {
		const places = placeOf[inventories.length + index]!;
		const { starts, values } = deviceRuns;
		for (let run = 0; run < values.length; run++) rowsOf[places[values[run]!]!]! += (starts[run + 1] ?? rows) - starts[run]!;
	}
	const missing = placesWhere(count, (place) => isListed[place] === 0 && rowsOf[place]! > 0);
	const found = missing.length === 0 ? null : listSpellings(pick(placesWhere(count, (place) => isListed[place] === 1)));
	const unlisted = { devices: 0, rows: 0, examples: [] as string[] };
	const respelt = { devices: 0, rows: 0, examples: [] as string[], listedAs: [] as string[] };
	const names = pick(missing);
	for (const [index, place] of missing.entries()) {
		const name = nameAt(names, index);
		const listedAs = found?.(name) ?? null;
		const kind = listedAs === null ? unlisted : respelt;
		kind.devices++;
		kind.rows += rowsOf[place]!;
		if (kind.examples.length >= DEVICES_NAMED) continue;
		kind.examples.push(name);
		if (listedAs !== null) respelt.listedAs.push(listedAs);
	}
	return { unlisted, respelt };
}

function placesWhere(count: number, holds: (place: number) => boolean): Uint32Array {
	const places = new Uint32Array(count);
	let length = 0;
	for (let place = 0; place < count; place++) if (holds(place)) places[length++] = place;
	return places.subarray(0, length);
}

/** Finds the listed key that is another in case only, or for a domain that one of the two has. */
function listSpellings(listed: NameTable): (name: string) => string | null {
	const byFolded = new Map<string, number>();
	const byHost = new Map<string, number>();
	for (let index = 0; index < listed.ends.length; index++) {
		const folded = nameAt(listed, index).toUpperCase();
		byFolded.set(folded, index);
		const host = hostOf(folded);
		if (host !== folded) byHost.set(host, index);
	}
	return (name) => {
		const folded = name.toUpperCase();
		const place = byFolded.get(folded) ?? byFolded.get(hostOf(folded)) ?? byHost.get(folded);
		return place === undefined ? null : nameAt(listed, place);
	};
}

/** `PC1` of `CORP\PC1` and of `PC1.corp.example`. What would be left of a number with points or an address is no name. */
function hostOf(key: string): string {
	if (!key.includes(".") && !key.includes("\\")) return key;
	const behind = key.slice(key.lastIndexOf("\\") + 1);
	const host = behind.split(".", 1)[0]!;
	return /^\d*$/.test(host) ? key : host;
}
