import path from "node:path";
import type { Project } from "../core/config/model.ts";
import { HISTORY_FOLDER, HISTORY_NAME } from "../core/history/open-history.ts";
import { createNodeFileAccess } from "../workspace/node-file-access.ts";
import { type CliFailure, type CliIo, failure } from "./cli-io.ts";
import { displayName, openFile, openPaths } from "./open-workspace.ts";

/** A history that a command line means. */
export interface FoundHistory {
	/** Absolute; it need not be there. */
	readonly file: string;
	/** The project that was named, whose logs alone are meant; null for all logs of the history. */
	readonly project: {
		/** As the history notes it: seen from its folder. */
		readonly file: string;
		readonly title: string;
		/** That its subscriptions name. */
		readonly servers: readonly string[];
	} | null;
}

/**
 * The histories that a command line means: those of a project, or of the projects in a folder and of the folder itself.
 * @param target a project's file or a folder, as written; null for the current folder.
 * @param history absolute name of the history's file; null for the one beside each project.
 */
export async function findHistories(
	io: CliIo,
	target: string | null,
	history: string | null,
): Promise<readonly FoundHistory[] | CliFailure> {
	if (target === null && history !== null) return [{ file: history, project: null }];
	const access = createNodeFileAccess();
	const absolute = path.resolve(io.cwd, target ?? ".");
	switch (await access.kindOf(absolute)) {
		case "nothing":
			return failure(`There is no file or folder ${target}.`);
		case "file":
			return findOfProject(io, target!, history);
		case "folder":
			return history !== null ? [{ file: history, project: null }] : findInFolder(io, absolute);
	}
}

/** The one of some histories that a command takes; a failure that lists them when there are several. */
export function takeOne(io: CliIo, found: readonly FoundHistory[]): FoundHistory | CliFailure {
	const [first, ...others] = found;
	if (first !== undefined && others.length === 0) return first;
	const names = found.map(({ file }) => `  ${displayName(io, file)}`);
	return failure(`There are several histories here. Name a project, or one of these with --history:\n${names.join("\n")}`);
}

async function findOfProject(io: CliIo, written: string, history: string | null): Promise<readonly FoundHistory[] | CliFailure> {
	const opened = await openFile(io, written, null);
	if ("failed" in opened) return opened;
	const { workspace, uri } = opened;
	const model = workspace.file(uri)?.config.model ?? null;
	if (model?.kind !== "project") {
		return failure(`${written} is no project: histories are kept of projects. usage-report check ${written} says what it is.`);
	}
	const place = await workspace.usageHistory.placeOf(workspace.canonicalUri(uri), history);
	if (place === null) return failure(`${written} has no place for a history.`);
	return [{ file: place.file, project: { file: place.project, title: model.title ?? path.basename(written), servers: serversOf(model) } }];
}

function serversOf({ subscriptions }: Project): readonly string[] {
	return [...new Set(subscriptions.flatMap(({ servers }) => servers.map((server) => server.trim())))];
}

/** Histories that are there: of the folder and of the projects below it. When none is, the one that the only project would have, or the folder. */
async function findInFolder(io: CliIo, folder: string): Promise<readonly FoundHistory[] | CliFailure> {
	const access = createNodeFileAccess();
	const own = path.join(folder, HISTORY_FOLDER, HISTORY_NAME);
	const files = new Set<string>();
	if ((await access.findConfigs(access.toUri(folder))).length > 0) {
		const opened = await openPaths(io, [folder], null);
		if ("failed" in opened) return opened;
		const { workspace, uris } = opened;
		for (const uri of uris) {
			if (workspace.file(uri)?.config.model?.kind !== "project") continue;
			const place = await workspace.usageHistory.placeOf(uri, null);
			if (place !== null) files.add(place.file);
		}
	}
	const there = await Promise.all(
		[...new Set([own, ...files])].map(async (file) => ((await access.kindOf(file)) === "nothing" ? [] : [file])),
	);
	const present = there.flat();
	if (present.length > 0) return present.sort().map((file) => ({ file, project: null }));
	return (files.size > 0 ? [...files] : [own]).map((file) => ({ file, project: null }));
}
