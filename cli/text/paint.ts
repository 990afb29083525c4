import { styleText } from "node:util";
import type { TextOutput } from "../cli-io.ts";

/** What a piece of text means, for its colour. */
export type Tone = "heading" | "error" | "warning" | "good" | "quiet";

/** Colours a text by its meaning, or leaves it as it is. */
export type Paint = (tone: Tone, text: string) => string;

/** A paint for an output: colours only where they are wanted. */
export function createPaint(output: TextOutput): Paint {
	if (!output.colours) return unpainted;
	return (tone, text) => styleText(STYLES[tone], text, { validateStream: false });
}

/** Leaves every text as it is. */
export const unpainted: Paint = (_, text) => text;

const STYLES = {
	heading: "bold",
	error: "red",
	warning: "yellow",
	good: "green",
	quiet: "dim",
} as const satisfies Record<Tone, string>;

/** Columns that text output may use: the terminal's, but not so wide that an eye loses the line; 100 where it is no terminal. */
export function textWidth(output: TextOutput): number {
	return output.columns === null ? 100 : Math.max(60, Math.min(120, output.columns));
}
