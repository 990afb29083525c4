import { findName } from "../columns/name-table.ts";
import { sharedInt32, sharedUint8, sharedUint16 } from "../columns/shared-array.ts";
import type { DatedColumn, Estate } from "./estate.ts";
import { storedBounds } from "./estate-facts.ts";
import { deviceCount, productCount } from "./estate-lookups.ts";

/** A product whose usage is that of its components; all names as products have them, compared exactly. */
export interface BundleDefinition {
	readonly name: string;
	readonly components: readonly string[];
}

/** Which bundles the products of one estate are components of. */
export interface BundleMembership {
	/** Product indices of bundles by product index of a component, each once; undefined for what is no component. */
	readonly bundlesOf: readonly (readonly number[] | undefined)[];
	/** {@link IS_BUNDLE} and {@link IS_COMPONENT} by product index. */
	readonly roleOf: Uint8Array;
}

/** The product is a bundle that has a component in the estate. */
const IS_BUNDLE = 1;
/** The product is a component of a bundle in the estate. */
const IS_COMPONENT = 2;

/**
 * Looks up the bundles' products; null when none of them matters to the estate. Names that it does not have are left
 * out, several bundles of one name count as one with all their components, and a bundle's being its own component
 * has no effect.
 */
function findMembership(estate: Estate, bundles: readonly BundleDefinition[]): BundleMembership | null {
	const bundlesOf: number[][] = [];
	const roleOf = new Uint8Array(productCount(estate));
	for (const { name, components } of bundles) {
		const bundle = findName(estate.products, name);
		if (bundle === -1) continue;
		for (const componentName of components) {
			const component = findName(estate.products, componentName);
			if (component === -1 || component === bundle || bundlesOf[component]?.includes(bundle)) continue;
			bundlesOf[component] ??= [];
			bundlesOf[component].push(bundle);
			roleOf[bundle]! |= IS_BUNDLE;
			roleOf[component]! |= IS_COMPONENT;
		}
	}
	return bundlesOf.length === 0 ? null : { bundlesOf, roleOf };
}

/** What bundles change of an estate's usage. */
export interface BundledUsage {
	/** As in `Categorization`. */
	readonly effectiveUsage: DatedColumn;
	readonly membership: BundleMembership | null;
}

/** Usage dates with what bundles take over. @param lastPresentDay by zone set the last day that is not in the future. */
export function bundleUsage(estate: Estate, bundles: readonly BundleDefinition[], lastPresentDay: Int32Array): BundledUsage {
	const membership = findMembership(estate, bundles);
	return { membership, effectiveUsage: takeOverUsage(estate, membership, lastPresentDay) };
}

/**
 * The usage dates that the rules look at: a bundle's is the latest of its own and its components' on the same device,
 * dates in the future included. Components count with their own dates: what a bundle takes over is not passed on. The estate's own
 * column when no date changes.
 * @param lastPresentDay by zone set the last day that is not in the future.
 */
function takeOverUsage(estate: Estate, membership: BundleMembership | null, lastPresentDay: Int32Array): DatedColumn {
	if (membership === null) return estate.lastUsageDay;
	const { installationStarts, productOf, lastUsageDay } = estate;
	const { bundlesOf, roleOf } = membership;
	const bounds = storedBounds(lastUsageDay, lastPresentDay);
	// Copied when the first date changes.
	let effective: DatedColumn | null = null;
	// By product the place behind the bundle's installation on the device that was looked at last with it.
	const behind = new Uint32Array(roleOf.length);
	const devices = deviceCount(estate);
	for (let device = 0; device < devices; device++) {
		const start = installationStarts[device]!;
		const end = installationStarts[device + 1]!;
		let roles = 0;
		for (let installation = start; installation < end; installation++) {
			const product = productOf[installation]!;
			const role = roleOf[product]!;
			roles |= role;
			if ((role & IS_BUNDLE) !== 0) behind[product] = installation + 1;
		}
		if (roles !== (IS_BUNDLE | IS_COMPONENT)) continue;
		for (let component = start; component < end; component++) {
			const product = productOf[component]!;
			if ((roleOf[product]! & IS_COMPONENT) === 0 || lastUsageDay.days[component] === 0) continue;
			for (const bundleProduct of bundlesOf[product]!) {
				const bundle = behind[bundleProduct]! - 1;
				if (bundle < start || !isLater(lastUsageDay, component, effective ?? lastUsageDay, bundle, bounds)) continue;
				effective ??= copyDates(lastUsageDay);
				effective.days[bundle] = lastUsageDay.days[component]!;
				if (effective.zoneSet !== null) effective.zoneSet[bundle] = lastUsageDay.zoneSet![component]!;
			}
		}
	}
	return effective ?? lastUsageDay;
}

/** Products that report usage, 1 by product index, once bundles have taken over whether a component does. */
export function takeOverReporting(reports: Uint8Array, membership: BundleMembership | null): Uint8Array {
	if (membership === null) return reports;
	const withBundles = sharedUint8(reports.length);
	withBundles.set(reports);
	membership.bundlesOf.forEach((bundles, component) => {
		if (reports[component] === 1) for (const bundle of bundles ?? []) withBundles[bundle] = 1;
	});
	return withBundles;
}

/**
 * Whether a component's date takes the place of a bundle's. On the same day from sources in two time zones future wins, as it does where
 * sources are consolidated.
 */
function isLater(own: DatedColumn, component: number, effective: DatedColumn, bundle: number, bounds: Int32Array): boolean {
	const day = own.days[component]!;
	const known = effective.days[bundle]!;
	if (day !== known || own.zoneSet === null) return day > known;
	return day > bounds[own.zoneSet[component]!]! && day <= bounds[effective.zoneSet![bundle]!]!;
}

function copyDates({ days, base, zoneSet }: DatedColumn): DatedColumn {
	const copiedDays = days instanceof Uint16Array ? sharedUint16(days.length) : sharedInt32(days.length);
	copiedDays.set(days);
	if (zoneSet === null) return { days: copiedDays, base, zoneSet };
	const copiedSets = sharedUint8(zoneSet.length);
	copiedSets.set(zoneSet);
	return { days: copiedDays, base, zoneSet: copiedSets };
}
