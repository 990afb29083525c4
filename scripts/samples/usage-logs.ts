import { type InstantMs, MS_PER_DAY } from "../../core/dates/instant.ts";
import type { UsageLogRow, UserAccess, UserType } from "../../core/subscriptions/usage-log.ts";
import type { Random } from "./random.ts";

/** Wednesday 2026-11-04 21:00 UTC: the last log of every sample server that still reports. */
export const LAST_LOG: InstantMs = Date.UTC(2026, 10, 4, 21);

const WEEK_MS = 7 * MS_PER_DAY;

/** How the figures of one sample server develop over the year. */
export interface ServerPlan {
	readonly server: string;
	/** Active registered users a year ago and now; the figures between them wander a little. */
	readonly registered: readonly [number, number];
	readonly enterprise: number;
	readonly designers: number;
	/** Weeks before {@link LAST_LOG} at which the server went silent; 0 when it still reports. */
	readonly silentForWeeks?: number;
	/** Added to the active registered users of the latest log. */
	readonly lastChange?: number;
	/** Weeks before {@link LAST_LOG} without a log. */
	readonly missingWeeks?: readonly number[];
	/** Weeks before {@link LAST_LOG} whose log was sent twice, the second time half an hour later. */
	readonly retriedWeeks?: readonly number[];
}

/** A year of weekly logs, server by server in the order of time: 52 Wednesdays, each a few seconds after 21:00 UTC. */
export function inventUsageLogs(plans: readonly ServerPlan[], random: Random): readonly UsageLogRow[] {
	return plans.flatMap((plan) => {
		const rows: UsageLogRow[] = [];
		for (let weeksAgo = 51; weeksAgo >= (plan.silentForWeeks ?? 0); weeksAgo--) {
			if (plan.missingWeeks?.includes(weeksAgo)) continue;
			const [before, now] = plan.registered;
			const trend = Math.round(before + ((now - before) * (51 - weeksAgo)) / 51);
			const row: UsageLogRow = {
				server: plan.server,
				loggedAt: LAST_LOG - weeksAgo * WEEK_MS + random.between(3, 48) * 1000,
				activeRegistered: trend + random.between(-2, 2) + (weeksAgo === 0 ? (plan.lastChange ?? 0) : 0),
				activeEnterprise: plan.enterprise + random.between(-1, 1),
				activeDesigners: plan.designers,
			};
			rows.push(row);
			if (plan.retriedWeeks?.includes(weeksAgo)) {
				rows.push({ ...row, loggedAt: row.loggedAt + 30 * 60_000, activeRegistered: row.activeRegistered + 1 });
			}
		}
		return rows;
	});
}

/** How many users of each type use one sample server. */
export interface ActivityPlan {
	readonly server: string;
	readonly users: Readonly<Record<UserType, number>>;
	/** Prefix of the user names, which are numbers: nobody's name stands in the samples. */
	readonly userPrefix: string;
}

/** Some fifteen months of accesses in the order of time: most users come every week or two, some have left, a few have just joined. */
export function inventAccesses(plans: readonly ActivityPlan[], random: Random): readonly UserAccess[] {
	const accesses: UserAccess[] = [];
	for (const plan of plans) {
		let number = 0;
		for (const [userType, count] of Object.entries(plan.users) as [UserType, number][]) {
			for (let index = 0; index < count; index++) {
				number++;
				const user = `${plan.userPrefix}${String(number * 13 + 200).padStart(5, "0")}`;
				const joinedDaysAgo = random.chance(0.85) ? random.between(440, 460) : random.between(5, 420);
				const leftDaysAgo = random.chance(0.2) ? random.between(0, joinedDaysAgo) : 0;
				const everyDays = userType === "Designer" ? 40 : random.between(14, 45);
				for (let daysAgo = joinedDaysAgo; daysAgo > leftDaysAgo; daysAgo -= random.between(2, everyDays * 2)) {
					accesses.push({
						server: plan.server,
						user,
						userType,
						accessedAt: LAST_LOG - daysAgo * MS_PER_DAY - random.between(4 * 3600, 13 * 3600) * 1000,
					});
				}
			}
		}
	}
	return accesses.sort((a, b) => a.accessedAt - b.accessedAt || (a.user < b.user ? -1 : 1));
}
