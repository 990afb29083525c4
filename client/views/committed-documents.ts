import * as vscode from "vscode";
import { COMMITTED_SCHEME, COMMITTED_TEXT_REQUEST } from "../../server/protocol/requests.ts";
import type { CommittedTextResult } from "../../server/protocol/settings-messages.ts";
import type { UsageClient } from "../language-client.ts";

/** The documents that show what the last commit has of a configuration; diagnostics lead to them. */
export interface CommittedDocuments {
	/** Reads the open documents of these configurations anew. */
	changed(uris: readonly string[]): void;
}

/** Makes the documents: read-only, and following the commits. */
export function createCommittedDocuments(context: vscode.ExtensionContext, client: UsageClient): CommittedDocuments {
	const renewed = new vscode.EventEmitter<vscode.Uri>();
	context.subscriptions.push(
		renewed,
		vscode.workspace.registerTextDocumentContentProvider(COMMITTED_SCHEME, {
			onDidChange: renewed.event,
			async provideTextDocumentContent(document, token) {
				const answer = await client.ask<CommittedTextResult>(COMMITTED_TEXT_REQUEST, { uri: configOf(document).toString() }, token);
				if (answer === null) return "";
				return answer.failed ? comment(answer.message) : answer.text;
			},
		}),
	);
	return {
		changed(uris) {
			for (const { uri } of vscode.workspace.textDocuments)
				if (uri.scheme === COMMITTED_SCHEME && uris.includes(configOf(uri).toString())) renewed.fire(uri);
		},
	};
}

/** The configuration that a committed document is of. */
function configOf(document: vscode.Uri): vscode.Uri {
	return vscode.Uri.parse(document.query);
}

function comment(message: string): string {
	return message.replace(/^/gm, "# ");
}
