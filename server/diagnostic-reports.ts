import { createHash } from "node:crypto";
import type { Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity } from "vscode-languageserver-protocol";
import type { Severity } from "../core/problems.ts";
import type { PlacedProblem, WorkspaceFile } from "../workspace/workspace.ts";
import type { FeatureContext } from "./feature-context.ts";
import { COMMITTED_SCHEME } from "./protocol/requests.ts";

/** What a client can do with a diagnostic. */
export interface DiagnosticStyle {
	readonly relatedInformation: boolean;
	readonly tags: boolean;
	readonly data: boolean;
	/** Whether it can show what the last commit has of a configuration. */
	readonly committedDocuments: boolean;
	/** URI of what explains a code; null when there is no such page, or the client shows no links. */
	readonly linkOf: ((code: string) => string) | null;
}

/** Identifies a diagnostic's problem when the client asks for its fixes. */
export interface DiagnosticData {
	readonly path: readonly (string | number)[];
}

/** The `source` of every diagnostic. */
export const DIAGNOSTIC_SOURCE = "usage-report";

/** Places that a diagnostic points to at most; nobody reads more of them. */
const MAX_RELATED = 20;

/** A problem as the client shows it. */
export function toDiagnostic(context: FeatureContext, style: DiagnosticStyle, file: WorkspaceFile, placed: PlacedProblem): Diagnostic {
	const { problem, range, textFixes = [] } = placed;
	const related = style.relatedInformation ? relatedInformation(context, style, placed) : [];
	const data: DiagnosticData = { path: problem.path };
	return {
		range: context.positionsOf(file).rangeOf(range),
		severity: SEVERITIES[problem.severity],
		code: problem.code,
		...(style.linkOf === null ? {} : { codeDescription: { href: style.linkOf(problem.code) } }),
		source: DIAGNOSTIC_SOURCE,
		message: problem.message,
		...(style.tags && problem.unnecessary === true ? { tags: [UNNECESSARY] } : {}),
		...(related.length === 0 ? {} : { relatedInformation: related }),
		...(style.data && ((problem.fixes?.length ?? 0) > 0 || textFixes.length > 0) ? { data } : {}),
	};
}

/**
 * Equal for equal diagnostics, so that an unchanged answer need not be sent again. It costs as much as writing the diagnostics
 * down, which are few however long the file is.
 */
export function identify(items: readonly Diagnostic[]): string {
	return items.length === 0 ? NO_DIAGNOSTICS : createHash("sha1").update(JSON.stringify(items)).digest("base64url");
}

/** What {@link identify} answers for none. */
export const NO_DIAGNOSTICS = "none";

function relatedInformation(context: FeatureContext, style: DiagnosticStyle, placed: PlacedProblem): DiagnosticRelatedInformation[] {
	return (placed.problem.related ?? []).slice(0, MAX_RELATED).flatMap((place) => {
		// What the last commit had is in no file; a client that cannot show it is led to what has become of it.
		if (place.line !== undefined && (place.line.of === "data" || style.committedDocuments)) {
			const { of, uri, line } = place.line;
			const start = { line, character: 0 };
			const shown = of === "data" ? uri : committedUriOf(context.clientUri(uri));
			return [{ location: { uri: shown, range: { start, end: start } }, message: place.message }];
		}
		const file = context.workspace.file(place.file);
		if (file === null) return [];
		const range = context.positionsOf(file).rangeOf(file.parsed.rangeOf(place.path, place.anchor));
		return [{ location: { uri: context.clientUri(file.uri), range }, message: place.message }];
	});
}

/** The document in which our own client shows the committed text of a configuration: its name is that of the file, which itself is the query. */
function committedUriOf(uri: string): string {
	const path = URL.canParse(uri) ? new URL(uri).pathname : "";
	return `${COMMITTED_SCHEME}:${path}?${encodeURIComponent(uri)}`;
}

const SEVERITIES: { readonly [severity in Severity]: DiagnosticSeverity } = { error: 1, warning: 2, information: 3, hint: 4 };

/** `DiagnosticTag.Unnecessary`. */
const UNNECESSARY = 1;
