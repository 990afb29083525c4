import type { Category, Reason } from "../../core/usage/category.ts";
import type { LimitName } from "../../core/usage/limits.ts";

/** One instance as its sources tell it. Days are whole days since 1970-01-01; null where a cell is empty. */
export interface RawInstance {
	/** Milliseconds since 1970-01-01T00:00:00Z. */
	readonly asOf: number;
	readonly sources: readonly RawSource[];
	readonly bundles: readonly { readonly name: string; readonly components: readonly string[] }[];
	readonly limits: { readonly [name in LimitName]: number };
}

export interface RawSource {
	readonly timeZone: string;
	readonly devices: readonly { readonly device: string; readonly inventoryDay: number | null }[];
	readonly installations: readonly RawInstallation[];
}

export interface RawInstallation {
	readonly device: string;
	readonly product: string;
	readonly installDay: number | null;
	readonly lastUsageDay: number | null;
}

export interface ReferenceResult {
	readonly endOfSync: number | null;
	/** By device, then product, in code-unit order. */
	readonly installations: readonly ReferenceInstallation[];
}

export interface ReferenceInstallation extends RawInstallation {
	readonly category: Category;
	readonly reason: Reason | null;
	readonly rule: number;
}

/**
 * Categorizes an instance as docs/decision-table.md reads, one sentence after the other, on plain objects and without
 * any of the product's code: what the product is compared with.
 */
export function categorizeByReference(instance: RawInstance): ReferenceResult {
	const inventoryDates = new Map<string, Dated | null>();
	const installations = new Map<string, Consolidated>();
	for (const source of instance.sources) {
		const asOfDay = dayInZone(instance.asOf, source.timeZone);
		const dated = (day: number | null) => (day === null ? null : { day, future: day > asOfDay });
		for (const row of source.devices) {
			inventoryDates.set(row.device, later(inventoryDates.get(row.device) ?? null, dated(row.inventoryDay)));
		}
		for (const row of source.installations) {
			const key = JSON.stringify([row.device, row.product]);
			const known = installations.get(key);
			installations.set(key, {
				device: row.device,
				product: row.product,
				install: later(known?.install ?? null, dated(row.installDay)),
				usage: later(known?.usage ?? null, dated(row.lastUsageDay)),
			});
		}
	}
	const all = [...installations.values()];

	const usable = [...inventoryDates.values(), ...all.map(({ usage }) => usage)].filter((date) => date !== null && !date.future);
	const endOfSync = usable.reduce<number | null>((latest, date) => (latest === null ? date!.day : Math.max(latest, date!.day)), null);

	const result = all.map((installation): ReferenceInstallation => {
		const components = instance.bundles.filter(({ name }) => name === installation.product).flatMap((bundle) => bundle.components);
		const usage = all
			.filter(({ device, product }) => device === installation.device && components.includes(product))
			.reduce((latest, component) => later(latest, component.usage), installation.usage);
		const deviceUsage = all.filter(({ device, usage: date }) => device === installation.device && date !== null && !date.future);
		const latestDeviceUsage = deviceUsage.length === 0 ? null : Math.max(...deviceUsage.map(({ usage: date }) => date!.day));
		const productReports = all.some(
			({ product, usage: date }) => (product === installation.product || components.includes(product)) && date !== null && !date.future,
		);
		const inventory = inventoryDates.get(installation.device) ?? null;
		const [rule, category, reason] = decideByReference(
			{ endOfSync, inventory, latestDeviceUsage, usage, productReports, install: installation.install },
			instance.limits,
		);
		return {
			device: installation.device,
			product: installation.product,
			installDay: installation.install?.day ?? null,
			lastUsageDay: usage?.day ?? null,
			category,
			reason,
			rule,
		};
	});
	result.sort((a, b) => compareCodeUnits(a.device, b.device) || compareCodeUnits(a.product, b.product));
	return { endOfSync, installations: result };
}

interface Dated {
	readonly day: number;
	readonly future: boolean;
}

interface Consolidated {
	readonly device: string;
	readonly product: string;
	readonly install: Dated | null;
	readonly usage: Dated | null;
}

interface ReferenceFacts {
	readonly endOfSync: number | null;
	readonly inventory: Dated | null;
	readonly latestDeviceUsage: number | null;
	readonly usage: Dated | null;
	readonly productReports: boolean;
	readonly install: Dated | null;
}

type Decision = readonly [rule: number, category: Category, reason: Reason | null];

function decideByReference(facts: ReferenceFacts, limits: RawInstance["limits"]): Decision {
	const { endOfSync, inventory, latestDeviceUsage, usage, productReports, install } = facts;
	if (inventory === null) return [1, "Unreported", "No Device Inventory date"];
	if (inventory.future) return [2, "Unreported", "Invalid Device Inventory date"];
	// This inventory date is not in the future, so there is an End of Sync.
	const sync = endOfSync as number;
	const inventoryAge = sync - inventory.day;
	if (latestDeviceUsage !== null && inventoryAge >= 30) return [3, "Unreported", "Device stopped reporting usage"];
	if (latestDeviceUsage === null && inventoryAge > 30) return [4, "Unreported", "Device Inventory too old"];
	if (usage !== null) {
		if (usage.future) return [5, "Unreported", "Invalid usage date"];
		if (inventory.day - (latestDeviceUsage as number) > 30) return [6, "Unreported", "Device stopped reporting usage"];
		if (sync - usage.day <= limits.UsedCategoryLimit) return [7, "Used", null];
		if (sync - usage.day >= limits.UnusedCategoryLimit) return [8, "Unused", null];
		return [9, "Rarely Used", null];
	}
	if (latestDeviceUsage === null) return [10, "Unreported", "No Device usage"];
	if (!productReports) return [11, "Unreported", "No Product Usage"];
	if (install === null) return [12, "Unused", null];
	if (install.future) return [13, "Unreported", "Invalid install date"];
	if (sync - install.day < limits.InstallDateCutOffLimit) return [14, "Unreported", "Recently installed"];
	return [15, "Unused", null];
}

/** The later date; of one day told twice, the one in the future. */
function later(one: Dated | null, other: Dated | null): Dated | null {
	if (one === null || other === null) return one ?? other;
	if (one.day !== other.day) return one.day > other.day ? one : other;
	return one.future ? one : other;
}

function dayInZone(instant: number, timeZone: string): number {
	let format = DAY_FORMATS.get(timeZone);
	if (format === undefined) {
		// Swedish writes dates as YYYY-MM-DD.
		format = new Intl.DateTimeFormat("sv-SE", { timeZone });
		DAY_FORMATS.set(timeZone, format);
	}
	return Date.parse(format.format(instant)) / 86_400_000;
}

/** Made once per zone: making one takes longer than all the rest. */
const DAY_FORMATS = new Map<string, Intl.DateTimeFormat>();

function compareCodeUnits(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
