import { render } from "lit";
import { arrange, moveColumn, putColumn, resizeColumn, toLayout, tracksOf, WIDTH_STEP, widthOf } from "./column-layout.ts";
import { createColumnsMenu } from "./columns-menu.ts";
import { copyRows } from "./copy-rows.ts";
import { cellId, drawHead, drawRows } from "./draw-table.ts";
import { actionOf, type Cell, type GridAction } from "./grid-keys.ts";
import { followHeaderPointer } from "./header-pointer.ts";
import { createPageCache, type RowState } from "./page-cache.ts";
import { createPopupMenu } from "./popup-menu.ts";
import { extendTo, followRows, NOTHING_SELECTED, selectAll, selectOnly, toggleRow, within } from "./row-ranges.ts";
import { createRowScroller } from "./row-scroller.ts";
import { createSelectionStatus } from "./selection-status.ts";
import { createSkeleton } from "./skeleton.ts";
import { createTableMemory } from "./table-memory.ts";
import type { DataColumn, DataTable, DataTableOptions, RowCommand, TableSort } from "./table-options.ts";

/** Rows of one page. */
const PAGE_ROWS = 200;
const MAX_PAGES = 50;
const ROW_HEIGHT = 24;
/** Milliseconds that a place stays in sight before it is fetched: dragging the scroll bar passes many. */
const SETTLE_MS = 50;

/** Makes an empty table. */
export function createDataTable<Row>(options: DataTableOptions<Row>): DataTable<Row> {
	const { host, l10n, name } = options;
	const memory = createTableMemory(host, name);
	const { root, grid, head, space, rows: body, empty } = createSkeleton(name, options.label);
	const pages = createPageCache<Row>({ pageRows: PAGE_ROWS, maxPages: MAX_PAGES, changed: rowsArrived });
	const status = createSelectionStatus({ l10n, ...pick(options) });
	const menu = createPopupMenu(l10n.t("Row"));
	const scroller = createRowScroller(grid, head, space, options.rowHeight ?? ROW_HEIGHT, memory.place, draw);
	const columnsMenu = createColumnsMenu({
		l10n,
		name,
		columns: () => columns,
		places: () => places,
		widthOf: drawnWidth,
		changed: setPlaces,
	});
	root.append(status.element, menu.element, columnsMenu.element);

	let columns = options.columns;
	let layout = memory.layout;
	let places = arrange(columns, layout);
	let shown = shownColumns();
	let sort: TableSort | null = null;
	let local: readonly Row[] | null = null;
	let selection = memory.place.selection;
	let cell: Cell = memory.place.cell;
	let reported = "";
	let marked = false;
	let timer: ReturnType<typeof setTimeout> | undefined;

	const total = () => (local === null ? (pages.total ?? 0) : local.length);
	const stateOf = (index: number): RowState<Row> => {
		const row = local?.[index];
		return local === null ? pages.stateOf(index) : row === undefined ? { kind: "coming" } : { kind: "ready", row };
	};

	function shownColumns(): readonly DataColumn<Row>[] {
		const byId = new Map(columns.map((column) => [column.id, column]));
		return places.filter(({ hidden }) => !hidden).flatMap(({ id }) => byId.get(id) ?? []);
	}

	function setPlaces(next: typeof places, keep = true): void {
		places = next;
		shown = shownColumns();
		cell = { ...cell, column: Math.min(cell.column, shown.length - 1) };
		if (keep) {
			layout = toLayout(places, layout);
			memory.keepLayout(layout);
		}
		drawColumns();
		columnsMenu.update();
	}

	function drawColumns(): void {
		root.style.setProperty("--tracks", tracksOf(columns, places));
		root.style.setProperty("--least-width", `${widthOf(columns, places)}px`);
		grid.setAttribute("aria-colcount", String(shown.length));
		render(drawHead(name, shown, sort, cell, l10n), head);
		draw();
	}

	function draw(): void {
		const isUnknown = local === null && pages.total === null;
		const { first, end } = scroller.rows(isUnknown ? null : total());
		render(
			drawRows({
				name,
				columns: shown,
				first,
				end: isUnknown ? first : end,
				stateOf,
				selected: selection.ranges,
				cell,
				rowClass: (row) => options.rowClass?.(row) ?? "",
				l10n,
			}),
			body,
		);
		scroller.place(first);
		grid.setAttribute("aria-rowcount", String(total() + 1));
		grid.setAttribute("aria-busy", String(local === null && !pages.isFresh));
		const isDrawn = cell.row < 0 || (cell.row >= first && cell.row < end);
		if (isDrawn && shown.length > 0) grid.setAttribute("aria-activedescendant", cellId(name, cell));
		else grid.removeAttribute("aria-activedescendant");
		empty.hidden = isUnknown || total() > 0;
		if (!empty.hidden) render(options.emptyText(), empty);
		status.update(total(), selection.ranges);
		memory.keepPlace(() => ({ ...scroller.kept(), selection, cell }));
		want(first, end);
		report(first, end);
	}

	function want(first: number, end: number): void {
		if (local !== null) return;
		clearTimeout(timer);
		// What is wanted first is fetched at once.
		if (!pages.isFresh) pages.want(first, end);
		else timer = setTimeout(() => pages.want(first, end), SETTLE_MS);
	}

	function report(first: number, end: number): void {
		let ready = 0;
		for (let index = first; index < end; index++) if (stateOf(index).kind === "ready") ready++;
		if (local === null && !pages.isFresh) return;
		if (!marked && (ready > 0 || total() === 0)) {
			performance.mark("usage-report:first-rows", { detail: name });
			marked = true;
		}
		const text = `${ready}/${total()}`;
		if (text !== reported) options.drawn?.(ready, total());
		reported = text;
	}

	function rowsArrived(): void {
		const isFirst = pages.isFresh && !marked;
		const count = total();
		if (pages.isFresh && cell.row >= count) cell = { ...cell, row: Math.max(0, count - 1) };
		if (pages.isFresh) selection = within(selection, count);
		if (isFirst) status.renew();
		draw();
	}

	function drawnWidth(id: string): number {
		return head.querySelector(`[data-column="${CSS.escape(id)}"]`)?.getBoundingClientRect().width ?? 100;
	}

	function sortBy(id: string): void {
		const column = columns.find((one) => one.id === id);
		if (column?.sort === undefined || options.sorted === undefined) return;
		const descending = sort?.column === id ? !sort.descending : column.sort === "descending";
		options.sorted({ column: id, descending });
	}

	function goTo(next: Cell): void {
		cell = next;
		if (cell.row >= 0) scroller.reveal(cell.row);
		render(drawHead(name, shown, sort, cell, l10n), head);
		draw();
		scroller.revealColumn(cell.row < 0 ? head.querySelector(".at-cell") : body.querySelector(".at-cell"));
		const state = cell.row < 0 ? null : stateOf(cell.row);
		if (state?.kind === "ready") options.focused?.(state.row);
	}

	function select(next: typeof selection): void {
		selection = next;
		draw();
	}

	function activate(at: Cell): void {
		const column = shown[at.column];
		if (at.row < 0) {
			if (column !== undefined) sortBy(column.id);
			return;
		}
		const state = stateOf(at.row);
		if (state.kind === "failed") pages.retry(at.row);
		if (state.kind !== "ready") return;
		const action = column?.activate?.(state.row) ?? null;
		if (action !== null) action();
		else options.open?.(state.row);
	}

	function copy(): void {
		const ranges = selection.ranges.length > 0 ? selection.ranges : cell.row >= 0 && total() > 0 ? selectOnly(cell.row).ranges : [];
		if (ranges.length === 0) return;
		status.say(l10n.t("Copying …"));
		void copyRows(options, local, shown, ranges).then(status.say);
	}

	function openMenu(x: number, y: number): void {
		const state = cell.row < 0 ? null : stateOf(cell.row);
		const ofRow = state?.kind === "ready" ? (options.commands?.(state.row) ?? []) : [];
		const own: readonly RowCommand[] = [
			{ label: l10n.t("Copy Rows"), run: copy },
			{ label: l10n.t("Select All"), run: () => select(selectAll(total())) },
			{ label: l10n.t("Columns …"), run: () => columnsMenu.button.click() },
		];
		menu.open(x, y, [...ofRow, ...own], () => grid.focus({ preventScroll: true }));
	}

	function carryOut(action: GridAction): void {
		if (action.kind === "move") {
			if (action.extend) selection = extendTo(selection.ranges.length === 0 ? selectOnly(cell.row) : selection, action.to.row, false);
			goTo(action.to);
		} else if (action.kind === "select") selectAtCell(action.how);
		else if (action.kind === "selectAll") select(selectAll(total()));
		else if (action.kind === "selectNone") select(NOTHING_SELECTED);
		else if (action.kind === "copy") copy();
		else if (action.kind === "activate") activate(cell);
		else if (action.kind === "menu") {
			const { left, bottom } = (document.getElementById(cellId(name, cell)) ?? grid).getBoundingClientRect();
			openMenu(left, bottom);
		} else if (action.kind === "moveColumn" || action.kind === "resizeColumn") changeColumn(action.kind, action.by);
	}

	function selectAtCell(how: "only" | "toggle" | "extend"): void {
		if (cell.row < 0 || total() === 0) return;
		if (how === "only") select(selectOnly(cell.row));
		else select(how === "toggle" ? toggleRow(selection, cell.row) : extendTo(selection, cell.row, false));
	}

	/** Moves the column that has the focus, or changes its width. */
	function changeColumn(kind: "moveColumn" | "resizeColumn", by: number): void {
		const column = shown[cell.column];
		if (column === undefined) return;
		if (kind === "resizeColumn") {
			setPlaces(resizeColumn(places, column.id, drawnWidth(column.id) + by * WIDTH_STEP, column.minWidth));
			return;
		}
		setPlaces(moveColumn(places, column.id, by));
		goTo({ row: -1, column: shown.indexOf(column) });
	}

	grid.addEventListener("keydown", (event) => {
		const action = actionOf(event, cell, { rows: total(), columns: shown.length, page: scroller.pageRows() });
		if (action === null) return;
		event.preventDefault();
		carryOut(action);
	});
	body.addEventListener("click", (event) => {
		const at = cellAt(event.target);
		if (at === null) return;
		const { row } = at;
		const clicked = event.target as Element;
		selection = event.shiftKey
			? extendTo(selection, row, event.ctrlKey || event.metaKey)
			: event.ctrlKey || event.metaKey
				? toggleRow(selection, row)
				: selectOnly(row);
		goTo(at);
		const isPlain = !event.shiftKey && !event.ctrlKey && !event.metaKey;
		if (isPlain && clicked.closest(".active-cell, [data-retry]") !== null) activate(at);
	});
	body.addEventListener("dblclick", (event) => {
		const at = cellAt(event.target);
		if (at !== null && (event.target as Element).closest(".active-cell") === null) activate(at);
	});
	grid.addEventListener("contextmenu", (event) => {
		event.preventDefault();
		const at = cellAt(event.target);
		if (at !== null) {
			if (!selection.ranges.some(([first, last]) => at.row >= first && at.row <= last)) selection = selectOnly(at.row);
			goTo(at);
		}
		openMenu(event.clientX, event.clientY);
	});
	followHeaderPointer(head, {
		widthOf: drawnWidth,
		resize: (id, width, ended) => setPlaces(resizeColumn(places, id, width, columns.find((one) => one.id === id)?.minWidth), ended),
		put: (id, beside, behind) => setPlaces(putColumn(places, id, beside, behind)),
		sort: sortBy,
	});
	root.style.setProperty("--row-height", `${options.rowHeight ?? ROW_HEIGHT}px`);
	drawColumns();

	return {
		element: root,
		columnsButton: columnsMenu.button,
		setRows(rows, newSort) {
			const isSorted = JSON.stringify(newSort) !== JSON.stringify(sort) && sort !== null;
			const placeOf = local === null || options.rowKey === undefined ? null : placesIn(local, rows, options.rowKey);
			local = rows;
			sort = newSort;
			marked = false;
			if (placeOf !== null) selection = followRows(selection, placeOf);
			else selection = isSorted ? NOTHING_SELECTED : within(selection, rows.length);
			const row = cell.row < 0 ? cell.row : (placeOf?.(cell.row) ?? cell.row);
			cell = { ...cell, row: Math.min(row, Math.max(0, rows.length - 1)) };
			drawColumns();
		},
		setPages(load, newSort, keepPlace) {
			local = null;
			sort = newSort;
			marked = false;
			if (!keepPlace) {
				selection = NOTHING_SELECTED;
				cell = { ...cell, row: Math.min(cell.row, 0) };
				scroller.goToTop();
			}
			pages.restart(load, keepPlace);
			drawColumns();
		},
		setColumns(next) {
			columns = next;
			setPlaces(arrange(columns, layout), false);
		},
		redraw: drawColumns,
		focus: () => grid.focus(),
	};
}

function cellAt(target: EventTarget | null): Cell | null {
	const element = target as Element | null;
	const row = element?.closest<HTMLElement>("[data-row]")?.dataset["row"];
	if (row === undefined) return null;
	return { row: Number(row), column: Number(element?.closest<HTMLElement>("[data-place]")?.dataset["place"] ?? 0) };
}

/** Where a row of some has its place among others; null where it has none. */
function placesIn<Row>(before: readonly Row[], now: readonly Row[], keyOf: (row: Row) => string): (row: number) => number | null {
	const places = new Map(now.map((row, place) => [keyOf(row), place]));
	return (row) => {
		const former = before[row];
		return former === undefined ? null : (places.get(keyOf(former)) ?? null);
	};
}

/** The options of the status bar that are there. */
function pick<Row>({ describeTotal, describeSelection }: DataTableOptions<Row>) {
	return { ...(describeTotal === undefined ? {} : { describeTotal }), ...(describeSelection === undefined ? {} : { describeSelection }) };
}
