import { type BlockLevel, isBlank, keysBelow, splitLine } from "../caret/scan-lines.ts";
import { startOfNextLine } from "./node-site.ts";

/** Where the other keys or dashes of a mapping or list stand, and which keys there are. */
export interface Siblings {
	readonly column: number;
	readonly keys: readonly string[];
}

/**
 * The entries among which a line belongs, when they stand in another column than the line begins in; null when there are none, or when they
 * stand in its column.
 * @param levels what the lines above have begun.
 * @param kept the part of it that encloses the column.
 */
export function siblingsElsewhere(
	text: string,
	lineStart: number,
	levels: readonly BlockLevel[],
	kept: readonly BlockLevel[],
	column: number,
): Siblings | null {
	const above = levels[kept.length];
	if (above !== undefined) {
		return above.column === column ? null : { column: above.column, keys: [...above.keys, ...keysBelow(text, lineStart, above.column)] };
	}
	const below = columnBelow(text, lineStart);
	if (below === null || below.column === column || below.column <= (kept.at(-1)?.column ?? -1)) return null;
	// What is deeper than a word belongs to that word, not beside it.
	if (below.column > column && !isBlankLine(text, lineStart)) return null;
	return { column: below.column, keys: keysBelow(text, lineStart, below.column) };
}

/**
 * The mapping that a blank line interrupts: the line below goes on with it. Whatever else were written there would take that line away.
 * Null when the line below does not go on with a mapping that is deeper than the column.
 */
export function interruptedMapping(
	text: string,
	lineStart: number,
	levels: readonly BlockLevel[],
	kept: readonly BlockLevel[],
): (Siblings & { readonly outer: readonly BlockLevel[] }) | null {
	const below = isBlankLine(text, lineStart) ? columnBelow(text, lineStart) : null;
	if (below === null || below.isDash) return null;
	const index = levels.findLastIndex((level) => level.kind === "map" && level.column === below.column);
	if (index < kept.length) return null;
	const { column, keys } = levels[index]!;
	return { column, keys: [...keys, ...keysBelow(text, lineStart, column)], outer: levels.slice(0, index) };
}

/** Whether the lines below a key are its value: indented further, or dashes in its column. */
export function beginsValueBelow(text: string, lineStart: number, column: number): boolean {
	const below = columnBelow(text, lineStart);
	return below !== null && (below.column > column || (below.isDash && below.column === column));
}

/** Where the next line with content begins. */
function columnBelow(text: string, lineStart: number): { readonly column: number; readonly isDash: boolean } | null {
	let offset = startOfNextLine(lineStart, text);
	while (offset < text.length) {
		const next = startOfNextLine(offset, text);
		const line = text.slice(offset, next).trimEnd();
		if (!isBlank(line)) {
			const { dashes, column } = splitLine(line);
			return { column: dashes[0] ?? column, isDash: dashes.length > 0 };
		}
		offset = next;
	}
	return null;
}

function isBlankLine(text: string, lineStart: number): boolean {
	return text.slice(lineStart, startOfNextLine(lineStart, text)).trim() === "";
}
