import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";

/** Instant of the report: an hour after the latest log. */
export const ACTIVITY_AS_OF = Date.UTC(2026, 10, 4, 22);

/** The same as SQL has it. */
export const AS_OF_TEXT = "2026-11-04 22:00:00";

/** Seconds for which an access makes a user active, by type. */
export const ACTIVE_SECONDS = { Registered: 90 * 86_400, Enterprise: 90 * 86_400, Designer: 180 * 86_400 } as const;

/** Seconds of a week, and from the beginning of week 0, a Wednesday 21:00 UTC, to 1970. */
export const WEEK_SECONDS = 604_800;
export const WEEK_OFFSET = 10_800;

/** The number of the latest week that has begun. */
export const LATEST_WEEK = Math.floor((ACTIVITY_AS_OF / 1000 + WEEK_OFFSET) / WEEK_SECONDS);

/** Server, number of the week, active users by type. */
export type WeekRow = readonly [server: string, week: number, registered: number, enterprise: number, designers: number];

/** What a contender has counted: all weeks, or the latest alone. */
export interface ActivityCounted {
	readonly checksum: string;
	readonly latest: string;
}

/** Leaves what a script has counted, in any order. */
export function writeWeeks(file: string, rows: Iterable<WeekRow>): void {
	const all = Array.from(rows, ([server, week, ...counts]): WeekRow => {
		const [registered, enterprise, designers] = counts.map(Number) as [number, number, number];
		return [server, Number(week), registered, enterprise, designers];
	});
	const lines = all.map((row) => row.join(" ")).sort();
	const latest = all.filter(([, week]) => week === LATEST_WEEK).map(([server, , ...counts]) => [server, ...counts].join(" "));
	writeFileSync(file, JSON.stringify({ checksum: checksumOf(lines), latest: checksumOf(latest.sort()) } satisfies ActivityCounted));
}

/** What the JSON of our report says of the latest week. */
export function readReport(json: string): string {
	const { rows } = JSON.parse(json) as { rows: readonly Record<string, string | number | null>[] };
	const lines = rows.map((row) => [row["server"], row["activeRegistered"], row["activeEnterprise"], row["activeDesigners"]].join(" "));
	return checksumOf(lines.sort());
}

function checksumOf(lines: readonly string[]): string {
	return createHash("sha256").update(lines.join("\n")).digest("hex").slice(0, 16);
}
