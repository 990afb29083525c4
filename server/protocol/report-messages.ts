// What the request for the client usage report takes and answers.

import type { PreviewProblem } from "./preview-messages.ts";

/** What `usageReport/report` takes. */
export interface ReportParams {
	/** URIs of project files; empty for all projects of the workspace. */
	readonly uris: readonly string[];
	readonly workDoneToken?: string | number;
}

/** One client server. The paid figures are those of its whole subscription; null for what is not known. */
export interface ReportRow {
	readonly client: string | null;
	readonly server: string;
	readonly renewalDate: string | null;
	readonly registeredUsers: number | null;
	readonly enterpriseUsers: number | null;
	readonly designerUsers: number | null;
	readonly activeRegistered: number | null;
	readonly activeEnterprise: number | null;
	readonly activeDesigners: number | null;
	readonly weeklyDifference: number | null;
	/** ISO 8601 UTC. */
	readonly lastUpdate: string | null;
	readonly flags: readonly string[];
	/** One sentence per flag, such as "Designer: 7 active, 6 paid (1 over)". */
	readonly flagDetails: readonly string[];
}

/** The client usage report. */
export interface ReportResult {
	readonly failed: false;
	readonly asOf: string;
	/** File names of projects that could not be read, where the report is over all projects; the problems say why. */
	readonly leftOut: readonly string[];
	readonly rows: readonly ReportRow[];
	readonly clients: readonly ReportClient[];
	readonly problems: readonly PreviewProblem[];
	readonly problemCount: number;
}

/** Active users of one client: the maximum over its servers and the sum, since one person may use two servers. */
export interface ActiveRange {
	readonly atLeast: number;
	readonly atMost: number;
}

/** One client's subscription with the users of all its servers. */
export interface ReportClient {
	readonly client: string;
	readonly renewalDate: string | null;
	readonly servers: number;
	readonly registeredUsers: number | null;
	readonly enterpriseUsers: number | null;
	readonly designerUsers: number | null;
	readonly activeRegistered: ActiveRange | null;
	readonly activeEnterprise: ActiveRange | null;
	readonly activeDesigners: ActiveRange | null;
}
