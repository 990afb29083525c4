import { relativePathOf } from "../../core/config/file-names.ts";
import type { Instance, Project } from "../../core/config/model.ts";
import type { WorkspaceFile } from "../../workspace/workspace.ts";
import type { FeatureContext } from "../feature-context.ts";
import type { Known, KnownPlace } from "./known.ts";

/** The projects that an instance may name, the nearest first. */
export function knownProjects({ context, file, kind }: KnownPlace): Known {
	const projects = kind === "project" ? [] : projectsNear(context, file);
	const values = projects.map(({ path, title }) => ({ value: path, detail: title ?? "", kind: "file" as const }));
	return { values: new Map(values.length === 0 ? [] : [["project", values]]), complete: true };
}

/** The project that an instance names, or the only one that it could name; null for every other file. */
export function projectOfInstance(context: FeatureContext, file: WorkspaceFile): Project | null {
	const named = instanceOf(file)?.project ?? null;
	const projects = named === null ? projectsNear(context, file) : [];
	const uri = named === null ? (projects.length === 1 ? projects[0]!.uri : null) : context.workspace.resolve(file.uri, named);
	const model = uri === null ? null : (context.workspace.file(uri)?.steadyConfig.model ?? null);
	return model?.kind === "project" ? model : null;
}

function instanceOf({ config, steadyConfig }: WorkspaceFile): Instance | null {
	for (const { model } of [config, steadyConfig]) if (model?.kind === "instance" && model.project !== null) return model;
	return null;
}

interface NearProject {
	readonly uri: string;
	/** As the file would write it. */
	readonly path: string;
	readonly title: string | null;
}

function projectsNear({ workspace }: FeatureContext, file: WorkspaceFile): readonly NearProject[] {
	const found = workspace.uris().flatMap((uri): NearProject[] => {
		const model = workspace.file(uri)?.steadyConfig.model;
		const path = model?.kind === "project" && uri !== file.uri ? relativePathOf(file.uri, uri) : null;
		return path === null || model?.kind !== "project" ? [] : [{ uri, path, title: model.title }];
	});
	// Every step, up or down, makes a file farther; the order of the workspace decides between equals.
	return found.toSorted((left, right) => left.path.split("/").length - right.path.split("/").length);
}
