import type { DataSource } from "../core/config/model.ts";
import type { DataProblem } from "../core/problems.ts";
import { inWords } from "../workspace/runs/run-categorize.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** Where a row of a data source can be opened. */
export interface OpenedPlace {
	/** URI of the source's file; null for a source without one. */
	readonly uri: string | null;
	/** From 1; null where it is not known, or there are no lines. */
	readonly line: number | null;
}

/** Up to this many bytes a file is looked through for a line that nobody has asked for yet. */
const LITTLE_BYTES = 4 * 1024 * 1024;

/** URI of a source's file; null for one without. @param configUri of the configuration that has the source. */
function uriOfSource({ access, resolve }: Workspace, configUri: string, { path }: Pick<DataSource, "path">): string | null {
	return path === null || !access.isOnDisk(configUri) ? null : resolve(configUri, path);
}

/**
 * Where rows of a configuration's source stand, in their order.
 * @param patient false when a large file is not worth looking through: then there are no lines.
 * @throws `signal.reason` when aborted.
 */
export async function findPlaces(
	workspace: Workspace,
	configUri: string,
	source: DataSource,
	rows: readonly (number | null)[],
	patient: boolean,
	signal: AbortSignal,
): Promise<readonly OpenedPlace[]> {
	const { access, sources } = workspace;
	const uri = uriOfSource(workspace, configUri, source);
	const file = workspace.file(configUri);
	const size = uri === null ? null : await access.sizeOf(access.toPath(uri));
	if (uri === null || file === null || size === null || (!patient && size > LITTLE_BYTES)) return rows.map(() => ({ uri, line: null }));
	const wanted = rows.filter((row) => row !== null);
	const lines = await inWords(sources.findLines(file, source, wanted, signal));
	return rows.map((row) => ({ uri, line: row === null || "failed" in lines ? null : (lines.get(row) ?? null) }));
}

/**
 * Data problems of a configuration with the places where they can be opened; those in large files have no line yet.
 * @throws `signal.reason` when aborted.
 */
export async function placeProblems<Problem extends Pick<DataProblem, "source" | "row">>(
	workspace: Workspace,
	configUri: string,
	sources: readonly DataSource[],
	problems: readonly Problem[],
	signal: AbortSignal,
): Promise<readonly (Problem & OpenedPlace)[]> {
	const places = new Map<Problem, OpenedPlace>();
	for (const name of new Set(problems.map((problem) => problem.source))) {
		const own = problems.filter((problem) => problem.source === name);
		const source = findSource(sources, name);
		if (source === null) continue;
		const found = await findPlaces(
			workspace,
			configUri,
			source,
			own.map(({ row }) => row),
			false,
			signal,
		);
		for (const [index, problem] of own.entries()) places.set(problem, found[index]!);
	}
	return problems.map((problem) => ({ ...problem, ...(places.get(problem) ?? { uri: null, line: null }) }));
}

/** The source of a name; null when there is none, or several. */
export function findSource(sources: readonly DataSource[], name: string): DataSource | null {
	const [source, other] = sources.filter((each) => each.name === name);
	return source === undefined || other !== undefined ? null : source;
}
