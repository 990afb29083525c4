import type { MarkupContent } from "vscode-languageserver-protocol";

/**
 * A short text as editors show it beside the code, as Markdown or as plain text. All of it is given as it is meant: names from files and data
 * are never taken for markup, links or commands.
 */
export type Block =
	| { readonly kind: "paragraph"; readonly parts: readonly Part[] }
	| { readonly kind: "list"; readonly items: readonly (readonly Part[])[] }
	| { readonly kind: "table"; readonly columns: readonly Column[]; readonly rows: readonly (readonly string[])[] };

/** A piece of a line. */
export type Part = string | { readonly bold: string } | { readonly code: string };

/** A column of a table; an empty title where the cells speak for themselves. */
export interface Column {
	readonly title: string;
	readonly align: "left" | "right";
}

/** A paragraph of one line. */
export function paragraph(...parts: readonly Part[]): Block {
	return { kind: "paragraph", parts };
}

export function list(items: readonly (readonly Part[])[]): Block {
	return { kind: "list", items };
}

/** A table whose first column is text, and whose other columns are figures unless said otherwise. */
export function table(titles: readonly string[], rows: readonly (readonly string[])[], textColumns = 1): Block {
	const columns = titles.map((title, index): Column => ({ title, align: index < textColumns ? "left" : "right" }));
	return { kind: "table", columns, rows };
}

/** A sentence of this program as parts: what stands between backticks is code. */
export function prose(sentence: string): readonly Part[] {
	const pieces = sentence.split("`");
	// A backtick without its partner is one that a name has.
	if (pieces.length % 2 === 0) return [sentence];
	return pieces.map((piece, index) => (index % 2 === 0 ? piece : { code: piece })).filter((part) => part !== "");
}

/** The blocks for a client. */
export function renderMarkup(blocks: readonly Block[], markdown: boolean): MarkupContent {
	const render = markdown ? toMarkdown : toPlainText;
	return { kind: markdown ? "markdown" : "plaintext", value: blocks.map(render).join("\n\n") };
}

function toMarkdown(block: Block): string {
	switch (block.kind) {
		case "paragraph":
			return markdownLine(block.parts);
		case "list":
			return block.items.map((parts) => `- ${markdownLine(parts)}`).join("\n");
		case "table": {
			const line = (cells: readonly string[]) => `| ${cells.map(escapeMarkdown).join(" | ")} |`;
			const rule = `|${block.columns.map(({ align }) => (align === "left" ? "---" : "--:")).join("|")}|`;
			return [line(block.columns.map(({ title }) => title)), rule, ...block.rows.map(line)].join("\n");
		}
	}
}

function markdownLine(parts: readonly Part[]): string {
	return parts
		.map((part) => {
			if (typeof part === "string") return escapeMarkdown(part);
			return "bold" in part ? `**${escapeMarkdown(part.bold.trim())}**` : markdownCode(part.code);
		})
		.join("");
}

/** Backslashes say nothing inside of code, so it is fenced by more backticks than it has in a row. */
function markdownCode(text: string): string {
	const code = readable(text);
	const longest = Math.max(0, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
	const fence = "`".repeat(longest + 1);
	const padding = code.startsWith("`") || code.endsWith("`") ? " " : "";
	return `${fence}${padding}${code}${padding}${fence}`;
}

/** Every character that could begin markup, HTML or an entity, and what editors make a link of by themselves. */
function escapeMarkdown(text: string): string {
	return readable(text)
		.replace(/[\\`*_{}[\]<>|~&#]/g, "\\$&")
		.replace(/:(?=\/\/)|@|(?<=\bwww)\.|^[+-](?=\s)|(?<=^\d{1,9})[.)](?=\s)|^(?:=+|-+)$/gi, (found) => found.replace(/./g, "\\$&"));
}

function toPlainText(block: Block): string {
	switch (block.kind) {
		case "paragraph":
			return plainLine(block.parts);
		case "list":
			return block.items.map((parts) => `- ${plainLine(parts)}`).join("\n");
		case "table": {
			const rows = [block.columns.map(({ title }) => title), ...block.rows].map((cells) => cells.map(readable));
			const widths = block.columns.map((_, index) => Math.max(...rows.map((cells) => [...(cells[index] ?? "")].length)));
			return rows
				.map((cells) => cells.map((cell, index) => pad(cell, widths[index]!, block.columns[index]?.align ?? "left")).join("  "))
				.map((line) => line.trimEnd())
				.join("\n");
		}
	}
}

function plainLine(parts: readonly Part[]): string {
	return parts.map((part) => readable(typeof part === "string" ? part : "bold" in part ? part.bold : part.code)).join("");
}

function pad(text: string, width: number, align: Column["align"]): string {
	const space = " ".repeat(Math.max(0, width - [...text].length));
	return align === "left" ? text + space : space + text;
}

/** Text in one line; control characters and those that turn the direction of writing become `�`. */
function readable(text: string): string {
	return text.replace(/\s+/g, " ").replace(/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, "\uFFFD");
}

/** Characters of a name from data that are shown at most. */
const MAX_NAME = 80;

/** A name that may be of any length, cut where it is longer than anybody reads. */
export function clipName(name: string): string {
	const characters = [...name.slice(0, 4 * MAX_NAME)];
	return characters.length <= MAX_NAME
		? name
		: `${characters
				.slice(0, MAX_NAME - 1)
				.join("")
				.trimEnd()}…`;
}
