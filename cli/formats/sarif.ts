import { DIAGNOSTIC_CODES } from "../../core/config/diagnostic-codes.ts";
import type { Severity } from "../../core/problems.ts";
import type { CheckedRange, CheckResult } from "./check-result.ts";

/** A SARIF 2.1.0 log, which code scanning services and editors read. Columns count UTF-16 code units. */
export function toSarif(result: CheckResult): unknown {
	const codes = [...new Set(result.files.flatMap((file) => file.problems.map((problem) => problem.code)))].sort();
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
				results: result.files.flatMap(({ file, problems }) =>
					problems.map(({ code, severity, message, range, related }) => ({
						ruleId: code,
						ruleIndex: codes.indexOf(code),
						level: LEVELS[severity],
						message: { text: message },
						locations: [{ physicalLocation: { artifactLocation: toLocation(file), region: toRegion(range) } }],
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

const LEVELS: { readonly [severity in Severity]: string } = { error: "error", warning: "warning", information: "note", hint: "note" };

function toLocation(file: string) {
	const isAbsolute = /^([A-Za-z]:)?[\\/]/.test(file);
	const uri = file.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/");
	return isAbsolute ? { uri: `file://${uri.startsWith("/") ? "" : "/"}${uri.replace("%3A", ":")}` } : { uri };
}

function toRegion(range: CheckedRange) {
	return { startLine: range.start.line, startColumn: range.start.column, endLine: range.end.line, endColumn: range.end.column };
}
