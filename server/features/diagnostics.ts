import { createHash } from "node:crypto";
import type {
	Diagnostic,
	DiagnosticRelatedInformation,
	DiagnosticSeverity,
	DocumentDiagnosticParams,
	DocumentDiagnosticReport,
	PublishDiagnosticsParams,
	WorkspaceDiagnosticParams,
	WorkspaceDiagnosticReport,
	WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver-protocol";
import type { Severity } from "../../core/problems.ts";
import type { PlacedProblem, WorkspaceFile } from "../../workspace/workspace.ts";
import type { FeatureContext } from "../feature-context.ts";
import type { Inspections } from "../inspections.ts";

/** Answers what is wrong, when asked (pull) or by telling all that changed (push); a server does the one or the other. */
export interface Diagnostics {
	pullDocument(params: DocumentDiagnosticParams): Promise<DocumentDiagnosticReport>;
	/** All configurations of the workspace, also those that are not open, and those that are gone since the last time. */
	pullWorkspace(params: WorkspaceDiagnosticParams): Promise<WorkspaceDiagnosticReport>;
	/** Tells of every file whose diagnostics differ from what was told before. Calls that come meanwhile are taken together. */
	pushAll(): Promise<void>;
}

/** What the client can do with diagnostics, and how long it may be kept waiting. */
export interface DiagnosticsOptions {
	readonly relatedInformation: boolean;
	readonly tags: boolean;
	readonly data: boolean;
	/** URI of what explains a code; null when there is no such page, or the client shows no links. */
	readonly linkOf: ((code: string) => string) | null;
	/** Makes a promise that resolves when an answer is due. */
	readonly patience: () => Promise<void>;
	readonly publish: (params: PublishDiagnosticsParams) => Promise<void>;
}

/** Identifies a diagnostic's problem when the client asks for its fixes. */
export interface DiagnosticData {
	readonly path: readonly (string | number)[];
}

/** The `source` of every diagnostic. */
export const DIAGNOSTIC_SOURCE = "usage-report";

/** Places that a diagnostic points to at most; nobody reads more of them. */
const MAX_RELATED = 20;

/** The diagnostics of a workspace for one client. */
export function createDiagnostics(context: FeatureContext, inspections: Inspections, options: DiagnosticsOptions): Diagnostics {
	const { workspace } = context;
	const published = new Map<string, string>();
	let pushing: Promise<void> | null = null;
	let pushAgain = false;

	async function diagnose(uri: string, patience: Promise<void>, urgent: boolean): Promise<readonly Diagnostic[]> {
		const { file, problems } = await inspections.inspect(uri, patience, urgent);
		return file === null ? [] : problems.map((placed) => toDiagnostic(context, options, file, placed));
	}

	async function reportOf(
		uri: string,
		previousId: string | undefined,
		patience: Promise<void>,
	): Promise<WorkspaceDocumentDiagnosticReport> {
		const items = await diagnose(uri, patience, false);
		const resultId = identify(items);
		const place = { uri: context.clientUri(uri), version: context.versionOf(uri) };
		return resultId === previousId ? { kind: "unchanged", resultId, ...place } : { kind: "full", resultId, items: [...items], ...place };
	}

	async function push(uri: string, patience: Promise<void>): Promise<void> {
		const items = await diagnose(uri, patience, false);
		const resultId = identify(items);
		if (published.get(uri) === resultId) return;
		published.set(uri, resultId);
		const version = context.versionOf(uri);
		await options.publish({ uri: context.clientUri(uri), diagnostics: [...items], ...(version === null ? {} : { version }) });
	}

	async function pushOnce(): Promise<void> {
		const patience = options.patience();
		const uris = new Set(workspace.uris());
		const gone = [...published.keys()].filter((uri) => !uris.has(uri));
		await Promise.all([...uris].map((uri) => push(uri, patience)));
		for (const uri of gone) {
			published.delete(uri);
			await options.publish({ uri: context.clientUri(uri), diagnostics: [] });
		}
	}

	return {
		async pullDocument(params) {
			const items = await diagnose(params.textDocument.uri, options.patience(), true);
			const resultId = identify(items);
			return resultId === params.previousResultId ? { kind: "unchanged", resultId } : { kind: "full", resultId, items: [...items] };
		},
		async pullWorkspace(params) {
			const previous = new Map(params.previousResultIds.map(({ uri, value }) => [workspace.canonicalUri(uri), { uri, value }]));
			const patience = options.patience();
			const uris = workspace.uris();
			const reports = await Promise.all(uris.map((uri) => reportOf(uri, previous.get(uri)?.value, patience)));
			const known = new Set(uris);
			const nothing = identify([]);
			const gone = [...previous].filter(([uri, { value }]) => !known.has(uri) && value !== nothing);
			return {
				items: [
					...reports,
					...gone.map(
						([, { uri }]): WorkspaceDocumentDiagnosticReport => ({ kind: "full", uri, version: null, resultId: nothing, items: [] }),
					),
				],
			};
		},
		async pushAll() {
			pushAgain = true;
			pushing ??= (async () => {
				try {
					while (pushAgain) {
						pushAgain = false;
						await pushOnce();
					}
				} finally {
					pushing = null;
				}
			})();
			await pushing;
		},
	};
}

function toDiagnostic(context: FeatureContext, options: DiagnosticsOptions, file: WorkspaceFile, placed: PlacedProblem): Diagnostic {
	const { problem, range } = placed;
	const related = options.relatedInformation ? relatedInformation(context, placed) : [];
	const data: DiagnosticData = { path: problem.path };
	return {
		range: context.positionsOf(file).rangeOf(range),
		severity: SEVERITIES[problem.severity],
		code: problem.code,
		...(options.linkOf === null ? {} : { codeDescription: { href: options.linkOf(problem.code) } }),
		source: DIAGNOSTIC_SOURCE,
		message: problem.message,
		...(options.tags && problem.unnecessary === true ? { tags: [UNNECESSARY] } : {}),
		...(related.length === 0 ? {} : { relatedInformation: related }),
		...(options.data && problem.fixes !== undefined && problem.fixes.length > 0 ? { data } : {}),
	};
}

function relatedInformation(context: FeatureContext, placed: PlacedProblem): DiagnosticRelatedInformation[] {
	return (placed.problem.related ?? []).slice(0, MAX_RELATED).flatMap((place) => {
		const file = context.workspace.file(place.file);
		if (file === null) return [];
		const range = context.positionsOf(file).rangeOf(file.parsed.rangeOf(place.path, place.anchor));
		return [{ location: { uri: context.clientUri(file.uri), range }, message: place.message }];
	});
}

/** Equal for equal diagnostics, so that an unchanged answer need not be sent again. */
function identify(items: readonly Diagnostic[]): string {
	return createHash("sha1").update(JSON.stringify(items)).digest("base64url");
}

const SEVERITIES: { readonly [severity in Severity]: DiagnosticSeverity } = { error: 1, warning: 2, information: 3, hint: 4 };

/** `DiagnosticTag.Unnecessary`. */
const UNNECESSARY = 1;
