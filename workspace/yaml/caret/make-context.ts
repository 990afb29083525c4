import type { ConfigPath } from "../../../core/problems.ts";
import type { ConfigKind } from "../../../core/schema/schemas.ts";
import type { OffsetRange } from "../config-node.ts";
import { beginsValueBelow } from "../edits/siblings.ts";

/** What can be typed at a place. */
export interface CompletionContext {
	/** `key`: a key of a mapping; `value`: the value of a key, or a scalar item; `item`: an item of a block list whose dash is still missing. */
	readonly typing: "key" | "value" | "item";
	/** Of the mapping that gets the key, of the value, or of the list. */
	readonly path: ConfigPath;
	/** The word at the place, from its first character to its last, also those behind the place; without quotes. */
	readonly replace: OffsetRange;
	/** The part of the word before the place. */
	readonly typed: string;
	/** Other keys of the mapping, above and below; empty unless a key is typed. */
	readonly existingKeys: readonly string[];
	/** Spaces before the keys of this mapping, or the dashes of this list; for a value, before its key. Further lines of a block begin with it. */
	readonly indentation: string;
	readonly inFlow: boolean;
	/** The open quote that the word stands in. */
	readonly quote: '"' | "'" | null;
	/** For a key: a colon follows already. */
	readonly colonFollows: boolean;
	/** What is replaced begins directly behind a colon or dash, so what is inserted must begin with a space. */
	readonly needsSpace: boolean;
	/** The line begins in another column than its siblings: what is replaced holds its blanks, and what is inserted begins with `indentation`. */
	readonly moved: boolean;
	/** The lines below are already the value of the key that is typed, or whose value is. */
	readonly blockFollows: boolean;
	/** For a value of block style: offset behind its colon, where a value on the lines below would begin; else null. */
	readonly colonEnd: number | null;
}

/** Where something is typed. */
export interface Place {
	readonly text: string;
	readonly at: number;
	readonly lineStart: number;
	readonly line: string;
	readonly schema: { readonly kind: ConfigKind; readonly tree: unknown } | null;
}

/** The place of a key. */
export function keyContext(
	place: Place,
	path: ConfigPath,
	replace: OffsetRange,
	column: number,
	existingKeys: readonly string[],
	colonFollows: boolean,
): CompletionContext {
	const blockFollows = !colonFollows && beginsValueBelow(place.text, place.lineStart, column);
	return { ...context(place, path, replace, column), typing: "key", existingKeys, colonFollows, blockFollows };
}

/** The place of an item with its dash. */
export function itemContext(place: Place, path: ConfigPath, replace: OffsetRange, column: number): CompletionContext {
	return { ...context(place, path, replace, column), typing: "item" };
}

/** The place of a value. */
export function valueContext(
	place: Place,
	path: ConfigPath,
	replace: OffsetRange,
	column: number,
	needsSpace: boolean,
	quote: CompletionContext["quote"] = null,
): CompletionContext {
	return { ...context(place, path, replace, column), typing: "value", needsSpace, quote };
}

/** The place of a word that belongs to no mapping or list, such as one of a comment. */
export function wordContext(replace: OffsetRange, typed: string): CompletionContext {
	return {
		typing: "value",
		path: [],
		replace,
		typed,
		existingKeys: [],
		indentation: "",
		inFlow: false,
		quote: null,
		colonFollows: false,
		needsSpace: false,
		moved: false,
		blockFollows: false,
		colonEnd: null,
	};
}

function context({ text, at }: Place, path: ConfigPath, replace: OffsetRange, column: number): Omit<CompletionContext, "typing"> {
	return { ...wordContext(replace, text.slice(replace.start, at)), path, indentation: " ".repeat(column) };
}
