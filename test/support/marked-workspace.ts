import { type ClientCapabilities, type Position, type Range, TextDocumentEdit, type WorkspaceEdit } from "vscode-languageserver-protocol";
import { TextDocument } from "vscode-languageserver-textdocument";
import { readCaretFixture } from "./caret-fixture.ts";
import { createFixture, type FixtureWorkspace } from "./fixture-workspace.ts";
import { FULL_CLIENT, type LspSession, startLsp } from "./lsp-harness.ts";

/** A client that can do all that navigation may use. */
export const NAVIGATING_CLIENT: ClientCapabilities = {
	...FULL_CLIENT,
	workspace: { ...FULL_CLIENT.workspace, workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} } },
	textDocument: {
		...FULL_CLIENT.textDocument,
		definition: { linkSupport: true },
		rename: { prepareSupport: true, honorsChangeAnnotations: true },
		documentLink: { tooltipSupport: true },
		foldingRange: { lineFoldingOnly: true },
	},
};

/** Files on a disk, one of which holds the caret, with a server that has read them. */
export interface MarkedWorkspace {
	readonly fixture: FixtureWorkspace;
	readonly lsp: LspSession;
	/** The document and position of the caret, as requests take them. */
	readonly at: { readonly textDocument: { readonly uri: string }; readonly position: Position };
	/** What is between range marks, as `name:line:character-line:character`, counted from 0; files by name, ranges by their beginnings. */
	readonly marked: readonly string[];
	/** The same for a place that the server names. */
	place(uri: string, range: Range): string;
	/** The texts that an edit makes of the files that it changes, by name. */
	apply(edit: WorkspaceEdit): Readonly<Record<string, string>>;
	dispose(): Promise<void>;
}

/** Starts a server on files whose caret and ranges are marked as in {@link readCaretFixture}. */
export async function startMarked(
	files: Readonly<Record<string, string>>,
	options: { readonly capabilities?: ClientCapabilities; readonly initializationOptions?: unknown; readonly folder?: string } = {},
): Promise<MarkedWorkspace> {
	const read = Object.entries(files).map(([name, marked]) => ({ name, ...readCaretFixture(marked) }));
	const texts = new Map(read.map(({ name, text }) => [name, text]));
	const fixture = createFixture(Object.fromEntries(texts));
	const documentOf = (name: string) => TextDocument.create(name, "", 0, texts.get(name) ?? "");
	const nameOf = (uri: string) => decodeURI(uri).replace(`${decodeURI(fixture.rootUri)}/`, "");
	const show = (name: string, { start, end }: Range) => `${name}:${start.line}:${start.character}-${end.line}:${end.character}`;
	const caret = read.find(({ carets }) => carets.length > 0);
	const lsp = await startLsp({
		folders: [options.folder === undefined ? fixture.rootUri : fixture.uri(options.folder)],
		capabilities: options.capabilities ?? NAVIGATING_CLIENT,
		...(options.initializationOptions === undefined ? {} : { initializationOptions: options.initializationOptions }),
	});
	return {
		fixture,
		lsp,
		at: {
			textDocument: { uri: fixture.uri(caret?.name ?? read[0]!.name) },
			position: caret === undefined ? { line: 0, character: 0 } : documentOf(caret.name).positionAt(caret.carets[0]!),
		},
		marked: read
			.toSorted((left, right) => (left.name < right.name ? -1 : 1))
			.flatMap(({ name, ranges }) =>
				ranges.map(({ start, end }) => show(name, { start: documentOf(name).positionAt(start), end: documentOf(name).positionAt(end) })),
			),
		place: (uri, range) => show(nameOf(uri), range),
		apply(edit) {
			const changes =
				edit.documentChanges?.filter(TextDocumentEdit.is).map(({ textDocument, edits }) => ({ uri: textDocument.uri, edits })) ??
				Object.entries(edit.changes ?? {}).map(([uri, edits]) => ({ uri, edits }));
			return Object.fromEntries(
				changes.map(({ uri, edits }) => [
					nameOf(uri),
					TextDocument.applyEdits(
						documentOf(nameOf(uri)),
						edits.filter((one) => "newText" in one),
					),
				]),
			);
		},
		async dispose() {
			await lsp.dispose();
			fixture.dispose();
		},
	};
}
