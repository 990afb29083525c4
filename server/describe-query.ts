import { joinFirstWords, joinWords } from "../core/texts/format-count.ts";
import { mark, t } from "../core/texts/translate.ts";
import { OUTCOMES } from "../core/usage/category.ts";
import type { InstallationQuery } from "../core/usage/order-installations.ts";

/** What a query lets through and how it is sorted, a sentence each, for whoever reads what it found; empty for one that does neither. */
export function describeQuery({ filter = {}, sort = [] }: InstallationQuery): readonly string[] {
	const { outcomes, devices, products, text = "" } = filter;
	const conditions = [
		...(outcomes === undefined ? [] : [t`Category: ${joinWords(outcomes.map(nameOutcome)) || t("none")}.`]),
		...(devices === undefined ? [] : [t`Device: ${nameAll(devices)}.`]),
		...(products === undefined ? [] : [t`Product: ${nameAll(products)}.`]),
		...(text === "" ? [] : [t`Device or product with the text "${text}" in its name.`]),
	];
	const order = sort.map(({ by, descending }) => (descending === true ? t`${t(COLUMN_NAMES[by])} (descending)` : t(COLUMN_NAMES[by])));
	return [...conditions, ...(order.length === 0 ? [] : [t`Sorted by ${order.join(", ")}.`])];
}

function nameOutcome(place: number): string {
	const { category, reason } = OUTCOMES[place]!;
	return reason === null ? category : `${category} (${reason})`;
}

function nameAll(names: readonly string[]): string {
	return joinFirstWords(names.map((name) => `"${name}"`)) || t("none");
}

const COLUMN_NAMES: { readonly [column in NonNullable<InstallationQuery["sort"]>[number]["by"]]: string } = {
	device: mark("device"),
	product: mark("product"),
	category: mark("category"),
	reason: mark("reason"),
	rule: mark("rule"),
	installDate: mark("install date"),
	lastUsageDate: mark("last usage date"),
	publisher: mark("publisher"),
	version: mark("version"),
	deviceName: mark("device name"),
};
