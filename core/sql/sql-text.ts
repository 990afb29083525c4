/** Longest text of SQL Server's `nvarchar(n)`, in UTF-16 code units; no name in the product's tables is longer. */
export const MAX_SQL_TEXT = 4000;

/** Line breaks, control and direction marks, what has no width, and halves of characters: a reader would not see them, or tools would trip over them. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/**
 * A text as an expression of T-SQL that stands on one line, whatever is in the text. Quotes are doubled; what a reader could not see is
 * written as a number; `$(`, which `sqlcmd` would take for a variable, is taken apart. All other letters stay as they are.
 */
export function sqlText(text: string): string {
	const parts: string[] = [];
	let from = 0;
	for (const match of text.matchAll(UNSEEN)) {
		parts.push(...literals(text.slice(from, match.index)));
		for (let index = 0; index < match[0].length; index++) parts.push(`NCHAR(${match[0].charCodeAt(index)})`);
		from = match.index + match[0].length;
	}
	parts.push(...literals(text.slice(from)));
	return parts.length === 0 ? "N''" : parts.join(" + ");
}

/** Lines of a comment. Each line of a text becomes one, shortened when it is very long; nothing in a text can end it. */
export function sqlComment(...texts: readonly string[]): readonly string[] {
	return texts.flatMap((text) => text.split("\n")).map((line) => `-- ${sqlRemark(line)}`.trimEnd());
}

/** A text as a comment may have it in the middle of a line. */
export function sqlRemark(text: string): string {
	const characters = [...text.replace(UNSEEN, " ").replaceAll("$(", "$ (")];
	return characters.length <= MAX_REMARK ? characters.join("") : `${characters.slice(0, MAX_REMARK).join("")}...`;
}

const MAX_REMARK = 400;

function literals(text: string): readonly string[] {
	return text === "" ? [] : text.split(/(?<=\$)(?=\()/).map((part) => `N'${part.replaceAll("'", "''")}'`);
}
