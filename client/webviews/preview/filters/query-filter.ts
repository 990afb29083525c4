import type { OutcomeCount, PreviewQuery } from "../../../../server/protocol/preview-messages.ts";

/** What the rows of a query have to have. */
export type Filter = NonNullable<PreviewQuery["filter"]>;

/** One part of a filter, which can be taken away by itself. */
export type FilterPart =
	| { readonly kind: "text"; readonly text: string }
	| { readonly kind: "device" | "product"; readonly name: string }
	/** Some or all outcomes of one category; all of them where `reason` is null. */
	| { readonly kind: "outcome"; readonly category: string; readonly reason: string | null; readonly places: readonly number[] };

/** The parts of a filter in the order in which chips show them. */
export function partsOf(filter: Filter, totals: readonly OutcomeCount[]): readonly FilterPart[] {
	const outcomes = filter.outcomes ?? [];
	const parts: FilterPart[] = [];
	for (const category of new Set(totals.map((outcome) => outcome.category))) {
		const all = totals.flatMap((outcome, place) => (outcome.category === category ? [place] : []));
		const chosen = all.filter((place) => outcomes.includes(place));
		if (chosen.length === all.length) parts.push({ kind: "outcome", category, reason: null, places: all });
		else for (const place of chosen) parts.push({ kind: "outcome", category, reason: totals[place]?.reason ?? null, places: [place] });
	}
	for (const name of filter.devices ?? []) parts.push({ kind: "device", name });
	for (const name of filter.products ?? []) parts.push({ kind: "product", name });
	if (filter.text !== undefined && filter.text !== "") parts.push({ kind: "text", text: filter.text });
	return parts;
}

/** A filter without one of its parts. */
export function withoutPart(filter: Filter, part: FilterPart): Filter {
	switch (part.kind) {
		case "text":
			return tidy({ ...filter, text: "" });
		case "device":
			return tidy({ ...filter, devices: (filter.devices ?? []).filter((name) => name !== part.name) });
		case "product":
			return tidy({ ...filter, products: (filter.products ?? []).filter((name) => name !== part.name) });
		case "outcome":
			return withOutcomes(filter, part.places, false);
	}
}

/** A filter with some outcomes chosen or not. No outcome chosen means any. */
export function withOutcomes(filter: Filter, places: readonly number[], chosen: boolean): Filter {
	const others = (filter.outcomes ?? []).filter((place) => !places.includes(place));
	return tidy({ ...filter, outcomes: chosen ? [...others, ...places].sort((one, other) => one - other) : others });
}

/** A filter with one more device or product. */
export function withName(filter: Filter, kind: "device" | "product", name: string): Filter {
	const key = kind === "device" ? "devices" : "products";
	const names = filter[key] ?? [];
	return names.includes(name) ? filter : { ...filter, [key]: [...names, name] };
}

export function withText(filter: Filter, text: string): Filter {
	return tidy({ ...filter, text: text.trim() });
}

/** A query with another filter, in the same order. */
export function withFilter(query: PreviewQuery, filter: Filter): PreviewQuery {
	const { sort } = query;
	return { ...(Object.keys(filter).length === 0 ? {} : { filter }), ...(sort === undefined ? {} : { sort }) };
}

/** Whether a filter asks for all outcomes of a category, for some, or for none. */
export function chosenOf(filter: Filter, places: readonly number[]): "all" | "some" | "none" {
	const chosen = places.filter((place) => filter.outcomes?.includes(place) === true).length;
	if (chosen === 0) return "none";
	return chosen === places.length ? "all" : "some";
}

/** Without what asks for nothing, so that equal filters look alike. */
function tidy({ outcomes = [], devices = [], products = [], text = "" }: Filter): Filter {
	return {
		...(outcomes.length === 0 ? {} : { outcomes }),
		...(devices.length === 0 ? {} : { devices }),
		...(products.length === 0 ? {} : { products }),
		...(text === "" ? {} : { text }),
	};
}
