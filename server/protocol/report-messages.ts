// What the request for the client usage report takes and answers.

import type { LinkedProblem } from "./preview-messages.ts";

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
	/** URI of the project whose subscription names the server; null for a server without subscription. */
	readonly project: string | null;
	/** Active users of the last 26 weeks, oldest first; null for a week without a log. */
	readonly history: ByUserType<readonly (number | null)[]>;
	/** Active users divided by those paid for; null where either is not known, or nothing is paid for. */
	readonly utilisation: ByUserType<number | null>;
	/** Where active users are heading; null where fewer than 6 weeks have a log. */
	readonly projection: ByUserType<Projection | null>;
}

/** One value per kind of users. */
export interface ByUserType<Value> {
	readonly registered: Value;
	readonly enterprise: Value;
	readonly designers: Value;
}

/** Where the active users of one kind are heading, by the last 26 weeks. */
export interface Projection {
	/** Users gained per week, negative for lost ones, with the range that it lies in. */
	readonly perWeek: number;
	readonly low: number;
	readonly high: number;
	/** Users on the day of renewal, with their range; null without such a day in the future. */
	readonly atRenewal: { readonly expected: number; readonly low: number; readonly high: number } | null;
}

/** What `usageReport/reportServer` takes. */
export interface ReportServerParams {
	/** As of the report. */
	readonly uris: readonly string[];
	/** Null for a server without subscription. */
	readonly client: string | null;
	readonly server: string;
	readonly workDoneToken?: string | number;
}

/** One server's weeks and logs. */
export interface ReportServerResult {
	readonly failed: false;
	readonly server: string;
	readonly client: string | null;
	/** The last 26 weeks, oldest first. */
	readonly weeks: readonly ReportServerWeek[];
	/** Every log of it that was read, newest first; at most 500. */
	readonly logs: readonly ReportLog[];
	/** Logs that there are in all. */
	readonly logCount: number;
	readonly projection: ByUserType<Projection | null>;
	readonly paid: ByUserType<number | null>;
	readonly renewalDate: string | null;
}

/** One week of a server. */
export interface ReportServerWeek {
	/** Its beginning, ISO 8601 UTC. */
	readonly start: string;
	/** The log that counts; null for a week without one. */
	readonly logged: ReportLog | null;
	/** Whether a trend must not be drawn from the week before to this one. */
	readonly breakBefore: boolean;
}

/** One log of a server. */
export interface ReportLog extends ByUserType<number> {
	/** ISO 8601 UTC. */
	readonly loggedAt: string;
	/** Version of the system; null where the source has none. */
	readonly version: string | null;
}

/** The client usage report. */
export interface ReportResult {
	readonly failed: false;
	readonly asOf: string;
	/** File names of projects that could not be read, where the report is over all projects; the problems say why. */
	readonly leftOut: readonly string[];
	readonly rows: readonly ReportRow[];
	readonly clients: readonly ReportClient[];
	readonly problems: readonly LinkedProblem[];
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
