import assert from "node:assert/strict";
import fc from "fast-check";
import { MS_PER_DAY } from "../../../core/dates/instant.ts";
import { findTrend, projectTrend, TREND_WEEKS, type TrendPoint } from "../../../core/subscriptions/trend.ts";
import { startOfWeek } from "../../../core/subscriptions/usage-week.ts";
import { referenceForecast, referenceTrend } from "../../support/reference-report.ts";

/** Any whole number does as the first week. */
const FIRST_WEEK = 2900;

describe("the trend of active users", () => {
	// The figures of the rows that give a trend are those of scipy.stats.theilslopes(active, weeks, 0.95).
	const cases = [
		{ what: "five weeks are too few", figures: [10, 20, 30, 40, 50], trend: null },
		{ what: "no week at all", figures: [], trend: null },
		{ what: "six weeks are enough", figures: [10, 12, 11, 15, 14, 18], trend: { perWeek: 1.5, low: -1, high: 4 } },
		{ what: "always the same", figures: [7, 7, 7, 7, 7, 7], trend: { perWeek: 0, low: 0, high: 0 } },
		{
			what: "missing weeks are gaps, not zeros",
			figures: [100, 101, 99, null, null, 105, 105, null, null, 104, 110, ...Array<null>(14).fill(null), 90],
			trend: { perWeek: 0.5793650793650793, low: -0.5, high: 1 },
		},
		{
			what: "26 restless weeks",
			figures: Array.from({ length: 26 }, (_, week) => 50 + ((week * 7) % 11) + Math.floor(week / 3)),
			trend: { perWeek: 0.36363636363636365, low: 0, high: 0.5384615384615384 },
		},
		{ what: "one wild week changes nothing", figures: [10, 11, 12, 13, 900, 15, 16, 17, 18, 19], slope: 1 },
		{ what: "down", figures: [60, 50, 40, 30, 20, 10], slope: -10 },
	];
	for (const { what, figures, trend, slope } of cases) {
		it(what, () => {
			const found = findTrend(pointsOf(figures));
			if (slope === undefined) assert.deepEqual(found, trend);
			else assert.equal(found?.perWeek, slope);
		});
	}

	const forecasts = [
		{ what: "goes on as it went", figures: [10, 20, 30, 40, 50, 60], weeks: 10, expected: 110 },
		{ what: "never falls below nobody", figures: [60, 50, 40, 30, 20, 10], weeks: 10, expected: 0 },
		{ what: "stays at once where nothing changes", figures: [7, 7, 7, 7, 7, 7], weeks: 52, expected: 7 },
		{ what: "counts parts of weeks", figures: [0, 70, 140, 210, 280, 350], weeks: 5 + 3 / 7, expected: 380 },
	];
	for (const { what, figures, weeks, expected } of forecasts) {
		it(what, () => {
			const points = pointsOf(figures);
			const forecast = projectTrend(points, findTrend(points)!, startOfWeek(FIRST_WEEK) + weeks * 7 * MS_PER_DAY);
			assert.ok(Math.abs(forecast.expected - expected) < 1e-6, `${forecast.expected}`);
			assert.ok(forecast.low <= forecast.expected && forecast.expected <= forecast.high);
		});
	}

	it("agrees with the definition on any weeks", () => {
		const points = fc
			.tuple(
				fc.uniqueArray(fc.integer({ min: 0, max: TREND_WEEKS - 1 }), { maxLength: TREND_WEEKS }),
				fc.array(fc.oneof(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 5000 })), {
					minLength: TREND_WEEKS,
					maxLength: TREND_WEEKS,
				}),
			)
			.map(([weeks, figures]) =>
				weeks.toSorted((a, b) => a - b).map((week, index): TrendPoint => ({ week: FIRST_WEEK + week, active: figures[index]! })),
			);
		fc.assert(
			fc.property(points, fc.integer({ min: 0, max: 400 }), (own, days) => {
				const trend = findTrend(own);
				const reference = referenceTrend(own);
				assert.deepEqual(trend, reference);
				if (trend === null) return;
				assert.ok(trend.low <= trend.perWeek && trend.perWeek <= trend.high);
				const instant = startOfWeek(FIRST_WEEK + TREND_WEEKS) + days * MS_PER_DAY;
				const forecast = projectTrend(own, trend, instant);
				assert.ok(0 <= forecast.low && forecast.low <= forecast.expected && forecast.expected <= forecast.high);
				for (const [figure, slope] of [
					[forecast.expected, trend.perWeek],
					[forecast.low, trend.low],
					[forecast.high, trend.high],
				] as const) {
					const plain = referenceForecast(own, slope, instant);
					assert.ok(Math.abs(figure - plain) <= 1e-6 * Math.max(1, plain), `${figure} and ${plain}`);
				}
			}),
			{ numRuns: 500 },
		);
	});
});

/** Points of weeks one after the other; null for a missing one. */
function pointsOf(figures: readonly (number | null)[]): readonly TrendPoint[] {
	return figures.flatMap((active, index) => (active === null ? [] : [{ week: FIRST_WEEK + index, active }]));
}
