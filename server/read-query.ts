import { t } from "../core/texts/translate.ts";
import { OUTCOMES } from "../core/usage/category.ts";
import type { InstallationQuery } from "../core/usage/order-installations.ts";
import type { ProductsQuery } from "../core/usage/order-products.ts";
import type { PlaceRange } from "../core/usage/sum-rows.ts";
import { PREVIEW_SORT_KEYS, PRODUCT_SORT_KEYS, type PreviewQuery, type ProductQuery } from "./protocol/preview-messages.ts";

/** The question of a client as the columns take it; a sentence about the first thing in it that makes no sense. */
export function readQuery(given: PreviewQuery | undefined): InstallationQuery | string {
	if (given === undefined || given === null) return {};
	const { filter = {}, sort = [] } = given;
	if (typeof given !== "object" || typeof filter !== "object" || filter === null) return t`${JSON.stringify(given)} is not a query.`;
	const { outcomes, devices, products, text } = filter;
	if (outcomes !== undefined && !isListOf(outcomes, isOutcome))
		return t`The outcomes of a query are numbers from 0 to ${OUTCOMES.length - 1}.`;
	for (const names of [devices, products])
		if (names !== undefined && !isListOf(names, (name) => typeof name === "string"))
			return t("The devices and products of a query are names.");
	if (text !== undefined && typeof text !== "string") return t("The text of a query is a text.");
	if (!isListOf(sort, isSortStep)) return t`A query is sorted by ${PREVIEW_SORT_KEYS.join(", ")}.`;
	return { filter, sort };
}

/**
 * The same for products.
 * @param compared whether other limits stand beside, without which nothing differs.
 */
export function readProductQuery(given: ProductQuery | undefined, compared: boolean): ProductsQuery | string {
	if (given === undefined || given === null) return {};
	if (typeof given !== "object" || Array.isArray(given)) return t`${JSON.stringify(given)} is not a query.`;
	const { text, outcomes, products, sort = [], onlyDifferent } = given;
	if (outcomes !== undefined && !isListOf(outcomes, isOutcome))
		return t`The outcomes of a query are numbers from 0 to ${OUTCOMES.length - 1}.`;
	if (products !== undefined && !isListOf(products, (name) => typeof name === "string")) return t("The products of a query are names.");
	if (text !== undefined && typeof text !== "string") return t("The text of a query is a text.");
	const keys = t`${PRODUCT_SORT_KEYS.join(", ")}, and outcome0 to outcome${OUTCOMES.length - 1}`;
	if (!isListOf(sort, (step) => typeof step === "object" && step !== null && "by" in step && readProductKey(step.by) !== null))
		return t`Products are sorted by ${keys}.`;
	const needsOther = onlyDifferent === true || sort.some(({ by }) => by === "moved");
	if (needsOther && !compared) return t("Products differ only from what other limits make of them: name limits to compare with.");
	return {
		...(text === undefined ? {} : { text }),
		...(outcomes === undefined ? {} : { outcomes }),
		...(products === undefined ? {} : { products }),
		...(onlyDifferent === true ? { onlyDifferent } : {}),
		sort: sort.map(({ by, descending }) => ({ by: readProductKey(by)!, descending: descending === true })),
	};
}

/** What products are sorted by, or a place in `OUTCOMES`; null for anything else. */
export function readProductKey(key: unknown): (typeof PRODUCT_SORT_KEYS)[number] | number | null {
	const outcome = typeof key === "string" ? /^outcome(\d{1,2})$/.exec(key)?.[1] : undefined;
	if (outcome !== undefined) return isOutcome(Number(outcome)) ? Number(outcome) : null;
	return PRODUCT_SORT_KEYS.find((known) => known === key) ?? null;
}

/** Ranges of rows as a client gives them; null for what makes no sense. */
export function readRanges(given: unknown): readonly PlaceRange[] | null {
	const isRange = (range: unknown) =>
		Array.isArray(range) && range.length === 2 && range.every(Number.isSafeInteger) && range[0] >= 0 && range[0] <= range[1];
	return isListOf(given, isRange) ? (given as readonly PlaceRange[]) : null;
}

function isOutcome(place: unknown): boolean {
	return Number.isInteger(place) && Number(place) >= 0 && Number(place) < OUTCOMES.length;
}

function isSortStep(step: unknown): boolean {
	return typeof step === "object" && step !== null && "by" in step && PREVIEW_SORT_KEYS.some((key) => key === step.by);
}

function isListOf(value: unknown, holds: (item: unknown) => boolean): boolean {
	return Array.isArray(value) && value.every(holds);
}
