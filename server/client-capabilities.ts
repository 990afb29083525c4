import type { ClientCapabilities } from "vscode-languageserver-protocol";
import type { PositionEncoding } from "./text-positions.ts";

/** What a client can do, as far as this server acts on it. */
export interface Client {
	readonly encoding: PositionEncoding;
	/** Whether it asks for diagnostics; otherwise they are sent to it. */
	readonly pullsDiagnostics: boolean;
	/** Whether it can be asked to pull again. */
	readonly refreshesDiagnostics: boolean;
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
	readonly takesSnippets: boolean;
	readonly showsMarkdown: boolean;
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
		takesSnippets: textDocument?.completion?.completionItem?.snippetSupport === true,
		showsMarkdown: textDocument?.hover?.contentFormat?.includes("markdown") === true,
	};
}
