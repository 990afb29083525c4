import { checkLimits } from "../../core/config/check-limits.ts";
import type { ConfigContext } from "../../core/config/config-context.ts";
import { fileNameOf } from "../../core/config/file-names.ts";
import type { KnownLimits, LimitContext, OldestDate, UnusableRows } from "../../core/config/limit-rules/limit-context.ts";
import { offerLimitValues } from "../../core/config/limit-rules/offer-limit-values.ts";
import { isNothing, valueAt } from "../../core/config/value-at.ts";
import type { InstantMs } from "../../core/dates/instant.ts";
import type { ConfigProblem, RelatedPlace } from "../../core/problems.ts";
import { formatCount } from "../../core/texts/format-count.ts";
import { t } from "../../core/texts/translate.ts";
import type { LimitEffect } from "../../core/usage/limit-effect.ts";
import { LIMIT_NAMES, type LimitName, type Limits } from "../../core/usage/limits.ts";
import type { DateColumnName } from "../../core/usage/source-facts.ts";
import { sourcesOf } from "../data/linked-data.ts";
import type { FileInsight, InstanceInsight } from "../insights/insights.ts";
import { findEffect } from "../insights/limit-change.ts";
import { isReadable, type PlacedProblem, type WorkspaceFile } from "../workspace-file.ts";

/** What limits are checked with, beside what is known of their file. */
export interface LimitCheckContext {
	readonly file: (uri: string) => WorkspaceFile | null;
	/** What rules that look across files may look at. */
	readonly around: (file: WorkspaceFile) => ConfigContext;
	readonly clock: () => InstantMs;
	/** Up to how many installations a change may newly expose to mandatory policies. */
	readonly reclaimExposure: () => number;
}

/** Finds what is wrong with limits beside their history and the linked data. Looks at nothing but what is known; numbers that are not known are left out. */
export interface LimitCheck {
	/** In the order of the rules; none while the file does not parse. */
	check(file: WorkspaceFile, insight: FileInsight | null): readonly ConfigProblem[];
	/** Problems of the file, whoever found them; those about limits with fixes that give them the values that they have elsewhere. */
	offerValues(file: WorkspaceFile, insight: FileInsight | null, problems: readonly PlacedProblem[]): readonly PlacedProblem[];
}

/** The limit check of one workspace. */
export function createLimitCheck(context: LimitCheckContext): LimitCheck {
	return {
		check(file, insight) {
			const limitContext = insight === null || insight.file !== file ? null : makeLimitContext(context, insight);
			return limitContext === null ? [] : checkLimits(limitContext);
		},
		offerValues(file, insight, problems) {
			if (!problems.some(({ problem }) => problem.code.startsWith("limits/") || problem.code === "instance/no-limits")) return problems;
			const known = insight === null ? null : { committed: committedLimits(insight), deployed: deployedLimits(insight) };
			const offered = offerLimitValues(
				context.around(file),
				known,
				problems.map(({ problem }) => problem),
			);
			return problems.map((placed, index) => (offered[index] === placed.problem ? placed : { ...placed, problem: offered[index]! }));
		},
	};
}

/** Null when there is nothing to judge: the text does not parse, or its limits cannot be used. */
function makeLimitContext(context: LimitCheckContext, insight: FileInsight): LimitContext | null {
	const { file, limits, kind } = insight;
	const { model } = file.config;
	if (!isReadable(file.parsed) || model === null || limits === null) return null;
	return {
		file: file.config,
		model,
		now: context.clock(),
		limits,
		areOwn: kind === "project" || !isNothing(valueAt(file.config.tree, ["usageCategory"])),
		known: { committed: committedLimits(insight), deployed: deployedLimits(insight) },
		unusable: unusableRows(insight),
		effectOf: rememberEffects(insight),
		retention: kind === "instance" ? { usage: oldestDate(insight, "lastUsageDate"), install: oldestDate(insight, "installDate") } : null,
		instances: instancesOf(context, insight),
		reclaimExposure: context.reclaimExposure(),
	};
}

function committedLimits({ file, committed }: FileInsight): KnownLimits | null {
	if (committed === null || committed.effective === null) return null;
	const { effective, limitsIn } = committed;
	const describePlace = (name: LimitName) => {
		const line = limitsIn.lines[name];
		const where = limitsIn.uri === file.uri ? "" : t` of ${fileNameOf(limitsIn.uri)}`;
		return line === undefined ? t`the last commit${where}` : t`line ${formatCount(line + 1)}${where} in the last commit`;
	};
	return {
		limits: effective,
		advice: committed.model?.limitAdvice ?? [],
		describePlace,
		placeOf(name) {
			const line = limitsIn.lines[name];
			return {
				...placeInFile(file, name),
				message: t`Committed: ${formatCount(effective[name])} (${describePlace(name)}).`,
				...(line === undefined ? {} : { line: { of: "commit", uri: limitsIn.uri, line } }),
			};
		},
	};
}

function deployedLimits({ deployed }: FileInsight): KnownLimits | null {
	if (deployed === null) return null;
	const { limits, file, places } = deployed;
	const describePlace = (name: LimitName) => {
		const { source, row } = places[name];
		return t`row ${formatCount(row)} of ${source.path ?? source.name}`;
	};
	return {
		limits,
		advice: [],
		describePlace,
		placeOf(name) {
			const { source, text } = places[name];
			return {
				file: file.uri,
				path: ["dataSources", source.index, source.path === null ? "name" : "path"],
				anchor: "value",
				message: t`Deployed: ${formatCount(limits[name])} (${describePlace(name)}).`,
				...(text === null ? {} : { line: { of: "data", ...text } }),
			};
		},
	};
}

function unusableRows({ unusable }: FileInsight): UnusableRows | null {
	if (unusable === null) return null;
	const { file, why, rows } = unusable;
	const index = rows[0]?.sourceIndex;
	const source = sourcesOf(file).find((candidate) => (index === undefined ? candidate.provides === "settings" : candidate.index === index));
	if (source === undefined) return null;
	return {
		why,
		rows: rows.filter(({ sourceIndex }) => sourceIndex === source.index).map(({ row }) => row),
		place: {
			file: file.uri,
			path: ["dataSources", source.index, source.path === null ? "name" : "path"],
			anchor: "value",
			message: source.path ?? source.name,
		},
	};
}

function placeInFile({ uri, config }: WorkspaceFile, name: LimitName): Omit<RelatedPlace, "message"> {
	const isWritten = valueAt(config.tree, ["usageCategory", name]) !== undefined;
	return { file: uri, path: isWritten ? ["usageCategory", name] : ["project"], anchor: "value" };
}

/** The same change is asked for by several rules, once per limit. */
function rememberEffects(insight: FileInsight): LimitContext["effectOf"] {
	const known = new Map<string, LimitEffect | null>();
	return (from, to) => {
		const key = `${keyOf(from)} ${keyOf(to)}`;
		let effect = known.get(key);
		if (effect === undefined) {
			effect = findEffect(insight, from, to);
			known.set(key, effect);
		}
		return effect;
	};
}

function keyOf(limits: Limits): string {
	return LIMIT_NAMES.map((name) => limits[name]).join();
}

/** Of all sources of installations; null as long as nothing is known, and where no date is. */
function oldestDate({ sources, endOfSync }: InstanceInsight, column: DateColumnName): OldestDate | null {
	if (sources === null || endOfSync === null) return null;
	const found = sources.flatMap(({ dates }) => dates.filter((date) => date.column === column && date.first !== null));
	if (found.length === 0) return null;
	const first = Math.min(...found.map((date) => date.first!));
	return { ageDays: Math.max(0, endOfSync - first), dates: found.reduce((sum, { dated }) => sum + dated, 0) };
}

function instancesOf({ file }: LimitCheckContext, insight: FileInsight): LimitContext["instances"] {
	if (insight.kind === "instance") return { keeping: [], taking: [] };
	const instances = insight.instances.flatMap((uri) => {
		const config = file(uri)?.steadyConfig;
		if (config?.model?.kind !== "instance") return [];
		return [{ name: config.model.name ?? fileNameOf(uri), takes: isNothing(valueAt(config.tree, ["usageCategory"])) }];
	});
	return {
		keeping: instances.filter(({ takes }) => !takes).map(({ name }) => name),
		taking: instances.filter(({ takes }) => takes).map(({ name }) => name),
	};
}
