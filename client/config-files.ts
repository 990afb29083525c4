import * as vscode from "vscode";

/** The two kinds of configuration file. */
export type ConfigKind = "instance" | "project";

/** What menus and pick lists need to know of a configuration file. */
export interface ConfigSummary {
	readonly uri: vscode.Uri;
	readonly kind: ConfigKind;
	/** Its `name` or `title`; the file's name where it has none. */
	readonly name: string;
}

/** The configuration files of the workspace and of the open editors. */
export interface ConfigFiles {
	/** Files of one kind, by name. Waits for the first search of the workspace. */
	list(kind: ConfigKind): Promise<readonly ConfigSummary[]>;
	/** A file as it is now, also when it is not in the workspace; null when it cannot be read or is of no kind. */
	find(uri: vscode.Uri): Promise<ConfigSummary | null>;
	/** Whether there is any configuration, also one that does not say yet what it is. Waits for the first search of the workspace. */
	hasAny(): Promise<boolean>;
	/** Resolves as soon as there is one; a window without any never needs the server. */
	readonly firstFound: Promise<void>;
}

/** URI schemes of the documents that are configurations; those of version control hold old versions of them. */
export const CONFIG_SCHEMES: readonly string[] = ["file", "untitled", "vscode-vfs"];

const PATTERN = "**/*.usage.{yaml,yml}";
const EXCLUDED = "**/{node_modules,.git,out,dist}/**";
const MAX_FILES = 5_000;

/**
 * Keeps a list of the configuration files and tells the menus by the context keys `usageReport.instances` and
 * `usageReport.projects` (lists of file paths) which commands fit a file, and the views by `usageReport.searched` and
 * `usageReport.hasConfigurations` whether there are any.
 */
export function createConfigFiles(context: vscode.ExtensionContext): ConfigFiles {
	const known = new Map<string, ConfigSummary>();
	const seen = new Set<string>();
	let found = () => {};
	const firstFound = new Promise<void>((resolve) => {
		found = resolve;
	});

	async function refresh(uri: vscode.Uri): Promise<void> {
		const text = await readText(uri);
		const summary = text === null ? null : summarizeConfigAt(uri, text);
		if (text === null) seen.delete(uri.toString());
		else seen.add(uri.toString());
		if (seen.size > 0) found();
		if (summary === null) known.delete(uri.toString());
		else known.set(uri.toString(), summary);
	}

	async function refreshAll(uris: readonly vscode.Uri[]): Promise<void> {
		await Promise.all(uris.map(refresh));
		for (const kind of ["instance", "project"] as const) {
			const paths = [...known.values()].filter((file) => file.kind === kind).map((file) => file.uri.fsPath);
			await vscode.commands.executeCommand("setContext", `usageReport.${kind}s`, paths);
		}
		await vscode.commands.executeCommand("setContext", "usageReport.hasConfigurations", seen.size > 0);
	}

	const watcher = vscode.workspace.createFileSystemWatcher(PATTERN);
	const follow = (uri: vscode.Uri) => void refreshAll([uri]);
	context.subscriptions.push(
		watcher,
		watcher.onDidCreate(follow),
		watcher.onDidChange(follow),
		watcher.onDidDelete(follow),
		vscode.workspace.onDidChangeWorkspaceFolders(async () => {
			known.clear();
			seen.clear();
			await refreshAll(await findAll());
		}),
		vscode.workspace.onDidOpenTextDocument((document) => isConfig(document) && follow(document.uri)),
		vscode.workspace.onDidChangeTextDocument((event) => isConfig(event.document) && changesHead(event) && follow(event.document.uri)),
	);
	const searched = findAll()
		.then(refreshAll)
		.then(() => vscode.commands.executeCommand("setContext", "usageReport.searched", true));

	return {
		async list(kind) {
			await searched;
			return [...known.values()].filter((file) => file.kind === kind).sort((a, b) => a.name.localeCompare(b.name));
		},
		find: readConfig,
		async hasAny() {
			await searched;
			return seen.size > 0;
		},
		firstFound,
	};
}

/** Whether a document is a configuration, by its language; an old version in a diff editor is not. */
export function isConfig(document: vscode.TextDocument): boolean {
	return document.languageId === "usage-report" && CONFIG_SCHEMES.includes(document.uri.scheme);
}

/** Whether a resource is a configuration, by its name. */
export function isConfigUri(uri: vscode.Uri): boolean {
	return CONFIG_SCHEMES.includes(uri.scheme) && /\.usage\.ya?ml$/i.test(uri.path);
}

/**
 * What a configuration is, from its text: its `kind` and its `name` or `title`, as lines that start without
 * indentation. A full parse is the server's work; this one serves menus and also while the text is incomplete.
 */
export function summarizeConfig(text: string): { readonly kind: ConfigKind; readonly name: string | null } | null {
	const kind = /^kind:[ \t]*["']?(instance|project)["']?[ \t]*(?:#.*)?$/m.exec(text)?.[1];
	if (kind !== "instance" && kind !== "project") return null;
	const written = new RegExp(`^${kind === "instance" ? "name" : "title"}:[ \\t]*(\\S.*)$`, "m").exec(text)?.[1] ?? "";
	const quoted = /^(["'])(.*?)\1/.exec(written)?.[2];
	const name = (quoted ?? written.replace(/\s#.*$/, "")).trim();
	return { kind, name: name === "" ? null : name };
}

async function readConfig(uri: vscode.Uri): Promise<ConfigSummary | null> {
	const text = await readText(uri);
	return text === null ? null : summarizeConfigAt(uri, text);
}

function summarizeConfigAt(uri: vscode.Uri, text: string): ConfigSummary | null {
	const summary = summarizeConfig(text);
	return summary === null ? null : { uri, kind: summary.kind, name: summary.name ?? fileName(uri) };
}

async function readText(uri: vscode.Uri): Promise<string | null> {
	const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
	if (open !== undefined) return open.getText();
	try {
		return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
	} catch {
		return null;
	}
}

async function findAll(): Promise<readonly vscode.Uri[]> {
	const found = await vscode.workspace.findFiles(PATTERN, EXCLUDED, MAX_FILES);
	const open = vscode.workspace.textDocuments.filter(isConfig).map((document) => document.uri);
	return [...found, ...open];
}

/** Names and kinds stand near the top, so typing further down does not touch the menus. */
function changesHead(event: vscode.TextDocumentChangeEvent): boolean {
	return event.contentChanges.some((change) => change.range.start.line < 20);
}

function fileName(uri: vscode.Uri): string {
	return uri.path.slice(uri.path.lastIndexOf("/") + 1);
}
