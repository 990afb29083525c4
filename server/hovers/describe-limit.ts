import { fileNameOf } from "../../core/config/file-names.ts";
import type { LimitAdvice } from "../../core/config/model.ts";
import { formatCount, formatCounted, formatDifference } from "../../core/texts/format-count.ts";
import { mark, t } from "../../core/texts/translate.ts";
import { OUTCOMES } from "../../core/usage/category.ts";
import { DEFAULT_LIMITS, LIMIT_NAMES, type LimitName, type Limits, makeLimits } from "../../core/usage/limits.ts";
import { totalsWithLimits } from "../../core/usage/usage-profile.ts";
import type { InstanceInsight } from "../../workspace/insights/insights.ts";
import { describeLimitChange } from "../../workspace/insights/limit-change.ts";
import { type Block, clipName, type Part, paragraph, table } from "../markup.ts";
import { describeChange } from "./describe-change.ts";
import { joinParts } from "./describe-schema.ts";
import { type HoverSubject, whyNoFigures } from "./hover-subject.ts";

/** What a limit is here and elsewhere, how many installations it decides, and what its present change does; of all three for their block. */
export function describeLimit(subject: HoverSubject, name: LimitName | null): readonly Block[] {
	const { insight } = subject;
	return [
		...(name === null ? compareAll(subject) : compareOne(subject, name)),
		...(insight.kind === "project" ? compareInstances(subject) : name === null ? [] : describeReach(insight, name)),
		...describeChange(describeLimitChange(insight)),
	];
}

/** One limit in days, by where it stands; of a place that has none, undefined. */
interface LimitColumn {
	readonly title: string;
	readonly of: (name: LimitName) => number | undefined;
}

function columnsOf({ file, insight, workspace }: HoverSubject): readonly LimitColumn[] {
	const own = file.config.model?.limits ?? null;
	const { limits, committed, deployed } = insight;
	const path = insight.kind === "instance" ? insight.instance.project : null;
	const project = path === null ? null : (workspace.file(workspace.resolve(file.uri, path))?.steadyConfig.model ?? null);
	const columns: readonly (LimitColumn | null)[] = [
		{ title: mark("here"), of: (name) => own?.[name] ?? limits?.[name] },
		project?.kind !== "project" ? null : { title: mark("project"), of: (name) => project.limits?.[name] },
		committed === null ? null : { title: mark("committed"), of: (name) => committed.effective?.[name] ?? committed.limits?.[name] },
		deployed === null ? null : { title: mark("deployed"), of: (name) => deployed.limits[name] },
		{ title: mark("default"), of: (name) => DEFAULT_LIMITS[name] },
	];
	return columns.filter((column) => column !== null).filter(({ of }) => LIMIT_NAMES.some((name) => of(name) !== undefined));
}

function compareOne(subject: HoverSubject, name: LimitName): readonly Block[] {
	const pieces = columnsOf(subject)
		.filter(({ title }) => title !== "default")
		.flatMap(({ title, of }): readonly (readonly Part[])[] => {
			const days = of(name);
			if (days === undefined) return [];
			return [title === "here" ? [t("Here "), { bold: formatCounted(days, "day") }] : [`${t(title)} ${formatCount(days)}`]];
		});
	const advice = adviceFor(subject, name);
	const allowed: readonly (readonly Part[])[] =
		advice === null
			? []
			: [
					[
						t`allowed by ${advice.reference === null ? t("advice") : clipName(advice.reference)}${advice.date === null ? "" : t` of ${advice.date}`}`,
					],
				];
	return pieces.length === 0 ? [] : [paragraph(...joinParts([...pieces, ...allowed]))];
}

function compareAll(subject: HoverSubject): readonly Block[] {
	const columns = columnsOf(subject);
	const rows = LIMIT_NAMES.map((name) => [name, ...columns.map(({ of }) => formatDays(of(name)))]);
	return [table([t("Days"), ...columns.map(({ title }) => t(title))], rows)];
}

/** The advice that allows what the limit is; null for a default, and where there is none. */
function adviceFor({ file, insight }: HoverSubject, name: LimitName): LimitAdvice | null {
	const days = insight.limits?.[name];
	if (days === undefined || days === DEFAULT_LIMITS[name]) return null;
	return file.config.model?.limitAdvice.find(({ limit, value }) => limit === name && value === days) ?? null;
}

/** A project's limits beside those that its instances have by now. */
function compareInstances({ insight, workspace }: HoverSubject): readonly Block[] {
	if (insight.kind !== "project" || insight.instances.length === 0) return [];
	const instances = insight.instances.flatMap((uri) => {
		const model = workspace.file(uri)?.steadyConfig.model ?? null;
		if (model?.kind !== "instance") return [];
		return [[clipName(model.name ?? fileNameOf(uri)), ...LIMIT_NAMES.map((limit) => formatDays(model.limits?.[limit]))]];
	});
	const rest = instances.length - MAX_INSTANCES;
	return [
		paragraph(t("Its instances keep their own limits:")),
		table([t("Instance"), ...LIMIT_NAMES], instances.slice(0, MAX_INSTANCES)),
		...(rest > 0 ? [paragraph(t`and ${formatCounted(rest, "more instance")}.`)] : []),
	];
}

const MAX_INSTANCES = 10;

/** How many installations are on either side of a limit, and how many cross it when it is a day more or less. */
function describeReach(insight: InstanceInsight, name: LimitName): readonly Block[] {
	const { profile, limits } = insight;
	if (profile === null || limits === null) {
		const why = whyNoFigures(insight);
		return why === null ? [] : [paragraph(why)];
	}
	const now = totalsWithLimits(profile, limits);
	const variants = [limits[name] + 1, limits[name] - 1].flatMap((days) => {
		const other = makeLimits({ ...limits, [name]: days }).value;
		return other === null ? [] : [{ days, totals: totalsWithLimits(profile, other) }];
	});
	const places = OUTCOMES.map((_, place) => place).filter(
		(place) => SIDES[name].includes(place) || variants.some(({ totals }) => totals[place] !== now[place]),
	);
	const titles = places.map((place) => OUTCOMES[place]!.reason ?? OUTCOMES[place]!.category);
	return [
		table(
			["", ...titles],
			[
				[describeLimitDays(limits, name, limits[name]), ...places.map((place) => formatCount(now[place]!))],
				...variants.map(({ days, totals }) => [
					describeLimitDays(limits, name, days),
					...places.map((place) => formatDifference(totals[place]! - now[place]!)),
				]),
			],
		),
	];
}

function describeLimitDays(limits: Limits, name: LimitName, days: number): string {
	return limits[name] === days ? t`with ${formatCounted(days, "day")}` : t`with ${formatCount(days)}`;
}

function formatDays(days: number | undefined): string {
	return days === undefined ? "–" : formatCount(days);
}

const placeOf = (words: string) => OUTCOMES.findIndex(({ category, reason }) => (reason ?? category) === words);

/** The outcomes that a limit separates. */
const SIDES: { readonly [name in LimitName]: readonly number[] } = {
	InstallDateCutOffLimit: [placeOf("Recently installed"), placeOf("Unused")],
	UsedCategoryLimit: [placeOf("Used"), placeOf("Rarely Used")],
	UnusedCategoryLimit: [placeOf("Rarely Used"), placeOf("Unused")],
};
