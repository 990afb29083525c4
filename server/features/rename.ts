import {
	type AnnotatedTextEdit,
	type ChangeAnnotation,
	ErrorCodes,
	LSPErrorCodes,
	type PrepareRenameParams,
	type Range,
	type RenameParams,
	ResponseError,
	type TextEdit,
	type WorkspaceEdit,
} from "vscode-languageserver-protocol";
import { mark, t } from "../../core/texts/translate.ts";
import { planRename, type Refusal, type RenamedFile, refuseRename } from "../../workspace/edits/rename-entity.ts";
import type { WorkspaceFile } from "../../workspace/workspace.ts";
import { type AnchorUse, findAnchorAt, isAnchorName, listAnchorMarks } from "../../workspace/yaml/edits/anchor-marks.ts";
import type { Client } from "../client-capabilities.ts";
import type { FeatureContext } from "../feature-context.ts";

/** What would be renamed at a position, and its name now; an error in words when nothing there can be. */
export function prepareRename(
	context: FeatureContext,
	params: PrepareRenameParams,
): { readonly range: Range; readonly placeholder: string } | ResponseError<never> {
	const file = context.workspace.file(params.textDocument.uri);
	if (file === null) return refusal(NO_CONFIGURATION);
	const { offsetAt, rangeOf } = context.positionsOf(file);
	const offset = offsetAt(params.position);
	const mention = context.entities.findAt(file, offset);
	if (mention !== null) {
		const message = refuseRename({ file, mention });
		return message === null ? { range: rangeOf(mention.nameRange), placeholder: mention.name } : refusal({ about: "place", message });
	}
	const anchor = findAnchorAt(file.parsed.text, offset);
	if (anchor === null) return refusal(NOTHING_HERE);
	const { range, name } = anchor.at;
	return { range: rangeOf({ start: range.start + 1, end: range.end }), placeholder: name };
}

/**
 * Renames what stands at a position, in every configuration that names it. Where linked data goes on with the old name, a client that
 * can is told so and asks the person to confirm.
 */
export function rename(context: FeatureContext, params: RenameParams, client: Client["edits"]): WorkspaceEdit | ResponseError<never> {
	const file = context.workspace.file(params.textDocument.uri);
	if (file === null) return refusal(NO_CONFIGURATION);
	const offset = context.positionsOf(file).offsetAt(params.position);
	const mention = context.entities.findAt(file, offset);
	if (mention === null) {
		const anchor = findAnchorAt(file.parsed.text, offset);
		return anchor === null ? refusal(NOTHING_HERE) : renameAnchor(context, file, anchor, params.newName.trim(), client);
	}
	const plan = planRename(context.entities, { file, mention }, params.newName);
	if (plan.refusal !== null) return refusal(plan.refusal);
	return toWorkspaceEdit(context, plan.files, client, plan.data);
}

function renameAnchor(
	context: FeatureContext,
	file: WorkspaceFile,
	anchor: AnchorUse,
	name: string,
	client: Client["edits"],
): WorkspaceEdit | ResponseError<never> {
	if (!isAnchorName(name))
		return refusal({ about: "name", message: t("The name of an anchor is not empty and has no spaces, commas, brackets or braces.") });
	const own = new Set(anchor.all.map(({ range }) => range.start));
	const twin = listAnchorMarks(file.parsed.text).some((mark) => mark.name === name && !own.has(mark.range.start));
	if (twin) return refusal({ about: "name", message: t`There is already an anchor \`&${name}\` in this file.` });
	const edits = anchor.all.map(({ range }) => ({ range: { start: range.start + 1, end: range.end }, newText: name }));
	return toWorkspaceEdit(context, [{ file, edits }], client, null);
}

/** @param data what linked data would be left with; null when it holds nothing of the kind. */
function toWorkspaceEdit(
	context: FeatureContext,
	files: readonly RenamedFile[],
	client: Client["edits"],
	data: string | null,
): WorkspaceEdit {
	const annotationId = data !== null && client.annotations ? "linked-data" : null;
	const placed = files.map(({ file, edits }) => {
		const { rangeOf } = context.positionsOf(file);
		const placedEdits = edits.map(({ range, newText }): TextEdit | AnnotatedTextEdit => ({
			range: rangeOf(range),
			newText,
			...(annotationId === null ? {} : { annotationId }),
		}));
		return { uri: context.clientUri(file.uri), version: context.versionOf(file.uri), edits: placedEdits };
	});
	if (!client.versioned) return { changes: Object.fromEntries(placed.map(({ uri, edits }) => [uri, edits])) };
	const documentChanges = placed.map(({ uri, version, edits }) => ({ textDocument: { uri, version }, edits }));
	if (annotationId === null || data === null) return { documentChanges };
	const annotation: ChangeAnnotation = { label: t("Names in linked data stay as they are"), description: data, needsConfirmation: true };
	return { documentChanges, changeAnnotations: { [annotationId]: annotation } };
}

const NO_CONFIGURATION: Refusal = { about: "place", message: mark("This file is not a configuration of the workspace.") };
const NOTHING_HERE: Refusal = {
	about: "place",
	message: mark(
		"There is no name here. Titles, names, clients, servers, products and anchors can be renamed, where they stand as a value.",
	),
};

function refusal({ about, message }: Refusal): ResponseError<never> {
	return new ResponseError<never>(about === "name" ? ErrorCodes.InvalidParams : LSPErrorCodes.RequestFailed, t(message));
}
