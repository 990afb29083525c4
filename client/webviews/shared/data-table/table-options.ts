import type { TemplateResult } from "lit";
import type { Host } from "../host.ts";
import type { Localize } from "../localize.ts";
import type { RowRange } from "./row-ranges.ts";

/** One column of a data table. */
export interface DataColumn<Row> {
	/** The same for ever: layouts, orders and copies name columns by it. */
	readonly id: string;
	readonly header: string;
	/** What the header means, for its tooltip; absent where the header says it. */
	readonly explanation?: string;
	/** Share of the width that is left over, as long as nobody has set a width. */
	readonly weight: number;
	/** Smallest width in pixels; 60 when it is absent. */
	readonly minWidth?: number;
	/** Numbers stand at the end of their cell. */
	readonly numeric?: boolean;
	/** Names the row to a screen reader; one column at most. */
	readonly isRowHeader?: boolean;
	/** Hidden until somebody shows it. */
	readonly hidden?: boolean;
	/** The cell as text: its tooltip, and what a local table copies. Texts of data belong here, never markup. */
	text(row: Row): string;
	/** What the cell shows instead of its text, such as a swatch beside it or a sparkline. */
	cell?(row: Row): TemplateResult | string;
	/** What a click or Enter on the cell does, instead of what it does on the row. Null for a row where it does nothing. */
	activate?(row: Row): (() => void) | null;
	/** Absent: rows cannot be sorted by it. The value is the direction of the first click. */
	readonly sort?: "ascending" | "descending";
}

/** By which column, and which way. */
export interface TableSort {
	readonly column: string;
	readonly descending: boolean;
}

/** Rows of a table that come page by page. */
export interface RowPage<Row> {
	/** First row, from 0. */
	readonly offset: number;
	/** All rows that there are. */
	readonly total: number;
	readonly rows: readonly Row[];
}

/** Fetches `limit` rows; rejects with an `Error` whose message is for the person. */
export type LoadPage<Row> = (offset: number, limit: number, signal: AbortSignal) => Promise<RowPage<Row>>;

/** An entry of the menu of a row. */
export interface RowCommand {
	readonly label: string;
	run(): void;
}

/** What a data table is made of. */
export interface DataTableOptions<Row> {
	readonly host: Host;
	readonly l10n: Localize;
	/** Names the table in what is remembered and in the ids of its cells: letters and hyphens. */
	readonly name: string;
	/** Says what the table lists. */
	readonly label: string;
	readonly columns: readonly DataColumn<Row>[];
	/** Stands in place of the rows when there are none. */
	emptyText(): string | TemplateResult;
	/** Height of a row in pixels; 24 when it is absent. */
	readonly rowHeight?: number;
	/** Class of a row, such as one for its colour; texts say the same. */
	rowClass?(row: Row): string;
	/** Names a row that is at hand, so that selection and focus follow it when rows are set anew. Absent: they keep their place. */
	rowKey?(row: Row): string;
	/** Told when somebody sorts by a column; the rows must then be set anew. Absent: nothing can be sorted. */
	sorted?(sort: TableSort): void;
	/** What Enter or a double click on a row does. */
	open?(row: Row): void;
	/** Told which row has the focus, once it has moved. */
	focused?(row: Row): void;
	/** Entries of a row's menu, above those for copying. */
	commands?(row: Row): readonly RowCommand[];
	/** Totals of the selected rows in words, for the status bar. Absent: only their number is shown. */
	describeSelection?(ranges: readonly RowRange[], signal: AbortSignal): Promise<string | TemplateResult>;
	/** Puts rows on the clipboard and answers how many. Absent: a local table gives its texts itself. */
	copy?(ranges: readonly RowRange[], columns: readonly string[], headers: readonly string[]): Promise<number>;
	/** Told when the number of drawn rows that are at hand, or of all rows, has changed. */
	drawn?(rows: number, total: number): void;
	/** What the status bar says at its beginning. Absent: how many rows there are. */
	describeTotal?(total: number): string;
}

/** A table of any length that holds only the rows near those in sight, as a grid for keyboards and screen readers. */
export interface DataTable<Row> {
	/** Table, with its status bar. It takes the height that is left over in a column of flexible boxes. */
	readonly element: HTMLElement;
	/** Opens the menu of columns; for tool bars. */
	readonly columnsButton: HTMLElement;
	/** Shows rows that are at hand. Place and selection stay where that is possible. */
	setRows(rows: readonly Row[], sort: TableSort | null): void;
	/**
	 * Fetches rows as they come into sight. Rows that were shown stay until the new ones are there.
	 * @param keepPlace whether these are the same rows as before, perhaps changed: then place and selection stay.
	 */
	setPages(load: LoadPage<Row>, sort: TableSort | null, keepPlace: boolean): void;
	/** Shows other columns; those of the same id keep their place and width. */
	setColumns(columns: readonly DataColumn<Row>[]): void;
	/** Draws the rows in sight anew, for cells that depend on something else than their row. */
	redraw(): void;
	/** Gives the table the keyboard. */
	focus(): void;
}
