import { sharedUint32 } from "../columns/shared-array.ts";
import { type AgeBuckets, type AgeHistogram, countYounger, makeAgeBuckets, sumUpAges } from "./age-histogram.ts";
import type { Categorization } from "./categorization.ts";
import { CATEGORIES, type Category, OUTCOMES } from "./category.ts";
import { outcomeIndexOfRule } from "./count-outcomes.ts";
import { RULES } from "./decision-table.ts";
import { type LimitName, type Limits, MAX_LIMIT, makeLimits } from "./limits.ts";

/**
 * What the limits of a categorized estate decide, summed up per product: enough to count the outcomes for any limits without looking
 * at an installation again. It depends on the estate, `asOf` and the bundles, but not on the limits that it was built with. All buffers are
 * shared memory, so it passes between threads without being copied.
 *
 * Groups are the products by index and, behind them, one group of all installations.
 */
export interface UsageProfile {
	/** Number of products, which is also the index of the group of all installations. */
	readonly products: number;
	/** By group × outcome (in the order of `OUTCOMES`), the installations that have this outcome under any limits. */
	readonly settled: Uint32Array;
	/** Ages of the last usage, of the installations that rules 7 to 9 decide. */
	readonly usage: AgeHistogram;
	/** Ages of the installation, of those that rules 14 and 15 decide. */
	readonly install: AgeHistogram;
}

/**
 * Sums up a categorization. Besides the profile it takes two bytes per installation while it runs.
 *
 * No age of usage is negative: a usage date that is not in the future is never after End of Sync, since End of Sync is the latest of
 * them, of whatever time zone. An install date is no part of End of Sync and can lie after it; such an installation is recently
 * installed under every limit, and one that is older than the largest limit is Unused under every limit, so neither needs a cell.
 */
export function buildUsageProfile({ estate, rule, endOfSync, effectiveUsage }: Categorization): UsageProfile {
	const products = estate.products.ends.length;
	const { productOf, installDay } = estate;
	const byRule = countRules(rule, productOf, products);
	const settled = settle(byRule, products);
	const usage = makeRoom(byRule, products, USAGE_RULES);
	const install = makeRoom(byRule, products, INSTALL_RULES);
	// Where a day is stored as `s`, the age is this minus `s`; without End of Sync no rule looks at an age.
	const usageZero = (endOfSync ?? 0) - effectiveUsage.base;
	const installZero = (endOfSync ?? 0) - installDay.base;
	const usageDays = effectiveUsage.days;
	const installDays = installDay.days;
	const addSettled = (product: number, outcome: number) => {
		settled[product * WIDTH + outcome]!++;
		settled[products * WIDTH + outcome]!++;
	};
	for (let installation = 0; installation < rule.length; installation++) {
		const kind = KIND_BY_RULE[rule[installation]!]!;
		if (kind === SETTLED) continue;
		const product = productOf[installation]!;
		if (kind === BY_USAGE) {
			const age = usageZero - usageDays[installation]!;
			if (age > MAX_LIMIT) addSettled(product, UNUSED);
			else usage.ages[usage.next[product]!++] = age;
		} else {
			const age = installZero - installDays[installation]!;
			if (age < 0) addSettled(product, RECENT);
			else if (age > MAX_LIMIT) addSettled(product, UNUSED);
			else install.ages[install.next[product]!++] = age;
		}
	}
	return {
		products,
		settled,
		usage: sumUpAges(usage, TABLE_AGES.usage),
		install: sumUpAges(install, TABLE_AGES.install),
	};
}

/** Number of installations per outcome for some limits, in the order of `OUTCOMES`: of the whole estate, and by product × outcome, in shared memory. */
export function countWithLimits(
	profile: UsageProfile,
	limits: Limits,
): { readonly totals: readonly number[]; readonly byProduct: Uint32Array } {
	const byProduct = sharedUint32(profile.products * WIDTH);
	byProduct.set(profile.settled.subarray(0, byProduct.length));
	for (let product = 0; product < profile.products; product++) addDecided(profile, product, limits, byProduct, product * WIDTH);
	return { totals: totalsWithLimits(profile, limits), byProduct };
}

/** Number of installations per outcome for some limits, in the order of `OUTCOMES`. */
export function totalsWithLimits(profile: UsageProfile, limits: Limits): readonly number[] {
	const totals = profile.settled.slice(profile.products * WIDTH);
	addDecided(profile, profile.products, limits, totals, 0);
	return [...totals];
}

/** What {@link totalsWithLimits} gives for each value of one limit from `first` to `last` (both inclusive, 0 to `MAX_LIMIT`), the others as they are. */
export function totalsByLimit(
	profile: UsageProfile,
	limits: Limits,
	name: LimitName,
	first: number,
	last: number,
): readonly (readonly number[])[] {
	return Array.from({ length: last - first + 1 }, (_, place) => {
		const changed = makeLimits({ ...limits, [name]: first + place }).value;
		if (changed === null) throw new RangeError(`${name} cannot be ${first + place}.`);
		return totalsWithLimits(profile, changed);
	});
}

/** Installations that change category in the same way; the reasons of Unreported make no difference. */
export interface CategoryMove {
	readonly from: Category;
	/** Another one than `from`. */
	readonly to: Category;
	/** At least 1. */
	readonly count: number;
}

/** How installations change category from some limits to others, by old and then new category in the order of `CATEGORIES`. */
export function movesBetween(profile: UsageProfile, from: Limits, to: Limits): readonly CategoryMove[] {
	return movesOfGroup(profile, profile.products, findBands(from, to));
}

/** The same for each product that has moves, in the order of their indices. */
export function movesByProduct(profile: UsageProfile, from: Limits, to: Limits): readonly ProductMoves[] {
	const bands = findBands(from, to);
	const found: ProductMoves[] = [];
	for (let product = 0; product < profile.products; product++) {
		const moves = movesOfGroup(profile, product, bands);
		if (moves.length > 0) found.push({ product, moves });
	}
	return found;
}

/** By product, how many installations change category from some limits to others. In shared memory. */
export function movedByProduct(profile: UsageProfile, from: Limits, to: Limits): Uint32Array {
	const bands = findBands(from, to);
	const moved = sharedUint32(profile.products);
	for (const { ages, first, end } of bands) {
		const histogram = profile[ages];
		for (let product = 0; product < profile.products; product++) {
			moved[product]! += countYounger(histogram, product, end) - countYounger(histogram, product, first);
		}
	}
	return moved;
}

/** The moves of one product's installations. */
export interface ProductMoves {
	/** Index in the estate. */
	readonly product: number;
	/** Not empty. */
	readonly moves: readonly CategoryMove[];
}

/** Bytes that a profile takes. */
export function profileBytes({ settled, usage, install }: UsageProfile): number {
	const arrays = [usage, install].flatMap(({ starts, ages, upTo, carries, carryStarts, below, all }) => [
		starts,
		ages,
		upTo,
		carries,
		carryStarts,
		below,
		all,
	]);
	return arrays.reduce((sum, array) => sum + array.byteLength, settled.byteLength);
}

const WIDTH = OUTCOMES.length;

/** Up to which age counting is quickest: limits beyond are rare. */
const TABLE_AGES = { usage: 128, install: 32 };

/** Rules count from 1; a power of two keeps the place of a cell cheap. */
const RULE_SLOTS = 16;

const USAGE_RULES = [7, 8, 9];
const INSTALL_RULES = [14, 15];

const SETTLED = 0;
const BY_USAGE = 1;
const BY_INSTALL = 2;

/** Which ages decide, by number of the rule. */
const KIND_BY_RULE = Uint8Array.from({ length: RULE_SLOTS }, (_, rule) =>
	USAGE_RULES.includes(rule) ? BY_USAGE : INSTALL_RULES.includes(rule) ? BY_INSTALL : SETTLED,
);

const USED = outcomeIndexOfRule(7);
const RARELY_USED = outcomeIndexOfRule(9);
const UNUSED = outcomeIndexOfRule(8);
const RECENT = outcomeIndexOfRule(14);

/** Installations by product × number of the rule. */
function countRules(rule: Uint8Array, productOf: Uint16Array | Uint32Array, products: number): Uint32Array {
	const counts = new Uint32Array(products * RULE_SLOTS);
	for (let installation = 0; installation < rule.length; installation++)
		counts[productOf[installation]! * RULE_SLOTS + rule[installation]!]!++;
	return counts;
}

/** The settled outcomes of all groups, as far as the rule says it. */
function settle(byRule: Uint32Array, products: number): Uint32Array {
	const settled = sharedUint32((products + 1) * WIDTH);
	for (const { number } of RULES) {
		if (KIND_BY_RULE[number] !== SETTLED) continue;
		const outcome = outcomeIndexOfRule(number);
		for (let product = 0; product < products; product++) {
			const count = byRule[product * RULE_SLOTS + number]!;
			settled[product * WIDTH + outcome]! += count;
			settled[products * WIDTH + outcome]! += count;
		}
	}
	return settled;
}

/** Room for the ages of all installations that some rules decide. */
function makeRoom(byRule: Uint32Array, products: number, rules: readonly number[]): AgeBuckets {
	return makeAgeBuckets(
		Uint32Array.from({ length: products }, (_, product) => rules.reduce((sum, rule) => sum + byRule[product * RULE_SLOTS + rule]!, 0)),
	);
}

/** Adds what the limits decide of one group to the twelve counts from a place on. */
function addDecided({ usage, install }: UsageProfile, group: number, limits: Limits, counts: Uint32Array, place: number): void {
	const used = countYounger(usage, group, limits.UsedCategoryLimit + 1);
	const notUnused = Math.max(used, countYounger(usage, group, limits.UnusedCategoryLimit));
	const recent = countYounger(install, group, limits.InstallDateCutOffLimit);
	counts[place + USED]! += used;
	counts[place + RARELY_USED]! += notUnused - used;
	counts[place + UNUSED]! += usage.all[group]! - notUnused + install.all[group]! - recent;
	counts[place + RECENT]! += recent;
}

/** Ages that lead from one category to another. */
interface Band {
	readonly ages: "usage" | "install";
	readonly from: Category;
	readonly to: Category;
	/** Days; `first` inclusive, `end` exclusive and greater. */
	readonly first: number;
	readonly end: number;
}

/** All ages whose category differs between two sets of limits. */
function findBands(from: Limits, to: Limits): readonly Band[] {
	const bands = (["usage", "install"] as const).flatMap((ages) => {
		const after = rangesOf(ages, to);
		return rangesOf(ages, from).flatMap((old) =>
			after
				.filter(({ category }) => category !== old.category)
				.map(
					(now): Band => ({
						ages,
						from: old.category,
						to: now.category,
						first: Math.max(old.first, now.first),
						end: Math.min(old.end, now.end),
					}),
				),
		);
	});
	const placeOf = ({ from, to }: Band) => CATEGORIES.indexOf(from) * CATEGORIES.length + CATEGORIES.indexOf(to);
	return bands.filter(({ first, end }) => first < end).sort((a, b) => placeOf(a) - placeOf(b));
}

/** Which ages have which category, as rules 7 to 9, or 14 and 15, say it; some may be empty. */
function rangesOf(
	ages: Band["ages"],
	limits: Limits,
): readonly { readonly category: Category; readonly first: number; readonly end: number }[] {
	const end = MAX_LIMIT + 1;
	if (ages === "install") {
		const recent = limits.InstallDateCutOffLimit;
		return [
			{ category: "Unreported", first: 0, end: recent },
			{ category: "Unused", first: recent, end },
		];
	}
	const used = limits.UsedCategoryLimit + 1;
	const unused = Math.max(used, limits.UnusedCategoryLimit);
	return [
		{ category: "Used", first: 0, end: used },
		{ category: "Rarely Used", first: used, end: unused },
		{ category: "Unused", first: unused, end },
	];
}

function movesOfGroup(profile: UsageProfile, group: number, bands: readonly Band[]): readonly CategoryMove[] {
	const moves: CategoryMove[] = [];
	for (const { ages, from, to, first, end } of bands) {
		const count = countYounger(profile[ages], group, end) - countYounger(profile[ages], group, first);
		if (count > 0) moves.push({ from, to, count });
	}
	return moves;
}
