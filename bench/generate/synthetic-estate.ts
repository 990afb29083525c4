import { createRandom, createZipf, type Random } from "./random.ts";
import { MAX_VERSIONS, makeVocabulary, type Vocabulary } from "./vocabulary.ts";

/** Raised with every change that makes other data from the same size. */
export const GENERATOR_VERSION = 1;

/** The instant of the synthetic sync, and its day; dates after it are in the future. */
export const AS_OF = "2026-11-04T21:00:00Z";
export const AS_OF_DAY: number = Date.UTC(2026, 10, 4) / 86_400_000;

/** Installations of a full device. */
export const INSTALLATIONS_PER_DEVICE = 100;

const PRODUCTS = 5000;

/** An estate that is made device by device, so that its size costs no memory. */
export interface SyntheticEstate {
	readonly installations: number;
	readonly devices: number;
	readonly vocabulary: Vocabulary;
	deviceName(device: number): string;
	/** Makes every device in turn, always in the same object. */
	forEachDevice(use: (device: SyntheticDevice) => void): void;
}

/** One device with its installations; days are whole days since 1970-01-01, 0 where there is no date. */
export interface SyntheticDevice {
	index: number;
	/** Whether the devices' table knows it at all. */
	listed: boolean;
	inventoryDay: number;
	/** Installations; the columns may be longer. */
	count: number;
	/** Different products. */
	readonly product: Uint16Array;
	/** Place in the versions of the product. */
	readonly version: Uint8Array;
	readonly installDay: Uint16Array;
	readonly lastUsageDay: Uint16Array;
}

/** Describes an estate of so many installations: 100 per device, 5,000 products by Zipf's law, dates with gaps and faults as in real ones. */
export function createSyntheticEstate(installations: number): SyntheticEstate {
	const vocabulary = makeVocabulary(PRODUCTS);
	const devices = Math.ceil(installations / INSTALLATIONS_PER_DEVICE);
	return {
		installations,
		devices,
		vocabulary,
		deviceName: (device) => `WS-${SITES[device % SITES.length]}-${String(device).padStart(7, "0")}`,
		forEachDevice(use) {
			const random = createRandom(20_261_104);
			const pickProduct = createZipf(PRODUCTS, 0.9);
			const taken = new Int32Array(PRODUCTS).fill(-1);
			const device: SyntheticDevice = {
				index: 0,
				listed: true,
				inventoryDay: 0,
				count: 0,
				product: new Uint16Array(INSTALLATIONS_PER_DEVICE),
				version: new Uint8Array(INSTALLATIONS_PER_DEVICE),
				installDay: new Uint16Array(INSTALLATIONS_PER_DEVICE),
				lastUsageDay: new Uint16Array(INSTALLATIONS_PER_DEVICE),
			};
			for (let index = 0; index < devices; index++) {
				random.reseed(index);
				device.index = index;
				device.count = Math.min(INSTALLATIONS_PER_DEVICE, installations - index * INSTALLATIONS_PER_DEVICE);
				for (let at = 0; at < device.count; at++) {
					let product = pickProduct(random);
					while (taken[product] === index) product = pickProduct(random);
					taken[product] = index;
					device.product[at] = product;
					device.version[at] = Math.min(random.below(MAX_VERSIONS), random.below(MAX_VERSIONS)) % vocabulary.versions[product]!.length;
				}
				fillDates(device, random);
				use(device);
			}
		},
	};
}

const SITES = ["HAM", "LYS", "OSL", "BRN", "GDK", "TRD"];

/** One product in eight never reports usage. */
function reportsUsage(product: number): boolean {
	return product % 8 !== 5;
}

function fillDates(device: SyntheticDevice, random: Random): void {
	const inventoryAge = fillInventory(device, random);
	const deviceReports = random.chance(9000);
	// A device whose agent still sends inventory and no longer usage.
	const silence = random.chance(200) ? 31 + random.below(300) : random.below(3);
	const latest = AS_OF_DAY - inventoryAge - silence;
	for (let at = 0; at < device.count; at++) {
		const used = deviceReports && reportsUsage(device.product[at]!) && random.chance(5500);
		device.lastUsageDay[at] = used ? usageDay(latest, random) : 0;
		const installed = installDay(random);
		// Nothing is used before it is installed.
		device.installDay[at] = used && installed !== 0 ? Math.min(installed, device.lastUsageDay[at]!) : installed;
	}
}

/** Fills in what the devices' table says; answers the age of the inventory, 0 where there is none to tell. */
function fillInventory(device: SyntheticDevice, random: Random): number {
	const kind = random.below(1000);
	device.listed = kind >= 4;
	device.inventoryDay = 0;
	if (kind < 10) return 0;
	if (kind < 13) {
		device.inventoryDay = AS_OF_DAY + 1 + random.below(400);
		return 0;
	}
	const age = kind < 60 ? 25 + random.below(500) : random.below(7);
	device.inventoryDay = AS_OF_DAY - age;
	return age;
}

function usageDay(latest: number, random: Random): number {
	if (random.chance(5)) return AS_OF_DAY + 1 + random.below(60);
	return latest - (random.chance(6000) ? random.below(31) : Math.min(random.below(700), random.below(700)));
}

function installDay(random: Random): number {
	if (random.chance(500)) return 0;
	if (random.chance(5)) return AS_OF_DAY + 1 + random.below(60);
	return AS_OF_DAY - (random.chance(250) ? random.below(12) : random.below(2500));
}
