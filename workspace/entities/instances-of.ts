import { fileNameOf } from "../../core/config/file-names.ts";
import type { Instance, Project } from "../../core/config/model.ts";
import { t } from "../../core/texts/translate.ts";
import { type Failure, fail, readRunnable } from "../run-failure.ts";
import type { Workspace, WorkspaceFile } from "../workspace.ts";

/** A configuration that is an instance. */
export interface InstanceFile {
	readonly file: WorkspaceFile;
	readonly instance: Instance;
	/** Canonical URI; null when it names none. */
	readonly projectUri: string | null;
}

/** All instances of the workspace, in code-unit order of their URIs, by their last good text. */
export function listInstances(workspace: Workspace): readonly InstanceFile[] {
	return workspace.uris().flatMap((uri) => {
		const file = workspace.file(uri);
		const model = file?.steadyConfig.model ?? null;
		if (file === null || model?.kind !== "instance") return [];
		return [{ file, instance: model, projectUri: model.project === null ? null : workspace.resolve(uri, model.project) }];
	});
}

/** A project to work on, or why there is none that can be read. */
export async function readProject(
	workspace: Workspace,
	uri: string,
): Promise<{ readonly file: WorkspaceFile; readonly project: Project } | Failure> {
	const file = await readRunnable(workspace, uri);
	if ("failed" in file) return file;
	const model = file.config.model;
	if (model?.kind === "project") return { file, project: model };
	return fail(t`${fileNameOf(uri)} is an instance. Name the project that it belongs to.`);
}
