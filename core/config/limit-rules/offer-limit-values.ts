import type { ConfigFix, ConfigProblem } from "../../problems.ts";
import { formatCount, joinWords } from "../../texts/format-count.ts";
import { mark, t } from "../../texts/translate.ts";
import { DEFAULT_LIMITS, LIMIT_NAMES, type LimitName } from "../../usage/limits.ts";
import type { ConfigContext } from "../config-context.ts";
import type { WrittenLimits } from "../model.ts";
import { copyProjectAdvice } from "../project-limits.ts";
import { projectOf } from "../project-of.ts";
import type { KnownLimits, LimitContext } from "./limit-context.ts";

/** A value that a limit has elsewhere. */
interface OtherValue {
	readonly value: number;
	/** Where, in the order of the fixes: `committed`, `deployed`, `project's`, `default`. */
	readonly where: readonly string[];
	/** The steps that record the advice which allows it, where the file has none; null when nobody has any. */
	readonly further: readonly ConfigFix[] | null;
}

/**
 * The problems of a file with fixes that give a limit a value that it has elsewhere, each value once.
 *
 * | problem                     | fixes are added                                                                                      |
 * |-----------------------------|------------------------------------------------------------------------------------------------------|
 * | on a limit of the file      | "restore the committed / deployed / default value", "set the project's": those that the file can have |
 * | `instance/no-limits`        | all three limits as committed, or as deployed                                                        |
 * | anything else               | none                                                                                                 |
 *
 * A value is left out when the problem has a fix for it already, when the limits would no longer rise with it, and when what is wrong is a lack
 * of advice, and nobody has any for that value either. None is preferred: a limit is never changed by "fix all".
 */
export function offerLimitValues(
	context: ConfigContext,
	known: LimitContext["known"] | null,
	problems: readonly ConfigProblem[],
): readonly ConfigProblem[] {
	return problems.map((problem) => {
		const added = problem.code === "instance/no-limits" ? offerAll(context, known, problem) : offerOne(context, known, problem);
		return added.length === 0 ? problem : { ...problem, fixes: [...(problem.fixes ?? []), ...added] };
	});
}

/** Problems of a single limit. */
const ABOUT_ONE_LIMIT: ReadonlySet<string> = new Set([
	"limits/without-advice",
	"limits/order",
	"limits/narrow-band",
	"limits/zero-cut-off",
	"limits/drift-from-project",
	"limits/changed",
	"limits/reclaim-exposure",
	"limits/drift-from-deployed",
	"limits/beyond-retention",
]);

function offerOne(context: ConfigContext, known: LimitContext["known"] | null, problem: ConfigProblem): readonly ConfigFix[] {
	const [block, key] = problem.path;
	const name = LIMIT_NAMES.find((limit) => limit === key);
	const limits = context.file.model?.limits ?? {};
	if (!ABOUT_ONE_LIMIT.has(problem.code) || block !== "usageCategory" || name === undefined || limits[name] === undefined) return [];
	const offered = new Set(
		(problem.fixes ?? []).filter(({ path }) => String(path) === String(problem.path)).map((fix) => ("value" in fix ? fix.value : null)),
	);
	return otherValues(context, known, name)
		.filter(
			({ value, further }) =>
				value !== limits[name] && !offered.has(value) && (further !== null || problem.code !== "limits/without-advice"),
		)
		.filter(({ value }) => fits(context, problem.code, { ...limits, [name]: value }))
		.map((other) => setValue(name, other));
}

/** What a limit is elsewhere. */
function otherValues(context: ConfigContext, known: LimitContext["known"] | null, name: LimitName): readonly OtherValue[] {
	const project = projectOf(context)?.project?.limits?.[name];
	const found: readonly { readonly value: number | undefined; readonly where: string }[] = [
		{ value: known?.committed?.limits[name], where: mark("committed") },
		{ value: known?.deployed?.limits[name], where: mark("deployed") },
		{ value: project, where: mark("project's") },
		{ value: DEFAULT_LIMITS[name], where: mark("default") },
	];
	const values = [...new Set(found.flatMap(({ value }) => value ?? []))];
	return values.map((value) => ({
		value,
		where: found.filter((other) => other.value === value).map(({ where }) => where),
		further: findAdvice(context, known, name, value),
	}));
}

/** Steps that record the advice for a value; none when it needs none or has some, null when nobody has any. */
function findAdvice(
	context: ConfigContext,
	known: LimitContext["known"] | null,
	limit: LimitName,
	value: number,
): readonly ConfigFix[] | null {
	const isFor = (entry: { readonly limit: LimitName; readonly value: number }) => entry.limit === limit && entry.value === value;
	if (value === DEFAULT_LIMITS[limit] || (context.file.model?.limitAdvice.some(isFor) ?? false)) return [];
	const committed = known?.committed?.advice.find(isFor);
	if (committed !== undefined) return [recordAdvice(committed)];
	const copied = copyProjectAdvice(context, { [limit]: value });
	return copied.length > 0 ? copied : null;
}

function recordAdvice({ limit, value, reference, date }: KnownLimits["advice"][number]): ConfigFix {
	return {
		kind: "append",
		title: t`Record the committed advice for \`${limit}\`: ${formatCount(value)}`,
		preferred: false,
		path: ["limitAdvice"],
		value: { limit, value, ...(reference === null ? {} : { reference }), ...(date === null ? {} : { date }) },
	};
}

function setValue(name: LimitName, { value, where: everywhere, further }: OtherValue): ConfigFix {
	// A value that was the file's own, or is in use, is not recommended by what a new instance would get.
	const isKnown = everywhere.includes("committed") || everywhere.includes("deployed");
	const where = everywhere.filter((place) => !isKnown || place !== "project's");
	const title =
		where.length === 1 && where[0] === "project's"
			? t`Set \`${name}\` to the project's value: ${formatCount(value)}`
			: where.length === 1 && where[0] === "default"
				? t`Restore the default of \`${name}\`: ${formatCount(value)}`
				: t`Restore the ${joinWords(where.map((place) => t(place)))} value of \`${name}\`: ${formatCount(value)}`;
	return {
		kind: "set",
		title,
		preferred: false,
		path: ["usageCategory", name],
		value,
		...(further === null || further.length === 0 ? {} : { further }),
	};
}

/** Whether limits rise, and whether they do away with a problem of theirs. */
function fits({ file }: ConfigContext, code: string, limits: WrittenLimits): boolean {
	const present = LIMIT_NAMES.flatMap((name) => limits[name] ?? []);
	if (present.some((value, index) => index > 0 && value <= present[index - 1]!)) return false;
	if (code === "limits/narrow-band") return limits.UnusedCategoryLimit !== (limits.UsedCategoryLimit ?? 0) + 1;
	const policies = file.model?.kind === "instance" ? file.model.reclaimPolicies.length : 0;
	return policies === 0 || limits.InstallDateCutOffLimit !== 0;
}

/** All limits of an instance that has none, as they were or are elsewhere, with the advice that they need. */
function offerAll(context: ConfigContext, known: LimitContext["known"] | null, problem: ConfigProblem): readonly ConfigFix[] {
	const offered = new Set((problem.fixes ?? []).map((fix) => JSON.stringify("value" in fix ? fix.value : null)));
	return (["committed", "deployed"] as const).flatMap((basis) => {
		const limits = known?.[basis]?.limits ?? null;
		if (limits === null) return [];
		const value = Object.fromEntries(LIMIT_NAMES.map((name) => [name, limits[name]]));
		const key = JSON.stringify(value);
		if (offered.has(key)) return [];
		offered.add(key);
		const further = LIMIT_NAMES.flatMap((name) => findAdvice(context, known, name, limits[name]) ?? []);
		const title =
			basis === "committed"
				? t`Restore the committed limits: ${LIMIT_NAMES.map((name) => formatCount(limits[name])).join(" / ")}`
				: t`Set the deployed limits: ${LIMIT_NAMES.map((name) => formatCount(limits[name])).join(" / ")}`;
		return [{ kind: "set", title, preferred: false, path: ["usageCategory"], value, ...(further.length === 0 ? {} : { further }) }];
	});
}
