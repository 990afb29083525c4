import { basename, dirname } from "node:path";
import type { FileEvent, FileSystemWatcher } from "vscode-languageserver-protocol";
import type { Workspace } from "../../workspace/workspace.ts";

/**
 * What the client should watch: configurations, the files that they link to, projects outside of the folders, the files by which git tells of commits,
 * and whatever is deleted, since a folder that vanishes is told of as one event.
 * @param relativePatterns whether the client takes patterns relative to a folder; otherwise they are absolute.
 */
export function listWatchers(workspace: Workspace, relativePatterns: boolean): readonly FileSystemWatcher[] {
	const paths = new Set([
		...workspace.uris().flatMap((uri) => workspace.linkedPaths(uri)),
		...workspace.outsideProjects(),
		...workspace.committed.watchedPaths(),
	]);
	const linked = [...paths].sort().map((path): FileSystemWatcher => {
		const name = escapeGlob(basename(path));
		if (relativePatterns) return { globPattern: { baseUri: workspace.access.toUri(dirname(path)), pattern: name } };
		return { globPattern: `${escapeGlob(dirname(path).replaceAll("\\", "/"))}/${name}` };
	});
	return [{ globPattern: "**/*.usage.{yaml,yml}" }, { globPattern: "**/*", kind: WATCH_DELETE }, ...linked];
}

/** Takes in what changed on the disk; answers the configurations whose diagnostics and results may differ now, each once. */
export async function applyFileEvents(workspace: Workspace, events: readonly FileEvent[]): Promise<readonly string[]> {
	const uris = [...new Set(events.map((event) => event.uri))];
	// Before and after: a file that is gone no longer says what it has affected, and a new one did not yet.
	const before = uris.flatMap((uri) => workspace.affectedBy(uri));
	const { access, committed } = workspace;
	const watched = new Set(committed.watchedPaths());
	// With a commit, what any configuration is compared with may be another.
	if (uris.some((uri) => access.isOnDisk(uri) && watched.has(access.toPath(uri)))) before.push(...workspace.uris());
	for (const uri of uris) await workspace.refresh(uri);
	const after = uris.flatMap((uri) => workspace.affectedBy(uri));
	return [...new Set([...before, ...after])];
}

/** `WatchKind.Delete`. */
const WATCH_DELETE = 4;

/** Characters that mean something in a pattern stand for any one character: watching a file too many does no harm. */
function escapeGlob(path: string): string {
	return path.replace(/[*?{}[\]!,]/g, "?");
}
