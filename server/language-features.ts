import type {
	CodeAction,
	CodeActionParams,
	CodeLensParams,
	CompletionParams,
	DefinitionParams,
	DocumentDiagnosticParams,
	DocumentFormattingParams,
	DocumentHighlightParams,
	DocumentLinkParams,
	DocumentOnTypeFormattingParams,
	DocumentRangeFormattingParams,
	DocumentSymbolParams,
	FoldingRangeParams,
	HoverParams,
	InlayHintParams,
	PrepareRenameParams,
	ReferenceParams,
	RenameParams,
	SelectionRangeParams,
	ServerCapabilities,
	WorkspaceDiagnosticParams,
	WorkspaceSymbolParams,
} from "vscode-languageserver-protocol";
import { type CodeActionsOptions, FIX_ALL, listCodeActions, QUICK_FIX, resolveCodeAction } from "./features/code-actions.ts";
import { listCodeLenses } from "./features/code-lenses.ts";
import { COMPLETION_TRIGGERS, listCompletions } from "./features/completion.ts";
import { findDefinition } from "./features/definition.ts";
import { listDocumentHighlights } from "./features/document-highlights.ts";
import { listDocumentLinks } from "./features/document-links.ts";
import { listDocumentSymbols } from "./features/document-symbols.ts";
import { listFoldingRanges } from "./features/folding-ranges.ts";
import { FORMAT_TRIGGER, formatDocument, formatNewLine, formatRange } from "./features/formatting.ts";
import { describeHover } from "./features/hover.ts";
import { listInlayHints } from "./features/inlay-hints.ts";
import { listReferences } from "./features/references.ts";
import { prepareRename, rename } from "./features/rename.ts";
import { listSelectionRanges } from "./features/selection-ranges.ts";
import { listWorkspaceSymbols } from "./features/workspace-symbols.ts";
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
					feature("workspace/diagnostic", {}, (params: WorkspaceDiagnosticParams, signal) => diagnostics.pullWorkspace(params, signal)),
				]
			: []),
		feature("textDocument/hover", { hoverProvider: true }, (params: HoverParams, signal) =>
			describeHover(context, params, client.showsMarkdown, signal),
		),
		feature(
			"textDocument/completion",
			{ completionProvider: { triggerCharacters: [...COMPLETION_TRIGGERS] } },
			(params: CompletionParams, signal) => listCompletions(context, params, client.takesSnippets, signal),
		),
		feature("textDocument/documentSymbol", { documentSymbolProvider: true }, async (params: DocumentSymbolParams) =>
			listDocumentSymbols(context, params.textDocument.uri),
		),
		feature("textDocument/inlayHint", { inlayHintProvider: true }, async (params: InlayHintParams) =>
			listInlayHints(context, params, client.showsMarkdown),
		),
		...(session.commands.size === 0
			? []
			: [
					feature("textDocument/codeLens", { codeLensProvider: {} }, async (params: CodeLensParams) =>
						listCodeLenses(context, params, session.commands),
					),
				]),
		...(client.takesCodeActions
			? [
					feature(
						"textDocument/codeAction",
						{ codeActionProvider: { codeActionKinds: [QUICK_FIX, FIX_ALL], resolveProvider: client.resolvesCodeActions } },
						(params: CodeActionParams) => listCodeActions(context, inspections, params, codeActionsOptions(session)),
					),
				]
			: []),
		...(client.takesCodeActions && client.resolvesCodeActions
			? [
					feature("codeAction/resolve", {}, (action: CodeAction) =>
						resolveCodeAction(context, inspections, action, codeActionsOptions(session)),
					),
				]
			: []),
		...listNavigation(session),
		...listLayout(session),
	];
}

/** From a name to where it is defined and to everything else that names it. */
function listNavigation({ client, context }: Session): readonly LanguageFeature[] {
	return [
		feature("textDocument/definition", { definitionProvider: true }, (params: DefinitionParams) =>
			findDefinition(context, params, client.takesDefinitionLinks),
		),
		feature("textDocument/references", { referencesProvider: true }, async (params: ReferenceParams) => listReferences(context, params)),
		feature("textDocument/documentHighlight", { documentHighlightProvider: true }, async (params: DocumentHighlightParams) =>
			listDocumentHighlights(context, params),
		),
		feature(
			"textDocument/rename",
			{ renameProvider: client.preparesRename ? { prepareProvider: true } : true },
			async (params: RenameParams) => rename(context, params, client.edits),
		),
		...(client.preparesRename
			? [feature("textDocument/prepareRename", {}, async (params: PrepareRenameParams) => prepareRename(context, params))]
			: []),
		feature("workspace/symbol", { workspaceSymbolProvider: true }, (params: WorkspaceSymbolParams, signal) =>
			listWorkspaceSymbols(context, params, signal),
		),
		feature("textDocument/documentLink", { documentLinkProvider: {} }, (params: DocumentLinkParams, signal) =>
			listDocumentLinks(context, params.textDocument.uri, client.showsLinkTooltips, signal),
		),
	];
}

/** What goes by the layout of the text. */
function listLayout({ client, context }: Session): readonly LanguageFeature[] {
	return [
		feature("textDocument/foldingRange", { foldingRangeProvider: true }, async (params: FoldingRangeParams) =>
			listFoldingRanges(context, params.textDocument.uri, client.folding),
		),
		feature("textDocument/selectionRange", { selectionRangeProvider: true }, async (params: SelectionRangeParams) =>
			listSelectionRanges(context, params),
		),
		feature("textDocument/formatting", { documentFormattingProvider: true }, async (params: DocumentFormattingParams) =>
			formatDocument(context, params),
		),
		feature("textDocument/rangeFormatting", { documentRangeFormattingProvider: true }, async (params: DocumentRangeFormattingParams) =>
			formatRange(context, params),
		),
		feature(
			"textDocument/onTypeFormatting",
			{ documentOnTypeFormattingProvider: { firstTriggerCharacter: FORMAT_TRIGGER } },
			async (params: DocumentOnTypeFormattingParams) => formatNewLine(context, params),
		),
	];
}

function codeActionsOptions({ client, patience }: Session): CodeActionsOptions {
	return { edits: client.edits, resolves: client.resolvesCodeActions, patience };
}

function feature<Params>(
	method: string,
	capabilities: ServerCapabilities,
	handle: (params: Params, signal: AbortSignal) => Promise<unknown>,
): LanguageFeature {
	// What comes over the wire is what the protocol says for this method.
	return { method, capabilities, handle: (params, signal) => handle(params as Params, signal) };
}
