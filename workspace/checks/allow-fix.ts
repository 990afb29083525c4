import { t } from "../../core/texts/translate.ts";
import type { PlacedProblem, TextFix } from "../workspace-file.ts";
import type { ParsedConfig } from "../yaml/parse-config.ts";
import { ALLOW_MARK, ALLOW_WORD, ALLOWABLE_CODES, REASON_MARK } from "./allow-comments.ts";

/**
 * The comment that allows a problem, to be inserted on a line of its own above it; the person has to add the reason. Null for an error, and where no comment can
 * stand: in the middle of a text that goes over several lines.
 */
export function describeAllowFix(parsed: ParsedConfig, { problem, range }: PlacedProblem): TextFix | null {
	if (!ALLOWABLE_CODES.includes(problem.code)) return null;
	const { text } = parsed;
	const first = text.startsWith("\uFEFF") ? 1 : 0;
	const lineStart = Math.max(first, range.start === 0 ? 0 : text.lastIndexOf("\n", range.start - 1) + 1);
	const around = parsed.nodeAt(lineStart);
	if (around.on !== "gap" && around.range.start < lineStart && lineStart < around.range.end) return null;
	const indent = /^[ \t]*/.exec(text.slice(lineStart, range.start))![0];
	const comment = `${indent}# ${ALLOW_MARK} ${ALLOW_WORD} ${problem.code} ${REASON_MARK} `;
	const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
	return {
		title: t`Allow ${problem.code} here…`,
		preferred: false,
		edits: [{ range: { start: lineStart, end: lineStart }, newText: comment + lineBreak, caret: comment.length }],
	};
}
