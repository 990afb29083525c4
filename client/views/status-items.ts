import * as vscode from "vscode";
import { type ClientsResult, STATUS_REQUEST, type StatusResult } from "../../server/protocol/client-messages.ts";
import type { Failure } from "../../server/protocol/requests.ts";
import { isConfig } from "../config-files.ts";
import type { UsageClient } from "../language-client.ts";
import { describeCounts } from "./clients-items.ts";
import type { ClientsModel } from "./clients-model.ts";
import { CLIENTS_VIEW } from "./clients-tree.ts";

/** Time between two looks while something is being loaded, in milliseconds. */
const BUSY_MS = 700;

/**
 * Shows beside the language of a configuration which client it belongs to, what is wrong, what is loaded, how the server is, and what went wrong
 * last. Nothing is asked for while no configuration is on the screen.
 */
export function createStatusItems(context: vscode.ExtensionContext, client: UsageClient, model: ClientsModel): void {
	const items = createItems();
	const never = new vscode.CancellationTokenSource();
	let timer: NodeJS.Timeout | undefined;

	async function refresh(): Promise<void> {
		clearTimeout(timer);
		const document = vscode.window.activeTextEditor?.document;
		if (document === undefined || !isConfig(document)) return;
		const [status, clients] = await Promise.all([client.ask<StatusResult>(STATUS_REQUEST, {}, never.token), model.read()]);
		if (status === null) return;
		if (status.failed) showFailure(items, status);
		else {
			showStatus(items, status);
			showClient(items.clients, status, clients.failed ? null : titleOf(clients, document.uri));
			if (status.loading > 0) timer = setTimeout(() => void refresh(), BUSY_MS);
		}
	}

	const later = () => {
		clearTimeout(timer);
		timer = setTimeout(() => void refresh(), BUSY_MS / 2);
	};
	context.subscriptions.push(
		...Object.values(items),
		never,
		model.onDidChange(later),
		client.onDataChanged(later),
		vscode.window.onDidChangeActiveTextEditor(later),
		new vscode.Disposable(() => clearTimeout(timer)),
	);
	later();
}

interface Items {
	readonly clients: vscode.LanguageStatusItem;
	readonly problems: vscode.LanguageStatusItem;
	readonly data: vscode.LanguageStatusItem;
	readonly server: vscode.LanguageStatusItem;
	readonly fault: vscode.LanguageStatusItem;
}

function createItems(): Items {
	const create = (id: string, name: string, command: vscode.Command) => {
		const item = vscode.languages.createLanguageStatusItem(`usageReport.${id}`, { language: "usage-report" });
		return Object.assign(item, { name, text: name, command });
	};
	const { l10n } = vscode;
	return {
		clients: create("clients", l10n.t("Clients"), { command: `${CLIENTS_VIEW}.focus`, title: l10n.t("Show Clients") }),
		problems: create("problems", l10n.t("Problems"), { command: "workbench.actions.view.problems", title: l10n.t("Show Problems") }),
		data: create("data", l10n.t("Loaded data"), {
			command: "workbench.action.openSettings",
			title: l10n.t("Memory Setting"),
			arguments: ["usageReport.memory"],
		}),
		server: create("server", l10n.t("Usage Report server"), { command: "usageReport.restartServer", title: l10n.t("Restart Server") }),
		fault: create("fault", l10n.t("Last error"), { command: "usageReport.showLog", title: l10n.t("Show Log") }),
	};
}

function showClient(item: vscode.LanguageStatusItem, { clients, instances }: StatusResult, title: string | null): void {
	const { l10n } = vscode;
	const inClients = clients === 1 ? l10n.t("1 client") : l10n.t("{0} clients", clients);
	const inInstances = instances === 1 ? l10n.t("1 instance") : l10n.t("{0} instances", instances);
	const all = l10n.t("{0} and {1} in this workspace", inClients, inInstances);
	item.text = title ?? all;
	item.detail = title === null ? l10n.t("This file belongs to no project.") : all;
}

function showStatus({ problems, data, server, fault }: Items, status: StatusResult): void {
	const { l10n } = vscode;
	const severity = vscode.LanguageStatusSeverity;
	problems.text = describeCounts(status);
	problems.detail = l10n.t("in all configurations");
	problems.severity = status.errors > 0 ? severity.Error : status.warnings > 0 ? severity.Warning : severity.Information;
	const { loaded, loading, lastError } = status;
	const count = loaded.installations.toLocaleString(vscode.env.language);
	const megabytes = (loaded.bytes / BYTES_PER_MB).toLocaleString(vscode.env.language, { maximumFractionDigits: 1 });
	data.text = l10n.t("{0} installations loaded, {1} MB", count, megabytes);
	data.detail = loading > 0 ? l10n.t("loading") : l10n.t("kept in memory");
	data.busy = loading > 0;
	server.text = l10n.t("Server is running");
	server.severity = severity.Information;
	fault.text = lastError === null ? l10n.t("No error since the server was started") : l10n.t("Last error: {0}", lastError.message);
	fault.detail = lastError === null ? "" : new Date(lastError.at).toLocaleTimeString(vscode.env.language);
	fault.severity = lastError === null ? severity.Information : severity.Error;
}

function showFailure({ data, server, fault }: Items, { message }: Failure): void {
	server.text = vscode.l10n.t("Server does not answer");
	server.severity = vscode.LanguageStatusSeverity.Error;
	fault.text = message;
	fault.severity = vscode.LanguageStatusSeverity.Error;
	data.busy = false;
}

const BYTES_PER_MB = 1024 * 1024;

/** The title of the project that a file is or belongs to; null when it belongs to none. */
function titleOf({ clients }: ClientsResult, uri: vscode.Uri): string | null {
	const isThis = (other: string) => vscode.Uri.parse(other).toString() === uri.toString();
	return clients.find((each) => isThis(each.uri) || each.instances.some((instance) => isThis(instance.uri)))?.title ?? null;
}
