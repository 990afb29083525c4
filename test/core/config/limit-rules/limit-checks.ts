import assert from "node:assert/strict";
import type { KnownLimits, LimitContext, LimitRule } from "../../../../core/config/limit-rules/limit-context.ts";
import type { Instance, LimitAdvice, Project } from "../../../../core/config/model.ts";
import { readModel } from "../../../../core/config/read-model.ts";
import { parseInstant } from "../../../../core/dates/instant.ts";
import type { ConfigProblem } from "../../../../core/problems.ts";
import type { LimitEffect } from "../../../../core/usage/limit-effect.ts";
import { LIMIT_NAMES, type Limits, makeLimits } from "../../../../core/usage/limits.ts";
import { isMandatory } from "../../../../core/usage/reclaim.ts";

/** I, U and N. */
export type Days = readonly [install: number, used: number, unused: number];

/** What a rule is asked about. */
export interface Situation {
	readonly now: Days;
	/** Null: not known. */
	readonly committed?: Days | null;
	readonly deployed?: Days | null;
	/** Other keys of the file, an instance unless they say otherwise. */
	readonly tree?: object;
	readonly areOwn?: boolean;
	/** Installations that each policy of the file newly reclaims when limits change; null: nothing is known of the estate. */
	readonly newlyReclaimed?: ((from: Days, to: Days) => number) | null;
	readonly committedAdvice?: readonly LimitAdvice[];
	readonly retention?: LimitContext["retention"];
	readonly instances?: LimitContext["instances"];
	readonly reclaimExposure?: number;
	readonly unusable?: LimitContext["unusable"];
}

/** A policy that nobody asks. */
export const MANDATORY = { name: "Visio reclaim", products: ["Visio*"], action: "mandatory", state: "published" };

/** What a rule finds. */
export function findIn(rule: LimitRule, situation: Situation): readonly ConfigProblem[] {
	return rule(makeContext(situation));
}

/** Checks the limits that a rule marks, by the last key of their paths. */
export function checkMarked(rule: LimitRule, situation: Situation, marked: readonly string[]): void {
	assert.deepEqual(
		findIn(rule, situation).map(({ path }) => String(path.at(-1))),
		marked,
	);
}

export function makeContext({
	now,
	committed = null,
	deployed = null,
	tree = {},
	areOwn = true,
	newlyReclaimed = null,
	committedAdvice = [],
	retention = null,
	instances = { keeping: [], taking: [] },
	reclaimExposure = 0,
	unusable = null,
}: Situation): LimitContext {
	const limits = toLimits(now);
	const written = { kind: "instance", usageCategory: areOwn ? { ...limits } : undefined, ...tree };
	const model = readModel(written) as Instance | Project;
	return {
		file: { id: "file:///clients/checked.usage.yaml", tree: written, model },
		model,
		now: parseInstant("2026-11-05T09:00:00Z")!,
		limits,
		areOwn,
		known: { committed: toKnown("committed", committed, committedAdvice), deployed: toKnown("deployed", deployed, []) },
		effectOf: (from, to) => (newlyReclaimed === null ? null : makeEffect(model, from, to, newlyReclaimed(toDays(from), toDays(to)))),
		unusable,
		retention,
		instances,
		reclaimExposure,
	};
}

function toLimits([install, used, unused]: Days): Limits {
	const { value } = makeLimits({ InstallDateCutOffLimit: install, UsedCategoryLimit: used, UnusedCategoryLimit: unused });
	assert.ok(value !== null);
	return value;
}

function toDays(limits: Limits): Days {
	return LIMIT_NAMES.map((name) => limits[name]) as unknown as Days;
}

function toKnown(basis: string, days: Days | null, advice: readonly LimitAdvice[]): KnownLimits | null {
	if (days === null) return null;
	const limits = toLimits(days);
	return {
		limits,
		advice,
		describePlace: (name) => `row of ${name}`,
		placeOf: (name) => ({ file: basis, path: ["usageCategory", name], anchor: "value", message: `${basis} ${limits[name]}` }),
	};
}

/** Every policy in force takes the same installations, which become Unused instead of Rarely Used. */
function makeEffect(model: Instance | Project, from: Limits, to: Limits, count: number): LimitEffect {
	const policies = model.kind === "instance" ? model.reclaimPolicies : [];
	return {
		impact: {
			from,
			to,
			moved: count,
			moves: count === 0 ? [] : [{ from: "Rarely Used", to: "Unused", count }],
			before: [],
			after: [],
			byProduct: [],
		},
		policies: policies.map((policy) => ({
			policy,
			inForce: true,
			newlyReclaimed: count,
			noLongerReclaimed: 0,
			savings: new Map(count === 0 ? [] : [["GBP", count * 280]]),
		})),
		exposed: policies.some(isMandatory) ? count : 0,
	};
}
