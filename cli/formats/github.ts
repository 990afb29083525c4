import type { Severity } from "../../core/problems.ts";
import type { CheckResult } from "./check-result.ts";

/** Workflow commands of GitHub Actions, one line per problem, which appear as annotations on the changed files. */
export function* toGithubLines(result: CheckResult): Iterable<string> {
	for (const { file, problems } of result.files) {
		for (const { code, severity, message, range } of problems) {
			const properties = Object.entries({
				file,
				line: range.start.line,
				col: range.start.column,
				endLine: range.end.line,
				endColumn: range.end.column,
				title: code,
			}).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
			yield `::${COMMANDS[severity]} ${properties.join(",")}::${escapeMessage(message)}\n`;
		}
	}
}

const COMMANDS: { readonly [severity in Severity]: string } = { error: "error", warning: "warning", information: "notice", hint: "notice" };

function escapeMessage(text: string): string {
	return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
	return escapeMessage(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
