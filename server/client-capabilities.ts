import type { ClientCapabilities } from "vscode-languageserver-protocol";
import type { PositionEncoding } from "./text-positions.ts";

/** What a client can do, as far as this server acts on it. */
export interface Client {
	readonly encoding: PositionEncoding;
	/** Whether it asks for diagnostics; otherwise they are sent to it. */
	readonly pullsDiagnostics: boolean;
	/** Whether it can be asked to pull again. */
	readonly refreshesDiagnostics: boolean;
	readonly refreshesInlayHints: boolean;
	readonly refreshesCodeLenses: boolean;
	readonly diagnostics: {
		readonly relatedInformation: boolean;
		readonly tags: boolean;
		readonly codeDescription: boolean;
		readonly data: boolean;
	};
	/** Whether it takes patterns of files to watch; `relative` if they may be relative to a folder. */
	readonly watchesFiles: "no" | "absolute" | "relative";
	readonly answersConfiguration: boolean;
	readonly registersConfiguration: boolean;
	readonly takesCodeActions: boolean;
	/** Whether it asks for the edit of an action when it needs it, and brings back what it was told of it. */
	readonly resolvesCodeActions: boolean;
	readonly takesSnippets: boolean;
	readonly showsMarkdown: boolean;
	/** Whether definitions may be links, which mark the whole name and show the whole entry. */
	readonly takesDefinitionLinks: boolean;
	readonly preparesRename: boolean;
	readonly showsLinkTooltips: boolean;
	readonly edits: {
		/** Whether edits may say the version of the document that they are for. */
		readonly versioned: boolean;
		/** Whether edits may ask to be confirmed. */
		readonly annotations: boolean;
		/** Whether edits may say where the caret goes. */
		readonly snippets: boolean;
	};
	readonly folding: {
		/** Whether it hides whole lines only. */
		readonly linesOnly: boolean;
		/** How many ranges of one document it wants at most; null for all. */
		readonly limit: number | null;
	};
}

/** Reads what matters of a client's capabilities; whatever is missing is taken as not supported. */
export function readClientCapabilities(capabilities: ClientCapabilities): Client {
	const { textDocument, workspace, general } = capabilities;
	const pulled = textDocument?.diagnostic;
	const shown = pulled ?? textDocument?.publishDiagnostics;
	const watched = workspace?.didChangeWatchedFiles;
	return {
		encoding:
			general?.positionEncodings?.find((encoding): encoding is PositionEncoding => encoding === "utf-16" || encoding === "utf-8") ??
			"utf-16",
		pullsDiagnostics: pulled !== undefined,
		refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
		refreshesInlayHints: workspace?.inlayHint?.refreshSupport === true,
		refreshesCodeLenses: workspace?.codeLens?.refreshSupport === true,
		diagnostics: {
			relatedInformation: shown?.relatedInformation === true,
			tags: shown?.tagSupport !== undefined,
			codeDescription: shown?.codeDescriptionSupport === true,
			data: shown?.dataSupport === true,
		},
		watchesFiles: watched?.dynamicRegistration !== true ? "no" : watched.relativePatternSupport === true ? "relative" : "absolute",
		answersConfiguration: workspace?.configuration === true,
		registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
		takesCodeActions: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
		resolvesCodeActions:
			textDocument?.codeAction?.dataSupport === true && textDocument.codeAction.resolveSupport?.properties.includes("edit") === true,
		takesSnippets: textDocument?.completion?.completionItem?.snippetSupport === true,
		showsMarkdown: textDocument?.hover?.contentFormat?.includes("markdown") === true,
		takesDefinitionLinks: textDocument?.definition?.linkSupport === true,
		preparesRename: textDocument?.rename?.prepareSupport === true,
		showsLinkTooltips: textDocument?.documentLink?.tooltipSupport === true,
		edits: {
			versioned: workspace?.workspaceEdit?.documentChanges === true,
			annotations: workspace?.workspaceEdit?.documentChanges === true && workspace.workspaceEdit.changeAnnotationSupport !== undefined,
			snippets: workspace?.workspaceEdit?.documentChanges === true && workspace.workspaceEdit.snippetEditSupport === true,
		},
		folding: {
			linesOnly: textDocument?.foldingRange?.lineFoldingOnly === true,
			limit: textDocument?.foldingRange?.rangeLimit ?? null,
		},
	};
}
