import * as vscode from "vscode";
import { CLIENTS_REQUEST, type ClientsResult } from "../../server/protocol/client-messages.ts";
import type { Failure } from "../../server/protocol/requests.ts";
import { type ConfigFiles, isConfigUri } from "../config-files.ts";
import type { UsageClient } from "../language-client.ts";

/** The clients of the workspace, as the server knows them. */
export interface ClientsModel {
	/** What is known now; asked for once until it may differ. */
	read(): Promise<ClientsResult | Failure>;
	/** Asks anew, although nothing has told of a change. */
	refresh(): void;
	/** Fires when {@link read} may answer something else. */
	readonly onDidChange: vscode.Event<void>;
}

/** Time without a further change after which the clients are asked for anew, in milliseconds. */
const QUIET_MS = 1_000;

/** Follows what the server tells, and the diagnostics. Without a configuration the server is left alone. */
export function createClientsModel(context: vscode.ExtensionContext, client: UsageClient, files: ConfigFiles): ClientsModel {
	const changed = new vscode.EventEmitter<void>();
	let timer: NodeJS.Timeout | undefined;
	let asked: Promise<ClientsResult | Failure> | null = null;
	let latest: Promise<ClientsResult | Failure> | null = null;
	/** What the tree shows, as text. */
	let shown = "";

	function outdate(): void {
		clearTimeout(timer);
		timer = setTimeout(refresh, QUIET_MS);
	}

	/** The tree forgets its entries when it is told of a change, also the one whose menu is open. So it is told when the answer is there, and differs. */
	function refresh(): void {
		clearTimeout(timer);
		const next = ask();
		latest = next;
		const settle = (text: string) => {
			if (latest !== next || text === shown) return;
			shown = text;
			asked = next;
			changed.fire();
		};
		next.then(
			(answer) => settle(JSON.stringify(answer)),
			(reason) => settle(String(reason)),
		);
	}

	async function ask(): Promise<ClientsResult | Failure> {
		if (!(await files.hasAny())) return NO_CLIENTS;
		const never = new vscode.CancellationTokenSource();
		try {
			return (await client.ask<ClientsResult>(CLIENTS_REQUEST, {}, never.token)) ?? NO_CLIENTS;
		} finally {
			never.dispose();
		}
	}

	context.subscriptions.push(
		changed,
		client.onClientsChanged(outdate),
		vscode.languages.onDidChangeDiagnostics(({ uris }) => uris.some(isConfigUri) && outdate()),
		vscode.workspace.onDidChangeWorkspaceFolders(outdate),
		new vscode.Disposable(() => clearTimeout(timer)),
	);
	return {
		read() {
			asked ??= ask();
			return asked;
		},
		refresh,
		onDidChange: changed.event,
	};
}

const NO_CLIENTS: ClientsResult = { failed: false, clients: [], loose: [] };
