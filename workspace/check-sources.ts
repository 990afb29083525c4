import { toConfigProblems } from "../core/config/source-problems.ts";
import { type InstantMs, parseInstant } from "../core/dates/instant.ts";
import type { ConfigProblem } from "../core/problems.ts";
import { type LinkedData, type ObservedAt, sourcesOf } from "./linked-data.ts";
import { isReadable, type WorkspaceFile } from "./workspace-file.ts";

/**
 * What is wrong with the data that a configuration links to: sources that cannot be read, and the faults of their rows, summed up.
 * Empty for a text that does not parse and for one that is on no disk. Reads the data, unless it was read before.
 * @throws `signal.reason` when aborted.
 */
export async function checkSources(
	data: LinkedData,
	file: WorkspaceFile,
	now: InstantMs,
	signal: AbortSignal,
): Promise<readonly ConfigProblem[]> {
	const sources = sourcesOf(file);
	if (!isReadable(file.parsed) || sources.length === 0 || !data.isOnDisk(file)) return [];
	const at = observedAt(file, now);
	const isInstance = file.config.model?.kind === "instance";
	const loads = [
		isInstance ? await data.loadEstate(file, at, signal) : await data.loadUsageLogs(file, at, signal),
		await data.loadSettings(file, at, signal),
	];
	const found = loads.flatMap((loaded) => {
		// A refused source is told of once, by the warning about its place.
		const failures = loaded.failures.filter((failure) => failure.code !== "source/outside-workspace");
		return toConfigProblems(sources, { ...loaded, failures });
	});
	return [...checkPlaces(data, file), ...found];
}

/** The instant at which an instance's data is judged when nobody asks for another. */
export function observedAt(file: WorkspaceFile, now: InstantMs): ObservedAt {
	const model = file.config.model;
	const written = model?.kind === "instance" && model.asOf !== null ? parseInstant(model.asOf) : null;
	return written === null ? { instant: now, isNow: true } : { instant: written, isNow: false };
}

function checkPlaces(data: LinkedData, file: WorkspaceFile): readonly ConfigProblem[] {
	return data.sourcesOutside(file).map((source) => ({
		code: "source/outside-workspace",
		severity: "warning",
		message: data.readsOutside
			? `"${source.path}" is outside of the workspace's folders, so another person's copy of the folder lacks it.`
			: `"${source.path}" is outside of the workspace's folders, and is not read because the workspace is not trusted.`,
		path: ["dataSources", source.index, "path"],
		anchor: "value",
	}));
}
