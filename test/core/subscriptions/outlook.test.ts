import assert from "node:assert/strict";
import { parseDay } from "../../../core/dates/day-number.ts";
import { MS_PER_DAY, parseInstant } from "../../../core/dates/instant.ts";
import { chooseLogs } from "../../../core/subscriptions/logged-weeks.ts";
import { findOutlook, projectToRenewal } from "../../../core/subscriptions/outlook.ts";
import type { UsageLogRow } from "../../../core/subscriptions/usage-log.ts";

const WEDNESDAY = parseInstant("2026-11-04T21:00:00Z")!;
const AS_OF = parseInstant("2026-11-05T09:00:00Z")!;
const QUIET = [100, 101, 100, 99, 100, 101, 100, 99, 100];

describe("the outlook of a server", () => {
	it("has 26 weeks up to that of the report, with gaps for weeks without a log", () => {
		const { weeks } = outlookOf(weekly([1, null, 3]));
		assert.equal(weeks.length, 26);
		assert.deepEqual(
			weeks.slice(-4).map(({ log }) => log?.activeRegistered ?? null),
			[null, 1, null, 3],
		);
		assert.equal(weeks.at(-1)?.log?.loggedAt, WEDNESDAY);
	});

	it("leaves the last weeks empty when the server went silent", () => {
		const silent = weekly([1, 2, 3]).map((log) => ({ ...log, loggedAt: log.loggedAt - 14 * MS_PER_DAY }));
		assert.deepEqual(
			outlookOf(silent)
				.weeks.slice(-3)
				.map(({ log }) => log?.activeRegistered ?? null),
			[3, null, null],
		);
	});

	const windows = [
		{ what: "the 26th week counts", figures: [10, 20, 30, 40, 50, ...gap(20), 60], trend: true },
		{ what: "the 27th does not", figures: [10, 20, 30, 40, 50, ...gap(21), 60], trend: false },
	];
	for (const { what, figures, trend } of windows) {
		it(what, () => assert.equal(outlookOf(weekly(figures)).trends.Registered !== null, trend));
	}

	it("has a trend of its own for each user type", () => {
		const logs = weekly([10, 20, 30, 40, 50, 60]).map((log, index) => ({ ...log, activeEnterprise: 9 - index, activeDesigners: 4 }));
		const { Registered, Enterprise, Designer } = outlookOf(logs).trends;
		assert.deepEqual([Registered?.perWeek, Enterprise?.perWeek, Designer?.perWeek], [10, -1, 0]);
	});

	const breaks = [
		{ what: "a jump with a new version is a break", figures: [...QUIET, 300], versions: ["4.1", "4.2"], isBreak: true },
		{ what: "a jump with the same version is none", figures: [...QUIET, 300], versions: ["4.1", "4.1"], isBreak: false },
		{ what: "a jump is none when the versions are not known", figures: [...QUIET, 300], versions: [undefined, "4.2"], isBreak: false },
		{ what: "a new version without a jump is none", figures: [...QUIET, 101], versions: ["4.1", "4.2"], isBreak: false },
		{ what: "there is none over a missing week", figures: [...QUIET, null, 300], versions: ["4.1", "4.2"], isBreak: false },
	] as const;
	for (const { what, figures, versions, isBreak } of breaks) {
		it(what, () => {
			const logs = weekly(figures);
			const marked = logs.map((log, index) => {
				const version = index === logs.length - 1 ? versions[1] : versions[0];
				return version === undefined ? log : { ...log, version };
			});
			const { weeks } = outlookOf(marked);
			assert.equal(weeks.at(-1)?.breakBefore, isBreak);
			assert.ok(weeks.slice(0, -1).every(({ breakBefore }) => !breakBefore));
		});
	}

	const renewals = [
		{ renewal: "2026-11-12", expected: 60 + (10 * (7 + 3 / 24)) / 7 },
		{ renewal: "2026-11-05", expected: 60 + (10 * 12) / 24 / 7 },
		{ renewal: "2026-11-04", expected: null },
		{ renewal: null, expected: null },
	];
	for (const { renewal, expected } of renewals) {
		it(`renewal ${renewal} → ${expected}`, () => {
			const trend = outlookOf(weekly([10, 20, 30, 40, 50, 60])).trends.Registered;
			const forecast = projectToRenewal(trend, renewal === null ? null : parseDay(renewal), AS_OF);
			if (expected === null) assert.equal(forecast, null);
			else assert.ok(Math.abs(forecast!.expected - expected) < 1e-6, `${forecast!.expected}`);
		});
	}
});

function outlookOf(logs: readonly UsageLogRow[]) {
	return findOutlook(chooseLogs(logs, AS_OF).byServer.get("live") ?? [], AS_OF);
}

/** Logs of one server, a week apart, the last of them on the Wednesday before the report; null for a missing week. */
function weekly(figures: readonly (number | null)[]): readonly UsageLogRow[] {
	return figures.flatMap((activeRegistered, index) => {
		const loggedAt = WEDNESDAY - (figures.length - 1 - index) * 7 * MS_PER_DAY;
		return activeRegistered === null ? [] : [{ server: "live", loggedAt, activeRegistered, activeEnterprise: 0, activeDesigners: 0 }];
	});
}

function gap(weeks: number): null[] {
	return Array<null>(weeks).fill(null);
}
