import type { InstantMs } from "../../dates/instant.ts";
import type { ConfigPath, ConfigProblem, ProblemAnchor, RelatedPlace } from "../../problems.ts";
import type { LimitBasis, LimitEffect } from "../../usage/limit-effect.ts";
import type { LimitName, Limits } from "../../usage/limits.ts";
import type { ConfigFile, Instance, LimitAdvice, Project } from "../model.ts";

/** What a rule about limits beside their history and the linked data may look at. It is only asked when the file parses and its limits can be used. */
export interface LimitContext {
	readonly file: ConfigFile;
	readonly model: Project | Instance;
	readonly now: InstantMs;
	/** As they apply: the file's own, or of an instance that has none, its project's. */
	readonly limits: Limits;
	/** Whether they are the file's own. */
	readonly areOwn: boolean;
	/** Limits in the last commit, and those that are deployed; null where they are not known or there are none. */
	readonly known: { readonly [basis in LimitBasis]: KnownLimits | null };
	/** Settings rows that should say what is deployed and do not; null where there are none, or they are not known. */
	readonly unusable: UnusableRows | null;
	/** What happens to the instance when its limits change; null for a project, and as long as its data is not known. */
	readonly effectOf: (from: Limits, to: Limits) => LimitEffect | null;
	/** How far the linked data goes back; null for a project, as long as it is not known, and where too few dates tell. */
	readonly retention: Retention | null;
	/** The instances of a project, by name, that keep limits of their own and that take the project's; both empty for an instance. */
	readonly instances: { readonly keeping: readonly string[]; readonly taking: readonly string[] };
	/** Up to how many installations a change may newly expose to mandatory policies. */
	readonly reclaimExposure: number;
}

/** Limits that a file had, or has elsewhere. */
export interface KnownLimits {
	readonly limits: Limits;
	/** Advice that was recorded beside them. */
	readonly advice: readonly LimitAdvice[];
	/** Where a limit stands, with words that name its value. */
	readonly placeOf: (name: LimitName) => RelatedPlace;
	/** Where a limit stands, as a part of a sentence: `row 3 of data/settings.csv`. */
	readonly describePlace: (name: LimitName) => string;
}

/** Settings rows from which no limits can be taken. */
export interface UnusableRows {
	/** What is wrong with them, as a part of a sentence about them. */
	readonly why: string;
	/** Their numbers, of one source; empty where nobody can name one. */
	readonly rows: readonly number[];
	/** Where their data source is written, in this file or in its project. */
	readonly place: RelatedPlace;
}

/** Ages in days, at End of Sync, of the oldest dates that linked data has. */
export interface Retention {
	/** Of last usage dates; null where there are too few of them. */
	readonly usage: OldestDate | null;
	readonly install: OldestDate | null;
}

/** The oldest of some dates. */
export interface OldestDate {
	readonly ageDays: number;
	/** How many dates there are. */
	readonly dates: number;
}

/** Finds one kind of fault. Pure. */
export type LimitRule = (context: LimitContext) => readonly ConfigProblem[];

/** The node to mark for a limit: its value, or where the file has no limits of its own, what leads to them. */
export function markOf({ areOwn }: LimitContext, name: LimitName): { readonly path: ConfigPath; readonly anchor: ProblemAnchor } {
	return { path: areOwn ? ["usageCategory", name] : ["project"], anchor: "value" };
}

/** The bases from which the limits differ, the last commit first. */
export function changedBases(context: LimitContext): readonly LimitBasis[] {
	return (["committed", "deployed"] as const).filter((basis) => differingFrom(context, basis).length > 0);
}

/** Names of the limits that differ from those of a basis; none where it is not known. */
export function differingFrom({ known, limits }: LimitContext, basis: LimitBasis): readonly LimitName[] {
	const other = known[basis]?.limits ?? null;
	return other === null ? [] : (Object.keys(limits) as LimitName[]).filter((name) => other[name] !== limits[name]);
}
