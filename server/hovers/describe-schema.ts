import type { SchemaNode } from "../../core/schema/describe.ts";
import { formatCount } from "../../core/texts/format-count.ts";
import { t } from "../../core/texts/translate.ts";
import { type Block, list, type Part, paragraph } from "../markup.ts";

/** What the schema says about a key or value: title, meaning, the meaning of the value that is written, or of all that are possible. */
export function describeMeaning(node: SchemaNode, written: string | null): readonly Block[] {
	const chosen = node.values.find(({ value }) => written !== null && String(value) === written.replace(/^["']|["']$/g, ""));
	return [
		paragraph({ bold: node.title }),
		...(node.description === "" ? [] : [paragraph(node.description)]),
		...(chosen?.meaning == null ? [] : [paragraph(code(chosen.value), `: ${chosen.meaning}`)]),
		...(chosen !== undefined || node.values.length < 2 ? [] : [listValues(node)]),
	];
}

/** Default, range, format, source and perhaps an example in one line; none when the schema says nothing of them. */
export function describeForm(node: SchemaNode, withExample: boolean): readonly Block[] {
	const unit = node.unit === null ? "" : ` ${node.unit}`;
	const facts: readonly (readonly Part[])[] = [
		isShown(node.default) ? [t("Default: "), code(node.default), unit] : [],
		rangeOf(node.minimum, node.maximum, unit),
		node.format === null ? [] : [t("Format: "), ...describeFormat(node.format)],
		withExample && node.values.length === 0 && !isShown(node.default) && isShown(node.examples[0])
			? [t("Example: "), code(node.examples[0])]
			: [],
		node.source === null ? [] : [t("Source: "), code(node.source)],
		node.requiredColumn ? [t("The source must have this column.")] : [],
	];
	const parts = joinParts(facts.filter((fact) => fact.length > 0));
	return parts.length === 0 ? [] : [paragraph(...parts)];
}

/** Pieces of one line with points between them. */
export function joinParts(pieces: readonly (readonly Part[])[]): readonly Part[] {
	return pieces.flatMap((piece, index) => (index === 0 ? piece : [" · ", ...piece]));
}

function listValues(node: SchemaNode): Block {
	return list(node.values.map(({ value, meaning }) => [code(value), meaning === null ? "" : `: ${meaning}`]));
}

function rangeOf(minimum: number | null, maximum: number | null, unit: string): readonly Part[] {
	if (minimum === null) return maximum === null ? [] : [t`At most ${formatCount(maximum)}${unit}`];
	return [maximum === null ? t`At least ${formatCount(minimum)}${unit}` : t`${formatCount(minimum)} to ${formatCount(maximum)}${unit}`];
}

/** Long blocks say nothing in one line. */
function isShown(value: unknown): boolean {
	return value !== undefined && value !== null && typeof value !== "object";
}

function code(value: unknown): Part {
	return { code: typeof value === "string" ? value : JSON.stringify(value) };
}

function describeFormat(format: string): readonly Part[] {
	switch (format) {
		case "date":
			return [{ code: "YYYY-MM-DD" }];
		case "instant":
			return [t("ISO 8601, such as "), { code: "2026-11-04T21:00:00Z" }];
		case "currency":
			return [t("three letters, such as "), { code: "GBP" }];
		default:
			return [format];
	}
}
