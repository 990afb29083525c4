import { type DayNumber, NO_DAY } from "../dates/day-number.ts";
import type { InstantMs } from "../dates/instant.ts";
import { type Estate, INSTALL_IN_FUTURE, USAGE_IN_FUTURE } from "./estate.ts";
import { createPairIndex, resized } from "./pair-index.ts";

/**
 * Collects the rows of all data sources and consolidates them: of several dates of one device or one installation the
 * latest stays, whatever the order of the rows. Names are compared exactly and arrive trimmed; a missing date is
 * `NO_DAY`. `asOfDay` is the day of the estate's `asOf` in the time zone of the row's source: dates after it are in the
 * future. Where two sources give the same day and only one takes it for future, it counts as future, since a date in the
 * future is never evidence of use.
 */
export interface EstateBuilder {
	/** Adds a row about a device. */
	addDevice(name: string, inventoryDay: DayNumber, asOfDay: DayNumber): void;
	/** Adds a row about a product on a device; the device need not have a row of its own. */
	addInstallation(device: string, product: string, installDay: DayNumber, lastUsageDay: DayNumber, asOfDay: DayNumber): void;
	/** The estate of all rows so far; later rows do not change it. */
	build(): Estate;
}

/** A builder without any row, for the state at one instant. */
export function createEstateBuilder(asOf: InstantMs): EstateBuilder {
	const devices = createNames();
	const products = createNames();
	const pairs = createPairIndex();
	const inventory = createDateColumn();
	const install = createDateColumn();
	const usage = createDateColumn();

	function deviceIndexOf(name: string): number {
		const device = devices.indexOf(name);
		inventory.cover(device);
		return device;
	}

	return {
		addDevice(name, inventoryDay, asOfDay) {
			inventory.raise(deviceIndexOf(name), inventoryDay, asOfDay);
		},
		addInstallation(device, product, installDay, lastUsageDay, asOfDay) {
			const installation = pairs.add(deviceIndexOf(device), products.indexOf(product));
			install.cover(installation);
			install.raise(installation, installDay, asOfDay);
			usage.cover(installation);
			usage.raise(installation, lastUsageDay, asOfDay);
		},
		build() {
			const { first: deviceOf, second: productOf } = pairs.columns();
			const inventoryDates = inventory.copy(devices.names.length);
			const installDates = install.copy(pairs.size());
			const usageDates = usage.copy(pairs.size());
			return {
				asOf,
				deviceNames: [...devices.names],
				productNames: [...products.names],
				inventoryDay: inventoryDates.days,
				inventoryInFuture: inventoryDates.inFuture,
				deviceOf,
				productOf,
				installDay: installDates.days,
				lastUsageDay: usageDates.days,
				dateFlags: usageDates.inFuture.map((usageFuture, installation) => {
					const installFuture = installDates.inFuture[installation]!;
					return (usageFuture === 0 ? 0 : USAGE_IN_FUTURE) | (installFuture === 0 ? 0 : INSTALL_IN_FUTURE);
				}),
			};
		},
	};
}

/** Dense indices of names, in order of first appearance. */
interface Names {
	readonly names: readonly string[];
	indexOf(name: string): number;
}

function createNames(): Names {
	const names: string[] = [];
	const indices = new Map<string, number>();
	// Sources tend to list a device's installations together, which saves most look-ups.
	let lastName: string | null = null;
	let lastIndex = -1;
	return {
		names,
		indexOf(name) {
			if (name === lastName) return lastIndex;
			let index = indices.get(name);
			if (index === undefined) {
				index = names.push(name) - 1;
				indices.set(name, index);
			}
			lastName = name;
			lastIndex = index;
			return index;
		},
	};
}

/** The latest date by index, in growing columns. */
interface DateColumn {
	/** Makes room for an index; every new one starts without a date. */
	cover(index: number): void;
	/** Keeps the later of the date that is known and this one. */
	raise(index: number, day: DayNumber, asOfDay: DayNumber): void;
	copy(length: number): { readonly days: Int32Array<ArrayBuffer>; readonly inFuture: Uint8Array<ArrayBuffer> };
}

function createDateColumn(): DateColumn {
	let days = new Int32Array(64).fill(NO_DAY);
	let inFuture = new Uint8Array(64);
	return {
		cover(index) {
			if (index < days.length) return;
			const filled = days.length;
			days = resized(days, 2 * filled).fill(NO_DAY, filled);
			inFuture = resized(inFuture, 2 * filled);
		},
		raise(index, day, asOfDay) {
			const known = days[index]!;
			if (day < known || day === NO_DAY) return;
			const future = day > asOfDay ? 1 : 0;
			if (day === known) {
				inFuture[index]! |= future;
				return;
			}
			days[index] = day;
			inFuture[index] = future;
		},
		copy: (length) => ({ days: days.slice(0, length), inFuture: inFuture.slice(0, length) }),
	};
}
