import * as vscode from "vscode";
import type { ClientsResult } from "../../server/protocol/client-messages.ts";
import type { ClientsEntry } from "../views/clients-entries.ts";
import type { CommandContext } from "./command-context.ts";
import { askChoice, askText, type Choice } from "./questions.ts";

/** The key of a stored connection string. */
export function secretKey(name: string): string {
	return `usageReport.connection.${name}`;
}

/** Names, without values, of what is stored. */
const STORED_NAMES = "usageReport.storedConnections";

/** What may be the name of an environment variable on every system. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Stores the connection string of a database server in the editor's own store, or removes it. It is never shown, logged or written to a file.
 * @param given the name; asked for when absent.
 * @returns the name whose secret was stored or removed; null when nothing was.
 */
export async function setConnectionSecret(context: CommandContext, given: unknown): Promise<string | null> {
	const name = connectionOf(given) ?? (await askName(context));
	if (name === null) return null;
	const isStored = (await context.secrets.get(secretKey(name))) !== undefined;
	const action = isStored ? await askAction(name) : "set";
	if (action === null) return null;
	if (action === "remove") {
		await context.secrets.delete(secretKey(name));
		await rememberName(context, name, false);
		void vscode.window.showInformationMessage(vscode.l10n.t("The connection string of {0} was removed.", name));
		return name;
	}
	const secret = await vscode.window.showInputBox({
		title: vscode.l10n.t("Connection String of {0}", name),
		prompt: vscode.l10n.t("It is kept in the editor's secret store and never written to a file or a log."),
		password: true,
		ignoreFocusOut: true,
		validateInput: (text) => (text.trim() === "" ? vscode.l10n.t("Write the connection string, or press Escape to change nothing.") : null),
	});
	if (secret === undefined) return null;
	await context.secrets.store(secretKey(name), secret);
	await rememberName(context, name, true);
	void vscode.window.showInformationMessage(
		vscode.l10n.t(
			"The connection string of {0} is stored. This version does not read database servers yet: until one does, export the query's result as CSV or Parquet.",
			name,
		),
	);
	return name;
}

/** The name itself, or that of a data source of the view of clients. */
function connectionOf(given: unknown): string | null {
	if (typeof given === "string") return given;
	const isSource = typeof given === "object" && given !== null && "kind" in given && given.kind === "source";
	return isSource ? (given as Extract<ClientsEntry, { readonly kind: "source" }>).source.connection : null;
}

async function askName(context: CommandContext): Promise<string | null> {
	const { l10n } = vscode;
	const title = l10n.t("Set Connection Secret");
	const place = { step: 1, total: 1, canGoBack: false };
	const clients = await context.clients.read();
	const used = clients.failed ? new Map<string, string>() : listConnections(clients);
	const stored = context.globalMemory.get<readonly string[]>(STORED_NAMES, []);
	const names = [...new Set([...used.keys(), ...stored])].sort();
	const other: Choice<string | null> = { label: l10n.t("Another Name…"), iconPath: new vscode.ThemeIcon("add"), value: null };
	const choices = names.map((name): Choice<string | null> => {
		return {
			label: name,
			iconPath: new vscode.ThemeIcon(stored.includes(name) ? "lock" : "key"),
			description: stored.includes(name) ? l10n.t("stored") : l10n.t("not stored"),
			detail: used.get(name) ?? l10n.t("Named by no configuration that is open here"),
			value: name,
		};
	});
	if (choices.length > 0) {
		const placeholder = l10n.t("Connection, as the configuration names it");
		const answer = await askChoice({ title, placeholder, choices: [...choices, other] }, place);
		if (typeof answer === "string") return null;
		if (answer.value !== null) return answer.value;
	}
	const answer = await askText(
		{
			title,
			prompt: l10n.t("Name of the connection, as the configuration names it"),
			value: "",
			placeholder: l10n.t("Such as CLIENT_INVENTORY_DB"),
			validate: async (text) =>
				NAME.test(text.trim()) ? null : l10n.t("Write letters, digits and underscores, such as CLIENT_INVENTORY_DB. Begin with no digit."),
		},
		place,
	);
	return typeof answer === "string" ? null : answer.text.trim();
}

/** Names of connections, each with the sources that use it. */
function listConnections({ clients, loose }: ClientsResult): ReadonlyMap<string, string> {
	const found = new Map<string, string[]>();
	const note = (owner: string, sources: ClientsResult["clients"][number]["sources"]) => {
		for (const { connection, name } of sources)
			if (connection !== null) found.set(connection, [...(found.get(connection) ?? []), vscode.l10n.t("{0} of {1}", name, owner)]);
	};
	for (const client of clients) {
		note(client.title, client.sources);
		for (const instance of client.instances) note(instance.name, instance.sources);
	}
	for (const instance of loose) note(instance.name, instance.sources);
	return new Map([...found].map(([name, uses]) => [name, uses.join(", ")]));
}

async function askAction(name: string): Promise<"set" | "remove" | null> {
	const { l10n } = vscode;
	const title = l10n.t("Connection String of {0}", name);
	const choices: readonly Choice<"set" | "remove">[] = [
		{ label: l10n.t("Replace It"), iconPath: new vscode.ThemeIcon("key"), value: "set" },
		{ label: l10n.t("Remove It"), iconPath: new vscode.ThemeIcon("trash"), value: "remove" },
	];
	const placeholder = l10n.t("A connection string is stored under this name");
	const answer = await askChoice({ title, placeholder, choices }, { step: 1, total: 1, canGoBack: false });
	return typeof answer === "string" ? null : answer.value;
}

/** The store itself tells no names, so they are kept beside it. */
async function rememberName(context: CommandContext, name: string, isStored: boolean): Promise<void> {
	const others = context.globalMemory.get<readonly string[]>(STORED_NAMES, []).filter((each) => each !== name);
	await context.globalMemory.update(STORED_NAMES, isStored ? [...others, name].sort() : others);
}
