/** A product pattern ready for use: `*` matches any run of characters, also none; all else matches itself, whatever its case. */
export interface ProductPattern {
	/** The pattern as written. */
	readonly text: string;
	/** What a product must begin with; for a pattern without `*`, what it must be. Case-folded, as are the others. */
	readonly prefix: string;
	/** What must follow in this order, without overlap; none is empty. */
	readonly middles: readonly Piece[];
	/** What a product must end with; null for a pattern without `*`. */
	readonly suffix: string | null;
}

/** A piece of text that is searched for, with its failure table: `borders[i]` is the longest proper prefix that ends at `i`. */
interface Piece {
	readonly text: string;
	readonly borders: Int32Array;
}

/** Reads a pattern; every text is one. White space around it does not count. */
export function parsePattern(text: string): ProductPattern {
	const pieces = fold(text.trim()).split("*");
	const [prefix = "", ...rest] = pieces;
	const suffix = rest.pop() ?? null;
	return { text, prefix, middles: rest.filter((piece) => piece !== "").map(makePiece), suffix };
}

/** Whether a product's name is one that the pattern stands for. Takes time in proportion to the lengths of the two, for any pattern. */
export function matchesPattern(pattern: ProductPattern, product: string): boolean {
	return matchesFolded(pattern, fold(product.trim()));
}

/**
 * Whether there can be a product that both patterns stand for; exact for every pair of patterns.
 * With a `*` in both, only the fixed ends can exclude each other: the longer prefix, all middle pieces of the one, all of the
 * other and the longer suffix, joined, match both.
 */
export function canMatchSameProduct(one: ProductPattern, other: ProductPattern): boolean {
	if (one.suffix === null) return matchesFolded(other, one.prefix);
	if (other.suffix === null) return matchesFolded(one, other.prefix);
	const prefixesAgree = one.prefix.startsWith(other.prefix) || other.prefix.startsWith(one.prefix);
	const suffixesAgree = one.suffix.endsWith(other.suffix) || other.suffix.endsWith(one.suffix);
	return prefixesAgree && suffixesAgree;
}

function matchesFolded(pattern: ProductPattern, product: string): boolean {
	if (pattern.suffix === null) return product === pattern.prefix;
	const end = product.length - pattern.suffix.length;
	if (end < pattern.prefix.length || !product.startsWith(pattern.prefix) || !product.endsWith(pattern.suffix)) return false;
	let position = pattern.prefix.length;
	for (const piece of pattern.middles) {
		// The leftmost place is always the best one: it leaves the most room for the pieces that follow.
		position = findEndOf(piece, product, position, end);
		if (position < 0) return false;
	}
	return true;
}

/** End of the first occurrence of a piece within `start` (inclusive) and `end` (exclusive), by Knuth, Morris and Pratt; -1 when there is none. */
function findEndOf(piece: Piece, text: string, start: number, end: number): number {
	let matched = 0;
	for (let position = start; position < end; position++) {
		matched = extendMatch(piece.text, piece.borders, matched, text.charCodeAt(position));
		if (matched === piece.text.length) return position + 1;
	}
	return -1;
}

function makePiece(text: string): Piece {
	const borders = new Int32Array(text.length);
	let matched = 0;
	for (let position = 1; position < text.length; position++) {
		matched = extendMatch(text, borders, matched, text.charCodeAt(position));
		borders[position] = matched;
	}
	return { text, borders };
}

/** How much of a piece is matched after one more character; `matched` must be shorter than the piece. */
function extendMatch(text: string, borders: Int32Array, matched: number, next: number): number {
	let length = matched;
	while (length > 0 && text.charCodeAt(length) !== next) length = borders[length - 1]!;
	return text.charCodeAt(length) === next ? length + 1 : 0;
}

/** Upper case does not depend on neighbouring letters (lower case does: a final Σ becomes ς), so a text folds as its pieces do. */
function fold(text: string): string {
	return text.toUpperCase();
}
