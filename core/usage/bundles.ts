import type { DayNumber } from "../dates/day-number.ts";
import { type Estate, USAGE_IN_FUTURE } from "./estate.ts";
import { createPairIndex } from "./pair-index.ts";

/** A product whose usage is that of its components; all names as products have them, compared exactly. */
export interface BundleDefinition {
	readonly name: string;
	readonly components: readonly string[];
}

/** Which bundles the products of one estate are components of. */
export interface BundleMembership {
	/** Product indices of bundles by product index of a component, each once; undefined for what is no component. */
	readonly bundlesOf: readonly (readonly number[] | undefined)[];
	/** 1 by product index of a bundle that has a component in the estate. */
	readonly isBundle: Uint8Array;
}

/** Last usage dates by installation, once bundles have taken their components' dates. */
export interface EffectiveUsage {
	readonly day: Int32Array;
	/** 1 where the date is in the future. */
	readonly inFuture: Uint8Array;
}

/**
 * Looks up the bundles' products; null when none of them matters to the estate. Names that it does not have are left
 * out, several bundles of one name count as one with all their components, and a bundle's being its own component
 * has no effect.
 */
export function findMembership(estate: Estate, bundles: readonly BundleDefinition[]): BundleMembership | null {
	if (bundles.length === 0) return null;
	const products = new Map(estate.productNames.map((name, product) => [name, product]));
	const bundlesOf: number[][] = [];
	const isBundle = new Uint8Array(estate.productNames.length);
	for (const { name, components } of bundles) {
		const bundle = products.get(name);
		if (bundle === undefined) continue;
		for (const componentName of components) {
			const component = products.get(componentName);
			if (component === undefined || component === bundle || bundlesOf[component]?.includes(bundle)) continue;
			bundlesOf[component] ??= [];
			bundlesOf[component].push(bundle);
			isBundle[bundle] = 1;
		}
	}
	return bundlesOf.length === 0 ? null : { bundlesOf, isBundle };
}

/**
 * The usage dates that the rules look at: a bundle's is the latest of its own and its components' on the same device,
 * dates in the future included. Components count with their own dates: what a bundle takes over is not passed on.
 */
export function takeOverUsage(estate: Estate, membership: BundleMembership | null): EffectiveUsage {
	const inFuture = estate.dateFlags.map((flags) => flags & USAGE_IN_FUTURE);
	if (membership === null) return { day: estate.lastUsageDay, inFuture };
	const day = estate.lastUsageDay.slice();
	const findBundle = indexBundleInstallations(estate, membership);
	for (let component = 0; component < estate.productOf.length; component++) {
		const bundles = membership.bundlesOf[estate.productOf[component]!];
		if (bundles === undefined) continue;
		const componentDay: DayNumber = estate.lastUsageDay[component]!;
		const componentInFuture = estate.dateFlags[component]! & USAGE_IN_FUTURE;
		for (const product of bundles) {
			const bundle = findBundle(estate.deviceOf[component]!, product);
			if (bundle === -1 || componentDay < day[bundle]!) continue;
			if (componentDay > day[bundle]!) inFuture[bundle] = componentInFuture;
			// The same day from sources in two time zones: future wins, as it does where sources are consolidated.
			else inFuture[bundle]! |= componentInFuture;
			day[bundle] = componentDay;
		}
	}
	return { day, inFuture };
}

/** Products that report usage, 1 by product index, once bundles have taken over whether a component does. */
export function takeOverReporting(reports: Uint8Array, membership: BundleMembership | null): Uint8Array {
	if (membership === null) return reports;
	const withBundles = reports.slice();
	membership.bundlesOf.forEach((bundles, component) => {
		if (reports[component] === 1) for (const bundle of bundles ?? []) withBundles[bundle] = 1;
	});
	return withBundles;
}

/** Finds the installation of a bundle on a device; -1 when there is none. */
function indexBundleInstallations(estate: Estate, membership: BundleMembership): (device: number, bundle: number) => number {
	const pairs = createPairIndex();
	const installations: number[] = [];
	for (let installation = 0; installation < estate.productOf.length; installation++) {
		const product = estate.productOf[installation]!;
		if (membership.isBundle[product] === 0) continue;
		pairs.add(estate.deviceOf[installation]!, product);
		installations.push(installation);
	}
	return (device, bundle) => installations[pairs.find(device, bundle)] ?? -1;
}
