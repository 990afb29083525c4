import { joinChoices, joinWords } from "../texts/format-count.ts";
import { language, t } from "../texts/translate.ts";
import type { JsonSchema } from "./schemas.ts";

/** A value as a message names it, such as `the text "30"`. */
export function describeValue(value: unknown): string {
	if (value === null || value === undefined) return t("nothing");
	if (Array.isArray(value)) return t("a list");
	switch (typeof value) {
		case "string":
			return t`the text ${JSON.stringify(shorten(value))}`;
		case "number":
			return Number.isFinite(value) ? t`the number ${value}` : t("a number without end");
		case "boolean":
			return t`the value ${value}`;
		default:
			return t("a mapping of keys to values");
	}
}

/** What is to be written where nothing is, such as `one of …`. */
export function describeExpected(schema: JsonSchema): string {
	if (schema.enum !== undefined || schema.const !== undefined) return listWords((schema.enum ?? [schema.const]).map(String), "or");
	if (schema.format !== undefined) return describeFormat(schema);
	if (schema.type === "array") return t("its entries");
	if (schema.type === "object") return t("its keys and values");
	const example = schema.examples?.[0];
	// Of two values that are both named, an example would say nothing.
	return example === undefined || schema.type === "boolean"
		? describeType(schema)
		: t`${describeType(schema)} such as \`${String(example)}\``;
}

/** The type that a value must have, such as `a whole number of days`. */
export function describeType(schema: JsonSchema): string {
	switch (schema.type) {
		case "integer":
			return schema["x-unit"] === undefined ? t("a whole number") : t`a whole number of ${t(schema["x-unit"])}`;
		case "number":
			return t("a number");
		case "boolean":
			return t("`true` or `false`");
		case "array":
			return t("a list");
		case "object":
			return t("a mapping of keys to values");
		default:
			return t("a text");
	}
}

/** The range that a number must be in, such as `from 0 to 36,500 days`. */
export function describeRange(schema: JsonSchema): string {
	const unit = schema["x-unit"] === undefined ? "" : ` ${t(schema["x-unit"])}`;
	if (schema.minimum !== undefined && schema.maximum !== undefined)
		return t`from ${formatNumber(schema.minimum)} to ${formatNumber(schema.maximum)}${unit}`;
	return schema.minimum === undefined
		? t`at most ${formatNumber(schema.maximum ?? 0)}${unit}`
		: t`at least ${formatNumber(schema.minimum)}${unit}`;
}

/** The form that a text must have. */
export function describeFormat(schema: JsonSchema): string {
	switch (schema.format) {
		case "date":
			return t("a date of the calendar, written YYYY-MM-DD");
		case "instant":
			return t("a date and time such as 2026-11-04T21:00:00Z");
		default:
			return t("a currency's code of three capital letters, such as GBP");
	}
}

/** `a`, `a` or `b`, `a`, `b` or `c`. */
export function listWords(words: readonly string[], conjunction: "and" | "or"): string {
	const marked = words.map((word) => `\`${word}\``);
	if (marked.length < 2) return marked.join("");
	return conjunction === "and" ? joinWords(marked) : joinChoices(marked);
}

/** A number as people write it, with thousands separators. */
export function formatNumber(value: number): string {
	return value.toLocaleString(language(), { maximumFractionDigits: 20 });
}

/** Whether nothing is written: null, or text of nothing but spaces. */
export function isBlank(value: unknown): boolean {
	return value === null || (typeof value === "string" && value.trim() === "");
}

function shorten(text: string): string {
	return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
