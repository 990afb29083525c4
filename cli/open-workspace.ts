import path from "node:path";
import type { InstantMs } from "../core/dates/instant.ts";
import { createWorkerJobs } from "../workspace/jobs/worker-jobs.ts";
import { createNodeFileAccess } from "../workspace/node-file-access.ts";
import { createWorkspace, type Workspace, type WorkspaceOptions } from "../workspace/workspace.ts";
import { type CliFailure, type CliIo, failure } from "./cli-io.ts";

/** The configurations that a command line names. */
export interface OpenedPaths {
	readonly workspace: Workspace;
	/** URIs of the configurations that were named or stand in a named folder, each once, in code-unit order. */
	readonly uris: readonly string[];
	/** Those that were named as files. */
	readonly named: ReadonlySet<string>;
}

/**
 * Reads the configurations at some paths: files, and folders with everything below them. The project that a named
 * instance belongs to is read as well, without being one of the answer.
 * @param asOf what "now" is; null for the clock.
 */
export async function openPaths(io: CliIo, paths: readonly string[], asOf: InstantMs | null): Promise<OpenedPaths | CliFailure> {
	const access = createNodeFileAccess();
	const workspace = createWorkspace(access, asOf === null ? io.now : () => asOf, makeOptions(io));
	const uris = new Set<string>();
	const named = new Set<string>();
	for (const written of paths) {
		io.signal.throwIfAborted();
		const absolute = path.resolve(io.cwd, written);
		const kind = await access.kindOf(absolute);
		if (kind === "nothing") return failure(`There is no file or folder ${written}.`);
		if (kind === "folder") {
			const found = await access.findConfigs(access.toUri(absolute));
			if (found.length === 0) return failure(`There is no configuration in ${written}. Their names end in .usage.yaml or .usage.yml.`);
			await workspace.addFolder(access.toUri(absolute));
			for (const uri of found) uris.add(uri);
		} else {
			const refusal = await addNamedFile(workspace, written, access.toUri(absolute));
			if (refusal !== null) return refusal;
			uris.add(access.toUri(absolute));
			named.add(access.toUri(absolute));
		}
	}
	return { workspace, uris: [...uris].filter((uri) => workspace.file(uri) !== null).sort(), named };
}

/** A file's name as a person at `cwd` would write it: relative where it is below, else absolute. */
export function displayName(io: CliIo, file: string): string {
	const relative = path.relative(io.cwd, file);
	const outside = relative === "" || relative.startsWith("..") || path.isAbsolute(relative);
	return outside ? file : relative.replaceAll(path.sep, "/");
}

/** Reads one named configuration and the project that it belongs to. */
export async function openFile(
	io: CliIo,
	written: string,
	asOf: InstantMs | null,
): Promise<{ readonly workspace: Workspace; readonly uri: string } | CliFailure> {
	const access = createNodeFileAccess();
	// One estate at most, so its sources need not stay beside it; and no output has the columns of the views.
	const options = makeOptions(io);
	const workspace = createWorkspace(access, asOf === null ? io.now : () => asOf, { ...options, servesViews: false });
	const absolute = path.resolve(io.cwd, written);
	const uri = access.toUri(absolute);
	switch (await access.kindOf(absolute)) {
		case "nothing":
			return failure(`There is no file ${written}.`);
		case "folder": {
			const found = (await access.findConfigs(uri)).slice(0, 10).map((config) => `  ${displayName(io, access.toPath(config))}`);
			const advice = found.length === 0 ? "There is no configuration in it." : `Name one configuration, such as:\n${found.join("\n")}`;
			return failure(`${written} is a folder. ${advice}`);
		}
		case "file": {
			const refusal = await addNamedFile(workspace, written, uri);
			// A project is not what was meant; with its neighbours at hand the message can say which instances belong to it.
			if (refusal === null && workspace.file(uri)?.config.model?.kind === "project")
				await workspace.addFolder(access.toUri(path.dirname(absolute)));
			if (refusal !== null) return refusal;
			const file = workspace.file(uri);
			// Not waited for: what prevents it shows when the data is read.
			if (file !== null) void options.jobs?.prepare?.(workspace.data.linkedPaths(file)).catch(() => {});
			return { workspace, uri };
		}
	}
}

/** Threads that have nothing to do don't keep a process alive; those that have are for `atEnd`. */
function makeOptions(io: CliIo): WorkspaceOptions {
	const jobs = createWorkerJobs();
	io.atEnd?.(jobs.dispose);
	return { jobs };
}

async function addNamedFile(workspace: Workspace, written: string, uri: string): Promise<CliFailure | null> {
	if (!/\.ya?ml$/i.test(uri)) return failure(`${written} is not a configuration: their names end in .usage.yaml or .usage.yml.`);
	await workspace.addFile(uri);
	const model = workspace.file(uri)?.config.model;
	if (workspace.file(uri) === null) return failure(`${written} cannot be read. Check that it is a text file and that you may read it.`);
	if (model?.kind === "instance" && model.project !== null) {
		const project = workspace.resolve(uri, model.project);
		if (workspace.file(project) === null) await workspace.addFile(project);
	}
	return null;
}
