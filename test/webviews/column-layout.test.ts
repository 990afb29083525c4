import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
	arrange,
	type ColumnPlace,
	moveColumn,
	putColumn,
	resizeColumn,
	showColumn,
	toLayout,
	tracksOf,
	widthOf,
} from "../../client/webviews/shared/data-table/column-layout.ts";
import { toTsv } from "../../client/webviews/shared/data-table/to-tsv.ts";

const columns = [
	{ id: "device", weight: 3, minWidth: 100 },
	{ id: "product", weight: 4 },
	{ id: "version", weight: 1, hidden: true },
	{ id: "category", weight: 2 },
];
const place = (id: string, more: Partial<ColumnPlace> = {}): ColumnPlace => ({ id, width: null, hidden: false, ...more });
const standard = arrange(columns, null);
const idsOf = (places: readonly ColumnPlace[]) => places.map(({ id }) => id).join(" ");

describe("columns of a table", () => {
	it("stand as the table has them at first", () => {
		assert.deepEqual(standard, [place("device"), place("product"), place("version", { hidden: true }), place("category")]);
	});

	it("stand as they were arranged, new ones beside their neighbours, unknown and doubled ones left out", () => {
		const kept = { columns: [place("category", { width: 90 }), place("old"), place("device"), place("device")] };
		const places = arrange(columns, kept);
		assert.equal(idsOf(places), "category device product version");
		assert.equal(places[0]!.width, 90);
	});

	it("remembers columns that are not there now", () => {
		const kept = { columns: [place("device"), place("publisher", { hidden: true })] };
		assert.equal(idsOf(toLayout(arrange(columns, kept), kept).columns), "device product version category publisher");
	});

	it("shows one at least", () => {
		const all = { columns: columns.map(({ id }) => place(id, { hidden: true })) };
		assert.equal(arrange(columns, all).filter(({ hidden }) => !hidden).length, 1);
		const last = [place("device"), place("product", { hidden: true })];
		assert.deepEqual(showColumn(last, "device", false), last);
	});

	for (const { name, places, order } of [
		{ name: "over a hidden one", places: moveColumn(standard, "product", 1), order: "device version category product" },
		{ name: "to the left", places: moveColumn(standard, "product", -1), order: "product device version category" },
		{ name: "not beyond the edge", places: moveColumn(standard, "device", -1), order: "device product version category" },
		{ name: "before another one", places: putColumn(standard, "category", "device", false), order: "category device product version" },
		{
			name: "beside an unknown one: nowhere",
			places: putColumn(standard, "device", "gone", true),
			order: "device product version category",
		},
	])
		it(`moves ${name}`, () => assert.equal(idsOf(places), order));

	for (const { width, least, made } of [
		{ width: 150.4, least: undefined, made: 150 },
		{ width: 3, least: undefined, made: 60 },
		{ width: 3, least: 100, made: 100 },
		{ width: 1e9, least: undefined, made: 2_000 },
		{ width: null, least: undefined, made: null },
	])
		it(`makes a column ${width} wide, within sense`, () => {
			assert.equal(resizeColumn(standard, "device", width, least)[0]!.width, made);
		});

	it("shares the width that is left over among those that nobody has set", () => {
		assert.equal(tracksOf(columns, standard), "minmax(100px, 3fr) minmax(60px, 4fr) minmax(60px, 2fr)");
		assert.equal(tracksOf(columns, [place("device", { width: 80 })]), "80px minmax(0, 1fr)");
		assert.equal(widthOf(columns, resizeColumn(standard, "product", 200)), 360);
	});
});

describe("rows for the clipboard", () => {
	for (const { name, cells, text } of [
		{ name: "plain cells", cells: ["a", "7", "−4", "-4.5"], text: "a\t7\t−4\t-4.5" },
		{ name: "tabs and line ends in a cell", cells: ["a\tb\r\nc"], text: "a b c" },
		{
			name: "what would be a formula",
			cells: ["=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-cmd"],
			text: "'=cmd|' /C calc'!A0\t'@SUM(1)\t'+1\t'-cmd",
		},
	])
		it(name, () => assert.equal(toTsv([cells]), text));

	it("parts rows by CR LF", () => assert.equal(toTsv([["a"], ["b"]]), "a\r\nb"));
});
