import type { WorkspaceFile } from "../workspace/workspace.ts";
import type { FeatureContext } from "./feature-context.ts";

/**
 * URI of the file that a path of a configuration leads to, as the client spells it; null when there is none, and when it lies outside of a workspace
 * that is not trusted: even whether it exists is not told then.
 */
export async function findReachableFile(
	{ workspace, clientUri }: FeatureContext,
	file: WorkspaceFile,
	path: string,
): Promise<string | null> {
	const uri = workspace.resolve(file.uri, path);
	if (workspace.file(uri) !== null) return clientUri(uri);
	const { access, data } = workspace;
	if (!access.isOnDisk(file.uri) || !access.isOnDisk(uri)) return null;
	const name = access.toPath(uri);
	if (!data.readsOutside && !(await data.isReallyInside(name))) return null;
	return (await access.kindOf(name)) === "file" ? clientUri(uri) : null;
}
