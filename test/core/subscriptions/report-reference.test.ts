import assert from "node:assert/strict";
import fc from "fast-check";
import { MS_PER_DAY, parseInstant } from "../../../core/dates/instant.ts";
import { activeIn, findOutlook, findOutlooks, projectToRenewal } from "../../../core/subscriptions/outlook.ts";
import type { UsageLogRow } from "../../../core/subscriptions/usage-log.ts";
import { buildUsageReport, type ReportSubscription } from "../../../core/subscriptions/usage-report.ts";
import { startOfWeek } from "../../../core/subscriptions/usage-week.ts";
import { referenceOutlook, referenceReport, toReferenceForm } from "../../support/reference-report.ts";

const WEEK = 7 * MS_PER_DAY;

// Wednesdays 21:00 UTC around which a calendar does something odd: turns of the year, leap days, changes of clocks in Europe and America, 1970.
const WEDNESDAYS = [
	"2026-12-30T21:00:00Z",
	"2027-01-06T21:00:00Z",
	"2028-03-01T21:00:00Z",
	"2024-02-28T21:00:00Z",
	"2027-03-31T21:00:00Z",
	"2026-10-28T21:00:00Z",
	"2026-11-04T21:00:00Z",
	"2026-03-11T21:00:00Z",
	"2100-03-03T21:00:00Z",
	"1970-07-01T21:00:00Z",
].map((text) => parseInstant(text)!);

/** Around the beginning of a week, to the millisecond, and within it. */
const withinWeek = fc.oneof(
	fc.constantFrom(0, 0, 0, -1, 1, 7000, 3_600_000, -3_600_000, WEEK - 1),
	fc.integer({ min: -MS_PER_DAY, max: WEEK }),
);

const server = fc.constantFrom("a", "a", "b", "b", "c", "B", " a", "b ", "c d");

const figure = fc.oneof(
	{ weight: 6, arbitrary: fc.integer({ min: 40, max: 48 }) },
	{ weight: 2, arbitrary: fc.integer({ min: 0, max: 120 }) },
	{ weight: 1, arbitrary: fc.constantFrom(0, 0, 1, 5, 50, 55, 999_999_999, Number.MAX_SAFE_INTEGER) },
);

const version = fc.option(fc.constantFrom("4.1", "4.2"), { nil: undefined });

interface World {
	readonly asOf: number;
	readonly subscriptions: readonly ReportSubscription[];
	readonly logs: readonly UsageLogRow[];
}

const world: fc.Arbitrary<World> = fc.tuple(fc.constantFrom(...WEDNESDAYS), withinWeek).chain(([wednesday, ms]) => {
	const asOf = wednesday + ms;
	const log: fc.Arbitrary<UsageLogRow> = fc
		.record({
			server,
			loggedAt: fc.tuple(fc.integer({ min: -3, max: 34 }), withinWeek).map(([weeksAgo, later]) => wednesday - weeksAgo * WEEK + later),
			activeRegistered: figure,
			activeEnterprise: figure,
			activeDesigners: figure,
			version,
		})
		.map(withoutUndefined);
	// A server that logs every week, with some gaps: only so are there histories to judge by.
	const series: fc.Arbitrary<readonly UsageLogRow[]> = fc
		.record({
			server,
			late: fc.constantFrom(0, 0, 7000, WEEK - 1),
			weeks: fc.array(fc.record({ isThere: fc.constantFrom(true, true, true, true, true, true, true, false), active: figure, version }), {
				minLength: 5,
				maxLength: 34,
				size: "max",
			}),
		})
		.map(({ server: own, late, weeks }) =>
			weeks.flatMap(({ isThere, active, version: ownVersion }, weeksAgo) =>
				isThere
					? [
							withoutUndefined({
								server: own,
								loggedAt: wednesday - weeksAgo * WEEK + late,
								activeRegistered: active,
								activeEnterprise: weeksAgo,
								activeDesigners: active % 7,
								version: ownVersion,
							}),
						]
					: [],
			),
		);
	const paid = fc.option(fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constantFrom(0, 90, Number.MAX_SAFE_INTEGER)));
	const subscription: fc.Arbitrary<ReportSubscription> = fc.record({
		client: fc.constantFrom("Aldgate", " Aldgate ", "Bow & Sons", "b", "\u{1F9F5} Ltd", "\uFFFD Ltd", ""),
		renewalDate: fc.option(
			fc
				.oneof(fc.integer({ min: -95, max: 95 }), fc.constantFrom(0, 0, 1, -1, 90, 91, -90, -91))
				.map((days) => Math.floor(asOf / MS_PER_DAY) + days),
		),
		registeredUsers: paid,
		enterpriseUsers: paid,
		designerUsers: paid,
		servers: fc.array(fc.oneof(server, fc.constantFrom("", " ", "never")), { maxLength: 4 }),
	});
	return fc.record({
		asOf: fc.constant(asOf),
		subscriptions: fc.array(subscription, { maxLength: 4 }),
		logs: fc
			.tuple(fc.array(series, { maxLength: 3 }), fc.array(log, { maxLength: 40, size: "max" }), fc.nat())
			.map(([long, single, seed]) => shuffled([...long.flat(), ...single], seed)),
	});
});

describe("the report beside a plain one", () => {
	it("has the same rows, flags, totals and weeks on any subscriptions and logs", () => {
		fc.assert(
			fc.property(world, ({ asOf, subscriptions, logs }) => {
				assert.deepEqual(toReferenceForm(buildUsageReport(subscriptions, logs, asOf)), referenceReport(subscriptions, logs, asOf));
			}),
			{ numRuns: 1500 },
		);
	});

	it("has the same trends, gaps, breaks and projections", () => {
		fc.assert(
			fc.property(world, ({ asOf, subscriptions, logs }) => {
				const report = buildUsageReport(subscriptions, logs, asOf);
				const outlooks = findOutlooks(report);
				for (const row of report.rows) {
					const outlook = outlooks.get(row.server) ?? findOutlook([], asOf);
					for (const [type, name] of TYPES) {
						const plain = referenceOutlook(logs, row.server, name, row.renewalDate, asOf);
						const trend = outlook.trends[type];
						assert.deepEqual(
							outlook.weeks.map(({ log }) => (log === null ? null : activeIn(log, type))),
							plain.weeks,
						);
						assert.deepEqual(
							outlook.weeks.flatMap(({ week, breakBefore }) => (breakBefore ? [startOfWeek(week)] : [])),
							plain.breaks,
						);
						assert.deepEqual(trend && { perWeek: trend.perWeek, low: trend.low, high: trend.high }, plain.trend);
						checkForecast(projectToRenewal(trend, row.renewalDate, asOf), plain.atRenewal);
					}
				}
			}),
			{ numRuns: 400 },
		);
	});

	it("judges a difference exactly at 3.5 × 1.4826 × MAD", () => {
		// Six earlier differences with the median 0 and a MAD of 10,000.
		const steps = [10_000, -10_000, 10_000, -10_000, 10_000, -10_000];
		for (const [last, isLarge] of [
			[51_891, false],
			[51_892, true],
			[-51_891, false],
			[-51_892, true],
		] as const) {
			let active = 400_000;
			const logs = [0, ...steps, last].map((step, index): UsageLogRow => {
				active += step;
				return { server: "a", loggedAt: WEDNESDAYS[0]! + index * WEEK, activeRegistered: active, activeEnterprise: 0, activeDesigners: 0 };
			});
			const report = buildUsageReport([], logs, logs.at(-1)!.loggedAt);
			assert.equal(
				report.rows[0]?.flags.some(({ name }) => name === "large difference"),
				isLarge,
				String(last),
			);
			assert.deepEqual(toReferenceForm(report), referenceReport([], logs, logs.at(-1)!.loggedAt));
		}
	});
});

const TYPES = [
	["Registered", "activeRegistered"],
	["Enterprise", "activeEnterprise"],
	["Designer", "activeDesigners"],
] as const;

type Forecast = { readonly expected: number; readonly low: number; readonly high: number } | null;

function checkForecast(found: Forecast, plain: Forecast): void {
	if (found === null || plain === null) {
		assert.equal(found, plain);
		return;
	}
	for (const name of ["expected", "low", "high"] as const) {
		assert.ok(Math.abs(found[name] - plain[name]) <= 1e-6 * Math.max(1, plain[name]), `${name}: ${found[name]} and ${plain[name]}`);
	}
}

function withoutUndefined({ version: own, ...log }: Omit<UsageLogRow, "version"> & { readonly version: string | undefined }): UsageLogRow {
	return own === undefined ? log : { ...log, version: own };
}

/** In an order that a small generator gives. */
function shuffled<Item>(items: readonly Item[], seed: number): readonly Item[] {
	let state = seed >>> 0;
	return items
		.map((item) => {
			state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
			return { item, state };
		})
		.sort((a, b) => a.state - b.state)
		.map(({ item }) => item);
}
