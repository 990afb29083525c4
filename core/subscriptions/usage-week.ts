import { type InstantMs, MS_PER_DAY } from "../dates/instant.ts";

/**
 * Number of a week that runs from one Wednesday 21:00 UTC to the next; consecutive weeks have consecutive numbers, whatever
 * the year. Summer time plays no part: the servers' timer services follow UTC.
 */
export type UsageWeek = number;

const MS_PER_WEEK = 7 * MS_PER_DAY;
/** Week 0 begins on Wednesday 1969-12-31 at 21:00 UTC, three hours before the epoch. */
const START_OF_WEEK_0: InstantMs = -3 * 3_600_000;

/** The week that contains an instant; Wednesday 21:00:00.000 UTC itself belongs to the week that it begins. */
export function weekOf(instant: InstantMs): UsageWeek {
	return Math.floor((instant - START_OF_WEEK_0) / MS_PER_WEEK);
}

/** The first instant of a week, a Wednesday at 21:00 UTC. */
export function startOfWeek(week: UsageWeek): InstantMs {
	return START_OF_WEEK_0 + week * MS_PER_WEEK;
}
