import type {
	CodeActionParams,
	CompletionParams,
	DocumentDiagnosticParams,
	DocumentSymbolParams,
	HoverParams,
	ServerCapabilities,
	WorkspaceDiagnosticParams,
} from "vscode-languageserver-protocol";
import { listCodeActions, QUICK_FIX } from "./features/code-actions.ts";
import { COMPLETION_TRIGGERS, listCompletions } from "./features/completion.ts";
import { listDocumentSymbols } from "./features/document-symbols.ts";
import { describeHover } from "./features/hover.ts";
import type { Session } from "./session.ts";

/** One request of the protocol that the server answers, and what announces it. */
export interface LanguageFeature {
	readonly method: string;
	/** What the client is told of it; empty for a second request of the same feature. */
	readonly capabilities: ServerCapabilities;
	readonly handle: (params: unknown, signal: AbortSignal) => Promise<unknown>;
}

/** All that one client is offered, by request; what it could not use is not among it. */
export function listLanguageFeatures(session: Session): readonly LanguageFeature[] {
	const { client, context, diagnostics, inspections } = session;
	return [
		...(client.pullsDiagnostics
			? [
					feature(
						"textDocument/diagnostic",
						{ diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: true } },
						(params: DocumentDiagnosticParams) => diagnostics.pullDocument(params),
					),
					feature("workspace/diagnostic", {}, (params: WorkspaceDiagnosticParams) => diagnostics.pullWorkspace(params)),
				]
			: []),
		feature("textDocument/hover", { hoverProvider: true }, async (params: HoverParams) =>
			describeHover(context, params, client.showsMarkdown),
		),
		feature(
			"textDocument/completion",
			{ completionProvider: { triggerCharacters: [...COMPLETION_TRIGGERS] } },
			async (params: CompletionParams) => listCompletions(context, params, client.takesSnippets),
		),
		feature("textDocument/documentSymbol", { documentSymbolProvider: true }, async (params: DocumentSymbolParams) =>
			listDocumentSymbols(context, params.textDocument.uri),
		),
		feature("textDocument/codeAction", { codeActionProvider: { codeActionKinds: [QUICK_FIX] } }, async (params: CodeActionParams) =>
			client.takesCodeActions ? listCodeActions(context, inspections, params, session.patience()) : [],
		),
	];
}

function feature<Params>(
	method: string,
	capabilities: ServerCapabilities,
	handle: (params: Params, signal: AbortSignal) => Promise<unknown>,
): LanguageFeature {
	// What comes over the wire is what the protocol says for this method.
	return { method, capabilities, handle: (params, signal) => handle(params as Params, signal) };
}
