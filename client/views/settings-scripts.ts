import * as vscode from "vscode";
import { SETTINGS_SCRIPT_REQUEST } from "../../server/protocol/requests.ts";
import type { SettingsScriptResult } from "../../server/protocol/settings-messages.ts";
import type { UsageClient } from "../language-client.ts";

/** Scheme of the documents that hold settings scripts; none of them is a file. */
export const SETTINGS_SCRIPT_SCHEME = "usage-report-sql";

/** The documents with settings scripts. */
export interface SettingsScripts {
	/** Shows the script of a configuration; answers its document. */
	show(config: vscode.Uri): Promise<vscode.TextDocument>;
	/** Writes the open scripts of these configurations anew. */
	changed(uris: readonly string[]): void;
}

/** Time without a further change after which a script is written anew, in milliseconds. */
const QUIET_MS = 400;

/** Makes the documents of settings scripts: read-only, and following their configuration. */
export function createSettingsScripts(context: vscode.ExtensionContext, client: UsageClient): SettingsScripts {
	const renewed = new vscode.EventEmitter<vscode.Uri>();
	const waiting = new Map<string, NodeJS.Timeout>();

	function renew(document: vscode.Uri): void {
		clearTimeout(waiting.get(document.toString()));
		waiting.set(
			document.toString(),
			setTimeout(() => {
				waiting.delete(document.toString());
				renewed.fire(document);
			}, QUIET_MS),
		);
	}

	context.subscriptions.push(
		renewed,
		vscode.workspace.registerTextDocumentContentProvider(SETTINGS_SCRIPT_SCHEME, {
			onDidChange: renewed.event,
			async provideTextDocumentContent(document, token) {
				const answer = await client.ask<SettingsScriptResult>(SETTINGS_SCRIPT_REQUEST, { uri: configOf(document).toString() }, token);
				if (answer === null) return comment(vscode.l10n.t("Cancelled. Close this document and show the script again."));
				return answer.failed ? comment(answer.message) : answer.text;
			},
		}),
		new vscode.Disposable(() => {
			for (const timer of waiting.values()) clearTimeout(timer);
		}),
	);

	return {
		async show(config) {
			const document = await vscode.workspace.openTextDocument(documentOf(config));
			await vscode.window.showTextDocument(document, { preview: false });
			return document;
		},
		changed(uris) {
			for (const { uri } of vscode.workspace.textDocuments)
				if (uri.scheme === SETTINGS_SCRIPT_SCHEME && uris.includes(configOf(uri).toString())) renew(uri);
		},
	};
}

/** The name ends in `.sql`, by which the editor knows the language; the configuration stands in the query. */
function documentOf(config: vscode.Uri): vscode.Uri {
	const path = config.path.replace(/(?:\.usage)?\.ya?ml$/i, "");
	return vscode.Uri.from({ scheme: SETTINGS_SCRIPT_SCHEME, path: `${path} settings.sql`, query: config.toString() });
}

function configOf(document: vscode.Uri): vscode.Uri {
	return vscode.Uri.parse(document.query);
}

/** Why there is no script, in a form that does nothing where somebody runs it. */
function comment(message: string): string {
	return `${message
		.split(/\r\n|[\r\n\u0085\u2028\u2029]/)
		.map((line) => `-- ${line}`)
		.join("\n")}\n`;
}
