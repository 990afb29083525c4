import type { UserType } from "./usage-log.ts";

/**
 * Days for which the latest access of a user makes this user active. They define what "active" means and are no settings; exactly this
 * many times 24 hours still counts.
 */
export const ACTIVE_DAYS: { readonly [type in UserType]: number } = { Registered: 90, Enterprise: 90, Designer: 180 };
