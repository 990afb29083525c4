import { existsSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { InitializeParams } from "vscode-languageserver-protocol";
import type { Texts } from "../core/texts/translate.ts";
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

/**
 * The texts of this installation in a language such as `de` or `de-AT`; none for English, and for a language that there are none in.
 * @throws Error when they are there and cannot be read.
 */
export function readTextsOf(locale: string | undefined): Texts {
	const program = process.argv[1];
	if (program === undefined || locale === undefined || !/^[a-z]{2,3}(?:-[a-z\d]+)*$/i.test(locale)) return {};
	const file = [locale.toLowerCase(), locale.toLowerCase().split("-")[0]!]
		.map((language) => new URL(`../l10n/bundle.l10n.${language}.json`, pathToFileURL(program)))
		.find((candidate) => existsSync(candidate));
	return file === undefined ? {} : (JSON.parse(readFileSync(file, "utf8")) as Texts);
}

/** Our section of the settings that a client sends of its own accord. */
export function sectionOf(settings: unknown): unknown {
	return typeof settings === "object" && settings !== null && SETTINGS_SECTION in settings ? settings[SETTINGS_SECTION] : null;
}
