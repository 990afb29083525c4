import { checkData, checkDateFormat, checkReport, checkRows, hintAtFormat, type WrittenDates } from "../../core/config/check-data.ts";
import type { ConfigFile, DataSource } from "../../core/config/model.ts";
import { toConfigProblems } from "../../core/config/source-problems.ts";
import type { InstantMs } from "../../core/dates/instant.ts";
import type { Loaded } from "../../core/loading/loaded.ts";
import type { ConfigProblem } from "../../core/problems.ts";
import { t } from "../../core/texts/translate.ts";
import type { DescribedData } from "../../core/usage/source-facts.ts";
import type { EstateResults } from "../data/estate-results.ts";
import { describeRefusal, type LinkedData, type ObservedAt, sourcesOf } from "../data/linked-data.ts";
import { observedAt } from "../data/observed-at.ts";
import { isReadable, type PlacedProblem, type WorkspaceFile } from "../workspace-file.ts";
import { createDataViews, lastDayOn } from "./data-views.ts";

/** Finds what is wrong with the data that configurations link to; what it took long to find out is kept with that data. */
export interface SourcesCheck {
	/**
	 * Sources that cannot be read, the faults of their rows, summed up, names in the configuration that the data does not have, and what is
	 * odd about the data. Empty for a text that does not parse and for one that is on no disk. Reads the data, unless it was read before. Of
	 * an entry that is itself faulty, the data is not judged: one slip in a key would make much of it look wrong.
	 * @param known what is wrong with the file without its data.
	 * @throws `signal.reason` when aborted.
	 */
	check(file: WorkspaceFile, known: readonly PlacedProblem[], signal: AbortSignal): Promise<readonly ConfigProblem[]>;
}

/** What the data of a configuration is judged with. */
export interface SourcesCheckContext {
	readonly data: LinkedData;
	readonly results: EstateResults;
	/** All configurations, as rules that look across files should see them. */
	readonly configs: () => readonly ConfigFile[];
	readonly clock: () => InstantMs;
}

export function createSourcesCheck({ data, results, configs, clock }: SourcesCheckContext): SourcesCheck {
	const views = createDataViews(results);

	/** What tells in which format the dates of a source are written. */
	function datesOf(source: DataSource, loads: readonly Loaded<unknown>[], described: DescribedData | null, at: ObservedAt): WrittenDates {
		return {
			source,
			seen: loads.flatMap(({ seenDates = [] }) => seenDates).find((seen) => seen.source === source.name) ?? null,
			unread: countUnreadDates(loads, source),
			facts: described?.sources.find(({ sourceIndex }) => sourceIndex === source.index) ?? null,
			today: lastDayOn(at.instant),
			detectFormats: views.detectFormats,
		};
	}

	/** The problems of sources whose dates are written in another format than stated, by their place among the sources. */
	function checkFormats(dates: readonly WrittenDates[]): ReadonlyMap<number, ConfigProblem> {
		return new Map(
			dates.flatMap((written): [number, ConfigProblem][] => {
				const { source, facts } = written;
				const isEstate = source.provides === "devices" || source.provides === "installations";
				// Without the dates that could be read nobody knows how many are well.
				const problem = isEstate && facts === null ? null : checkDateFormat(written);
				return problem === null ? [] : [[source.index, problem]];
			}),
		);
	}

	return {
		async check(file, known, signal) {
			const sources = sourcesOf(file);
			if (!isReadable(file.parsed) || sources.length === 0 || !data.isOnDisk(file)) return [];
			const { model } = file.config;
			const now = clock();
			const at = observedAt(file, now);
			const estate = model?.kind === "instance" ? await data.loadEstate(file, signal) : null;
			const logs = estate === null ? await data.loadUsageLogs(file, at, signal) : null;
			const loads = [...(estate === null ? [] : [estate]), ...(logs === null ? [] : [logs]), await data.loadSettings(file, signal)];
			const described = estate === null || estate.value === null ? null : await data.describeSources(file, signal);

			const faulty = faultySources(known);
			const judged = sources.filter((source) => !faulty.has(source.index));
			const dates = judged.map((source) => datesOf(source, loads, described, at));
			const misread = checkFormats(dates);
			const hint = (problem: ConfigProblem) => {
				const written =
					problem.code === "source/unparseable-date" ? dates.find(({ source }) => source.index === problem.path[1]) : undefined;
				return written === undefined ? problem : hintAtFormat(problem, written);
			};
			const isTold = (name: string) => judged.some((source) => source.name === name && misread.has(source.index));
			const found = loads.flatMap((loaded) =>
				toConfigProblems(judged, {
					...loaded,
					// A refused source is told of once, by the warning about its place; so are dates, by that about their format.
					failures: loaded.failures.filter((failure) => failure.code !== "source/outside-workspace"),
					counts: loaded.counts.filter(({ source, code }) => code !== "source/unparseable-date" || !isTold(source)),
				}).map(hint),
			);
			const problems = [...(await checkPlaces(data, file)), ...found, ...misread.values()];
			// From a part of the data, what is in the rest would seem to be missing.
			if (faulty.size > 0) return problems;
			if (model?.kind === "instance" && estate?.value != null) {
				const named = views.products(file.config, estate.value);
				const rows =
					described === null
						? null
						: await views.rows(
								{
									instance: model,
									sources: judged.filter(({ index }) => !misread.has(index)),
									unread: (source) => countUnreadDates(loads, source),
									estate: misread.size > 0 ? null : estate.value,
									described,
									asOf: at.instant,
								},
								signal,
							);
				return [...problems, ...(named === null ? [] : checkData(named)), ...(rows === null ? [] : checkRows(rows))];
			}
			// A misread log would look like one that never came.
			const report =
				logs?.value == null || misread.size > 0 || !hasLogSources(sources) ? null : views.report(file.config, logs.value, configs(), now);
			return report === null ? problems : [...problems, ...checkReport(report).filter(isAboutSound(known))];
		},
	};
}

/** Places of sources whose entries the schema does not accept. */
function faultySources(known: readonly PlacedProblem[]): ReadonlySet<string | number | undefined> {
	return new Set(
		known
			.map(({ problem }) => problem)
			.filter(({ code, path }) => code.startsWith("schema/") && path[0] === "dataSources")
			.map(({ path }) => path[1]),
	);
}

/** In a faulty list of subscriptions a server may be named, though nothing of it is in the model. */
function isAboutSound(known: readonly PlacedProblem[]): (problem: ConfigProblem) => boolean {
	const isSound = !known.some(({ problem }) => problem.code.startsWith("schema/") && problem.path[0] === "subscriptions");
	return ({ code }) => isSound || code !== "subscription/unknown-server";
}

function countUnreadDates(loads: readonly Loaded<unknown>[], { name }: DataSource): number {
	const counts = loads.flatMap((loaded) => loaded.counts);
	return counts.find(({ source, code }) => source === name && code === "source/unparseable-date")?.count ?? 0;
}

function hasLogSources(sources: readonly DataSource[]): boolean {
	return sources.some(({ provides }) => provides === "usageLog" || provides === "userActivity");
}

async function checkPlaces(data: LinkedData, file: WorkspaceFile): Promise<readonly ConfigProblem[]> {
	const outside = await data.sourcesOutside(file);
	return outside.map((source) => ({
		code: "source/outside-workspace",
		severity: "warning",
		message: data.readsOutside
			? t`"${source.path}" is outside of the workspace's folders, so another person's copy of the folder lacks it.`
			: describeRefusal(source),
		path: ["dataSources", source.index, "path"],
		anchor: "value",
	}));
}
