import type { ConfigProblem, RelatedPlace } from "../../problems.ts";
import { formatCount, formatCounted, joinFirstWords, joinWords } from "../../texts/format-count.ts";
import { t } from "../../texts/translate.ts";
import { describeEffect } from "../../usage/describe-effect.ts";
import type { LimitBasis, LimitEffect } from "../../usage/limit-effect.ts";
import type { LimitName } from "../../usage/limits.ts";
import { differingFrom, type LimitContext, markOf } from "./limit-context.ts";

/**
 * A limit is compared with the last commit, or, where there is none, with the deployed settings.
 *
 * | committed      | deployed                | the limit is told of as                                   |
 * |----------------|-------------------------|-----------------------------------------------------------|
 * | the same       | the same, or not known  | nothing                                                   |
 * | the same       | another value           | `limits/drift-from-deployed`                              |
 * | another value  | the same, or not known  | `limits/changed`                                          |
 * | another value  | as committed            | `limits/changed`, which names both                        |
 * | another value  | a third value           | `limits/changed` and `limits/drift-from-deployed`         |
 * | not known      | another value           | `limits/changed`, from the deployed value                 |
 * | not known      | the same, or not known  | nothing                                                   |
 *
 * What is said of installations is the effect of all limits that changed since then, taken together, as `usage-report impact --from committed`
 * tells it. Of an instance that takes its project's limits, `project` is marked, once. A project's limits decide no installation of an
 * instance that has its own.
 */
export function checkChanged(context: LimitContext): readonly ConfigProblem[] {
	const basis = basisOf(context);
	const changed = differingFrom(context, basis);
	const marked = context.areOwn ? changed : changed.slice(0, 1);
	return marked.map((name) => ({
		code: "limits/changed",
		severity: "warning",
		message: `${describeChange(context, basis, name)}${describeMeaning(context, basis)}`,
		...markOf(context, name),
		related: relatedTo(context, basis, name),
	}));
}

/** The limits that differ from the deployed settings and are not told of as changed from them already. */
export function driftingLimits(context: LimitContext): readonly LimitName[] {
	const { committed, deployed } = context.known;
	if (committed === null || deployed === null) return [];
	return differingFrom(context, "deployed").filter(
		(name) => committed.limits[name] === context.limits[name] || committed.limits[name] !== deployed.limits[name],
	);
}

/** What all changes since a basis bring about, as the end of a sentence about one of them. */
export function describeMeaning(context: LimitContext, basis: LimitBasis): string {
	if (context.model.kind === "project") return `. ${describeInstances(context)}`;
	const effect = effectSince(context, basis);
	return effect === null ? "." : `: ${describeEffect(effect)}.`;
}

/** The effect of all changes since a basis; null as long as it is not known. */
export function effectSince(context: LimitContext, basis: LimitBasis): LimitEffect | null {
	const from = context.known[basis]?.limits ?? null;
	return from === null ? null : context.effectOf(from, context.limits);
}

/** The place of the old value, of the deployed one where it is another place, and of the policies that it makes a difference to. */
export function relatedTo(context: LimitContext, basis: LimitBasis, name: LimitName): readonly RelatedPlace[] {
	const { committed, deployed } = context.known;
	const places = basis === "committed" ? [committed, deployed] : [deployed];
	const policies = (effectSince(context, basis)?.policies ?? []).filter(
		({ newlyReclaimed, noLongerReclaimed }) => newlyReclaimed + noLongerReclaimed > 0,
	);
	return [
		...places.flatMap((known) => (known === null ? [] : [known.placeOf(name)])),
		...policies.map(({ policy, newlyReclaimed, noLongerReclaimed }): RelatedPlace => {
			const counts = [
				...(newlyReclaimed > 0 ? [t`${formatCount(newlyReclaimed)} more`] : []),
				...(noLongerReclaimed > 0 ? [t`${formatCount(noLongerReclaimed)} fewer`] : []),
			];
			const message =
				policy.action === "mandatory"
					? t`The mandatory policy "${policy.name}" would reclaim ${joinWords(counts)}.`
					: t`The optional policy "${policy.name}" would reclaim ${joinWords(counts)}.`;
			return { file: context.file.id, path: ["reclaimPolicies", policy.index, "name"], anchor: "value", message };
		}),
	];
}

/** The other limits that changed since the same basis, so that nobody takes the numbers for those of one limit alone. */
export function describeOthers(context: LimitContext, basis: LimitBasis, name: LimitName): string {
	const others = differingFrom(context, basis).filter((other) => other !== name);
	const from = context.known[basis]!.limits;
	return others.length === 0
		? ""
		: t`, together with ${joinWords(others.map((other) => `\`${other}\` ${describeStep(from[other], context.limits[other])}`))}`;
}

function basisOf({ known }: LimitContext): LimitBasis {
	return known.committed === null ? "deployed" : "committed";
}

function describeChange(context: LimitContext, basis: LimitBasis, name: LimitName): string {
	const { known, limits } = context;
	const old = known[basis]!.limits[name];
	const others = describeOthers(context, basis, name);
	if (context.model.kind === "instance" && effectSince(context, basis) === null) {
		return t`\`${name}\` is ${formatCount(limits[name])}, changed from the ${t(basis)} ${formatCount(old)}${others}`;
	}
	const isAlsoDeployed = basis === "committed" && known.deployed?.limits[name] === old;
	return `\`${name}\` ${describeStep(old, limits[name])} (${isAlsoDeployed ? t("committed and deployed") : t(basis)}: ${formatCount(old)})${others}`;
}

function describeStep(from: number, to: number): string {
	return `${formatCount(from)} → ${formatCount(to)}`;
}

function describeInstances({ instances: { keeping, taking } }: LimitContext): string {
	const kept = keeping.length === 0 ? "" : t`Existing instances keep their own limits: ${formatCount(keeping.length)}.`;
	const taken =
		taking.length === 0
			? ""
			: taking.length === 1
				? t`${formatCounted(taking.length, "instance")} without limits takes these: ${joinFirstWords(taking)}.`
				: t`${formatCounted(taking.length, "instance")} without limits take these: ${joinFirstWords(taking)}.`;
	if (kept === "" && taken === "") return t("No instance belongs to this project yet; new ones will start with it.");
	return [kept, taken].filter((sentence) => sentence !== "").join(" ");
}
