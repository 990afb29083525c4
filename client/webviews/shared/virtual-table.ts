import { element } from "./dom.ts";

/** One column of a virtual table. */
export interface Column<Row> {
	readonly header: string;
	/** Numbers stand at the end of their cell. */
	readonly numeric?: boolean;
	/** Share of the width, relative to the other columns. */
	readonly weight: number;
	/** What the cell shows; text is cut off when it is too long, and then shown in full on hover. */
	content(row: Row): Node | string;
	/** Sorts the rows by this column; without it, the header is plain text. */
	readonly sort?: { readonly direction: "ascending" | "descending" | null; toggle(): void };
}

interface VirtualTableOptions<Row> {
	/** Says what the table lists. */
	readonly label: string;
	/** Stands in place of the rows when there are none. */
	readonly emptyText: string;
	columns(): readonly Column<Row>[];
	/** The row, or null when it is not at hand yet. */
	rowAt(index: number): Row | null;
	/** Told at every drawing which rows are wanted, also those at hand. */
	need?(first: number, count: number): void;
	/** Called when the number of drawn rows at hand, or of all rows, has changed. */
	drawn?(rows: number, total: number): void;
	/** Called after scrolling, with the first row in sight. */
	scrolled?(first: number): void;
}

/** A table of any length that holds only the rows near those in sight. */
export interface VirtualTable {
	readonly element: HTMLElement;
	/** Draws the header and the rows anew; the place stays as long as there are enough rows. */
	update(total: number): void;
	/** Draws the rows anew after some have arrived. */
	refresh(): void;
	scrollTo(first: number): void;
}

const ROW_HEIGHT = 24;
/** Rows that are drawn beyond those in sight, on each side. */
const MARGIN = 12;
/** Rows that are drawn while the table is hidden and has no height. */
const HIDDEN_ROWS = 30;
/** Browsers cannot lay out taller elements; beyond it, one step of the scroll bar passes several rows. */
const MAX_HEIGHT = 8_000_000;

/** Makes an empty table in a scrolling region that can be focused and scrolled by keyboard. */
export function createVirtualTable<Row>(options: VirtualTableOptions<Row>): VirtualTable {
	const columnGroup = element("colgroup");
	const head = element("thead");
	const body = element("tbody");
	const table = element("table", { class: "grid", attributes: { "aria-label": options.label } }, columnGroup, head, body);
	const region = element("div", { class: "region", attributes: { role: "region", "aria-label": options.label, tabindex: "0" } }, table);
	let total = 0;
	let frame = 0;
	let reported = "";
	// A place to scroll to as soon as the table is laid out; null when there is none to go to.
	let wanted: number | null = null;

	const rowsInSight = () => Math.ceil(region.clientHeight / ROW_HEIGHT) || HIDDEN_ROWS;
	const height = () => Math.min(total * ROW_HEIGHT, MAX_HEIGHT);
	/** Pixels per row on the scroll bar; below the row height only for tables beyond the height limit. */
	const step = () => (total === 0 ? ROW_HEIGHT : height() / total);
	const firstInSight = () => Math.min(Math.max(0, Math.floor(region.scrollTop / step())), Math.max(0, total - 1));

	function drawHead(): void {
		const columns = options.columns();
		const weights = columns.reduce((sum, column) => sum + column.weight, 0);
		columnGroup.replaceChildren(
			...columns.map((column) => {
				const col = element("col");
				col.style.width = `${(column.weight / weights) * 100}%`;
				return col;
			}),
		);
		const focused = [...head.querySelectorAll("button")].indexOf(document.activeElement as HTMLButtonElement);
		head.replaceChildren(element("tr", { attributes: { "aria-rowindex": "1" } }, ...columns.map(headerCell)));
		if (focused >= 0) head.querySelectorAll("button")[focused]?.focus();
		table.setAttribute("aria-rowcount", String(total + 1));
	}

	function drawRows(): void {
		const columns = options.columns();
		const sight = rowsInSight();
		const first = Math.max(0, firstInSight() - MARGIN);
		const end = Math.min(total, first + sight + 2 * MARGIN);
		const rows: HTMLTableRowElement[] = [];
		let missing = 0;
		for (let index = first; index < end; index++) {
			const row = options.rowAt(index);
			if (row === null) missing++;
			const cells = columns.map((column) => (row === null ? element("td", { class: "pending" }, "…") : bodyCell(column, row)));
			rows.push(element("tr", { class: index % 2 === 1 ? "odd" : "even", attributes: { "aria-rowindex": String(index + 2) } }, ...cells));
		}
		const above = Math.min(first * step(), Math.max(0, height() - (end - first) * ROW_HEIGHT));
		const below = Math.max(0, height() - above - (end - first) * ROW_HEIGHT);
		const empty =
			total === 0
				? element("tr", {}, element("td", { class: "empty", attributes: { colspan: String(columns.length) } }, options.emptyText))
				: null;
		body.replaceChildren(...spacer(above, columns.length), ...rows, ...(empty === null ? [] : [empty]), ...spacer(below, columns.length));
		if (end > first) options.need?.(first, end - first);
		const report = `${rows.length - missing}/${total}`;
		if (report !== reported) options.drawn?.(rows.length - missing, total);
		reported = report;
	}

	region.addEventListener("scroll", () => {
		if (frame !== 0) return;
		frame = requestAnimationFrame(() => {
			frame = 0;
			drawRows();
			options.scrolled?.(firstInSight());
		});
	});
	function goToWanted(): void {
		if (wanted === null || region.clientHeight === 0) return;
		region.scrollTop = wanted * step();
		wanted = null;
	}

	// Behind a tab that is not selected the table has no height, and cannot be scrolled.
	new ResizeObserver(() => {
		goToWanted();
		drawRows();
	}).observe(region);

	return {
		element: region,
		update(newTotal) {
			const before = region.scrollTop;
			total = newTotal;
			drawHead();
			drawRows();
			region.scrollTop = before;
		},
		refresh: drawRows,
		scrollTo(first) {
			wanted = first;
			goToWanted();
			drawRows();
		},
	};
}

function headerCell<Row>(column: Column<Row>): HTMLTableCellElement {
	const cell = element("th", {
		class: column.numeric === true ? "numeric" : "",
		attributes: { scope: "col", "aria-sort": column.sort?.direction ?? null },
	});
	if (column.sort === undefined) {
		cell.append(element("span", {}, column.header));
		return cell;
	}
	const arrow = column.sort.direction === null ? "" : column.sort.direction === "ascending" ? "▲" : "▼";
	cell.append(
		element(
			"button",
			{ attributes: { type: "button" }, onClick: column.sort.toggle },
			column.header,
			element("span", { class: "arrow", attributes: { "aria-hidden": "true" } }, arrow),
		),
	);
	return cell;
}

function bodyCell<Row>(column: Column<Row>, row: Row): HTMLTableCellElement {
	const content = column.content(row);
	const title = typeof content === "string" ? content : content.textContent;
	return element("td", { class: column.numeric === true ? "numeric" : "", attributes: { title } }, content);
}

/** A row that only takes up height, for the rows that are not drawn. */
function spacer(height: number, columns: number): readonly HTMLElement[] {
	if (height <= 0) return [];
	const cell = element("td", { attributes: { colspan: String(columns) } });
	cell.style.height = `${height}px`;
	return [element("tr", { class: "spacer", attributes: { "aria-hidden": "true" } }, cell)];
}
