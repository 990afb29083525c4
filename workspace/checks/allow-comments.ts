import { DIAGNOSTIC_CODES } from "../../core/config/diagnostic-codes.ts";
import { closestWord } from "../../core/schema/closest-word.ts";
import type { OffsetRange } from "../yaml/config-node.ts";
import type { ParsedConfig } from "../yaml/parse-config.ts";
import type { TextEdit } from "../yaml/text-edit.ts";

/** A comment `# usage-report: allow <code> -- <reason>`, or one that looks as if it were meant to be one. */
export interface AllowComment {
	/** From the `#` to the end of the line. */
	readonly range: OffsetRange;
	/** The whole line with its line break, so that nothing is left when it is removed. */
	readonly line: OffsetRange;
	/** As written; null when there is none. */
	readonly code: { readonly text: string; readonly range: OffsetRange } | null;
	/** What follows the `--`; null when nothing does. */
	readonly reason: string | null;
	/** Where the reason is to be written, with the `--` that is missing before it; null where that is the lesser trouble. */
	readonly reasonEdit: TextEdit | null;
	/** Offset at which the line begins that the comment is about. */
	readonly target: number;
	readonly fault: AllowFault | null;
}

/** Why a comment allows nothing. */
export type AllowFault = "not-alone" | "wrong-word" | "no-code" | "unknown-code" | "error" | "about-comments" | "no-reason";

/** The words that begin every such comment, behind its `#`. */
export const ALLOW_MARK = "usage-report:";

/** What stands behind the mark. */
export const ALLOW_WORD = "allow";

/** What stands between code and reason. */
export const REASON_MARK = "--";

/** The codes that a comment can allow: everything that is no error, except what is said of these comments themselves. */
export const ALLOWABLE_CODES: readonly string[] = DIAGNOSTIC_CODES.filter(
	({ code, severity }) => severity !== "error" && !code.startsWith("allow/"),
).map(({ code }) => code);

/** All such comments of a text, in its order. What looks like one inside of a text in quotes or of several lines is none. */
export function readAllowComments(parsed: ParsedConfig): readonly AllowComment[] {
	const { text } = parsed;
	const comments: AllowComment[] = [];
	for (let mark = text.indexOf(ALLOW_MARK); mark >= 0; mark = text.indexOf(ALLOW_MARK, mark + ALLOW_MARK.length)) {
		const comment = readComment(parsed, mark);
		if (comment !== null) comments.push(comment);
	}
	// Comments that are stacked are about the line below the last of them.
	let below: AllowComment | null = null;
	return comments
		.toReversed()
		.map((comment) => {
			const isStacked = below !== null && below.line.start === comment.target && below.fault !== "not-alone";
			below = isStacked && below !== null ? { ...comment, target: below.target } : comment;
			return below;
		})
		.toReversed();
}

/** The code that was probably meant; null when none is near. */
export function closestAllowable(written: string): string | null {
	const sameName = ALLOWABLE_CODES.filter((code) => code.endsWith(`/${written}`));
	return sameName.length === 1 ? sameName[0]! : closestWord(written, ALLOWABLE_CODES);
}

function readComment(parsed: ParsedConfig, mark: number): AllowComment | null {
	const { text } = parsed;
	const first = text.startsWith("\uFEFF") ? 1 : 0;
	const lineStart = Math.max(first, text.lastIndexOf("\n", mark - 1) + 1);
	const newline = text.indexOf("\n", mark);
	const end = trimmedEnd(text, mark, newline < 0 ? text.length : newline);
	const before = /(^|[ \t])#[ \t]*$/.exec(text.slice(lineStart, mark));
	if (before === null) return null;
	const start = lineStart + before.index + before[1]!.length;
	if (isInText(parsed, start)) return null;
	const next = newline < 0 ? text.length : newline + 1;
	const body = readBody(text.slice(mark + ALLOW_MARK.length, end), mark + ALLOW_MARK.length);
	if (body === null) return null;
	const isAlone = text.slice(lineStart, start).trim() === "";
	return {
		range: { start, end },
		line: { start: lineStart, end: next },
		target: next,
		...body,
		fault: isAlone ? body.fault : "not-alone",
	};
}

type Body = Pick<AllowComment, "code" | "reason" | "reasonEdit" | "fault">;

/** Null for what a person may well write for other reasons. */
function readBody(body: string, offset: number): Body | null {
	const [, word, gap, written, rest] = /^[ \t]*(\S*)([ \t]*)(\S*)(.*)$/.exec(body)!;
	const nothing = { code: null, reason: null, reasonEdit: null };
	if (word !== ALLOW_WORD) {
		const isMeant = OTHER_WORDS.includes(word!.toLowerCase()) || closestWord(word!, [ALLOW_WORD]) !== null;
		return isMeant ? { ...nothing, fault: "wrong-word" } : null;
	}
	if (written === "" || written!.startsWith(REASON_MARK)) return { ...nothing, fault: "no-code" };
	const start = offset + body.indexOf(word) + word.length + gap!.length;
	const code = { text: written!, range: { start, end: start + written!.length } };
	const reason = readReason(rest!);
	const reasonEdit = reason === null ? editForReason(rest!, code.range.end) : null;
	return { code, reason, reasonEdit, fault: faultOfCode(written!) ?? (reason === null ? "no-reason" : null) };
}

function faultOfCode(code: string): AllowFault | null {
	if (ALLOWABLE_CODES.includes(code)) return null;
	if (!DIAGNOSTIC_CODES.some((known) => known.code === code)) return "unknown-code";
	return code.startsWith("allow/") ? "about-comments" : "error";
}

/** A reason has a word in it, and is not the one that stands for it in a template. */
function readReason(rest: string): string | null {
	const match = /^[ \t]+--(?!-)[ \t]*(.*)$/.exec(rest);
	const reason = match?.[1]?.trim() ?? "";
	return /[\p{L}\p{N}]/u.test(reason) && !/^\W*reason\W*$/i.test(reason) ? reason : null;
}

/** Puts `--` before what is written already, in place of another dash or colon. */
function editForReason(rest: string, start: number): AllowComment["reasonEdit"] {
	const separator = /^[ \t]*(?:[-–—:=]+[ \t]*)?/.exec(rest)![0];
	const newText = ` ${REASON_MARK} `;
	return { range: { start, end: start + separator.length }, newText, caret: newText.length };
}

/** Whether an offset is in a key or value, so that a `#` there begins no comment. */
function isInText(parsed: ParsedConfig, offset: number): boolean {
	const { on, range } = parsed.nodeAt(offset);
	return on !== "gap" && range.start <= offset && offset < range.end;
}

function trimmedEnd(text: string, start: number, end: number): number {
	let trimmed = end;
	while (trimmed > start && /\s/.test(text[trimmed - 1]!)) trimmed--;
	return trimmed;
}

/** What other tools write in place of `allow`. */
const OTHER_WORDS: readonly string[] = ["ignore", "disable", "suppress", "silence", "permit", "accept", "allowed", "allows", "off"];
