import assert from "node:assert/strict";
import { namesOf } from "../../../core/columns/name-table.ts";
import { consolidate } from "../../../core/usage/consolidate.ts";
import { deviceOf, findInstallation, originOf } from "../../../core/usage/estate-lookups.ts";
import {
	installationsOf,
	makeDevicesTable,
	makeInstallationsTable,
	makeTables,
	type WrittenInstallation,
} from "../../support/make-estate.ts";

describe("the look-ups of an estate", () => {
	const first = ["a p", "a q", "c p"];
	const second = ["b q", "a r", "c p", "b p"];
	const rows = (lines: readonly string[]): WrittenInstallation[] =>
		lines.map((line) => ({ device: line.split(" ")[0]!, product: line.split(" ")[1]! }));
	const estate = consolidate([
		makeDevicesTable([{ device: "x" }, { device: "a" }], "UTC", 0),
		makeInstallationsTable(rows(first), "UTC", 1, 2),
		makeInstallationsTable([], "UTC", 2),
		makeInstallationsTable(rows(second), "UTC", 3, 11),
	]);

	it("find installations by exact names, and the device of each", () => {
		for (const [index, name] of installationsOf(estate).entries()) {
			const [device, product] = name.split(" ") as [string, string];
			assert.equal(findInstallation(estate, device, product), index);
			assert.equal(namesOf(estate.devices)[deviceOf(estate, index)], device);
		}
		for (const [device, product] of [
			["x", "p"],
			["a", "P"],
			["b", "r"],
			["nowhere", "p"],
			["", ""],
		] as const) {
			assert.equal(findInstallation(estate, device, product), null);
		}
	});

	it("tell the source and row in which an installation first appears", () => {
		const found = installationsOf(estate).map((name, index) => [name, originOf(estate, index)] as const);
		assert.deepEqual(Object.fromEntries(found), {
			"a p": { sourceIndex: 1, row: 2 },
			"a q": { sourceIndex: 1, row: 3 },
			"c p": { sourceIndex: 1, row: 4 },
			"b q": { sourceIndex: 3, row: 11 },
			"a r": { sourceIndex: 3, row: 12 },
			"b p": { sourceIndex: 3, row: 14 },
		});
	});

	it("know rows that do not follow each other", () => {
		const [table] = makeTables({ installations: rows(["a p", "a q", "b p", "c p", "c q"]) });
		const rowNumbers = { starts: Uint32Array.of(0, 2, 3), values: Uint32Array.of(1, 7, 20) };
		const gaps = consolidate([{ ...table!, rowNumbers }]);
		assert.deepEqual(
			installationsOf(gaps).map((_, index) => originOf(gaps, index).row),
			[1, 2, 7, 20, 21],
		);
	});
});
