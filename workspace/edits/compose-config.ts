import { detectStyle } from "../yaml/edits/node-site.ts";
import { renderLines } from "../yaml/edits/render-value.ts";

/**
 * The text of a new configuration: a comment, of which each text is a line, and the keys in the order in which they are given; those whose value is
 * undefined are left out.
 */
export function composeConfig(tree: Readonly<Record<string, unknown>>, comment: readonly string[] = []): string {
	const written = Object.fromEntries(Object.entries(tree).filter(([, value]) => value !== undefined));
	const remarks = comment.map((line) => `# ${line.replace(/[\p{Cc}\p{Zl}\p{Zp}\ufeff]+/gu, " ")}`);
	return [...remarks, ...renderLines(written, detectStyle(null, ""))].map((line) => `${line}\n`).join("");
}
