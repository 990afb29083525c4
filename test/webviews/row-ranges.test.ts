import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
	countRows,
	extendTo,
	followRows,
	isSelected,
	NOTHING_SELECTED,
	readSelection,
	type Selection,
	selectAll,
	selectOnly,
	toggleRow,
	within,
} from "../../client/webviews/shared/data-table/row-ranges.ts";

const some: Selection = {
	ranges: [
		[2, 4],
		[8, 8],
	],
	anchor: 2,
};

describe("selected rows", () => {
	for (const { name, made, ranges } of [
		{ name: "a click selects one row", made: selectOnly(5), ranges: [[5, 5]] },
		{ name: "all of a table", made: selectAll(3), ranges: [[0, 2]] },
		{ name: "all of an empty table is nothing", made: selectAll(0), ranges: [] },
		{
			name: "Ctrl adds a row and joins what touches",
			made: toggleRow(some, 5),
			ranges: [
				[2, 5],
				[8, 8],
			],
		},
		{
			name: "Ctrl takes a row out of the middle",
			made: toggleRow(some, 3),
			ranges: [
				[2, 2],
				[4, 4],
				[8, 8],
			],
		},
		{
			name: "rows are followed to where they are now",
			made: followRows(some, (row) => 10 - row),
			ranges: [
				[2, 2],
				[6, 8],
			],
		},
		{ name: "rows that are gone are not selected", made: followRows(some, (row) => (row === 3 ? 0 : null)), ranges: [[0, 0]] },
		{ name: "Ctrl takes a single row away", made: toggleRow(some, 8), ranges: [[2, 4]] },
		{ name: "Shift selects down from the anchor", made: extendTo(selectOnly(3), 6, false), ranges: [[3, 6]] },
		{ name: "Shift selects up from the anchor", made: extendTo(extendTo(selectOnly(3), 6, false), 1, false), ranges: [[1, 3]] },
		{ name: "Ctrl and Shift keep the others", made: extendTo({ ...some, anchor: 8 }, 5, true), ranges: [[2, 8]] },
		{ name: "a shorter table keeps what it has", made: within(some, 4), ranges: [[2, 3]] },
		{ name: "an empty table keeps nothing", made: within(some, 0), ranges: [] },
	])
		it(name, () => assert.deepEqual(made.ranges, ranges));

	it("knows which rows are selected", () => {
		assert.deepEqual(
			[1, 2, 4, 5, 8, 9].filter((row) => isSelected(some.ranges, row)),
			[2, 4, 8],
		);
		assert.equal(countRows(some.ranges), 4);
	});

	for (const { name, kept } of [
		{ name: "nothing", kept: undefined },
		{ name: "ranges that are none", kept: { ranges: [[3, 1]], anchor: 0 } },
		{ name: "texts", kept: { ranges: [["1", "2"]], anchor: 0 } },
		{ name: "no anchor", kept: { ranges: [[1, 2]] } },
	])
		it(`reads ${name} as nothing selected`, () => assert.deepEqual(readSelection(kept), NOTHING_SELECTED));

	it("reads what was kept", () => assert.deepEqual(readSelection(JSON.parse(JSON.stringify(some))), some));
});
