import type { DayNumber } from "../dates/day-number.ts";

/** What one client pays for, as the report needs it; null where the subscription does not say. */
export interface ReportSubscription {
	readonly client: string;
	readonly renewalDate: DayNumber | null;
	readonly registeredUsers: number | null;
	readonly enterpriseUsers: number | null;
	readonly designerUsers: number | null;
	readonly servers: readonly string[];
}
