import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { actionOf, type Cell, type GridAction } from "../../client/webviews/shared/data-table/grid-keys.ts";

const size = { rows: 1_000, columns: 5, page: 20 };
const at: Cell = { row: 100, column: 2 };
const head: Cell = { row: -1, column: 2 };

/** `Ctrl+Shift+Home` as a keyboard tells it. */
function press(keys: string): Parameters<typeof actionOf>[0] {
	const parts = keys.split("+");
	const key = parts.at(-1)!;
	return {
		key: key === "Space" ? " " : key,
		ctrlKey: parts.includes("Ctrl"),
		metaKey: parts.includes("Meta"),
		shiftKey: parts.includes("Shift"),
		altKey: parts.includes("Alt"),
	};
}

const move = (row: number, column: number, extend = false): GridAction => ({ kind: "move", to: { row, column }, extend });

describe("keys of a grid", () => {
	for (const { keys, from = at, does } of [
		{ keys: "ArrowDown", does: move(101, 2) },
		{ keys: "ArrowUp", from: { row: 0, column: 2 }, does: move(-1, 2) },
		{ keys: "ArrowUp", from: head, does: move(-1, 2) },
		{ keys: "ArrowDown", from: { row: 999, column: 0 }, does: move(999, 0) },
		{ keys: "ArrowLeft", from: { row: 7, column: 0 }, does: move(7, 0) },
		{ keys: "PageDown", does: move(120, 2) },
		{ keys: "PageUp", from: { row: 5, column: 2 }, does: move(0, 2) },
		{ keys: "Home", does: move(100, 0) },
		{ keys: "End", does: move(100, 4) },
		{ keys: "Ctrl+Home", does: move(0, 0) },
		{ keys: "Ctrl+End", does: move(999, 4) },
		{ keys: "Shift+ArrowDown", does: move(101, 2, true) },
		{ keys: "Ctrl+Shift+End", does: move(999, 4, true) },
		{ keys: "Shift+ArrowRight", does: move(100, 3) },
		{ keys: "Space", does: { kind: "select", how: "only" } },
		{ keys: "Ctrl+Space", does: { kind: "select", how: "toggle" } },
		{ keys: "Shift+Space", does: { kind: "select", how: "extend" } },
		{ keys: "Ctrl+a", does: { kind: "selectAll" } },
		{ keys: "Meta+C", does: { kind: "copy" } },
		{ keys: "Enter", does: { kind: "activate" } },
		{ keys: "Space", from: head, does: { kind: "activate" } },
		{ keys: "Shift+F10", does: { kind: "menu" } },
		{ keys: "Alt+ArrowRight", from: head, does: { kind: "moveColumn", by: 1 } },
		{ keys: "Alt+Shift+ArrowLeft", from: head, does: { kind: "resizeColumn", by: -1 } },
		{ keys: "Alt+ArrowRight", does: null },
		{ keys: "Tab", does: null },
		{ keys: "Escape", does: null },
		{ keys: "c", does: null },
	] as readonly { readonly keys: string; readonly from?: Cell; readonly does: GridAction | null }[])
		it(`${keys} at row ${from.row}, column ${from.column}`, () => assert.deepEqual(actionOf(press(keys), from, size), does));

	it("stays on the header of a table without rows", () => {
		assert.deepEqual(actionOf(press("ArrowDown"), head, { ...size, rows: 0 }), move(-1, 2));
		assert.deepEqual(actionOf(press("Ctrl+Home"), head, { ...size, rows: 0 }), move(-1, 0));
	});
});
