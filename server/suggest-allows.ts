import { DIAGNOSTIC_CODES } from "../core/config/diagnostic-codes.ts";
import { t } from "../core/texts/translate.ts";
import { ALLOW_MARK, ALLOW_WORD, ALLOWABLE_CODES, REASON_MARK } from "../workspace/checks/allow-comments.ts";
import type { WorkspaceFile } from "../workspace/workspace.ts";
import type { CompletionContext } from "../workspace/yaml/caret/completion-context.ts";
import { wordContext } from "../workspace/yaml/caret/make-context.ts";
import type { FeatureContext } from "./feature-context.ts";
import type { Suggestion } from "./suggestion.ts";

/** What may be completed in a comment. */
export interface AllowSuggestions {
	readonly place: CompletionContext;
	readonly suggestions: readonly Suggestion[];
	readonly complete: true;
}

const BEGINNING = `${ALLOW_MARK} ${ALLOW_WORD} `;

/**
 * In a comment on a line of its own: the words by which one allows what a warning objects to, and its codes, those first that the next line has.
 * Null everywhere else, also in a comment that begins like any other.
 */
export function suggestAllows(context: FeatureContext, file: WorkspaceFile, offset: number): AllowSuggestions | null {
	const { text } = file.parsed;
	const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
	const lineEnd = /\r?\n|$/.exec(text.slice(offset))!.index + offset;
	const comment = /^[ \t]*#[ \t]*/.exec(text.slice(lineStart, offset))?.[0];
	if (comment === undefined) return null;
	const start = lineStart + comment.length;
	const typed = text.slice(start, offset);
	const codeTyped = /^usage-report:\s*allow\s+([\w/-]*)$/.exec(typed)?.[1];
	if (codeTyped === undefined) {
		const isBegun = typed !== "" && BEGINNING.startsWith(typed) && text.slice(offset, lineEnd).trim() === "";
		if (!isBegun) return null;
		const suggestion: Suggestion = {
			label: BEGINNING.trim(),
			kind: "value",
			text: BEGINNING,
			detail: t("accept a warning about the next line"),
		};
		return { place: wordContext({ start, end: lineEnd }, typed), suggestions: [suggestion], complete: true };
	}
	const rest = /^[\w/-]*/.exec(text.slice(offset, lineEnd))![0];
	const hasReason = text.slice(offset + rest.length, lineEnd).includes(REASON_MARK);
	const here = codesOfNextLine(context, file, lineEnd);
	const allowed = DIAGNOSTIC_CODES.filter(({ code }) => ALLOWABLE_CODES.includes(code));
	const suggestions = [...allowed.filter(({ code }) => here.has(code)), ...allowed.filter(({ code }) => !here.has(code))].map(
		({ code, summary }): Suggestion => ({
			label: code,
			kind: "block",
			text: hasReason ? code : `${code} ${REASON_MARK} \${1:reason}`,
			detail: here.has(code) ? t("found in the next line") : "",
			documentation: t`Allows ${t(summary)}.`,
		}),
	);
	return { place: wordContext({ start: offset - codeTyped.length, end: offset + rest.length }, codeTyped), suggestions, complete: true };
}

/** What is wrong with the line below a comment, or below several, as far as no data has to be loaded for it. */
function codesOfNextLine({ workspace }: FeatureContext, file: WorkspaceFile, lineEnd: number): ReadonlySet<string> {
	const { text } = file.parsed;
	const below = /^(?:\s*(?:#[^\n]*)?(?:\n|$))*/.exec(text.slice(lineEnd))![0];
	const start = lineEnd + below.length;
	const end = text.indexOf("\n", start) === -1 ? text.length : text.indexOf("\n", start);
	const problems = workspace.checkConfiguration(file.uri);
	return new Set(problems.filter(({ range }) => range.start >= start && range.start <= end).map(({ problem }) => problem.code));
}
