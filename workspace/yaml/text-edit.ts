import type { OffsetRange } from "./config-node.ts";
import type { RenderStyle } from "./edits/render-value.ts";
import type { ParsedConfig } from "./parse-config.ts";

/** A change of a text. */
export interface TextEdit {
	/** What is replaced; empty for an insertion. */
	readonly range: OffsetRange;
	readonly newText: string;
	/** Where in the new text the person goes on writing; absent when there is nothing left to write. */
	readonly caret?: number;
}

/** What edits are made with: the file, and the way it is written. */
export interface Editing {
	readonly parsed: ParsedConfig;
	readonly style: RenderStyle;
	readonly lineBreak: string;
}
