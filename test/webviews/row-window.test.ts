import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { barHeight, type Extent, follow, placeOf, placeToSee, rowsAt, topOf } from "../../client/webviews/shared/data-table/row-window.ts";

const short: Extent = { rows: 1_000, rowHeight: 24, sight: 600 };
const long: Extent = { rows: 5_000_000, rowHeight: 24, sight: 600 };
const longEnd = long.rows * long.rowHeight - long.sight;

describe("row window", () => {
	it("lets the scroll bar measure the rows, up to what browsers can lay out", () => {
		assert.equal(barHeight(short), 24_000);
		assert.equal(barHeight(long), 8_000_000);
	});

	for (const place of [0, 1, 999_999, 1_000_001, 60_000_000, longEnd - 1_000_001, longEnd - 24, longEnd])
		it(`comes back to place ${place} of five million rows`, () => {
			assert.ok(Math.abs(placeOf(topOf(place, long), long) - place) < 0.001);
		});

	it("reaches the first and the last row by the scroll bar", () => {
		assert.equal(placeOf(0, long), 0);
		assert.equal(placeOf(8_000_000 - long.sight, long), longEnd);
		assert.deepEqual(rowsAt(longEnd, long, 0), { first: 4_999_975, end: 5_000_000 });
	});

	for (const { name, from, newTop, extent, place } of [
		{ name: "a wheel moves the rows as far as the bar", from: 60_000_000, newTop: 100, extent: long, place: 60_000_100 },
		{ name: "a wheel moves them back", from: 60_000_000, newTop: -72, extent: long, place: 59_999_928 },
		{ name: "short tables are scrolled as they are", from: 4_800, newTop: 9_000, extent: short, place: 13_800 },
	])
		it(name, () => {
			const top = topOf(from, extent);
			assert.deepEqual(follow({ place: from, top }, top + newTop, extent), { place, top: top + newTop });
		});

	it("goes to where a dragged bar belongs", () => {
		const { place } = follow({ place: 0, top: 0 }, 4_000_000, long);
		assert.equal(place, placeOf(4_000_000, long));
	});

	it("takes the ends of the bar for the ends of the rows", () => {
		assert.equal(follow({ place: 400, top: 300 }, 0, long).place, 0);
		assert.equal(follow({ place: longEnd - 400, top: 7_999_000 }, 8_000_000 - long.sight, long).place, longEnd);
	});

	for (const { row, place, seen } of [
		{ row: 0, place: 500, seen: 0 },
		{ row: 30, place: 500, seen: 500 },
		{ row: 50, place: 500, seen: 624 },
		{ row: 999, place: 0, seen: 23_400 },
	])
		it(`brings row ${row} into sight from ${place}`, () => assert.equal(placeToSee(row, place, short), seen));

	it("draws some rows beyond those in sight, and none beyond the table", () => {
		assert.deepEqual(rowsAt(2_400, short, 12), { first: 88, end: 138 });
		assert.deepEqual(rowsAt(0, { ...short, rows: 3 }, 12), { first: 0, end: 3 });
		assert.deepEqual(rowsAt(500, { ...short, rows: 0 }, 12), { first: 0, end: 0 });
	});
});
