import { DIAGNOSTIC_CODES, type DiagnosticCode } from "../core/config/diagnostic-codes.ts";
import type { Severity } from "../core/problems.ts";
import { closestWord } from "../core/schema/closest-word.ts";
import { mark, t } from "../core/texts/translate.ts";
import type { PlacedProblem } from "../workspace/workspace.ts";

/** What the settings say of a code. */
export type WantedSeverity = Severity | "off";

/** Severities by code; a code that is missing has its own. */
export type Severities = Readonly<Record<string, WantedSeverity>>;

/** All severities that the settings know. */
export const WANTED_SEVERITIES: readonly WantedSeverity[] = ["error", "warning", "information", "hint", "off"];

/** Whether a problem keeps its severity whatever the settings say: limits that would do harm unseen. */
export function isFixed({ code, severity }: Pick<DiagnosticCode, "code" | "severity">): boolean {
	return severity === "error" && (code.startsWith("limits/") || code === "instance/no-limits");
}

/** Problems with the severities that are wanted, without those that are switched off; the same list when nothing is wanted. */
export function rateProblems(problems: readonly PlacedProblem[], severities: Severities): readonly PlacedProblem[] {
	if (Object.keys(severities).length === 0) return problems;
	return problems.flatMap((placed) => {
		const wanted = Object.hasOwn(severities, placed.problem.code) ? severities[placed.problem.code] : undefined;
		if (wanted === undefined || wanted === placed.problem.severity || isFixed(placed.problem)) return [placed];
		return wanted === "off" ? [] : [{ ...placed, problem: { ...placed.problem, severity: wanted } }];
	});
}

/** Whether two settings mean the same. */
export function isSameSeverities(left: Severities, right: Severities): boolean {
	const codes = new Set([...Object.keys(left), ...Object.keys(right)]);
	return [...codes].every((code) => left[code] === right[code]);
}

/**
 * Reads `usageReport.severities`: severities by code, or by a family such as `source/*`; a code wins over its family. What can't be used is left
 * out and told of in words.
 */
export function readSeverities(written: unknown): { readonly severities: Severities; readonly problems: readonly string[] } {
	if (written === undefined || written === null || written === "") return { severities: {}, problems: [] };
	if (typeof written !== "object" || Array.isArray(written)) {
		return {
			severities: {},
			problems: [t`${t(SETTING)} is not an object such as { "source/*": "information" }: ${JSON.stringify(written)}`],
		};
	}
	const problems: string[] = [];
	const families: [string, WantedSeverity][] = [];
	const codes: [string, WantedSeverity][] = [];
	for (const [name, value] of Object.entries(written)) {
		const wanted = WANTED_SEVERITIES.find((severity) => severity === value);
		const meant = DIAGNOSTIC_CODES.filter(({ code }) => code === name || (name.endsWith("/*") && code.startsWith(name.slice(0, -1))));
		const isFamily = name.endsWith("/*");
		const changeable = meant.filter((code) => !isFixed(code));
		if (meant.length === 0) problems.push(describeUnknown(name));
		else if (wanted === undefined) {
			problems.push(t`${t(SETTING)}: "${name}" is ${JSON.stringify(value)}, which is none of ${WANTED_SEVERITIES.join(", ")}.`);
		} else {
			// A family is changed as far as it can be.
			if (changeable.length === 0 || (!isFamily && changeable.length < meant.length)) problems.push(describeFixed(name));
			for (const { code } of changeable) (isFamily ? families : codes).push([code, wanted]);
		}
	}
	return { severities: Object.fromEntries([...families, ...codes]), problems };
}

const SETTING = mark("The setting usageReport.severities");

function describeUnknown(name: string): string {
	const families = [...new Set(DIAGNOSTIC_CODES.map(({ code }) => `${code.split("/")[0]}/*`))];
	const near = closestWord(name, [...families, ...DIAGNOSTIC_CODES.map(({ code }) => code)]);
	return t`${t(SETTING)}: there is no code "${name}".${near === null ? "" : t` Did you mean "${near}"?`}`;
}

function describeFixed(name: string): string {
	return t`${t(SETTING)}: "${name}" keeps its severity, because limits that are wrong would do harm unseen.`;
}
