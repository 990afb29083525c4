import type { JsonSchema } from "./schemas.ts";

/** A value as a message names it, such as `the text "30"`. */
export function describeValue(value: unknown): string {
	if (value === null || value === undefined) return "nothing";
	if (Array.isArray(value)) return "a list";
	switch (typeof value) {
		case "string":
			return `the text ${JSON.stringify(shorten(value))}`;
		case "number":
			return Number.isFinite(value) ? `the number ${value}` : "a number without end";
		case "boolean":
			return `the value ${value}`;
		default:
			return "a mapping of keys to values";
	}
}

/** What is to be written where nothing is, such as `one of …`. */
export function describeExpected(schema: JsonSchema): string {
	if (schema.enum !== undefined || schema.const !== undefined) return listWords((schema.enum ?? [schema.const]).map(String), "or");
	if (schema.format !== undefined) return describeFormat(schema);
	if (schema.type === "array") return "its entries";
	if (schema.type === "object") return "its keys and values";
	const example = schema.examples?.[0];
	// Of two values that are both named, an example would say nothing.
	return example === undefined || schema.type === "boolean"
		? describeType(schema)
		: `${describeType(schema)} such as \`${String(example)}\``;
}

/** The type that a value must have, such as `a whole number of days`. */
export function describeType(schema: JsonSchema): string {
	switch (schema.type) {
		case "integer":
			return schema["x-unit"] === undefined ? "a whole number" : `a whole number of ${schema["x-unit"]}`;
		case "number":
			return "a number";
		case "boolean":
			return "`true` or `false`";
		case "array":
			return "a list";
		case "object":
			return "a mapping of keys to values";
		default:
			return "a text";
	}
}

/** The range that a number must be in, such as `from 0 to 36,500 days`. */
export function describeRange(schema: JsonSchema): string {
	const unit = schema["x-unit"] === undefined ? "" : ` ${schema["x-unit"]}`;
	if (schema.minimum !== undefined && schema.maximum !== undefined)
		return `from ${formatNumber(schema.minimum)} to ${formatNumber(schema.maximum)}${unit}`;
	return schema.minimum === undefined
		? `at most ${formatNumber(schema.maximum ?? 0)}${unit}`
		: `at least ${formatNumber(schema.minimum)}${unit}`;
}

/** The form that a text must have. */
export function describeFormat(schema: JsonSchema): string {
	switch (schema.format) {
		case "date":
			return "a date of the calendar, written YYYY-MM-DD";
		case "instant":
			return "a date and time such as 2026-11-04T21:00:00Z";
		default:
			return "a currency's code of three capital letters, such as GBP";
	}
}

/** `a`, `a` or `b`, `a`, `b` or `c`. */
export function listWords(words: readonly string[], conjunction: "and" | "or"): string {
	const marked = words.map((word) => `\`${word}\``);
	if (marked.length < 2) return marked.join("");
	return `${marked.slice(0, -1).join(", ")} ${conjunction} ${marked.at(-1)}`;
}

/** A number as people write it, with thousands separators. */
export function formatNumber(value: number): string {
	return value.toLocaleString("en", { maximumFractionDigits: 20 });
}

/** Whether nothing is written: null, or text of nothing but spaces. */
export function isBlank(value: unknown): boolean {
	return value === null || (typeof value === "string" && value.trim() === "");
}

function shorten(text: string): string {
	return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
