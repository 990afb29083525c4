/** A cell of the grid: row −1 is that of the headers. */
export interface Cell {
	readonly row: number;
	/** Place among the shown columns. */
	readonly column: number;
}

/** What a key asks of a grid. */
export type GridAction =
	/** Goes to a cell; `extend` selects all rows up to it. */
	| { readonly kind: "move"; readonly to: Cell; readonly extend: boolean }
	| { readonly kind: "select"; readonly how: "only" | "toggle" | "extend" }
	| { readonly kind: "selectAll" | "selectNone" | "copy" | "activate" | "menu" }
	/** The column of the header that has the focus: moves it by so many places. */
	| { readonly kind: "moveColumn"; readonly by: number }
	/** The same: makes it wider or narrower by so many steps. */
	| { readonly kind: "resizeColumn"; readonly by: number };

/** The parts of a keyboard event that count. */
export interface Key {
	readonly key: string;
	readonly ctrlKey: boolean;
	readonly metaKey: boolean;
	readonly shiftKey: boolean;
	readonly altKey: boolean;
}

/** Size of a grid; `page` is how many rows stand in sight. */
export interface GridSize {
	readonly rows: number;
	readonly columns: number;
	readonly page: number;
}

/** What a key does at a cell; null for a key that is none of the grid's. */
export function actionOf(pressed: Key, at: Cell, size: GridSize): GridAction | null {
	const control = pressed.ctrlKey || pressed.metaKey;
	if (pressed.altKey) return pressed.metaKey || pressed.ctrlKey ? null : columnAction(pressed, at);
	if (pressed.key === "ContextMenu" || (pressed.key === "F10" && pressed.shiftKey)) return { kind: "menu" };
	const to = destination(pressed.key, control, at, size);
	if (to !== null) return { kind: "move", to, extend: pressed.shiftKey && to.row !== at.row && to.row >= 0 && at.row >= 0 };
	if (pressed.key === "Enter") return control ? null : { kind: "activate" };
	if (at.row < 0 && pressed.key === " ") return { kind: "activate" };
	if (pressed.key === " ") return { kind: "select", how: pressed.shiftKey ? "extend" : control ? "toggle" : "only" };
	if (control && pressed.key.toLowerCase() === "a") return { kind: pressed.shiftKey ? "selectNone" : "selectAll" };
	if (control && pressed.key.toLowerCase() === "c" && !pressed.shiftKey) return { kind: "copy" };
	return null;
}

/** On a header, Alt and an arrow move the column, with Shift they change its width. */
function columnAction({ key, shiftKey }: Key, at: Cell): GridAction | null {
	if (at.row >= 0 || (key !== "ArrowLeft" && key !== "ArrowRight")) return null;
	return { kind: shiftKey ? "resizeColumn" : "moveColumn", by: key === "ArrowLeft" ? -1 : 1 };
}

function destination(key: string, control: boolean, { row, column }: Cell, { rows, columns, page }: GridSize): Cell | null {
	const at = (newRow: number, newColumn: number): Cell => ({
		row: Math.min(Math.max(newRow, -1), rows - 1),
		column: Math.min(Math.max(newColumn, 0), columns - 1),
	});
	switch (key) {
		case "ArrowUp":
			return at(control ? 0 : row - 1, column);
		case "ArrowDown":
			return at(control ? rows - 1 : row + 1, column);
		case "ArrowLeft":
			return at(row, control ? 0 : column - 1);
		case "ArrowRight":
			return at(row, control ? columns - 1 : column + 1);
		case "PageUp":
			return at(Math.max(0, row - page), column);
		case "PageDown":
			return at(row + page, column);
		case "Home":
			return control ? at(0, 0) : at(row, 0);
		case "End":
			return control ? at(rows - 1, columns - 1) : at(row, columns - 1);
		default:
			return null;
	}
}
