import { stringify } from "yaml";

/** How values are written into an existing file. */
export interface RenderStyle {
	/** Columns from a key to the keys below it. */
	readonly indentStep: number;
	/** Columns from a key to the dashes below it; may be 0. */
	readonly listStep: number;
	/** Whether the file puts a space inside braces. */
	readonly paddedBraces: boolean;
}

/** A key with its value as lines without indentation of their own; lists of plain values stay on the key's line. */
export function renderEntry(key: string, value: unknown, style: RenderStyle): readonly string[] {
	if (!takesLines(value)) return [`${renderKey(key)}: ${renderInline(value, style, false)}`];
	const step = " ".repeat(stepBelow(value, style));
	return [`${renderKey(key)}:`, ...renderLines(value, style).map((line) => step + line)];
}

/**
 * A value as lines without indentation of their own: `key: value` and `- item` lines for what has entries, one line for everything else.
 */
export function renderLines(value: unknown, style: RenderStyle): readonly string[] {
	if (!hasEntries(value)) return [renderInline(value, style, false)];
	if (Array.isArray(value)) {
		return value.flatMap((item) => renderLines(item, style).map((line, index) => (index === 0 ? `- ${line}` : `  ${line}`)));
	}
	return Object.entries(value).flatMap(([key, child]) => renderEntry(key, child, style));
}

/** A value on one line, with brackets and braces where it is a list or mapping; safe between commas when `inFlow`. */
export function renderInline(value: unknown, style: RenderStyle, inFlow: boolean): string {
	if (Array.isArray(value)) return `[${value.map((item) => renderInline(item, style, true)).join(", ")}]`;
	if (typeof value === "object" && value !== null) {
		const entries = Object.entries(value).map(([key, child]) => `${renderKey(key)}: ${renderInline(child, style, true)}`);
		if (entries.length === 0) return "{}";
		return style.paddedBraces ? `{ ${entries.join(", ")} }` : `{${entries.join(", ")}}`;
	}
	return renderScalar(value, inFlow);
}

/** A text, number or truth value as it must be written in a file: quoted where it would otherwise mean something else. */
export function renderPlainValue(value: unknown, place: { readonly inFlow: boolean; readonly quote: '"' | "'" | null }): string {
	if (place.quote === '"') return JSON.stringify(String(value)).slice(1, -1);
	return place.quote === "'" ? String(value).replaceAll("'", "''") : renderScalar(value, place.inFlow);
}

/** A key, safe in every place. */
export function renderKey(key: string): string {
	return renderScalar(key, true);
}

/** Whether a value is written on lines of its own below its key. */
export function takesLines(value: unknown): value is object {
	return hasEntries(value) && !(Array.isArray(value) && value.every((item) => typeof item !== "object" || item === null));
}

/** Columns from a key to the lines of a value below it. */
export function stepBelow(value: unknown, style: RenderStyle): number {
	return Array.isArray(value) ? style.listStep : style.indentStep;
}

/** A text in double quotes. */
export function renderQuoted(text: string): string {
	return JSON.stringify(text);
}

function hasEntries(value: unknown): value is object {
	return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}

function renderScalar(value: unknown, inFlow: boolean): string {
	// What has line ends or control characters in it must be escaped to stay on one line.
	if (typeof value === "string" && /[\p{Cc}\u2028\u2029\ufeff]/u.test(value)) return JSON.stringify(value);
	const options = { lineWidth: 0, version: "1.2", schema: "core", blockQuote: false, flowCollectionPadding: false } as const;
	// A list in brackets makes the library quote what must be quoted between commas.
	return inFlow
		? stringify([value], { ...options, collectionStyle: "flow" })
				.trimEnd()
				.slice(1, -1)
		: stringify(value, options).trimEnd();
}
