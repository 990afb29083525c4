import type * as vscode from "vscode";
import type { ConfigFiles } from "../config-files.ts";
import type { UsageClient } from "../language-client.ts";
import type { ClientsModel } from "../views/clients-model.ts";
import type { ResultPanels } from "../views/result-panels.ts";
import type { SettingsScripts } from "../views/settings-scripts.ts";

/** What the commands work with; made once at activation. */
export interface CommandContext {
	readonly client: UsageClient;
	readonly clients: ClientsModel;
	readonly files: ConfigFiles;
	readonly previews: ResultPanels;
	readonly reports: ResultPanels;
	readonly scripts: SettingsScripts;
	/** Remembers where the last workbook was written. */
	readonly memory: vscode.Memento;
	/** Remembers across workspaces; holds no secret. */
	readonly globalMemory: vscode.Memento;
	readonly secrets: vscode.SecretStorage;
	/** Folder of the extension. */
	readonly extensionUri: vscode.Uri;
	/** Identity of the extension. */
	readonly extensionId: string;
}
