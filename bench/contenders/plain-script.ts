import { type CountRow, LIMITS, OUTCOME, REPORTING_DAYS } from "./contender.ts";

/**
 * The decision table as a script would have it that somebody writes for the day: an object per device, product and installation,
 * rows one by one, then one look at everything. Days are whole days since 1970-01-01, null where there is no date.
 */
export interface PlainScript {
	addDevice(device: string, inventoryDay: number | null): void;
	addInstallation(device: string, product: string, installDay: number | null, usageDay: number | null): void;
	count(): Iterable<CountRow>;
}

/** Starts without any rows. */
export function createPlainScript(asOfDay: number): PlainScript {
	const devices = new Map<string, Device>();
	const products = new Map<string, Product>();

	function deviceOf(name: string): Device {
		let device = devices.get(name);
		if (device === undefined) {
			device = { inventoryDay: null, latestUsage: null, installations: [] };
			devices.set(name, device);
		}
		return device;
	}

	function productOf(name: string): Product {
		let product = products.get(name);
		if (product === undefined) {
			product = { name, reportsUsage: false, counts: new Map() };
			products.set(name, product);
		}
		return product;
	}

	function findEndOfSync(): number {
		let end = Number.NEGATIVE_INFINITY;
		for (const { inventoryDay, latestUsage } of devices.values()) {
			if (inventoryDay !== null && inventoryDay <= asOfDay) end = Math.max(end, inventoryDay);
			if (latestUsage !== null) end = Math.max(end, latestUsage);
		}
		return end;
	}

	function decide(device: Device, { product, installDay, usageDay }: Installation, endOfSync: number): number {
		const { inventoryDay, latestUsage } = device;
		if (inventoryDay === null) return OUTCOME.noInventoryDate;
		if (inventoryDay > asOfDay) return OUTCOME.invalidInventoryDate;
		const inventoryAge = endOfSync - inventoryDay;
		if (latestUsage !== null && inventoryAge >= REPORTING_DAYS) return OUTCOME.usageStopped;
		if (latestUsage === null && inventoryAge > REPORTING_DAYS) return OUTCOME.inventoryTooOld;
		if (usageDay !== null) {
			if (usageDay > asOfDay) return OUTCOME.invalidUsageDate;
			if (latestUsage !== null && inventoryDay - latestUsage > REPORTING_DAYS) return OUTCOME.usageStopped;
			if (endOfSync - usageDay <= LIMITS.used) return OUTCOME.used;
			return endOfSync - usageDay >= LIMITS.unused ? OUTCOME.unused : OUTCOME.rarelyUsed;
		}
		if (latestUsage === null) return OUTCOME.noDeviceUsage;
		if (!product.reportsUsage) return OUTCOME.noProductUsage;
		if (installDay === null) return OUTCOME.unused;
		if (installDay > asOfDay) return OUTCOME.invalidInstallDate;
		return endOfSync - installDay < LIMITS.install ? OUTCOME.recentlyInstalled : OUTCOME.unused;
	}

	return {
		addDevice(name, inventoryDay) {
			deviceOf(name).inventoryDay = inventoryDay;
		},
		addInstallation(deviceName, productName, installDay, usageDay) {
			const device = deviceOf(deviceName);
			const product = productOf(productName);
			device.installations.push({ product, installDay, usageDay });
			if (usageDay === null || usageDay > asOfDay) return;
			product.reportsUsage = true;
			if (device.latestUsage === null || usageDay > device.latestUsage) device.latestUsage = usageDay;
		},
		*count() {
			const endOfSync = findEndOfSync();
			for (const device of devices.values()) {
				for (const installation of device.installations) {
					const outcome = decide(device, installation, endOfSync);
					const { counts } = installation.product;
					counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
				}
			}
			for (const { name, counts } of products.values()) {
				for (const [outcome, count] of counts) yield [name, outcome, count] as const;
			}
		},
	};
}

interface Device {
	inventoryDay: number | null;
	latestUsage: number | null;
	readonly installations: Installation[];
}

interface Product {
	readonly name: string;
	reportsUsage: boolean;
	readonly counts: Map<number, number>;
}

interface Installation {
	readonly product: Product;
	readonly installDay: number | null;
	readonly usageDay: number | null;
}

const MS_PER_DAY = 86_400_000;

/** The day of a cell with a date in ISO form; null for an empty or missing one. */
export function toDay(cell: string | null | undefined): number | null {
	return cell === null || cell === undefined || cell === "" ? null : Date.parse(cell) / MS_PER_DAY;
}
