import type { CellStyle } from "../cell-styles.ts";
import type { LongColumn } from "../long-sheet.ts";
import type { SharedTexts } from "./shared-texts.ts";

/**
 * The different cells of a column as the sheet's part has them, without their address: from the quote that ends it to the end
 * of the cell. Each is made when it is first asked for.
 */
export interface CellBytes {
	/** All cells made so far, each behind a byte that says how long it is. Another one after {@link CellBytes.add}. */
	view: DataView;
	/** By key, where the cell's length stands in `view`; 0, or beyond the end, for one that is not made yet. Another one after {@link CellBytes.add}. */
	starts: Uint32Array;
	/** Makes the cell of a key; answers its start. */
	add(key: number): number;
}

/**
 * No cell yet.
 * @param styleNumbers of every look of the column.
 */
export function createCellBytes(column: LongColumn, styleNumbers: ReadonlyMap<CellStyle, number>, texts: SharedTexts): CellBytes {
	// The first place is taken, so that 0 can stand for "not yet".
	let length = 1;
	let bytes = new Uint8Array(FIRST_BYTES);
	const cells: CellBytes = {
		view: new DataView(bytes.buffer),
		starts: new Uint32Array(FIRST_CELLS),
		add(key) {
			const { value, style } = column.cellOf(key);
			const styleNumber = styleNumbers.get(style);
			if (styleNumber === undefined) throw new Error(`The column "${column.header}" has a look that it does not name.`);
			const cell = `" s="${styleNumber}"${contentOf(value)}`;
			if (length + MAX_CELL_BYTES > bytes.length) {
				bytes = copyInto(new Uint8Array(bytes.length * 2), bytes);
				cells.view = new DataView(bytes.buffer);
			}
			if (key >= cells.starts.length) cells.starts = copyInto(new Uint32Array(Math.max(key + 1, cells.starts.length * 2)), cells.starts);
			const start = length;
			cells.starts[key] = start;
			bytes[length++] = cell.length;
			for (let place = 0; place < cell.length; place++) bytes[length++] = cell.charCodeAt(place);
			return start;
		},
	};

	function contentOf(value: string | number | null): string {
		if (value === null) return "/>";
		return typeof value === "number" ? `><v>${value}</v></c>` : ` t="s"><v>${texts.add(value)}</v></c>`;
	}

	return cells;
}

/** The longest that a cell can be, with room to spare: two numbers and what is around them. */
export const MAX_CELL_BYTES = 100;

const FIRST_BYTES = 4096;
const FIRST_CELLS = 256;

function copyInto<Numbers extends Uint8Array | Uint32Array>(larger: Numbers, numbers: Numbers): Numbers {
	larger.set(numbers);
	return larger;
}
