import type { CliIo } from "./cli-io.ts";
import { displayName, type OpenedPaths } from "./open-workspace.ts";

/**
 * What was named as a file is taken whatever it is, so that a wrong one is told of; of a folder only the projects are, and a
 * file in it whose kind cannot be read is mentioned.
 */
export async function chooseProjects(io: CliIo, { workspace, uris, named }: OpenedPaths): Promise<readonly string[]> {
	const kindOf = (uri: string) => workspace.file(uri)?.config.model?.kind ?? null;
	for (const uri of uris.filter((candidate) => !named.has(candidate) && kindOf(candidate) === null)) {
		const name = displayName(io, workspace.access.toPath(uri));
		await io.stderr.write(`usage-report: ${name} is left out, since its kind cannot be read; usage-report check says why.\n`);
	}
	return uris.filter((uri) => named.has(uri) || kindOf(uri) === "project");
}
