import type { Severity } from "../../core/problems.ts";
import { formatCounted } from "../../core/texts/format-count.ts";
import type { CheckResult } from "../formats/check-result.ts";
import type { Paint, Tone } from "./paint.ts";
import { printable } from "./table.ts";

/**
 * Lines of `check`: one per problem as `file:line:column severity code message`, grouped by file, and a summary. A place
 * that helps to understand a problem follows it on a line of its own.
 */
export function* formatCheck(result: CheckResult, paint: Paint): Iterable<string> {
	for (const { file, problems } of result.files) {
		for (const { code, severity, message, range, related } of problems) {
			const place = `${file}:${range.start.line}:${range.start.column}`;
			yield `${place} ${paint(TONES[severity], severity)} ${paint("quiet", code)} ${oneLine(message)}`;
			for (const other of related) {
				yield paint("quiet", `    ${other.file}:${other.range.start.line}:${other.range.start.column} ${oneLine(other.message)}`);
			}
		}
		if (problems.length > 0) yield "";
	}
	yield summarize(result, paint);
}

function summarize(result: CheckResult, paint: Paint): string {
	const files = formatCounted(result.files.length, "file");
	const counts: readonly (readonly [number, string, Tone])[] = [
		[result.errors, formatCounted(result.errors, "error"), "error"],
		[result.warnings, formatCounted(result.warnings, "warning"), "warning"],
		[result.information, formatCounted(result.information, "note"), "quiet"],
		[result.hints, formatCounted(result.hints, "hint"), "quiet"],
	];
	const found = counts.filter(([count]) => count > 0).map(([, text, tone]) => paint(tone, text));
	const allowed = result.allowed === 0 ? "" : paint("quiet", ` ${formatCounted(result.allowed, "problem")} allowed by comments.`);
	const summary = found.length === 0 ? paint("good", `${files} checked, no problems.`) : `${files} checked: ${found.join(", ")}.`;
	return summary + allowed;
}

const TONES: { readonly [severity in Severity]: Tone } = { error: "error", warning: "warning", information: "quiet", hint: "quiet" };

/** A problem takes one line, so that editors and `grep` can read it. */
function oneLine(message: string): string {
	return printable(message.replace(/\s*[\r\n]+\s*/g, " "));
}
