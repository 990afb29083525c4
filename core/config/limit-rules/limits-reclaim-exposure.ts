import { formatDay } from "../../dates/day-number.ts";
import { utcDayOf } from "../../dates/instant.ts";
import type { ConfigFix, ConfigProblem, RelatedPlace } from "../../problems.ts";
import { formatCount, formatCounted, joinFirstWords } from "../../texts/format-count.ts";
import { t } from "../../texts/translate.ts";
import { describePolicy } from "../../usage/describe-effect.ts";
import type { LimitBasis } from "../../usage/limit-effect.ts";
import { DEFAULT_LIMITS, type LimitName, makeLimits } from "../../usage/limits.ts";
import { isMandatory, type PolicyImpact } from "../../usage/reclaim.ts";
import type { LimitAdvice } from "../model.ts";
import { changedBases, differingFrom, type LimitContext, markOf } from "./limit-context.ts";
import { effectSince } from "./limits-changed.ts";

/**
 * Counted are installations, each once, that a mandatory, published and enabled policy reclaims now, and none did with the old limits. The old ones
 * are those of the last commit and those that are deployed, each judged by itself, so that committing a change does not hide what deploying it
 * will do, and what was accepted for deploying does not cover what another limit does since. When both are told of, it is once, as the one from which
 * more are exposed.
 *
 * | newly exposed                              | accepted in the advice for a changed limit's value | problem                               |
 * |--------------------------------------------|----------------------------------------------------|---------------------------------------|
 * | up to the setting `reclaimExposure`        | anything                                           | none                                  |
 * | more                                       | as many, or more                                   | none                                  |
 * | more                                       | fewer                                              | `limits/reclaim-exposure`: it grew    |
 * | more                                       | none                                               | `limits/reclaim-exposure`             |
 * | not known: no data                         | anything                                           | none                                  |
 *
 * Marked is, of the limits that changed, the one that exposes most by itself. It can be accepted when
 *
 * | its value   | advice for it | the fix "Accept this exposure…"                                    |
 * |-------------|---------------|--------------------------------------------------------------------|
 * | any         | an entry      | gives that entry the number and the date                           |
 * | the default | none          | adds an entry with them: a default needs no advice                 |
 * | another     | none          | none: the vendor's advice has to be recorded first                 |
 *
 * An entry allows exactly one value, so an acceptance lapses with the value, and when the number grows.
 */
export function checkReclaimExposure(context: LimitContext): readonly ConfigProblem[] {
	const { model, reclaimExposure } = context;
	if (model.kind !== "instance") return [];
	const worst = findWorst(context);
	if (worst === null) return [];
	const { basis, exposed, policies, changed, accepted } = worst;
	const name = findCause(context, basis, changed);
	const advice = adviceFor(context, name);
	return [
		{
			code: "limits/reclaim-exposure",
			severity: "error",
			message: [
				exposed === 1
					? t`${formatCounted(exposed, "installation")} is newly exposed to mandatory reclaim since the limits were ${t(basis)}: ${joinFirstWords(policies.map((impact) => describePolicy(impact, "uninstall")))}.`
					: t`${formatCounted(exposed, "installation")} are newly exposed to mandatory reclaim since the limits were ${t(basis)}: ${joinFirstWords(policies.map((impact) => describePolicy(impact, "uninstall")))}.`,
				...(reclaimExposure > 0 ? [t`The setting \`usageReport.reclaimExposure\` allows ${formatCount(reclaimExposure)}.`] : []),
				describeAccepted(accepted),
				advice === null && needsAdvice(context, name)
					? t`Restore the ${t(basis)} value of \`${name}\`, or record the vendor's advice for ${formatCount(context.limits[name])} and accept the exposure.`
					: t`Restore the ${t(basis)} value of \`${name}\`, or accept the exposure.`,
			]
				.filter((sentence) => sentence !== "")
				.join(" "),
			...markOf(context, name),
			related: [
				context.known[basis]!.placeOf(name),
				...policies.map(
					({ policy, newlyReclaimed }): RelatedPlace => ({
						file: context.file.id,
						path: ["reclaimPolicies", policy.index, "name"],
						anchor: "value",
						message: t`The mandatory policy "${policy.name}" would reclaim ${formatCount(newlyReclaimed)} more.`,
					}),
				),
			],
			fixes: acceptExposure(context, name, advice, exposed),
		},
	];
}

/** More installations than may be exposed, and than were accepted. */
interface Exposure {
	readonly basis: LimitBasis;
	readonly changed: readonly LimitName[];
	readonly exposed: number;
	readonly policies: readonly PolicyImpact[];
	/** The acceptance that is too small. */
	readonly accepted: LimitAdvice | null;
}

/** From which of the old limits most installations are exposed, of those from which too many are. */
function findWorst(context: LimitContext): Exposure | null {
	const found = changedBases(context).flatMap((basis): readonly Exposure[] => {
		const effect = effectSince(context, basis);
		if (effect === null || effect.exposed <= context.reclaimExposure) return [];
		const changed = differingFrom(context, basis);
		const accepted = findAccepted(context, changed);
		if (accepted !== null && accepted.accepted!.installations >= effect.exposed) return [];
		const policies = effect.policies.filter(({ policy, newlyReclaimed }) => isMandatory(policy) && newlyReclaimed > 0);
		return [{ basis, changed, exposed: effect.exposed, policies, accepted }];
	});
	return found.toSorted((left, right) => right.exposed - left.exposed)[0] ?? null;
}

/** The changed limit that exposes most when the others stay as they are now. */
function findCause({ known, limits, effectOf }: LimitContext, basis: LimitBasis, changed: readonly LimitName[]): LimitName {
	const old = known[basis]!.limits;
	const alone = changed.map((name) => {
		const from = makeLimits({ ...limits, [name]: old[name] }).value;
		return { name, exposed: from === null ? 0 : (effectOf(from, limits)?.exposed ?? 0) };
	});
	return alone.toSorted((left, right) => right.exposed - left.exposed)[0]!.name;
}

/** The acceptance of most installations, for the value that one of the changed limits has. */
function findAccepted({ model, limits }: LimitContext, changed: readonly LimitName[]): LimitAdvice | null {
	const entries = model.limitAdvice.filter(
		({ limit, value, accepted }) => accepted !== null && changed.includes(limit) && limits[limit] === value,
	);
	return entries.toSorted((left, right) => right.accepted!.installations - left.accepted!.installations)[0] ?? null;
}

function adviceFor({ model, limits }: LimitContext, name: LimitName): LimitAdvice | null {
	return model.limitAdvice.find(({ limit, value }) => limit === name && value === limits[name]) ?? null;
}

function needsAdvice({ limits }: LimitContext, name: LimitName): boolean {
	return limits[name] !== DEFAULT_LIMITS[name];
}

function describeAccepted(advice: LimitAdvice | null): string {
	if (advice === null) return "";
	const { installations, date } = advice.accepted!;
	return installations === 1
		? t`Only ${formatCount(installations)} was accepted${date === null ? "" : t` on ${date}`}.`
		: t`Only ${formatCount(installations)} were accepted${date === null ? "" : t` on ${date}`}.`;
}

function acceptExposure(context: LimitContext, limit: LimitName, advice: LimitAdvice | null, installations: number): readonly ConfigFix[] {
	const title = t`Accept this exposure of ${formatCounted(installations, "installation")}…`;
	const accepted = { installations, date: formatDay(utcDayOf(context.now)) };
	if (advice !== null) {
		return [{ kind: "set", title, preferred: false, path: ["limitAdvice", advice.index, "accepted"], value: accepted }];
	}
	if (needsAdvice(context, limit)) return [];
	const value = { limit, value: context.limits[limit], accepted };
	return [{ kind: "append", title, preferred: false, path: ["limitAdvice"], value }];
}
