import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { InitializeParams } from "vscode-languageserver-protocol";
import { SETTINGS_SECTION, type ServerInitialization } from "./protocol/requests.ts";

/** URIs of the workspace's folders; none for a client that has opened single files. */
export function foldersOf(params: InitializeParams): readonly string[] {
	if (Array.isArray(params.workspaceFolders)) return params.workspaceFolders.map((folder) => folder.uri);
	return params.rootUri === null || params.rootUri === undefined ? [] : [params.rootUri];
}

/** Our own part of `initialize`; whatever is missing or of another type has its default. */
export function readInitialization(given: unknown): {
	readonly trusted: boolean;
	readonly documentationUri: string | null;
	readonly commands: ReadonlySet<string>;
	readonly committedDocuments: boolean;
} {
	const options: { readonly [option in keyof ServerInitialization]?: unknown } = typeof given === "object" && given !== null ? given : {};
	return {
		trusted: options.trusted !== false,
		documentationUri: typeof options.documentationUri === "string" ? options.documentationUri : null,
		committedDocuments: options.committedDocuments === true,
		commands: new Set(Array.isArray(options.commands) ? options.commands.filter((command) => typeof command === "string") : []),
	};
}

/** URI of docs/diagnostics.md of this installation; null when it has none. The program's file stands one folder below its root, bundled or not. */
export function findDocumentation(): string | null {
	const program = process.argv[1];
	if (program === undefined) return null;
	const page = new URL("../docs/diagnostics.md", pathToFileURL(program));
	return existsSync(page) ? page.href : null;
}

/** Our section of the settings that a client sends of its own accord. */
export function sectionOf(settings: unknown): unknown {
	return typeof settings === "object" && settings !== null && SETTINGS_SECTION in settings ? settings[SETTINGS_SECTION] : null;
}
