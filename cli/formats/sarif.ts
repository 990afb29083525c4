import { DIAGNOSTIC_CODES } from "../../core/config/diagnostic-codes.ts";
import type { Severity } from "../../core/problems.ts";
import type { CheckedFile, CheckedProblem, CheckedRange, CheckResult } from "./check-result.ts";

/** A SARIF 2.1.0 log, which code scanning services and editors read. Columns count UTF-16 code units. */
export function toSarif(result: CheckResult): unknown {
	const codes = [...new Set(result.files.flatMap(resultsOf).map(({ code }) => code))].sort();
	return {
		$schema: "https://json.schemastore.org/sarif-2.1.0.json",
		version: "2.1.0",
		runs: [
			{
				tool: {
					driver: {
						name: "usage-report",
						rules: codes.map((code) => {
							const summary = DIAGNOSTIC_CODES.find((entry) => entry.code === code)?.summary;
							return { id: code, ...(summary === undefined ? {} : { shortDescription: { text: summary } }) };
						}),
					},
				},
				columnKind: "utf16CodeUnits",
				artifacts: result.files.map(({ file }) => ({ location: toLocation(file) })),
				results: result.files.flatMap((checked) =>
					resultsOf(checked).map(({ code, severity, message, range, related, reason }) => ({
						ruleId: code,
						ruleIndex: codes.indexOf(code),
						level: LEVELS[severity],
						message: { text: message },
						locations: [{ physicalLocation: { artifactLocation: toLocation(checked.file), region: toRegion(range) } }],
						// Where one result says whether it is suppressed, all do.
						suppressions: reason === undefined ? [] : [{ kind: "inSource", status: "accepted", justification: reason }],
						...(related.length === 0
							? {}
							: {
									relatedLocations: related.map((place, id) => ({
										id,
										message: { text: place.message },
										physicalLocation: { artifactLocation: toLocation(place.file), region: toRegion(place.range) },
									})),
								}),
					})),
				),
			},
		],
	};
}

/** What was found in a file, and what comments allow, which has a reason. */
function resultsOf({ problems, allowed }: CheckedFile): readonly (CheckedProblem & { readonly reason?: string })[] {
	return [...problems, ...allowed];
}

const LEVELS: { readonly [severity in Severity]: string } = { error: "error", warning: "warning", information: "note", hint: "note" };

function toLocation(file: string) {
	const isAbsolute = /^([A-Za-z]:)?[\\/]/.test(file);
	const uri = file.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/");
	return isAbsolute ? { uri: `file://${uri.startsWith("/") ? "" : "/"}${uri.replace("%3A", ":")}` } : { uri };
}

function toRegion(range: CheckedRange) {
	return { startLine: range.start.line, startColumn: range.start.column, endLine: range.end.line, endColumn: range.end.column };
}
