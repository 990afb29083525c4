/** Texts that cells refer to by number, as bytes of the part that holds them. */
export interface SharedTexts {
	/** Adds a text, fit for a cell; answers its number. */
	add(text: string): number;
	/** All texts that were added, as elements one after the other. */
	readonly chunks: readonly Buffer[];
	/** How many there are, with those that were there before. */
	count(): number;
}

/** @param before texts that the part has already. */
export function createSharedTexts(before: number): SharedTexts {
	const chunks: Buffer[] = [];
	let pending = "";
	let count = before;
	return {
		add(text) {
			pending += elementOf(text);
			if (pending.length >= CHUNK_CHARACTERS) flush();
			return count++;
		},
		get chunks() {
			flush();
			return chunks;
		},
		count: () => count,
	};

	function flush(): void {
		if (pending !== "") chunks.push(Buffer.from(pending));
		pending = "";
	}
}

const CHUNK_CHARACTERS = 65_536;

function elementOf(text: string): string {
	// Readers may drop white space at the ends unless they are told to keep it.
	const keepsSpace = /^\s|\s$|\n/.test(text) ? ' xml:space="preserve"' : "";
	return `<si><t${keepsSpace}>${escapeText(text)}</t></si>`;
}

function escapeText(text: string): string {
	return /[&<>]/.test(text) ? text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;") : text;
}
