// What the requests about other limits of an instance take and answer.

import type { Money, PreviewLimitName, PreviewLimits, UnusedWorth } from "./limit-messages.ts";

/** What `usageReport/impact` takes. */
export interface ImpactParams {
	readonly uri: string;
	/** Limits to compare with those of the preview: whole days from 0. */
	readonly limits: PreviewLimits;
	readonly workDoneToken?: string | number;
}

/** What other limits make of a preview. */
export interface ImpactResult {
	readonly failed: false;
	readonly from: PreviewLimits;
	readonly to: PreviewLimits;
	/** Installations that change category. */
	readonly moved: number;
	readonly moves: readonly { readonly from: string; readonly to: string; readonly count: number }[];
	/** Installations per outcome with the new limits, in the order of a preview's `totals`. */
	readonly totals: readonly number[];
	/** With the new limits. */
	readonly worth: UnusedWorth;
	/** In the order of the file. */
	readonly policies: readonly PolicyImpact[];
}

/** What other limits change for one policy; only one that is in force reclaims. */
export interface PolicyImpact {
	readonly name: string;
	readonly inForce: boolean;
	readonly newlyReclaimed: number;
	readonly noLongerReclaimed: number;
	/** Price of what is newly reclaimed, less that of what no longer is. */
	readonly savings: Money;
}

/** What `usageReport/sensitivity` takes. */
export interface SensitivityParams {
	readonly uri: string;
	/** Each curve changes one of them and holds the two others. */
	readonly limits: PreviewLimits;
	readonly workDoneToken?: string | number;
}

/** How many installations have a category, by limit and its value. */
export interface SensitivityResult {
	readonly failed: false;
	/** One per limit, in their fixed order. */
	readonly curves: readonly SensitivityCurve[];
}

/** What one limit makes of a preview. */
export interface SensitivityCurve {
	readonly limit: PreviewLimitName;
	/** Days, ascending from 0; the lists beside are as long. */
	readonly values: readonly number[];
	readonly used: readonly number[];
	readonly rarelyUsed: readonly number[];
	readonly unused: readonly number[];
	readonly unreported: readonly number[];
}

/** What `usageReport/applyLimits` takes. */
export interface ApplyLimitsParams {
	readonly uri: string;
	readonly limits: PreviewLimits;
	/** The vendor's advice for limits that differ from the defaults. */
	readonly advice?: readonly LimitAdviceEntry[];
	readonly workDoneToken?: string | number;
}

/** An entry of `limitAdvice`. */
export interface LimitAdviceEntry {
	readonly limit: PreviewLimitName;
	readonly value: number;
	/** Ticket or letter of the vendor. */
	readonly reference: string;
	/** `YYYY-MM-DD`. */
	readonly date: string;
}

/** Limits as a change of the file. */
export interface ApplyLimitsResult {
	readonly failed: false;
	/** A `WorkspaceEdit` of the protocol, versioned where the file is open; null while advice is needed, and when nothing changes. */
	readonly edit: object | null;
	/** Limits that differ from the defaults without an entry of `limitAdvice` that covers them; empty when nothing changes. */
	readonly needsAdvice: readonly {
		readonly limit: PreviewLimitName;
		readonly value: number;
		/** What the project has recorded for this very value; null when there is nothing. */
		readonly known: { readonly reference: string | null; readonly date: string | null } | null;
	}[];
	/** True when the file says this already. */
	readonly unchanged: boolean;
}
