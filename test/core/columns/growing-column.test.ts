import assert from "node:assert/strict";
import fc from "fast-check";
import { dayAt } from "../../../core/columns/day-column.ts";
import { createDayColumn, createIndexColumn, createUint32Column } from "../../../core/columns/growing-column.ts";
import { FIRST_DAY, LAST_DAY, NO_DAY, parseDay } from "../../../core/dates/day-number.ts";

/** More than the first blocks hold. */
const MANY = 600_000;

describe("growing columns", () => {
	it("keep any number of values, in shared memory", () => {
		const column = createUint32Column();
		for (let value = 0; value < MANY; value++) column.push(value * 7001);
		assert.equal(column.length(), MANY);
		const values = column.finish();
		assert.ok(values.buffer instanceof SharedArrayBuffer);
		assert.equal(values.length, MANY);
		assert.ok(values.every((value, index) => value === (index * 7001) % 2 ** 32));
	});

	for (const [values, bytes] of [
		[[], 2],
		[[0, 65_535], 2],
		[[65_536], 4],
		[[1, 70_000, 2, 4_294_967_295], 4],
	] as const) {
		it(`give indices ${bytes} bytes each: ${values.join(", ")}`, () => {
			const column = createIndexColumn();
			for (const value of values) column.push(value);
			const finished = column.finish();
			assert.deepEqual([...finished], values);
			assert.equal(finished.BYTES_PER_ELEMENT, bytes);
		});
	}

	for (const [days, bytes] of [
		[[], 2],
		[["none", "1900-01-01", "2026-11-05", "2079-06-05"], 2],
		[["1899-12-31"], 4],
		[["none", "2026-11-05", "2079-06-06", "none", "2026-11-05", "0001-01-01", "9999-12-31"], 4],
	] as const) {
		it(`give days ${bytes} bytes each: ${days.join(", ")}`, () => {
			const numbers = days.map((day) => (day === "none" ? NO_DAY : parseDay(day)!));
			const column = createDayColumn();
			for (const day of numbers) column.push(day);
			assert.equal(column.length(), numbers.length);
			const finished = column.finish();
			assert.deepEqual(
				numbers.map((_, index) => dayAt(finished, index)),
				numbers,
			);
			assert.equal(finished.days.BYTES_PER_ELEMENT, bytes);
		});
	}

	it("append several values as each by itself", () => {
		const day = fc.oneof(
			{ weight: 50, arbitrary: fc.integer({ min: 0, max: 30_000 }) },
			fc.constant(NO_DAY),
			fc.integer({ min: FIRST_DAY, max: LAST_DAY }),
		);
		const index = fc.oneof({ weight: 50, arbitrary: fc.nat(65_535) }, fc.nat(70_000), fc.constant(2 ** 32 - 1));
		const pieces = <Value>(value: fc.Arbitrary<Value>) => fc.array(fc.array(value, { maxLength: 600 }), { maxLength: 5 });
		fc.assert(
			fc.property(pieces(day), pieces(index), (days, indices) => {
				const [dayPieces, dayColumn] = [createDayColumn(), createDayColumn()];
				for (const piece of days) dayPieces.append(Int32Array.from(piece));
				for (const each of days.flat()) dayColumn.push(each);
				assert.deepEqual(dayPieces.finish(), dayColumn.finish());
				for (const create of [createIndexColumn, createUint32Column]) {
					const [appended, pushed] = [create(), create()];
					for (const piece of indices) appended.append(Uint32Array.from(piece));
					for (const each of indices.flat()) pushed.push(each);
					assert.equal(appended.length(), indices.flat().length);
					assert.deepEqual(appended.finish(), pushed.finish());
				}
			}),
		);
	});

	it("widen wherever the first far day stands", () => {
		const days = fc.oneof(
			{ weight: 50, arbitrary: fc.integer({ min: 0, max: 30_000 }) },
			fc.constant(NO_DAY),
			fc.integer({ min: FIRST_DAY, max: LAST_DAY }),
		);
		fc.assert(
			fc.property(fc.array(days, { maxLength: 2000, size: "max" }), (list) => {
				const column = createDayColumn();
				for (const day of list) column.push(day);
				const finished = column.finish();
				assert.deepEqual(
					list.map((_, index) => dayAt(finished, index)),
					list,
				);
			}),
		);
	});
});
