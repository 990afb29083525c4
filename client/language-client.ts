import * as vscode from "vscode";
import {
	type CompletionMiddleware,
	LanguageClient,
	LSPErrorCodes,
	ResponseError,
	RevealOutputChannelOn,
	TransportKind,
	WorkDoneProgress,
} from "vscode-languageclient/node";
import { CLIENTS_CHANGED_NOTIFICATION } from "../server/protocol/client-messages.ts";
import { DATA_CHANGED_NOTIFICATION, type DataChangedParams, type Failure } from "../server/protocol/requests.ts";
import { CONFIG_SCHEMES } from "./config-files.ts";

/** The language server as the extension uses it. */
export interface UsageClient {
	/** Starts the server; resolves false, after a message to the person, when it could not be started. */
	start(): Promise<boolean>;
	/** Stops the server and starts it anew. */
	restart(): Promise<boolean>;
	stop(): Promise<void>;
	/**
	 * Sends a request and hands its progress on as text. Answers a failure for everything that goes wrong, and null when
	 * the token cancelled it.
	 */
	ask<Answer>(
		method: string,
		params: object,
		token: vscode.CancellationToken,
		onProgress?: (text: string) => void,
	): Promise<Answer | Failure | null>;
	/** An edit of the protocol, as the server sent it, as the editor's own. */
	toWorkspaceEdit(edit: object): Promise<vscode.WorkspaceEdit>;
	/** Configurations whose results may differ now. */
	readonly onDataChanged: vscode.Event<DataChangedParams>;
	/** What is known of the clients of the workspace may differ now, or the server was started anew. */
	readonly onClientsChanged: vscode.Event<void>;
	readonly log: vscode.LogOutputChannel;
}

/** Makes the client of the server in `dist/server.cjs`, which talks over IPC; nothing is started yet. */
export function createUsageClient(context: vscode.ExtensionContext): UsageClient {
	const log = vscode.window.createOutputChannel("Usage Report", { log: true });
	const dataChanged = new vscode.EventEmitter<DataChangedParams>();
	const clientsChanged = new vscode.EventEmitter<void>();
	const client = createClient(context, log);
	client.onNotification(DATA_CHANGED_NOTIFICATION, (params: DataChangedParams) => dataChanged.fire(params));
	client.onNotification(CLIENTS_CHANGED_NOTIFICATION, () => clientsChanged.fire());
	// The server decides by trust which linked files it may read, so it must learn when trust is granted.
	const trust = vscode.workspace.onDidGrantWorkspaceTrust(() => void restart());
	context.subscriptions.push(log, dataChanged, clientsChanged, trust, client);

	let nextToken = 1;

	async function run(action: () => Promise<void>): Promise<boolean> {
		try {
			await action();
			return true;
		} catch (error) {
			log.error(error instanceof Error ? error : String(error));
			void reportStartFailure();
			return false;
		}
	}

	async function reportStartFailure(): Promise<void> {
		const showLog = vscode.l10n.t("Show Log");
		const restartServer = vscode.l10n.t("Restart Server");
		const text = vscode.l10n.t("The Usage Report server could not be started. Files are not checked until it runs.");
		const choice = await vscode.window.showErrorMessage(text, restartServer, showLog);
		if (choice === showLog) log.show();
		if (choice === restartServer) await restart();
	}

	async function restart(): Promise<boolean> {
		const restarted = await run(() => (client.needsStart() ? client.start() : client.restart()));
		clientsChanged.fire();
		return restarted;
	}

	async function ask<Answer>(
		method: string,
		params: object,
		token: vscode.CancellationToken,
		onProgress?: (text: string) => void,
	): Promise<Answer | Failure | null> {
		const workDoneToken = `usageReport-${nextToken++}`;
		const listener = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
			const text = value.kind === "end" ? undefined : value.message;
			if (text !== undefined) onProgress?.(text);
		});
		try {
			if (token.isCancellationRequested) return null;
			const answer = await client.sendRequest<Answer | Failure>(method, { ...params, workDoneToken }, token);
			return token.isCancellationRequested ? null : answer;
		} catch (error) {
			if (token.isCancellationRequested || isCancellation(error)) return null;
			log.error(`${method}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
			return { failed: true, message: vscode.l10n.t("The Usage Report server did not answer. Restart it, or see the log for the cause.") };
		} finally {
			listener.dispose();
		}
	}

	return {
		start: () => run(() => client.start()),
		restart,
		stop: () => client.stop(),
		ask,
		toWorkspaceEdit: (edit) => client.protocol2CodeConverter.asWorkspaceEdit(edit),
		onDataChanged: dataChanged.event,
		onClientsChanged: clientsChanged.event,
		log,
	};
}

function createClient(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): LanguageClient {
	const module = context.asAbsolutePath("dist/server.cjs");
	return new LanguageClient(
		"usageReport",
		"Usage Report",
		{
			run: { module, transport: TransportKind.ipc },
			debug: { module, transport: TransportKind.ipc, options: { execArgv: ["--nolazy", "--inspect=6011"] } },
		},
		{
			documentSelector: CONFIG_SCHEMES.map((scheme) => ({ language: "usage-report", scheme })),
			outputChannel: log,
			revealOutputChannelOn: RevealOutputChannelOn.Never,
			initializationOptions: () => ({
				trusted: vscode.workspace.isTrusted,
				committedDocuments: true,
				// All commands of the extension take the URI of a configuration.
				commands: commandsOf(context),
				documentationUri: vscode.Uri.joinPath(context.extensionUri, "docs", "diagnostics.md").toString(),
			}),
			markdown: { isTrusted: false, supportHtml: false },
			middleware: { provideCompletionItem: listOnAfterFolders },
		},
	);
}

/** Whoever chooses a folder in a path wants to see what is in it, which the editor would show only after another letter. */
const listOnAfterFolders: NonNullable<CompletionMiddleware["provideCompletionItem"]> = async (document, position, context, token, next) => {
	const found = await next(document, position, context, token);
	for (const item of Array.isArray(found) ? found : (found?.items ?? [])) {
		if (item.kind === vscode.CompletionItemKind.Folder) item.command = { title: "", command: "editor.action.triggerSuggest" };
	}
	return found;
};

function commandsOf(context: vscode.ExtensionContext): readonly string[] {
	const manifest = context.extension.packageJSON as {
		readonly contributes: { readonly commands: readonly { readonly command: string }[] };
	};
	return manifest.contributes.commands.map(({ command }) => command);
}

function isCancellation(error: unknown): boolean {
	return error instanceof ResponseError && (error.code === LSPErrorCodes.RequestCancelled || error.code === LSPErrorCodes.ServerCancelled);
}
