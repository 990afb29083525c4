import { relativePathOf } from "../core/config/file-names.ts";
import type { Instance } from "../core/config/model.ts";
import { LIMIT_NAMES } from "../core/usage/limits.ts";
import type { WorkspaceFile } from "../workspace/workspace.ts";
import type { FeatureContext } from "./feature-context.ts";

/** A value that the workspace itself suggests. */
export interface KnownValue {
	readonly value: string | number;
	/** Why, in a few words. */
	readonly detail: string;
}

/** By key, what the workspace suggests for it, the likeliest first. */
export type KnownValues = ReadonlyMap<string, readonly KnownValue[]>;

/** What the workspace suggests where it has nothing to say. */
export const NOTHING_KNOWN: KnownValues = new Map();

/** What the workspace suggests for the keys of an instance: its projects, the nearest first, and the limits of its own project. */
export function knownValuesOf(context: FeatureContext, file: WorkspaceFile): KnownValues {
	const projects = projectsNear(context, file);
	const named = instanceOf(file)?.project ?? null;
	const ownUri = named === null ? (projects.length === 1 ? projects[0]!.uri : null) : context.workspace.resolve(file.uri, named);
	const model = ownUri === null ? null : (context.workspace.file(ownUri)?.steadyConfig.model ?? null);
	const known = new Map<string, readonly KnownValue[]>();
	if (projects.length > 0)
		known.set(
			"project",
			projects.map(({ path, title }) => ({ value: path, detail: title ?? "" })),
		);
	for (const name of LIMIT_NAMES) {
		const value = model?.kind === "project" ? model.limits?.[name] : undefined;
		if (value !== undefined) known.set(name, [{ value, detail: "project's value" }]);
	}
	return known;
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
