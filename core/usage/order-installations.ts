import { sharedUint32 } from "../columns/shared-array.ts";
import type { Categorization } from "./categorization.ts";
import { countSelected, type InstallationFilter, productsOn, type Selection, selectInstallations } from "./select-installations.ts";
import { createSmallSort } from "./small-sort.ts";
import { createSortKeys, type SortColumn } from "./sort-keys.ts";
import { ranksOf, sortedNames } from "./sorted-names.ts";

export type { InstallationFilter } from "./select-installations.ts";

/** Which installations, and in which order. */
export interface InstallationQuery {
	readonly filter?: InstallationFilter;
	/** The first key counts most; what is equal by all keys is in the order of device, then product. */
	readonly sort?: readonly InstallationSort[];
}

/** One key of a sort. What has no value comes last, also when descending. */
export interface InstallationSort {
	readonly by: SortColumn;
	readonly descending?: boolean;
}

/**
 * The installations that a query asks for, in its order, in shared memory. Names are in code-unit order, whatever the machine's
 * language; categories and reasons in that of `OUTCOMES`. Sorting takes time in proportion to the installations, and per installation
 * 4 bytes beside the answer, 8 when devices or their names are sorted by.
 * @param sortedProducts what `sortedNames` gives for the products, where that is known already.
 */
export function orderInstallations(
	categorization: Categorization,
	{ filter = {}, sort = [] }: InstallationQuery,
	sortedProducts: Uint32Array = sortedNames(categorization.estate.products),
): Uint32Array {
	const selection = selectInstallations(categorization, filter);
	let order = listByDeviceAndProduct(categorization, selection, sortedProducts);
	// Stable, so that the key that counts most comes last.
	for (const { by, descending = false } of neededKeys(sort).toReversed()) {
		order = sortByKey(order, createSortKeys(categorization, by, descending));
	}
	return order;
}

/** All installations by device name, then product name, both in code-unit order. */
export function orderByDeviceAndProduct(categorization: Categorization): Uint32Array {
	return orderInstallations(categorization, {});
}

function listByDeviceAndProduct(categorization: Categorization, selection: Selection, sortedProducts: Uint32Array): Uint32Array {
	const { estate, rule } = categorization;
	const { installationStarts, productOf } = estate;
	const rankOf = ranksOf(sortedProducts);
	const order = sharedUint32(countSelected(categorization, selection));
	// A device has a product at most once, so the rank of the product says which of its installations it is.
	const withRank = new Uint32Array(rankOf.length);
	const ranks = createSmallSort(largestDevice(installationStarts), rankOf.length);
	let length = 0;
	for (const device of sortedNames(estate.devices)) {
		if (selection.devices[device] === 0) continue;
		const products = productsOn(selection, device);
		const end = installationStarts[device + 1]!;
		let count = 0;
		let latest = 0;
		let isSorted = true;
		for (let installation = installationStarts[device]!; installation < end; installation++) {
			const product = productOf[installation]!;
			if ((selection.rules[rule[installation]!]! & products[product]!) === 0) continue;
			const rank = rankOf[product]!;
			withRank[rank] = installation;
			ranks.numbers[count++] = rank;
			if (rank < latest) isSorted = false;
			latest = rank;
		}
		if (!isSorted) ranks.sort(count);
		for (let place = 0; place < count; place++) order[length++] = withRank[ranks.numbers[place]!]!;
	}
	return order;
}

function largestDevice(starts: Uint32Array): number {
	let largest = 0;
	for (let device = 1; device < starts.length; device++) largest = Math.max(largest, starts[device]! - starts[device - 1]!);
	return largest;
}

/** Keys that change the order: a column counts where it stands first, and the list that is sorted is by device and product already. */
function neededKeys(sort: readonly InstallationSort[]): readonly InstallationSort[] {
	const keys = sort.filter(({ by }, place) => sort.findIndex((other) => other.by === by) === place);
	const isLast = (by: SortColumn) => keys.at(-1)?.by === by && keys.at(-1)?.descending !== true;
	if (isLast("product") && keys.at(-2)?.by === "device") keys.pop();
	if (isLast("device")) keys.pop();
	return keys;
}

/** Counting sort, stable. */
function sortByKey(order: Uint32Array, { values, rankOf, ranks }: ReturnType<typeof createSortKeys>): Uint32Array {
	const next = new Uint32Array(ranks + 1);
	for (let place = 0; place < order.length; place++) next[rankOf[values[order[place]!]!]! + 1]!++;
	for (let rank = 0; rank < ranks; rank++) next[rank + 1]! += next[rank]!;
	const sorted = sharedUint32(order.length);
	for (let place = 0; place < order.length; place++) {
		const installation = order[place]!;
		sorted[next[rankOf[values[installation]!]!]!++] = installation;
	}
	return sorted;
}
