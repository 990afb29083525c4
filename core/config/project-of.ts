import type { ConfigContext } from "./config-context.ts";
import type { ConfigFile, FileId, Project } from "./model.ts";
import { readText } from "./value-at.ts";

/** Where an instance's `project` leads. */
export interface ProjectReference {
	/** The path as written. */
	readonly path: string;
	readonly id: FileId;
	/** Null when the workspace has no such configuration file. */
	readonly file: ConfigFile | null;
	/** Null when there is no such file, or it is not a project. */
	readonly project: Project | null;
}

/** The project that an instance names; null when the file is not an instance or names none. */
export function projectOf(context: ConfigContext, file: ConfigFile = context.file): ProjectReference | null {
	if (file.model?.kind !== "instance" || readText(file.model.project) === null) return null;
	const path = file.model.project!;
	const id = context.resolve(file.id, path);
	const target = context.files.find((candidate) => candidate.id === id) ?? null;
	return { path, id, file: target, project: target?.model?.kind === "project" ? target.model : null };
}
