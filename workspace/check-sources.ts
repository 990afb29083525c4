import { nameAt, nameCount } from "../core/columns/name-table.ts";
import { checkData } from "../core/config/check-data.ts";
import { toConfigProblems } from "../core/config/source-problems.ts";
import { type InstantMs, parseInstant } from "../core/dates/instant.ts";
import type { ConfigProblem } from "../core/problems.ts";
import { closestWord } from "../core/schema/closest-word.ts";
import type { Estate } from "../core/usage/estate.ts";
import { describeRefusal, type LinkedData, type ObservedAt, sourcesOf } from "./linked-data.ts";
import { isReadable, type PlacedProblem, type WorkspaceFile } from "./workspace-file.ts";

/**
 * What is wrong with the data that a configuration links to: sources that cannot be read, the faults of their rows, summed up, and
 * names in the configuration that the data does not have.
 * Empty for a text that does not parse and for one that is on no disk. Reads the data, unless it was read before. Of an entry that is
 * itself faulty, the data is not judged: one slip in a key would make much of it look wrong.
 * @param known what is wrong with the file without its data.
 * @throws `signal.reason` when aborted.
 */
export async function checkSources(
	data: LinkedData,
	file: WorkspaceFile,
	known: readonly PlacedProblem[],
	now: InstantMs,
	signal: AbortSignal,
): Promise<readonly ConfigProblem[]> {
	const sources = sourcesOf(file);
	if (!isReadable(file.parsed) || sources.length === 0 || !data.isOnDisk(file)) return [];
	const at = observedAt(file, now);
	const estate = file.config.model?.kind === "instance" ? await data.loadEstate(file, signal) : null;
	const loads = [estate ?? (await data.loadUsageLogs(file, at, signal)), await data.loadSettings(file, signal)];
	const faulty = new Set(
		known
			.map(({ problem }) => problem)
			.filter(isSchemaError)
			.map(({ path }) => path[1]),
	);
	const judged = sources.filter((source) => !faulty.has(source.index));
	const found = loads.flatMap((loaded) => {
		// A refused source is told of once, by the warning about its place.
		const failures = loaded.failures.filter((failure) => failure.code !== "source/outside-workspace");
		return toConfigProblems(judged, { ...loaded, failures });
	});
	// From a part of the data, what is in the rest would seem to be missing.
	const beside = faulty.size > 0 || estate?.value == null ? [] : checkBesideData(file, estate.value);
	return [...(await checkPlaces(data, file)), ...found, ...beside];
}

/** The instant at which an instance's data is judged when nobody asks for another. */
export function observedAt(file: WorkspaceFile, now: InstantMs): ObservedAt {
	const model = file.config.model;
	const written = model?.kind === "instance" && model.asOf !== null ? parseInstant(model.asOf) : null;
	return written === null ? { instant: now, isNow: true } : { instant: written, isNow: false };
}

function checkBesideData({ config }: WorkspaceFile, estate: Estate): readonly ConfigProblem[] {
	const productNames = listProducts(estate);
	if (productNames.length === 0) return [];
	return checkData({ file: config, products: productNames, closestProduct: (name) => closestWord(name, productNames) });
}

function listProducts({ products }: Estate): readonly string[] {
	return Array.from({ length: nameCount(products) }, (_, product) => nameAt(products, product));
}

function isSchemaError({ code, path }: ConfigProblem): boolean {
	return code.startsWith("schema/") && path[0] === "dataSources";
}

async function checkPlaces(data: LinkedData, file: WorkspaceFile): Promise<readonly ConfigProblem[]> {
	const outside = await data.sourcesOutside(file);
	return outside.map((source) => ({
		code: "source/outside-workspace",
		severity: "warning",
		message: data.readsOutside
			? `"${source.path}" is outside of the workspace's folders, so another person's copy of the folder lacks it.`
			: describeRefusal(source),
		path: ["dataSources", source.index, "path"],
		anchor: "value",
	}));
}
