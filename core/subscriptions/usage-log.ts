import type { InstantMs } from "../dates/instant.ts";

/** The kinds of user that a client pays for, in the order of the report's columns. */
export const USER_TYPES = ["Registered", "Enterprise", "Designer"] as const;
export type UserType = (typeof USER_TYPES)[number];

/** What one server reported at one instant: its active users by type. */
export interface UsageLogRow {
	readonly server: string;
	readonly loggedAt: InstantMs;
	readonly activeRegistered: number;
	readonly activeEnterprise: number;
	readonly activeDesigners: number;
	/** Version of the system on the server; absent where the source has none. */
	readonly version?: string;
	/** Made from accesses; absent for a log that a server sent. */
	readonly isComputed?: true;
}

/** One access of a user to a server, or the last one where the source keeps only that. */
export interface UserAccess {
	readonly server: string;
	readonly user: string;
	readonly userType: UserType;
	readonly accessedAt: InstantMs;
}
