import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { mergeLogs } from "../../../core/history/merge-logs.ts";
import { chooseLogs } from "../../../core/subscriptions/logged-weeks.ts";
import type { UsageLogRow } from "../../../core/subscriptions/usage-log.ts";
import { startOfWeek } from "../../../core/subscriptions/usage-week.ts";

const WEEK = startOfWeek(2900);

/** A log of one server, `after` milliseconds behind the beginning of its week; its figure says where it comes from. */
function log(figure: number, after: number, kind: "sent" | "computed"): UsageLogRow {
	const row = { server: "live", loggedAt: WEEK + after, activeRegistered: figure, activeEnterprise: 0, activeDesigners: 0 };
	return kind === "sent" ? row : { ...row, isComputed: true };
}

describe("logs of the sources and of the history", () => {
	// 1 computed now, 2 stored computed, 3 stored sent, 4 sent now.
	const computedNow = log(1, 0, "computed");
	const storedComputed = log(2, 0, "computed");
	const storedSent = (after: number) => log(3, after, "sent");
	const sentNow = (after: number) => log(4, after, "sent");
	const cases: readonly {
		readonly read: readonly UsageLogRow[];
		readonly stored: readonly UsageLogRow[];
		readonly counts: number;
		readonly all: readonly number[];
	}[] = [
		{ read: [sentNow(0), computedNow], stored: [], counts: 4, all: [1, 4] },
		{ read: [computedNow], stored: [storedComputed], counts: 2, all: [2] },
		{ read: [computedNow], stored: [storedSent(0)], counts: 3, all: [1, 3] },
		{ read: [sentNow(0)], stored: [storedComputed], counts: 4, all: [2, 4] },
		{ read: [sentNow(5)], stored: [storedSent(5)], counts: 4, all: [4] },
		{ read: [sentNow(5)], stored: [storedSent(9)], counts: 3, all: [3, 4] },
		{ read: [sentNow(9)], stored: [storedSent(5)], counts: 4, all: [3, 4] },
		{ read: [], stored: [storedSent(5)], counts: 3, all: [3] },
	];
	for (const { read, stored, counts, all } of cases) {
		it(`gives ${all.join()} of which ${counts} counts`, () => {
			const merged = mergeLogs(read, stored);
			assert.deepEqual(
				merged.map(({ activeRegistered }) => activeRegistered),
				all,
			);
			assert.equal(chooseLogs(merged, WEEK + 100).byServer.get("live")?.[0]?.log.activeRegistered, counts);
		});
	}
});
