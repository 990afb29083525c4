import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Localize } from "../localize.ts";
import type { Cell } from "./grid-keys.ts";
import type { RowState } from "./page-cache.ts";
import { isSelected, type RowRange } from "./row-ranges.ts";
import type { DataColumn, TableSort } from "./table-options.ts";

/** What the rows in the document show. */
export interface DrawnRows<Row> {
	/** Prefix of ids. */
	readonly name: string;
	/** Those that are shown, from left to right. */
	readonly columns: readonly DataColumn<Row>[];
	readonly first: number;
	readonly end: number;
	stateOf(index: number): RowState<Row>;
	readonly selected: readonly RowRange[];
	readonly cell: Cell;
	rowClass(row: Row): string;
	readonly l10n: Localize;
}

/** Id of a cell; of a header where the row is −1. */
export function cellId(name: string, { row, column }: Cell): string {
	return row < 0 ? `${name}-head-${column}` : `${name}-cell-${row}-${column}`;
}

/** The row of headers. */
export function drawHead<Row>(
	name: string,
	columns: readonly DataColumn<Row>[],
	sort: TableSort | null,
	cell: Cell,
	l10n: Localize,
): TemplateResult {
	return html`<div role="row" class="row" aria-rowindex="1">
		${columns.map((column, index) => {
			const direction = sort?.column !== column.id ? null : sort.descending ? "descending" : "ascending";
			const arrow = direction === null ? "" : direction === "ascending" ? "▲" : "▼";
			const classes = [
				"cell",
				column.numeric === true ? "numeric" : "",
				column.sort === undefined ? "" : "sortable",
				isAt(cell, -1, index),
			];
			const title = column.explanation ?? (column.sort === undefined ? column.header : l10n.t("{0}: click to sort", column.header));
			return html`<div
				role="columnheader"
				id=${cellId(name, { row: -1, column: index })}
				class=${classes.join(" ")}
				aria-colindex=${index + 1}
				aria-sort=${direction ?? nothing}
				data-column=${column.id}
				title=${title}
			>
				<span class="header-text" dir="auto">${column.header}</span><span class="arrow" aria-hidden="true">${arrow}</span>
				<span class="resize" data-resize=${column.id} aria-hidden="true"></span>
			</div>`;
		})}
	</div>`;
}

/** The rows near those in sight. */
export function drawRows<Row>(drawn: DrawnRows<Row>): TemplateResult {
	const indexes = Array.from({ length: Math.max(0, drawn.end - drawn.first) }, (_, index) => drawn.first + index);
	return html`${repeat(
		indexes,
		(index) => index,
		(index) => {
			const state = drawn.stateOf(index);
			if (state.kind === "ready") return drawRow(drawn, index, state.row);
			return state.kind === "coming" ? drawComing(drawn, index) : drawFailed(drawn, index, state.message);
		},
	)}`;
}

function drawRow<Row>(drawn: DrawnRows<Row>, index: number, row: Row): TemplateResult {
	const { name, columns, cell } = drawn;
	return html`<div
		role="row"
		class="row ${rowState(drawn, index)} ${drawn.rowClass(row)}"
		aria-rowindex=${index + 2}
		aria-selected=${isSelected(drawn.selected, index)}
		data-row=${index}
	>
		${columns.map((column, place) => {
			const text = column.text(row);
			const active = column.activate?.(row) ?? null;
			const classes = ["cell", column.numeric === true ? "numeric" : "", active === null ? "" : "active-cell", isAt(cell, index, place)];
			return html`<div
				role=${column.isRowHeader === true ? "rowheader" : "gridcell"}
				id=${cellId(name, { row: index, column: place })}
				class=${classes.join(" ")}
				aria-colindex=${place + 1}
				data-place=${place}
				dir=${column.numeric === true ? "ltr" : "auto"}
				title=${text}
			>${column.cell?.(row) ?? text}</div>`;
		})}
	</div>`;
}

/** A row that is on its way. */
function drawComing<Row>(drawn: DrawnRows<Row>, index: number): TemplateResult {
	const { name, columns, cell, l10n } = drawn;
	return html`<div
		role="row"
		class="row coming ${rowState(drawn, index)}"
		aria-rowindex=${index + 2}
		aria-selected=${isSelected(drawn.selected, index)}
		data-row=${index}
	>
		${columns.map(
			(_, place) => html`<div
				role="gridcell"
				id=${cellId(name, { row: index, column: place })}
				class="cell ${isAt(cell, index, place)}"
				aria-colindex=${place + 1}
				aria-label=${l10n.t("Loading …")}
				data-place=${place}
			>…</div>`,
		)}
	</div>`;
}

/** A row that could not be had: it says why, and clicking it tries again. */
function drawFailed<Row>(drawn: DrawnRows<Row>, index: number, message: string): TemplateResult {
	const { name, columns, cell, l10n } = drawn;
	const text = l10n.t("This row could not be read: {0} Click here or press Enter to try again.", message);
	return html`<div role="row" class="row failed ${rowState(drawn, index)}" aria-rowindex=${index + 2} data-row=${index}>
		<div
			role="gridcell"
			id=${cellId(name, { row: index, column: cell.row === index ? cell.column : 0 })}
			class="cell ${isAt(cell, index, cell.column)}"
			aria-colspan=${columns.length}
			data-place="0"
			data-retry
			dir="auto"
			title=${text}
		>${text}</div>
	</div>`;
}

function rowState<Row>({ selected, cell }: DrawnRows<Row>, index: number): string {
	return `${isSelected(selected, index) ? "selected" : ""} ${cell.row === index ? "at-row" : ""}`;
}

function isAt(cell: Cell, row: number, column: number): string {
	return cell.row === row && cell.column === column ? "at-cell" : "";
}
