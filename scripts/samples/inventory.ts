import type { DayNumber } from "../../core/dates/day-number.ts";
import type { CatalogueProduct, UsePattern } from "./catalogue.ts";
import type { Random } from "./random.ts";

/** One sample device as its inventory knows it. */
export interface SampleDevice {
	readonly name: string;
	/** Null when no inventory has arrived. */
	readonly inventoryDay: DayNumber | null;
	/** False for a device that only the installations name. */
	readonly listed: boolean;
}

/** One sample installation; dates are null when missing. */
export interface SampleInstallation {
	readonly device: string;
	readonly product: CatalogueProduct;
	readonly installDay: DayNumber | null;
	readonly lastUsageDay: DayNumber | null;
}

/** The devices and installations of one sample instance. */
export interface SampleInventory {
	readonly devices: readonly SampleDevice[];
	readonly installations: readonly SampleInstallation[];
}

/** What one sample instance is made of. */
export interface InventoryPlan {
	/** Device names are the prefix, a site, a letter for the kind of machine and a number. */
	readonly prefix: string;
	readonly sites: readonly string[];
	readonly deviceCount: number;
	readonly products: readonly CatalogueProduct[];
	/** Products of which a device has all or none, with the bundle first. */
	readonly bundles: readonly (readonly CatalogueProduct[])[];
	/** The day of the sync; dates after it are the ones that a wrong clock has made. */
	readonly syncDay: DayNumber;
}

type DeviceState = "healthy" | "usage behind" | "no usage" | "stopped" | "silent for long" | "no inventory" | "clock ahead";

// In every hundred devices; the rest is healthy. Each state leads to one of the reasons for Unreported.
const DEVICE_STATES: readonly (readonly [DeviceState, number])[] = [
	["usage behind", 4],
	["no usage", 5],
	["stopped", 4],
	["silent for long", 3],
	["no inventory", 2],
	["clock ahead", 2],
];

/** Invents the devices and installations of an instance, with a few of every oddity that real inventories have. */
export function inventInventory(plan: InventoryPlan, random: Random): SampleInventory {
	const devices: SampleDevice[] = [];
	const installations: SampleInstallation[] = [];
	for (let number = 1; number <= plan.deviceCount; number++) {
		const state = stateOfDevice(number);
		const machine = random.chance(0.7) ? "L" : "D";
		const name = `${plan.prefix}-${random.pick(plan.sites)}-${machine}${String(number * 7 + 100).padStart(4, "0")}`;
		const inventoryDay = inventInventoryDay(state, plan.syncDay, random);
		devices.push({ name, inventoryDay, listed: inventoryDay !== null || random.chance(0.5) });
		const latestUsageDay = inventLatestUsageDay(state, inventoryDay, plan.syncDay, random);
		for (const product of chooseProducts(plan, random)) {
			installations.push({ device: name, product, ...inventDates(product, latestUsageDay, inventoryDay, plan.syncDay, random) });
		}
	}
	return { devices, installations };
}

/** Spreads the states evenly instead of drawing them, so that even a small instance has every one of them. */
function stateOfDevice(number: number): DeviceState {
	let place = (number * 37) % 100;
	for (const [state, percent] of DEVICE_STATES) {
		if (place < percent) return state;
		place -= percent;
	}
	return "healthy";
}

function inventInventoryDay(state: DeviceState, syncDay: DayNumber, random: Random): DayNumber | null {
	switch (state) {
		case "healthy":
			return syncDay - (random.chance(0.6) ? 0 : random.between(1, 6));
		case "usage behind":
		case "no usage":
			return syncDay - random.between(0, 4);
		case "stopped":
			return syncDay - random.between(30, 210);
		case "silent for long":
			return syncDay - random.between(31, 320);
		case "no inventory":
			return null;
		case "clock ahead":
			return syncDay + random.between(20, 400);
	}
}

/** The day until which the device reported usage; null when it never did. */
function inventLatestUsageDay(state: DeviceState, inventoryDay: DayNumber | null, syncDay: DayNumber, random: Random): DayNumber | null {
	switch (state) {
		case "healthy":
			return (inventoryDay ?? syncDay) - random.between(0, 1);
		case "usage behind":
			return syncDay - random.between(45, 130);
		case "stopped":
			return (inventoryDay ?? syncDay) - random.between(0, 3);
		case "no inventory":
			return random.chance(0.5) ? syncDay - random.between(1, 20) : null;
		case "clock ahead":
			return syncDay - random.between(0, 2);
		case "no usage":
		case "silent for long":
			return null;
	}
}

function chooseProducts(plan: InventoryPlan, random: Random): readonly CatalogueProduct[] {
	const single = plan.products.filter((product) => random.chance(product.share));
	const bundled = plan.bundles.filter(([bundle]) => random.chance(bundle?.share ?? 0)).flat();
	return [...single, ...bundled];
}

function inventDates(
	product: CatalogueProduct,
	latestUsageDay: DayNumber | null,
	inventoryDay: DayNumber | null,
	syncDay: DayNumber,
	random: Random,
): Pick<SampleInstallation, "installDay" | "lastUsageDay"> {
	const lastSeenDay = Math.min(latestUsageDay ?? syncDay, inventoryDay ?? syncDay, syncDay);
	const fresh = latestUsageDay === syncDay && random.chance(0.012);
	const installedDay = fresh ? syncDay - random.between(0, 6) : lastSeenDay - random.between(8, 1100);
	if (fresh) return { installDay: installedDay, lastUsageDay: null };
	if (random.chance(0.002)) return { installDay: syncDay + random.between(30, 700), lastUsageDay: null };
	const installDay = random.chance(0.03) ? null : installedDay;
	if (latestUsageDay === null || product.use === "silent") return { installDay, lastUsageDay: null };
	if (random.chance(0.0015)) return { installDay, lastUsageDay: syncDay + random.between(30, 700) };
	const ageDays = inventUsageAge(product.use, random);
	if (ageDays === null) return { installDay, lastUsageDay: null };
	// Nothing is used before it is installed.
	return { installDay, lastUsageDay: Math.max(latestUsageDay - ageDays, installedDay + Math.min(3, latestUsageDay - installedDay)) };
}

/** Days between the device's latest usage and the product's; null when nobody ever opened it. */
function inventUsageAge(use: Exclude<UsePattern, "silent">, random: Random): number | null {
	switch (use) {
		case "daily":
			return random.chance(0.02) ? random.between(20, 200) : random.between(0, 4);
		case "weekly":
			return random.chance(0.05) ? null : random.chance(0.1) ? random.between(25, 260) : random.between(0, 21);
		case "monthly":
			return random.chance(0.15) ? null : random.chance(0.3) ? random.between(40, 400) : random.between(0, 62);
		case "rarely":
			return random.chance(0.35) ? null : random.chance(0.5) ? random.between(75, 420) : random.between(0, 110);
	}
}
