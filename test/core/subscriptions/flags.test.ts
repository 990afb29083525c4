import assert from "node:assert/strict";
import { parseDay } from "../../../core/dates/day-number.ts";
import { MS_PER_DAY, parseInstant } from "../../../core/dates/instant.ts";
import { FLAG_NAMES } from "../../../core/subscriptions/flags.ts";
import type { UsageLogRow } from "../../../core/subscriptions/usage-log.ts";
import { buildUsageReport, type ReportSubscription } from "../../../core/subscriptions/usage-report.ts";

const LATEST_LOG = "2026-11-04T21:00:00Z";
/** Twelve quiet weekly differences: median 0, median absolute deviation 1, so 5.1891 is far. */
const QUIET = [100, 101, 100, 99, 100, 101, 100, 99, 100, 101, 100, 99, 100];

describe("the flags of the usage report", () => {
	describe("never reported, stale", () => {
		const cases = [
			{ logs: [], asOf: "2026-11-05T00:00:00Z", flags: ["never reported"] },
			{ logs: ["2026-11-05T00:00:00.001Z"], asOf: "2026-11-05T00:00:00Z", flags: ["never reported"] },
			{ logs: ["2026-11-05T00:00:00Z"], asOf: "2026-11-05T00:00:00Z", flags: [] },
			{ logs: ["2026-11-04T21:00:00Z"], asOf: "2026-11-11T21:00:00Z", flags: [] },
			{ logs: ["2026-11-04T21:00:00Z"], asOf: "2026-11-11T21:00:00.001Z", flags: ["stale"] },
			{ logs: ["2026-11-04T21:00:00Z", "2026-11-20T21:00:00Z"], asOf: "2026-11-19T00:00:00Z", flags: ["stale"] },
		];
		for (const { logs, asOf, flags } of cases) {
			it(`logs ${logs.join(", ") || "none"}, as of ${asOf} → ${flags.join(", ") || "none"}`, () => {
				checkFlags({ logs: logs.map((instant) => log(instant, 1, 1, 1)), asOf, flags });
			});
		}
	});

	describe("over-use, under-use: registered, enterprise, designer", () => {
		const cases = [
			{ paid: [10, 10, 10], active: [10, 10, 10], flags: [] },
			{ paid: [10, 10, 10], active: [11, 10, 10], flags: ["over-use"], details: ["Registered: 11 active, 10 paid (1 over)"] },
			{ paid: [10, 10, 6], active: [10, 10, 7], flags: ["over-use"], details: ["Designer: 7 active, 6 paid (1 over)"] },
			{ paid: [10, 10, 10], active: [5, 5, 5], flags: [] },
			{ paid: [10, 10, 10], active: [10, 4, 10], flags: ["under-use"], details: ["Enterprise: 4 active, 10 paid (40% used)"] },
			{ paid: [11, 10, 10], active: [5, 10, 10], flags: ["under-use"], details: ["Registered: 5 active, 11 paid (45% used)"] },
			{ paid: [11, 10, 10], active: [6, 10, 10], flags: [] },
			{
				paid: [1000, 10, 2],
				active: [1234, 2, 0],
				flags: ["over-use", "under-use"],
				details: [
					"Registered: 1,234 active, 1,000 paid (234 over)",
					"Enterprise: 2 active, 10 paid (20% used); Designer: 0 active, 2 paid (0% used)",
				],
			},
			{ paid: [0, 0, 0], active: [0, 0, 0], flags: [] },
			{ paid: [0, 10, 10], active: [1, 10, 10], flags: ["over-use"], details: ["Registered: 1 active, 0 paid (1 over)"] },
			{ paid: [null, null, null], active: [9, 9, 0], flags: [] },
		];
		for (const { paid, active, flags, details } of cases) {
			it(`paid ${paid.join(", ")}; active ${active.join(", ")} → ${flags.join(", ") || "none"}`, () => {
				const [registered = 0, enterprise = 0, designers = 0] = active;
				const [registeredUsers = null, enterpriseUsers = null, designerUsers = null] = paid;
				checkFlags({
					subscription: { registeredUsers, enterpriseUsers, designerUsers },
					logs: [log(LATEST_LOG, registered, enterprise, designers)],
					flags,
					details,
				});
			});
		}
	});

	describe("renewal due, renewal past: by UTC days", () => {
		const cases = [
			{ renewal: "2026-11-05", asOf: "2026-11-05T23:59:59.999Z", flags: ["renewal due"], details: ["The renewal is today, on 2026-11-05"] },
			{
				renewal: "2026-11-06",
				asOf: "2026-11-05T23:59:59.999Z",
				flags: ["renewal due"],
				details: ["The renewal is in 1 day, on 2026-11-06"],
			},
			{
				renewal: "2027-02-03",
				asOf: "2026-11-05T00:00:00Z",
				flags: ["renewal due"],
				details: ["The renewal is in 90 days, on 2027-02-03"],
			},
			{ renewal: "2027-02-04", asOf: "2026-11-05T23:59:59.999Z", flags: [] },
			{
				renewal: "2026-11-04",
				asOf: "2026-11-05T00:00:00Z",
				flags: ["renewal past"],
				details: ["The renewal was 1 day ago, on 2026-11-04"],
			},
			{
				renewal: "2026-08-07",
				asOf: "2026-11-05T00:00:00Z",
				flags: ["renewal past"],
				details: ["The renewal was 90 days ago, on 2026-08-07"],
			},
			{ renewal: "2026-08-06", asOf: "2026-11-05T00:00:00Z", flags: [] },
			{ renewal: null, asOf: "2026-11-05T00:00:00Z", flags: [] },
		];
		for (const { renewal, asOf, flags, details } of cases) {
			it(`renewal ${renewal}, as of ${asOf} → ${flags.join(", ") || "none"}`, () => {
				checkFlags({
					subscription: { renewalDate: renewal === null ? null : parseDay(renewal) },
					logs: [log(LATEST_LOG, 1, 1, 1)],
					asOf,
					flags,
					details,
				});
			});
		}
	});

	describe("large difference: weekly figures of Active Registered, newest last, - for a missing week", () => {
		const cases = [
			{ what: "4 users are too few", figures: [10, 14], large: false },
			{ what: "5 users, with no history", figures: [10, 15], large: true },
			{ what: "down as well as up", figures: [15, 10], large: true },
			{ what: "10 % of the earlier figure", figures: [100, 110], large: true },
			{ what: "just under 10 %", figures: [101, 111], large: false },
			{ what: "from 0, at least 5", figures: [0, 5], large: true },
			{ what: "from 0, under 5", figures: [0, 4], large: false },
			{ what: "never over a missing week", figures: [10, null, 60], large: false },
			{ what: "no second week", figures: [60], large: false },
			{ what: "in a quiet history", figures: [...QUIET, 120], large: true },
			{ what: "5 earlier differences of 30 do not count as history", figures: [10, 40, 70, 100, 130, 160, 190], large: true },
			{ what: "6 earlier differences of 30 do: 30 is usual", figures: [10, 40, 70, 100, 130, 160, 190, 220], large: false },
			{ what: "with a MAD of 0 any other difference is far", figures: [10, 40, 70, 100, 130, 160, 190, 221], large: true },
			// Earlier differences +10 and −10 in turn: median 0, MAD 10, so far begins above 51.891.
			{ what: "not further than 3.5 × 1.4826 × MAD", figures: [90, 100, 90, 100, 90, 100, 90, 141], large: false },
			{ what: "further than 3.5 × 1.4826 × MAD", figures: [90, 100, 90, 100, 90, 100, 90, 142], large: true },
			// Earlier differences 4, 6, 4, 6, 4, 6: median 5, MAD 1, so 10 is usual enough and 11 is far.
			{ what: "measured from the median, inside", figures: [0, 4, 10, 14, 20, 24, 30, 40], large: false },
			{ what: "measured from the median, outside", figures: [0, 4, 10, 14, 20, 24, 30, 41], large: true },
			// A gap leaves 5 differences, although there are 8 earlier weeks.
			{ what: "differences over a gap are no history", figures: [10, 40, 70, null, 130, 160, 190, 220, 250], large: true },
			{ what: "6 differences on both sides of a gap are history", figures: [10, 40, 70, 100, null, 130, 160, 190, 220, 250], large: false },
			// Six differences of 30 of which the oldest is that of the 25th week before the latest; the weeks between are missing.
			{ what: "25 weeks back count", figures: [0, 30, ...gap(18), 10, 40, 70, 100, 130, 160, 190], large: false },
			{ what: "26 weeks back do not", figures: [0, 30, ...gap(19), 10, 40, 70, 100, 130, 160, 190], large: true },
		];
		for (const { what, figures, large } of cases) {
			it(what, () => {
				checkFlags({ logs: weekly(figures), flags: large ? ["large difference"] : [] });
			});
		}

		it("is a break and no flag when the version changed with it", () => {
			const jump = (before: string, after: string) =>
				weekly([...QUIET, 300]).map((row, index) => ({ ...row, version: index < QUIET.length ? before : after }));
			checkFlags({ logs: jump("4.1", "4.2"), flags: [] });
			checkFlags({ logs: jump("4.1", "4.1"), flags: ["large difference"] });
		});

		it("says how the figure moved, and what is usual", () => {
			checkFlags({
				logs: weekly([...QUIET, 1100]),
				flags: ["large difference"],
				details: ["Active Registered went from 100 to 1,100 in one week (+1,000); its usual weekly difference is about 0"],
			});
			checkFlags({
				logs: weekly([15, 10]),
				flags: ["large difference"],
				details: ["Active Registered went from 15 to 10 in one week; there are too few earlier weeks to know what is usual"],
			});
		});
	});

	it("has them in a fixed order, each once", () => {
		checkFlags({
			subscription: { renewalDate: parseDay("2026-11-01"), registeredUsers: 10, enterpriseUsers: 100, designerUsers: 2 },
			logs: weekly([5, 20]).map((row) => ({ ...row, activeDesigners: 3 })),
			asOf: "2026-11-12T00:00:00Z",
			flags: ["stale", "large difference", "over-use", "under-use", "renewal past"],
		});
	});

	it("server without subscription, beside the flags that its logs give", () => {
		checkFlags({
			subscription: null,
			logs: weekly([5, 20]),
			asOf: "2026-11-12T00:00:00Z",
			flags: ["stale", "large difference", "server without subscription"],
		});
	});

	it("knows eight flags by these names", () => {
		assert.deepEqual(FLAG_NAMES, [
			...["never reported", "stale", "large difference", "over-use", "under-use"],
			...["renewal due", "renewal past", "server without subscription"],
		]);
	});
});

interface FlagCase {
	/** Over a subscription that gives no flag by itself; null for none at all. */
	readonly subscription?: Partial<ReportSubscription> | null;
	readonly logs: readonly UsageLogRow[];
	readonly asOf?: string;
	readonly flags: readonly string[];
	readonly details?: readonly string[] | undefined;
}

function checkFlags({ subscription = {}, logs, asOf = "2026-11-05T00:00:00Z", flags, details }: FlagCase): void {
	const unflagged = {
		client: "Aldgate",
		renewalDate: null,
		registeredUsers: null,
		enterpriseUsers: null,
		designerUsers: null,
		servers: ["live"],
	};
	const report = buildUsageReport(subscription === null ? [] : [{ ...unflagged, ...subscription }], logs, instantOf(asOf));
	const found = report.rows.flatMap((row) => row.flags);
	assert.deepEqual(
		found.map((flag) => flag.name),
		flags,
	);
	if (details !== undefined) {
		assert.deepEqual(
			found.map((flag) => flag.detail),
			details,
		);
	}
	for (const flag of found) assert.match(flag.detail, /^[A-Z].*[^.]$/);
}

/** Logs of consecutive weeks up to the latest. */
function weekly(figures: readonly (number | null)[]): readonly UsageLogRow[] {
	const latest = instantOf(LATEST_LOG);
	return figures.flatMap((figure, index) => {
		const loggedAt = latest - (figures.length - 1 - index) * 7 * MS_PER_DAY;
		return figure === null ? [] : [{ server: "live", loggedAt, activeRegistered: figure, activeEnterprise: 0, activeDesigners: 0 }];
	});
}

function gap(weeks: number): readonly null[] {
	return Array.from({ length: weeks }, () => null);
}

function log(loggedAt: string, activeRegistered: number, activeEnterprise: number, activeDesigners: number): UsageLogRow {
	return { server: "live", loggedAt: instantOf(loggedAt), activeRegistered, activeEnterprise, activeDesigners };
}

function instantOf(text: string): number {
	const instant = parseInstant(text);
	assert.notEqual(instant, null, text);
	return instant!;
}
