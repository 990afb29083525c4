import assert from "node:assert/strict";
import fc from "fast-check";
import { compareNames, createNames, findName, makeNameTable, nameAt, nameCount, namesOf } from "../../../core/columns/name-table.ts";
import { compareCodeUnits } from "../../../core/compare-code-units.ts";

const NAMES = [
	"PC-1",
	"pc-1",
	"é",
	"Größe",
	"日本",
	"🙂",
	"🙂🙂 x",
	"\ufeffmark",
	"\uffff",
	"\ue000",
	"\ud7ff",
	"a\u0000b",
	"x".repeat(70_000),
];

describe("a name table", () => {
	it("gives back every name as it was, from shared memory", () => {
		const table = makeNameTable(NAMES);
		assert.equal(nameCount(table), NAMES.length);
		assert.deepEqual(namesOf(table), NAMES);
		assert.ok(table.bytes.buffer instanceof SharedArrayBuffer && table.ends.buffer instanceof SharedArrayBuffer);
		assert.deepEqual(Buffer.from(table.bytes).toString(), NAMES.join(""));
	});

	it("is empty without names", () => {
		const table = makeNameTable([]);
		assert.deepEqual([nameCount(table), namesOf(table), findName(table, "x")], [0, [], -1]);
	});

	for (const [name, stored] of [
		["half \ud83d pair", "half \ufffd pair"],
		["\ude42", "\ufffd"],
		["\ude42\ud83d", "\ufffd\ufffd"],
		["\ud83d🙂\ude42", "\ufffd🙂\ufffd"],
	] as const) {
		it(`has a replacement for each half of a pair in ${JSON.stringify(name)}, and finds it by either`, () => {
			const table = makeNameTable(["first", name]);
			assert.equal(nameAt(table, 1), stored);
			assert.deepEqual([findName(table, name), findName(table, stored)], [1, 1]);
			const names = createNames();
			assert.deepEqual([names.indexOf("first"), names.indexOf(name), names.indexOf(stored), names.indexOf(name)], [0, 1, 1, 1]);
			assert.deepEqual(namesOf(names.finish()), ["first", stored]);
		});
	}

	it("finds names exactly and nothing else", () => {
		const table = makeNameTable(NAMES);
		assert.deepEqual(
			NAMES.map((name) => findName(table, name)),
			NAMES.map((_, index) => index),
		);
		for (const other of ["PC-", "PC-11", "C-1", "Pc-1", "", "🙂x", "x"]) assert.equal(findName(table, other), -1, other);
	});

	it("agrees with a list of strings and its order, on random names", () => {
		const names = fc.uniqueArray(
			fc.oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: fc.constantFrom("a", "é", "\ue123", "🙂", "\ud7ff") })),
		);
		fc.assert(
			fc.property(names, (list) => {
				const table = makeNameTable(list);
				assert.deepEqual(namesOf(table), list);
				for (const [left, one] of list.entries()) {
					for (const [right, other] of list.entries()) {
						assert.equal(Math.sign(compareNames(table, left, right)), compareCodeUnits(one, other), `${one} ${other}`);
					}
				}
			}),
		);
	});
});

describe("growing names", () => {
	it("get indices in order of first appearance", () => {
		const names = createNames();
		assert.deepEqual(
			["b", "a", "b", "b", "c", "a"].map((name) => names.indexOf(name)),
			[0, 1, 0, 0, 2, 1],
		);
		assert.equal(names.count(), 3);
		assert.deepEqual(namesOf(names.finish()), ["b", "a", "c"]);
	});
});
