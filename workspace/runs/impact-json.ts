import { type LimitsJson, toLimitsJson } from "./results-json.ts";
import type { ImpactRun } from "./run-impact.ts";

/** What `impact` says in JSON; the order of the keys is a part of the contract. */
export interface ImpactJson {
	readonly instance: string;
	readonly from: LimitsJson;
	readonly to: LimitsJson;
	readonly moved: number;
	/** Installations that change category, by old and then new category in the order of totals; none counts 0. */
	readonly moves: readonly { readonly from: string; readonly to: string; readonly count: number }[];
	/** All policies in the order of the file; those that are not in force reclaim nothing. */
	readonly policies: readonly PolicyJson[];
}

/** What happens to one policy. */
export interface PolicyJson {
	readonly name: string;
	readonly newlyReclaimed: number;
	readonly noLongerReclaimed: number;
	/** Worth by currency; negative when more is lost than gained. */
	readonly savings: Readonly<Record<string, number>>;
}

/** What other limits do to an instance. */
export function toImpactJson({ run, impact, policies }: ImpactRun): ImpactJson {
	return {
		instance: run.instanceName,
		from: toLimitsJson(impact.from),
		to: toLimitsJson(impact.to),
		moved: impact.moved,
		moves: impact.moves.map(({ from, to, count }) => ({ from, to, count })),
		policies: policies.map(({ policy, newlyReclaimed, noLongerReclaimed, savings }) => ({
			name: policy.name,
			newlyReclaimed,
			noLongerReclaimed,
			savings: Object.fromEntries(savings),
		})),
	};
}
