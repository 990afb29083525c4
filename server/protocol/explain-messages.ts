// What the requests about one installation take and answer.

import type { PreviewLimits } from "./limit-messages.ts";

/** What `usageReport/explain` takes. */
export interface ExplainParams {
	readonly uri: string;
	/** Compared exactly. */
	readonly device: string;
	readonly product: string;
	/** What-if: as these limits have it. Absent: the limits of the preview. */
	readonly limits?: PreviewLimits;
	readonly workDoneToken?: string | number;
}

/** Why one installation has its category. */
export interface ExplainResult {
	readonly failed: false;
	readonly device: string;
	readonly product: string;
	readonly category: string;
	readonly reason: string | null;
	/** Number of the deciding rule, 1 to 15. */
	readonly rule: number;
	readonly ruleText: string;
	readonly inventoryDate: ExplainedDate | null;
	readonly installDate: ExplainedDate | null;
	/** Of a bundle, the latest of its own and its components'. */
	readonly lastUsageDate: ExplainedDate | null;
	readonly ownLastUsageDate: ExplainedDate | null;
	readonly latestDeviceUsage: string | null;
	readonly productReportsUsage: boolean;
	/** In days; null where one of the two dates is missing. */
	readonly ages: {
		readonly inventoryAge: number | null;
		readonly usageLag: number | null;
		readonly usageAge: number | null;
		readonly installAge: number | null;
	};
	/** Every rule that was tried, in order; the last one matched. */
	readonly steps: readonly { readonly rule: number; readonly text: string; readonly matched: boolean }[];
	/** When and to what the category changes by time alone; null when it never does. */
	readonly nextChange: { readonly day: string; readonly category: string; readonly reason: string | null } | null;
	readonly place: SourcePlace;
}

/** A date that a rule looked at. */
export interface ExplainedDate {
	/** `YYYY-MM-DD`. */
	readonly date: string;
	readonly inFuture: boolean;
}

/** Where an installation first appears in the data. */
export interface SourcePlace {
	/** Name of the data source. */
	readonly source: string;
	/** URI of its file; null for a source without one. */
	readonly uri: string | null;
	/** Its file as the configuration writes it. */
	readonly path: string | null;
	/** Row as the problems of the data count them. */
	readonly row: number;
	/** Line of a text file where the row begins, from 1; null where there are no lines, or the file cannot be read. */
	readonly line: number | null;
}

/** What `usageReport/sourcePlace` takes. */
export interface SourcePlaceParams {
	/** URI of the preview's instance. */
	readonly uri: string;
	/** Name of the data source. */
	readonly source: string;
	/** Row as the problems of the data count them; null for the whole source. */
	readonly row: number | null;
	readonly workDoneToken?: string | number;
}

/** Where a row of data can be opened. */
export interface SourcePlaceResult {
	readonly failed: false;
	/** URI of the source's file. */
	readonly uri: string;
	/** Line of a text file where the row begins, from 1; null where there are no lines. */
	readonly line: number | null;
}
