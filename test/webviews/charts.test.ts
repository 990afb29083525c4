import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { joinMarks, placeAt, pointsUpTo } from "../../client/webviews/shared/charts/curve-points.ts";
import { guessTextWidth, spreadLabels, stackLabels } from "../../client/webviews/shared/charts/place-labels.ts";
import { countTicks, dayTicks, linearScale } from "../../client/webviews/shared/charts/scale.ts";
import { dateTicks, dayOfIso, trendRange } from "../../client/webviews/shared/charts/trend-range.ts";

describe("scales of charts", () => {
	it("turn values into places and back", () => {
		const scale = linearScale([0, 50], [100, 200]);
		assert.equal(scale.at(25), 150);
		assert.equal(scale.invert(150), 25);
		assert.equal(linearScale([0, 10], [100, 0]).at(10), 0);
	});

	it("put everything at the beginning where there is no span", () => {
		assert.equal(linearScale([3, 3], [10, 90]).at(7), 10);
		assert.equal(linearScale([0, 5], [10, 10]).invert(10), 0);
	});

	for (const [max, ticks] of [
		[0, [0, 1]],
		[1, [0, 1]],
		[3, [0, 1, 2, 3]],
		[7, [0, 2, 4, 6, 8]],
		[4063, [0, 1000, 2000, 3000, 4000, 5000]],
	] as const) {
		it(`count in round whole numbers up to at least ${max}`, () => assert.deepEqual(countTicks(max, 4), ticks));
	}

	it("never count in fractions, and always reach the maximum", () => {
		for (let max = 0; max < 3000; max += 7) {
			const ticks = countTicks(max, 3);
			assert.ok(ticks.every(Number.isInteger), String(max));
			assert.ok((ticks.at(-1) ?? 0) >= max, String(max));
			assert.ok(ticks.length <= 8, `${max}: ${ticks}`);
		}
	});

	for (const [max, wanted, step] of [
		[14, 9, 2],
		[60, 5, 15],
		[180, 7, 30],
		[365, 5, 180],
		[36_500, 6, 7300],
		[36_500, 2, 36_500],
	] as const) {
		it(`count ${max} days in steps of ${step}`, () => {
			const ticks = dayTicks(max, wanted);
			assert.ok(ticks.length <= wanted, String(ticks));
			assert.deepEqual([ticks[0], ticks[1]], [0, step]);
			assert.ok((ticks.at(-1) ?? 0) <= max);
		});
	}
});

describe("labels of charts", () => {
	const room = { min: 0, max: 200, gap: 5 };

	it("share a row where they don't overlap, and stack where they do", () => {
		const placed = stackLabels(
			[
				{ at: 100, size: 60 },
				{ at: 120, size: 60 },
				{ at: 180, size: 40 },
			],
			room,
		);
		assert.deepEqual(placed, [
			{ at: 100, row: 0 },
			{ at: 120, row: 1 },
			{ at: 180, row: 0 },
		]);
	});

	it("give way at the ends of the room", () => {
		assert.deepEqual(stackLabels([{ at: 2, size: 40 }], room), [{ at: 20, row: 0 }]);
		assert.deepEqual(stackLabels([{ at: 199, size: 40 }], room), [{ at: 180, row: 0 }]);
		assert.deepEqual(spreadLabels([{ at: -50, size: 10 }], room), [5]);
	});

	it("move apart evenly and keep their order", () => {
		const middles = spreadLabels(
			[
				{ at: 50, size: 10 },
				{ at: 50, size: 10 },
				{ at: 52, size: 10 },
			],
			room,
		);
		assert.deepEqual(
			middles.map((middle) => Math.round(middle * 100) / 100),
			[35.67, 50.67, 65.67],
		);
	});

	it("never overlap, whatever they want, as long as there is room", () => {
		let seed = 7;
		const draw = (below: number) => {
			seed = (seed * 48_271) % 2_147_483_647;
			return seed % below;
		};
		for (let round = 0; round < 500; round++) {
			const labels = Array.from({ length: 1 + draw(5) }, () => ({ at: draw(240) - 20, size: 4 + draw(20) }));
			const middles = spreadLabels(labels, room);
			const order = labels.map((_, index) => index).sort((one, other) => middles[one]! - middles[other]!);
			for (const [place, index] of order.entries()) {
				const begin = middles[index]! - labels[index]!.size / 2;
				const previous = order[place - 1];
				const end = previous === undefined ? 0 : middles[previous]! + labels[previous]!.size / 2 + room.gap;
				assert.ok(begin >= end - 1e-6, JSON.stringify({ labels, middles }));
				assert.ok(begin + labels[index]!.size <= 200 + 1e-6, JSON.stringify({ labels, middles }));
			}
			const rows = stackLabels(labels, room);
			for (const [one, { at, row }] of rows.entries()) {
				for (const [other, second] of rows.entries()) {
					if (one >= other || row !== second.row) continue;
					const distance = Math.abs(at - second.at) - (labels[one]!.size + labels[other]!.size) / 2;
					assert.ok(distance >= room.gap - 1e-6, JSON.stringify({ labels, rows }));
				}
			}
		}
	});

	it("stay within too little room", () => {
		const middles = spreadLabels(
			Array.from({ length: 6 }, () => ({ at: 10, size: 20 })),
			{ min: 0, max: 60, gap: 4 },
		);
		assert.ok(middles.every((middle) => middle >= 0 && middle <= 60));
		assert.deepEqual(
			[...middles].sort((one, other) => one - other),
			middles,
		);
	});

	it("are guessed wider the longer they are", () => {
		assert.ok(guessTextWidth("Committed 30", 11) > guessTextWidth("Default 30", 11));
		assert.ok(guessTextWidth("製品", 10) >= 20);
		assert.equal(guessTextWidth("", 11), 0);
	});
});

describe("points of a curve", () => {
	const steps = { values: [0, 3, 7, 20], counts: [9, 6, 5, 1] };

	for (const [days, place] of [
		[0, 0],
		[2, 0],
		[3, 1],
		[6, 1],
		[19, 2],
		[20, 3],
		[999, 3],
	] as const) {
		it(`count at ${days} days what holds from the day before`, () => assert.equal(placeAt(steps.values, days), place));
	}

	it("end at the last day with the count that holds there", () => {
		assert.deepEqual(pointsUpTo(steps, 10, 100), [
			[0, 9],
			[3, 6],
			[7, 5],
			[10, 5],
		]);
		assert.deepEqual(pointsUpTo(steps, 20, 100).at(-1), [20, 1]);
		assert.deepEqual(pointsUpTo({ values: [], counts: [] }, 10, 100), []);
	});

	it("are no more than can be seen, and keep the first and the last count", () => {
		const values = Array.from({ length: 36_501 }, (_, day) => day);
		const points = pointsUpTo({ values, counts: values }, 36_500, 300);
		assert.ok(points.length <= 1203, String(points.length));
		assert.deepEqual(points[0], [0, 0]);
		assert.equal(points.at(-1)?.[1], 36_500);
	});

	it("mark equal values once, with all of their names", () => {
		const marks = [
			{ days: 30, name: "File" },
			{ days: 45, name: "Committed" },
			{ days: 30, name: "Default" },
			{ days: 30, name: "Default" },
			{ days: 400, name: "Deployed" },
		];
		assert.deepEqual(joinMarks(marks, 90), [
			{ days: 30, names: ["File", "Default"] },
			{ days: 45, names: ["Committed"] },
		]);
	});
});

describe("range of a trend", () => {
	const series = { name: "Users", colour: "series-1", values: [5, null, 9], paid: 8, projection: { expected: 12, low: 7, high: 15 } };

	it("holds the values, what is paid for and what is expected", () => {
		const days = ["2026-10-05", "2026-10-12", "2026-10-19"].map(dayOfIso);
		const found = trendRange(days, [series], dayOfIso("2026-12-01T00:00:00Z"));
		assert.deepEqual(found, { first: days[0], last: dayOfIso("2026-12-01"), max: 15 });
	});

	it("needs no room for a renewal in the past, nor any data", () => {
		assert.equal(trendRange([20_000, 20_007], [], 19_000).last, 20_007);
		assert.deepEqual(trendRange([], [], null), { first: 0, last: 1, max: 1 });
	});

	it("is ticked at the first days of months", () => {
		const ticks = dateTicks(dayOfIso("2026-10-05"), dayOfIso("2027-03-31"), 3);
		assert.deepEqual(
			ticks.map(({ text }) => text),
			["2026-11", "2027-01", "2027-03"],
		);
		assert.equal(ticks[0]?.day, dayOfIso("2026-11-01"));
	});
});
