import type { TextDocumentContentChangeEvent } from "vscode-languageserver-protocol";
import { TextDocument } from "vscode-languageserver-textdocument";
import { createTextPositions, type PositionEncoding } from "./text-positions.ts";

/** How the protocol library makes and changes the documents that it keeps for us. */
export interface DocumentConfiguration {
	create(uri: string, languageId: string, version: number, content: string): TextDocument;
	update(document: TextDocument, changes: TextDocumentContentChangeEvent[], version: number): TextDocument;
}

/** Documents whose changes come in a client's encoding. */
export function createDocumentConfiguration(encoding: () => PositionEncoding): DocumentConfiguration {
	return {
		create: (uri, languageId, version, content) => TextDocument.create(uri, languageId, version, content),
		update(document, changes, version) {
			if (encoding() === "utf-16") return TextDocument.update(document, changes, version);
			// Each change is in terms of the text that the one before it left.
			return changes.reduce((current, change) => TextDocument.update(current, [toUtf16(current, change, encoding())], version), document);
		},
	};
}

function toUtf16(
	document: TextDocument,
	change: TextDocumentContentChangeEvent,
	encoding: PositionEncoding,
): TextDocumentContentChangeEvent {
	if (!("range" in change)) return change;
	const positions = createTextPositions(document.getText(), encoding);
	const start = document.positionAt(positions.offsetAt(change.range.start));
	const end = document.positionAt(positions.offsetAt(change.range.end));
	return { range: { start, end }, text: change.text };
}
