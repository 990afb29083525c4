import { readFileSync } from "node:fs";

/** The link to what a diagnostic's code means. */
export type DocumentationLink = (code: string) => string;

/**
 * Links into the page that explains the codes. An editor opens a file of its own at a line and knows no anchors, so of a page on
 * the disk the line of the code's heading is linked; it is read when the first link is needed. Elsewhere the anchor is.
 */
export function createDocumentationLinks(pageUri: string): DocumentationLink {
	let lines: ReadonlyMap<string, number> | null = null;
	return (code) => {
		lines ??= pageUri.startsWith("file:") ? readHeadings(pageUri) : new Map();
		const line = lines.get(code);
		return `${pageUri}#${line === undefined ? code.replace("/", "-") : `L${line}`}`;
	};
}

/** Line numbers, from 1, by the code that stands in a heading of the third level; none when the page cannot be read. */
function readHeadings(pageUri: string): ReadonlyMap<string, number> {
	try {
		const lines = readFileSync(new URL(pageUri), "utf8").split("\n");
		return new Map(lines.flatMap((line, index) => (line.startsWith("### ") ? [[line.slice(4).trim(), index + 1] as const] : [])));
	} catch {
		return new Map();
	}
}
