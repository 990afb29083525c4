/** A mapping or list in brackets that was begun before a place in the text. */
export interface FlowLevel {
	readonly kind: "map" | "list";
	/** The key whose value is being written; null before its colon. */
	key: string | null;
	/** Place of the item that is being written. */
	index: number;
	/** Keys with a colon, in order. */
	readonly keys: string[];
}

/** How far the text of a value in brackets was read. */
export interface FlowScan {
	/** Levels that are open at the end, outermost first. */
	readonly levels: readonly FlowLevel[];
	/** Where the word at the end begins; null between words. */
	readonly tokenStart: number | null;
	/** The quote that is open at the end. */
	readonly quote: '"' | "'" | null;
	/** Whether the end lies in a comment. */
	readonly inComment: boolean;
	/** Where reading stopped: behind the closing bracket, or the end. */
	readonly stoppedAt: number;
}

/**
 * Reads a value in brackets from its opening bracket up to an offset, or on from an earlier scan until its innermost level is closed.
 * Half-typed text is no obstacle.
 */
export function scanFlow(text: string, from: number, to: number, earlier: readonly FlowLevel[] = []): FlowScan {
	const levels = earlier.map((level) => ({ ...level, keys: [...level.keys] }));
	const leaveAt = Math.max(0, earlier.length - 1);
	const done = earlier.length > 0 ? () => levels.length <= leaveAt : () => levels.length === 0;
	let tokenStart: number | null = null;
	let offset = from;
	while (offset < to) {
		const character = text[offset]!;
		const level = levels.at(-1);
		if (character === '"' || character === "'") {
			if (tokenStart === null) {
				const close = closingQuote(text, offset, to);
				if (close === null) return { levels, tokenStart: offset, quote: character, inComment: false, stoppedAt: to };
				tokenStart = offset;
				offset = close;
				continue;
			}
		} else if (character === "#" && (offset === 0 || /\s/.test(text[offset - 1]!))) {
			const newline = text.indexOf("\n", offset);
			if (newline < 0 || newline >= to) return { levels, tokenStart: null, quote: null, inComment: true, stoppedAt: to };
			offset = newline;
			continue;
		} else if (character === "{" || character === "[") {
			levels.push({ kind: character === "{" ? "map" : "list", key: null, index: 0, keys: [] });
			tokenStart = null;
			offset++;
			continue;
		} else if (character === "}" || character === "]") {
			levels.pop();
			tokenStart = null;
			offset++;
			if (done()) return { levels, tokenStart: null, quote: null, inComment: false, stoppedAt: offset };
			continue;
		} else if (character === ",") {
			if (level !== undefined) {
				level.key = null;
				level.index++;
			}
			tokenStart = null;
			offset++;
			continue;
		} else if (character === ":" && level?.kind === "map" && level.key === null && tokenStart !== null && endsKey(text, offset)) {
			level.key = unquote(text.slice(tokenStart, offset));
			level.keys.push(level.key);
			tokenStart = null;
			offset++;
			continue;
		}
		if (tokenStart === null && !/\s/.test(character)) tokenStart = offset;
		offset++;
	}
	return { levels, tokenStart, quote: null, inComment: false, stoppedAt: offset };
}

/** Keys of a mapping in brackets that stand behind the word which ends at an offset. */
export function flowKeysBehind(text: string, from: number, level: FlowLevel): readonly string[] {
	const comma = /^[^,{}[\]\n]*,/.exec(text.slice(from, from + 2000));
	if (comma === null) return [];
	const begin = from + comma[0].length;
	const inner: FlowLevel = { ...level, key: null, keys: [] };
	const close = scanFlow(text, begin, text.length, [inner]).stoppedAt;
	// Read again without the closing bracket, which drops the level.
	return scanFlow(text, begin, Math.max(begin, close - 1), [inner]).levels[0]?.keys ?? [];
}

/** The text of a key or value without its quotes. */
export function unquote(written: string): string {
	const text = written.trim();
	const quoted = /^(["'])(.*)\1$/s.exec(text);
	return quoted === null ? text : quoted[2]!;
}

/** Offset behind the quote that closes the one at an offset; null when it is not closed before `to`. */
export function closingQuote(text: string, open: number, to: number): number | null {
	const quote = text[open];
	for (let offset = open + 1; offset < to; offset++) {
		if (quote === '"' && text[offset] === "\\") offset++;
		else if (text[offset] === quote) {
			if (quote === "'" && text[offset + 1] === "'") offset++;
			else return offset + 1;
		}
	}
	return null;
}

function endsKey(text: string, colon: number): boolean {
	const next = text[colon + 1];
	return next === undefined || /[\s,[\]{}]/.test(next) || /["']/.test(text[colon - 1] ?? "");
}
