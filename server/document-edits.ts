import type { TextEdit as LspTextEdit, SnippetTextEdit, WorkspaceEdit } from "vscode-languageserver-protocol";
import type { WorkspaceFile } from "../workspace/workspace.ts";
import type { TextEdit } from "../workspace/yaml/text-edit.ts";
import type { FeatureContext } from "./feature-context.ts";
import { escapeSnippet } from "./snippets.ts";

/** How a client takes edits. */
export interface EditStyle {
	/** Whether it takes edits of one version of a document, and refuses them for another. */
	readonly versioned: boolean;
	/** Whether it can put the caret where the person goes on writing. */
	readonly snippets: boolean;
}

/** Edits of one configuration as the client takes them. */
export function toWorkspaceEdit(context: FeatureContext, file: WorkspaceFile, edits: readonly TextEdit[], style: EditStyle): WorkspaceEdit {
	const positions = context.positionsOf(file);
	const uri = context.clientUri(file.uri);
	const toEdit = ({ range, newText }: TextEdit): LspTextEdit => ({ range: positions.rangeOf(range), newText });
	if (!style.versioned) return { changes: { [uri]: edits.map(toEdit) } };
	const toSnippet = (edit: TextEdit): LspTextEdit | SnippetTextEdit =>
		style.snippets && edit.caret !== undefined
			? { range: positions.rangeOf(edit.range), snippet: { kind: "snippet", value: toSnippetText(edit.newText, edit.caret) } }
			: toEdit(edit);
	return { documentChanges: [{ textDocument: { uri, version: context.versionOf(file.uri) }, edits: edits.map(toSnippet) }] };
}

function toSnippetText(text: string, caret: number): string {
	return `${escapeSnippet(text.slice(0, caret))}$0${escapeSnippet(text.slice(caret))}`;
}
