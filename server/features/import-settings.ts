import type { AnnotatedTextEdit, ChangeAnnotation, CreateFile, TextDocumentEdit, WorkspaceEdit } from "vscode-languageserver-protocol";
import { fileNameOf } from "../../core/config/file-names.ts";
import { formatCount, formatCounted, joinWords } from "../../core/texts/format-count.ts";
import { t } from "../../core/texts/translate.ts";
import { LIMIT_NAMES } from "../../core/usage/limits.ts";
import { type ChangedFile, type CreatedInstance, importSettings, type SettingsImport } from "../../workspace/edits/import-settings.ts";

import type { FeatureContext } from "../feature-context.ts";
import type { Failure } from "../protocol/requests.ts";
import type { ImportSettingsParams, ImportSettingsResult } from "../protocol/settings-messages.ts";

/**
 * What the result of the settings script would change in the configurations of a project, as an edit of which every part asks for a person's
 * confirmation; null instead of the edit when nothing differs. Nothing is changed by the server.
 */
export async function proposeImport(
	context: FeatureContext,
	{ project, text }: ImportSettingsParams,
): Promise<ImportSettingsResult | Failure> {
	if (typeof text !== "string") return { failed: true, message: t("The settings to import are a text.") };
	const plan = await importSettings(context.workspace, project, text);
	if (plan.failed) return plan;
	const { created, changed, equal, leftOut, otherSettings } = plan;
	return {
		failed: false,
		edit: created.length + changed.length === 0 ? null : toWorkspaceEdit(context, plan),
		created: created.map(({ uri }) => uri),
		changed: changed.map(({ file }) => context.clientUri(file.uri)),
		equal: equal.length,
		leftOut,
		summary: summarize(created.length, changed.length, equal.length, leftOut.length, otherSettings),
	};
}

function summarize(created: number, changed: number, equal: number, leftOut: number, otherSettings: number): string {
	return `${joinWords([
		formatCounted(created, "new instance"),
		t`${formatCounted(changed, "file")} with other limits`,
		t`${formatCount(equal)} equal`,
		...(leftOut === 0 ? [] : [t`${formatCount(leftOut)} left out`]),
		...(otherSettings === 0 ? [] : [t`${formatCounted(otherSettings, "row")} of other settings passed over`]),
	])}.`;
}

function toWorkspaceEdit(context: FeatureContext, { created, changed }: SettingsImport): WorkspaceEdit {
	const annotations: Record<string, ChangeAnnotation> = {};
	const annotate = (id: string, label: string, description: string) => {
		annotations[id] = { label, description, needsConfirmation: true };
		return id;
	};
	const changes = changed.map((change): TextDocumentEdit => {
		const id = annotate(t`change ${change.file.uri}`, t`Deployed limits of ${fileNameOf(change.file.uri)}`, joinWords(change.changes));
		return {
			textDocument: { uri: context.clientUri(change.file.uri), version: context.versionOf(change.file.uri) },
			edits: [...placeEdits(context, change, id)],
		};
	});
	const creations = created.flatMap((creation): readonly (CreateFile | TextDocumentEdit)[] => {
		const id = annotate(t`create ${creation.uri}`, t`New instance: ${creation.owner.title}`, describeLimits(creation));
		const start = { line: 0, character: 0 };
		const text: AnnotatedTextEdit = { range: { start, end: start }, newText: creation.text, annotationId: id };
		return [
			{ kind: "create", uri: creation.uri, options: { overwrite: false, ignoreIfExists: false }, annotationId: id },
			{ textDocument: { uri: creation.uri, version: null }, edits: [text] },
		];
	});
	return { documentChanges: [...changes, ...creations], changeAnnotations: annotations };
}

function placeEdits(context: FeatureContext, { file, edits }: ChangedFile, annotationId: string): readonly AnnotatedTextEdit[] {
	const { rangeOf } = context.positionsOf(file);
	return edits.map(({ range, newText }) => ({ range: rangeOf(range), newText, annotationId }));
}

function describeLimits({ owner }: CreatedInstance): string {
	return joinWords(LIMIT_NAMES.flatMap((limit) => (owner.limits[limit] === undefined ? [] : [`${limit} ${owner.limits[limit]}`])));
}
