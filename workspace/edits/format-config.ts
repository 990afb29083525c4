import { isDeepStrictEqual } from "node:util";
import { isReadable } from "../workspace-file.ts";
import type { OffsetRange } from "../yaml/config-node.ts";
import { type FormatOptions, findFormatEdits, listWords } from "../yaml/layout/format-text.ts";
import { type ParsedConfig, parseConfig } from "../yaml/parse-config.ts";
import type { TextEdit } from "../yaml/text-edit.ts";
import { applyEdits } from "./carry-out-fix.ts";

/**
 * Formats a configuration, or the lines that a range touches. Nothing but white space changes, and the tree, the comments and the order never do:
 * that is made sure of by parsing the result. None for a text with a syntax error.
 */
export function formatConfig(parsed: ParsedConfig, options: FormatOptions, range: OffsetRange | null): readonly TextEdit[] {
	if (parsed.root === null || !isReadable(parsed)) return [];
	const { text } = parsed;
	const edits = findFormatEdits(text, options, range);
	if (edits.length === 0) return [];
	const formatted = applyEdits(text, edits);
	const result = parseConfig(formatted);
	const isSame =
		result.problems.length === parsed.problems.length &&
		isDeepStrictEqual(result.tree, parsed.tree) &&
		isDeepStrictEqual(listWords(formatted), listWords(text));
	return isSame ? edits : [];
}
