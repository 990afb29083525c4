import { isTableLayout, type TableLayout } from "../../messages.ts";
import type { Host } from "../host.ts";
import type { Cell } from "./grid-keys.ts";
import { readSelection, type Selection } from "./row-ranges.ts";

/** Where a table stood when the view was hidden or the window was loaded anew. */
export interface KeptPlace {
	/** How far the rows were scrolled, in pixels. */
	readonly place: number;
	/** How far the columns were, in pixels. */
	readonly left: number;
	readonly selection: Selection;
	readonly cell: Cell;
}

/** Remembers place and columns of one table. */
export interface TableMemory {
	readonly place: KeptPlace;
	readonly layout: TableLayout | null;
	/** Keeps the place, once nothing has changed for a moment. */
	keepPlace(place: () => KeptPlace): void;
	/** Keeps the columns for this view at once, and for views to come once nothing has changed for a moment. */
	keepLayout(layout: TableLayout): void;
}

/** Milliseconds without a change. */
const QUIET_MS = 250;

/** The memory of a table, by its name. */
export function createTableMemory(host: Host, name: string): TableMemory {
	const placeKey = `place ${name}`;
	const layoutKey = `columns ${name}`;
	let placeTimer: ReturnType<typeof setTimeout> | undefined;
	let layoutTimer: ReturnType<typeof setTimeout> | undefined;
	return {
		place: readPlace(host.kept[placeKey]),
		layout: readLayout(host.kept[layoutKey]) ?? readLayout(sharedLayouts()[name]),
		keepPlace(place) {
			clearTimeout(placeTimer);
			placeTimer = setTimeout(() => host.keep({ [placeKey]: place() }), QUIET_MS);
		},
		keepLayout(layout) {
			host.keep({ [layoutKey]: layout });
			clearTimeout(layoutTimer);
			layoutTimer = setTimeout(() => {
				host.ask("layout", { table: name, layout }).catch((error: unknown) => {
					host.send({ type: "fault", text: `The columns of ${name} were not remembered: ${String(error)}` });
				});
			}, QUIET_MS);
		},
	};
}

/** What the extension remembered of all tables; it puts it into the document. */
function sharedLayouts(): Readonly<Record<string, unknown>> {
	try {
		const value: unknown = JSON.parse(document.body.dataset["layouts"] ?? "{}");
		return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
	} catch {
		return {};
	}
}

function readLayout(kept: unknown): TableLayout | null {
	return isTableLayout(kept) ? kept : null;
}

function readPlace(kept: unknown): KeptPlace {
	const { place, left, selection, cell } = (typeof kept === "object" && kept !== null ? kept : {}) as Readonly<Record<string, unknown>>;
	const { row, column } = (typeof cell === "object" && cell !== null ? cell : {}) as Readonly<Record<string, unknown>>;
	return {
		place: readNumber(place),
		left: readNumber(left),
		selection: readSelection(selection),
		cell: { row: readNumber(row), column: readNumber(column) },
	};
}

function readNumber(kept: unknown): number {
	return typeof kept === "number" && Number.isFinite(kept) && kept >= 0 ? kept : 0;
}
