import type { TableLayout } from "../../messages.ts";
import type { DataColumn } from "./table-options.ts";

/** A column of a layout: where it stands is its place in the list. */
export type ColumnPlace = TableLayout["columns"][number];

const MIN_WIDTH = 60;
const MAX_WIDTH = 2_000;
/** How far one step by keyboard changes a width, in pixels. */
export const WIDTH_STEP = 20;

type Columns = readonly Pick<DataColumn<never>, "id" | "hidden" | "minWidth" | "weight">[];

/**
 * How columns stand: as they were arranged before, with those that the arrangement does not know where the table has them. At
 * least one is shown.
 */
export function arrange(columns: Columns, kept: TableLayout | null): readonly ColumnPlace[] {
	const known = new Map(columns.map((column) => [column.id, column]));
	const seen = new Set<string>();
	const places: ColumnPlace[] = [];
	for (const place of kept?.columns ?? []) {
		if (!known.has(place.id) || seen.has(place.id)) continue;
		seen.add(place.id);
		places.push(place);
	}
	for (const [index, column] of columns.entries()) {
		if (seen.has(column.id)) continue;
		const before = places.findIndex(({ id }) => id === columns[index - 1]?.id);
		places.splice(index === 0 ? 0 : before + 1, 0, { id: column.id, width: null, hidden: column.hidden === true });
		seen.add(column.id);
	}
	return places.some(({ hidden }) => !hidden) ? places : places.map((place, index) => ({ ...place, hidden: index > 0 }));
}

/** What is to be remembered: also of columns that the table has not now, such as those of another data source. */
export function toLayout(places: readonly ColumnPlace[], kept: TableLayout | null): TableLayout {
	const ids = new Set(places.map(({ id }) => id));
	return { columns: [...places, ...(kept?.columns ?? []).filter(({ id }) => !ids.has(id))] };
}

/** Moves a column by so many of the columns that are shown. */
export function moveColumn(places: readonly ColumnPlace[], id: string, by: number): readonly ColumnPlace[] {
	const shown = places.filter(({ hidden }) => !hidden);
	const target = shown[shown.findIndex((place) => place.id === id) + by];
	return target === undefined ? places : putColumn(places, id, target.id, by > 0);
}

/** Puts a column before or behind another one. */
export function putColumn(places: readonly ColumnPlace[], id: string, beside: string, behind: boolean): readonly ColumnPlace[] {
	const moved = places.find((place) => place.id === id);
	const others = places.filter((place) => place.id !== id);
	const at = others.findIndex((place) => place.id === beside);
	if (moved === undefined || at < 0) return places;
	others.splice(behind ? at + 1 : at, 0, moved);
	return others;
}

/** Shows or hides a column; the last one that is shown stays. */
export function showColumn(places: readonly ColumnPlace[], id: string, isShown: boolean): readonly ColumnPlace[] {
	const next = places.map((place) => (place.id === id ? { ...place, hidden: !isShown } : place));
	return next.some(({ hidden }) => !hidden) ? next : places;
}

/** Gives a column a width in pixels, within sense; null for the table's own. */
export function resizeColumn(
	places: readonly ColumnPlace[],
	id: string,
	width: number | null,
	minWidth = MIN_WIDTH,
): readonly ColumnPlace[] {
	const next = width === null ? null : Math.round(Math.min(Math.max(width, minWidth), MAX_WIDTH));
	return places.map((place) => (place.id === id ? { ...place, width: next } : place));
}

/** The tracks of all shown columns, for `grid-template-columns`. Columns that somebody has set take no part in what is left over. */
export function tracksOf(columns: Columns, places: readonly ColumnPlace[]): string {
	const byId = new Map(columns.map((column) => [column.id, column]));
	const tracks = places
		.filter(({ hidden }) => !hidden)
		.map(({ id, width }) => {
			const column = byId.get(id);
			return width !== null ? `${width}px` : `minmax(${column?.minWidth ?? MIN_WIDTH}px, ${column?.weight ?? 1}fr)`;
		});
	// Otherwise the rows would end before the table does.
	const someGrow = places.some(({ hidden, width }) => !hidden && width === null);
	return [...tracks, someGrow ? "" : "minmax(0, 1fr)"].join(" ").trim();
}

/** Smallest width of all shown columns together, in pixels. */
export function widthOf(columns: Columns, places: readonly ColumnPlace[]): number {
	const byId = new Map(columns.map((column) => [column.id, column]));
	return places.filter(({ hidden }) => !hidden).reduce((sum, { id, width }) => sum + (width ?? byId.get(id)?.minWidth ?? MIN_WIDTH), 0);
}
