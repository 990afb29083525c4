import type { Workspace } from "../workspace.ts";

/**
 * Whether a file is any configuration of the workspace, or data that one links to: a result must never take the place of an input.
 * @param file absolute.
 */
export async function isInput(workspace: Workspace, file: string): Promise<boolean> {
	const { access } = workspace;
	const inputs = workspace.uris().flatMap((uri) => [access.toPath(uri), ...workspace.linkedPaths(uri)]);
	// Links are followed, since writing through one would destroy what it leads to.
	const [target, ...real] = await Promise.all([file, ...inputs].map(async (path) => (await access.realPath(path)) ?? path));
	return real.includes(target!);
}
