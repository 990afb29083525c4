import type {
	DocumentFormattingParams,
	DocumentOnTypeFormattingParams,
	DocumentRangeFormattingParams,
	FormattingOptions,
	TextEdit,
} from "vscode-languageserver-protocol";
import { formatConfig } from "../../workspace/edits/format-config.ts";
import type { WorkspaceFile } from "../../workspace/workspace.ts";
import { endOfLine, startOfLine } from "../../workspace/yaml/edits/node-site.ts";
import type { FormatOptions } from "../../workspace/yaml/layout/format-text.ts";
import { columnOfNewLine, stepOfLines } from "../../workspace/yaml/layout/indent-new-line.ts";
import type { TextEdit as OffsetEdit } from "../../workspace/yaml/text-edit.ts";
import type { FeatureContext } from "../feature-context.ts";

/** What asks for the indentation of a new line. */
export const FORMAT_TRIGGER = "\n";

/** Formats a whole configuration; one that does not parse is left alone. */
export function formatDocument(context: FeatureContext, params: DocumentFormattingParams): readonly TextEdit[] | null {
	const file = context.workspace.file(params.textDocument.uri);
	return file === null ? null : toEdits(context, file, formatConfig(file.parsed, optionsOf(params.options), null));
}

/** Formats the lines that a range touches; of what reaches beyond them only the spaces within lines. */
export function formatRange(context: FeatureContext, params: DocumentRangeFormattingParams): readonly TextEdit[] | null {
	const file = context.workspace.file(params.textDocument.uri);
	if (file === null) return null;
	const { offsetAt } = context.positionsOf(file);
	const range = { start: offsetAt(params.range.start), end: offsetAt(params.range.end) };
	return toEdits(context, file, formatConfig(file.parsed, optionsOf(params.options), range));
}

/** Indents the line that Enter has begun, also in a text that does not parse while one types; nothing else is touched. */
export function formatNewLine(context: FeatureContext, params: DocumentOnTypeFormattingParams): readonly TextEdit[] | null {
	const file = context.workspace.file(params.textDocument.uri);
	if (file === null || params.ch !== FORMAT_TRIGGER) return null;
	const { text } = file.parsed;
	const offset = context.positionsOf(file).offsetAt(params.position);
	const column = columnOfNewLine(text, offset, stepOfLines(text) ?? stepWithin(params.options.tabSize));
	const range = { start: startOfLine(offset, text), end: endOfLine(offset, text) };
	const isThere = column === null || text.slice(range.start, range.end) === " ".repeat(column);
	return isThere ? [] : toEdits(context, file, [{ range, newText: " ".repeat(column) }]);
}

function toEdits(context: FeatureContext, file: WorkspaceFile, edits: readonly OffsetEdit[]): readonly TextEdit[] {
	const { rangeOf } = context.positionsOf(file);
	return edits.map(({ range, newText }) => ({ range: rangeOf(range), newText }));
}

/** A client that says nothing about the ends of lines and of the file gets them tidied. */
function optionsOf(options: FormattingOptions): FormatOptions {
	return {
		tabSize: stepWithin(options.tabSize),
		spaces: {
			trimsLines: options.trimTrailingWhitespace !== false,
			endsWithLineBreak: options.insertFinalNewline !== false,
			trimsLastLines: options.trimFinalNewlines !== false,
		},
	};
}

/** An editor that knows nothing of a language may call any number the width of a tab. */
function stepWithin(tabSize: number): number {
	return Number.isSafeInteger(tabSize) && tabSize >= 1 && tabSize <= 8 ? tabSize : 2;
}
