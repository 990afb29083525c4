/** Texts in the person's language; the English text is the key. `{0}`, `{1}` … stand for the arguments. */
export interface Localize {
	t(text: string, ...values: readonly (string | number)[]): string;
}

/** Reads the translations that the extension put into the document; without one, the English text stays. */
export function readLocalization(document: Document): Localize {
	const texts = readTexts(document.body.dataset["texts"]);
	return {
		t: (text, ...values) => (texts[text] ?? text).replace(/\{(\d+)\}/g, (place, index: string) => String(values[Number(index)] ?? place)),
	};
}

function readTexts(json: string | undefined): Readonly<Record<string, string>> {
	try {
		const value: unknown = JSON.parse(json ?? "{}");
		if (typeof value !== "object" || value === null) return {};
		return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
	} catch {
		return {};
	}
}
