import type { ConfigProblem } from "../../core/problems.ts";
import { t } from "../../core/texts/translate.ts";
import type { PlacedProblem, TextFix } from "../workspace-file.ts";
import { startOfLine } from "../yaml/edits/node-site.ts";
import type { ParsedConfig } from "../yaml/parse-config.ts";
import { ALLOW_MARK, ALLOW_WORD, type AllowComment, closestAllowable, REASON_MARK, readAllowComments } from "./allow-comments.ts";

/** What a check of a file has found. */
export interface Findings {
	readonly problems: readonly PlacedProblem[];
	/** What comments have silenced, in the order in which it was found. */
	readonly allowed: readonly AllowedProblem[];
}

/** A problem that a comment allows. */
export interface AllowedProblem extends PlacedProblem {
	/** What the comment says for it. */
	readonly reason: string;
}

/**
 * Takes away the warnings that comments on the lines above them allow, and adds what is wrong with such comments. An error is never allowed.
 * @param complete whether the problems are all that there are; otherwise no comment is said to be of no use.
 */
export function applyAllows(parsed: ParsedConfig, problems: readonly PlacedProblem[], complete: boolean): Findings {
	const comments = readAllowComments(parsed);
	if (comments.length === 0) return { problems, allowed: [] };
	const left: PlacedProblem[] = [];
	const allowed: AllowedProblem[] = [];
	const used = new Set<AllowComment>();
	const byPlace = new Map<string, AllowComment>();
	for (const comment of comments) {
		const key = comment.fault === null && comment.code !== null ? placeKey(comment.target, comment.code.text) : null;
		if (key !== null && !byPlace.has(key)) byPlace.set(key, comment);
	}
	for (const placed of problems) {
		const { code, severity } = placed.problem;
		const comment = byPlace.get(placeKey(startOfLine(placed.range.start, parsed.text), code));
		if (comment === undefined || severity === "error") left.push(placed);
		else {
			used.add(comment);
			allowed.push({ ...placed, reason: comment.reason ?? "" });
		}
	}
	for (const comment of comments) {
		if (comment.fault !== null) left.push(placeFault(comment));
		else if (complete && !used.has(comment)) left.push(placeUnneeded(comment));
	}
	return { problems: left, allowed };
}

function placeKey(lineStart: number, code: string): string {
	return `${lineStart} ${code}`;
}

function placeUnneeded(comment: AllowComment): PlacedProblem {
	const message = t`Nothing on the next line is reported as ${comment.code?.text}, so this comment has no effect. Remove it.`;
	return {
		problem: { ...makeProblem("allow/unneeded", "hint", message), unnecessary: true },
		range: comment.range,
		textFixes: [removal(comment, true)],
	};
}

function placeFault(comment: AllowComment): PlacedProblem {
	const { range } = comment;
	const codeRange = comment.code?.range ?? range;
	const written = comment.code?.text ?? "";
	switch (comment.fault) {
		case "not-alone":
			return {
				problem: makeProblem(
					"allow/malformed",
					"warning",
					t("This comment allows nothing here. It belongs on a line of its own, above the line that it is about."),
				),
				range,
			};
		case "unknown-code": {
			const near = closestAllowable(written);
			const message =
				near === null
					? t`There is no warning with the code "${written}".`
					: t`There is no warning with the code "${written}". Did you mean ${near}?`;
			return {
				problem: makeProblem("allow/unknown-code", "warning", message),
				range: codeRange,
				textFixes: near === null ? [] : [{ title: t`Change to ${near}`, preferred: true, edits: [{ range: codeRange, newText: near }] }],
			};
		}
		case "error":
		case "about-comments": {
			const message =
				comment.fault === "error"
					? t`${written} is an error, and an error cannot be allowed. Mend what is wrong, and remove this comment.`
					: t`${written} is about these comments themselves, and cannot be allowed. Mend the comment that it is about.`;
			return { problem: makeProblem("allow/not-allowed", "warning", message), range: codeRange, textFixes: [removal(comment, false)] };
		}
		case "no-reason":
			return {
				problem: makeProblem(
					"allow/no-reason",
					"warning",
					t`Say why this is allowed, such as "${REASON_MARK} agreed with the client on 2026-09-14". Until then the comment has no effect.`,
				),
				range,
				textFixes: comment.reasonEdit === null ? [] : [{ title: t("Add a reason…"), preferred: false, edits: [comment.reasonEdit] }],
			};
		default:
			return {
				problem: makeProblem(
					"allow/malformed",
					"warning",
					t`This comment is not understood. Write "# ${ALLOW_MARK} ${ALLOW_WORD} <code> ${REASON_MARK} <reason>", for example with the code limits/narrow-band.`,
				),
				range,
			};
	}
}

function removal({ line }: AllowComment, preferred: boolean): TextFix {
	return { title: t("Remove this comment"), preferred, edits: [{ range: line, newText: "" }] };
}

function makeProblem(code: string, severity: ConfigProblem["severity"], message: string): ConfigProblem {
	return { code, severity, message, path: [], anchor: "key" };
}
