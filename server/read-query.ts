import { OUTCOMES } from "../core/usage/category.ts";
import type { InstallationQuery } from "../core/usage/order-installations.ts";
import { PREVIEW_SORT_KEYS, type PreviewQuery } from "./protocol/preview-messages.ts";

/** The question of a client as the columns take it; a sentence about the first thing in it that makes no sense. */
export function readQuery(given: PreviewQuery | undefined): InstallationQuery | string {
	if (given === undefined || given === null) return {};
	const { filter = {}, sort = [] } = given;
	if (typeof given !== "object" || typeof filter !== "object" || filter === null) return `${JSON.stringify(given)} is not a query.`;
	const { outcomes, devices, products, text } = filter;
	if (
		outcomes !== undefined &&
		!isListOf(outcomes, (place) => Number.isInteger(place) && Number(place) >= 0 && Number(place) < OUTCOMES.length)
	)
		return `The outcomes of a query are numbers from 0 to ${OUTCOMES.length - 1}.`;
	for (const names of [devices, products])
		if (names !== undefined && !isListOf(names, (name) => typeof name === "string"))
			return "The devices and products of a query are names.";
	if (text !== undefined && typeof text !== "string") return "The text of a query is a text.";
	if (!isListOf(sort, isSortStep)) return `A query is sorted by ${PREVIEW_SORT_KEYS.join(", ")}.`;
	return { filter, sort };
}

function isSortStep(step: unknown): boolean {
	return typeof step === "object" && step !== null && "by" in step && PREVIEW_SORT_KEYS.some((key) => key === step.by);
}

function isListOf(value: unknown, holds: (item: unknown) => boolean): boolean {
	return Array.isArray(value) && value.every(holds);
}
