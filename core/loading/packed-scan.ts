import { isUtf8 } from "node:buffer";
import type { PackedPage } from "../connectors/connector.ts";

/** Where the cells of a packed page are, in the order of the page; valid until the next page is scanned. */
export interface ScannedCells {
	/** Where each cell begins, and at the end where one more would; each ends one byte before the next one. */
	readonly starts: Uint32Array;
	/** Of each cell a number that equal cells have alike. */
	readonly hashes: Int32Array;
}

/**
 * Scans packed pages: the only pass over all of their bytes. Null for a page that is not what it says, because its cells are not all plain
 * text without control characters: what they are then, their own types have to tell.
 */
export function createPackedScan(): (page: PackedPage) => ScannedCells | null {
	let starts = new Uint32Array(0);
	let hashes = new Int32Array(0);
	return ({ length, width, packed, separator }) => {
		const cells = length * width;
		if (hashes.length < cells) {
			starts = new Uint32Array(2 * cells + 1);
			hashes = new Int32Array(2 * cells);
		}
		let place = 0;
		let all = 0;
		for (let cell = 0; cell < cells; ) {
			for (const last = cell + width - 1; cell <= last; cell++) {
				starts[cell] = place;
				let hash = 0;
				let byte = packed[place]!;
				// Behind the last byte there is `undefined`, which ends the loop too.
				while (byte >= FIRST_PRINTABLE) {
					hash = (Math.imul(hash, 31) + byte) | 0;
					all |= byte;
					byte = packed[++place]!;
				}
				if (byte !== (cell === last ? LINE_FEED : separator)) return null;
				hashes[cell] = hash;
				place++;
			}
		}
		starts[cells] = place;
		return place === packed.length && isPlain(packed, all) ? { starts, hashes } : null;
	};
}

const LINE_FEED = 0x0a;
const FIRST_PRINTABLE = 0x20;
const DELETE = 0x7f;

/** @param all bits that are set in any byte. */
function isPlain(packed: Uint8Array, all: number): boolean {
	if (packed.includes(DELETE)) return false;
	return all < 0x80 || (isUtf8(packed) && !/[\x80-\x9f\ufffd]/.test(new TextDecoder().decode(packed)));
}
