import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { makeTimeZone } from "../../../core/dates/time-zone.ts";
import { joinReads, loadSource, type SourceReading } from "../../../core/loading/load-source.ts";
import type { LoadProgress } from "../../../core/loading/loaded.ts";
import { KEPT_PROBLEMS } from "../../../core/loading/problem-log.ts";
import { failedRead } from "../../../core/loading/read-source-table.ts";
import type { SourcePart, SourceRead } from "../../../core/loading/source-read.ts";
import { createSourceTableBuilder } from "../../../core/loading/source-table-builder.ts";
import { createFolder, type Folder, makeSource } from "../connectors/source-fixture.ts";
import { rowsOf } from "./table-rows.ts";

describe("load source", () => {
	const source = makeSource({ name: "s", provides: "devices", path: "s.csv" });
	let folder: Folder;
	before(() => {
		folder = createFolder();
		folder.write("s.csv", "device\n");
	});
	after(() => folder.remove());

	/** What a part gave that has some devices; an empty name is a problem. */
	function read(devices: readonly string[], range: SourceRead["range"] = null): SourceRead {
		const builder = createSourceTableBuilder(source, makeTimeZone("UTC")!, { device: { index: 0, name: "device" } });
		for (const [index, device] of devices.entries()) builder.add(index + 1, [device], 0);
		return { ...builder.finish(), range };
	}

	const broken = (message: string) => failedRead([{ sourceIndex: 0, sourceName: "s", code: "source/malformed-csv", key: "path", message }]);
	const TWO: readonly SourcePart[] = [
		{ from: 0, to: 50, exact: true },
		{ from: 50, to: null, exact: false },
	];

	/** Answers by part, as `from` or `from!` where that is exact, and `all`. */
	async function check(
		parts: readonly SourcePart[] | null,
		answers: Readonly<Record<string, SourceRead | (() => SourceRead)>>,
		expected: { readonly asked: readonly string[]; readonly rows?: unknown; readonly failures?: readonly string[] },
	) {
		const asked: string[] = [];
		const reading: SourceReading = {
			plan: async () => parts,
			async read({ part }) {
				const name = part === null ? "all" : `${part.from}-${part.to ?? ""}${part.exact ? "!" : ""}`;
				asked.push(name);
				const answer = answers[name]!;
				return typeof answer === "function" ? answer() : answer;
			},
		};
		const load = await loadSource(source, folder.file("s.csv"), reading, new AbortController().signal, () => {});
		assert.deepEqual(asked, expected.asked);
		assert.deepEqual(
			load.failures.map(({ message }) => message),
			expected.failures ?? [],
		);
		assert.deepEqual(load.tables.flatMap(rowsOf), expected.rows ?? []);
		return load;
	}

	it("reads in one piece what is not divided", () => check(null, { all: read(["a"]) }, { asked: ["all"], rows: [[1, "a"]] }));

	it("counts the rows of later parts from the beginning of the source", async () => {
		const load = await check(
			TWO,
			{ "0-50!": read(["a", "b", ""], { from: 0, to: 52 }), "50-": read(["", "d"], { from: 52, to: 99 }) },
			{
				asked: ["0-50!", "50-"],
				rows: [
					[1, "a"],
					[2, "b"],
					[5, "d"],
				],
			},
		);
		assert.deepEqual(
			load.problems.map(({ row }) => row),
			[3, 4],
		);
		assert.deepEqual(load.counts, [{ code: "source/missing-key", count: 2 }]);
	});

	it("takes parts of rows as they are", () =>
		check(
			TWO,
			{ "0-50!": read(["a"]), "50-": read(["b"]) },
			{
				asked: ["0-50!", "50-"],
				rows: [
					[1, "a"],
					[2, "b"],
				],
			},
		));

	it("reads a part again that does not begin where the one before it ended", () =>
		check(
			TWO,
			{
				"0-50!": read(["a", "b"], { from: 0, to: 60 }),
				"50-": read(["wrong"], { from: 55, to: 99 }),
				"60-!": read(["c"], { from: 60, to: 99 }),
			},
			{
				asked: ["0-50!", "50-", "60-!"],
				rows: [
					[1, "a"],
					[2, "b"],
					[3, "c"],
				],
			},
		));

	it("reads a part again that fails because it began in the middle of a cell", () =>
		check(
			TWO,
			{ "0-50!": read(["a"], { from: 0, to: 60 }), "50-": broken("x"), "60-!": read(["c"], { from: 60, to: 99 }) },
			{
				asked: ["0-50!", "50-", "60-!"],
				rows: [
					[1, "a"],
					[2, "c"],
				],
			},
		));

	it("tells of a faulty first part without reading more", () =>
		check(TWO, { "0-50!": broken("row 3"), "50-": broken("row 1") }, { asked: ["0-50!", "50-"], failures: ["row 3"] }));

	it("tells the row of a fault in a later part as it is in the whole source", () =>
		check(
			TWO,
			{ "0-50!": read(["a"], { from: 0, to: 60 }), "50-": broken("row 1"), "60-!": broken("row 1"), all: broken("row 2") },
			{ asked: ["0-50!", "50-", "60-!", "all"], failures: ["row 2"] },
		));

	it("reads as one what changed between its parts", () => {
		const change = () => {
			appendFileSync(folder.file("s.csv"), "x\n");
			return read(["b"]);
		};
		return check(TWO, { "0-50!": read(["a"]), "50-": change, all: read(["new"]) }, { asked: ["0-50!", "50-", "all"], rows: [[1, "new"]] });
	});

	it("keeps the first problems of each code, of all parts together", () => {
		const many = new Array<string>(KEPT_PROBLEMS - 1).fill("");
		const { problems, counts } = joinReads([read(many), read(many), read(["a"])]);
		assert.deepEqual([problems.length, problems.at(-1)!.row], [KEPT_PROBLEMS, KEPT_PROBLEMS]);
		assert.deepEqual(counts, [{ code: "source/missing-key", count: 2 * KEPT_PROBLEMS - 2 }]);
	});

	it("adds up how far the parts are, in bytes of the file", async () => {
		folder.write("ten.csv", "0123456789");
		const steps: LoadProgress[] = [];
		const reading: SourceReading = {
			plan: async () => TWO,
			async read({ part }, _signal, onProgress) {
				const totalBytes = part!.from === 0 ? 50 : 20;
				onProgress({ rows: 2, bytes: 10, totalBytes });
				onProgress({ rows: 5, bytes: totalBytes, totalBytes });
				return read(["a"]);
			},
		};
		await loadSource(source, folder.file("ten.csv"), reading, new AbortController().signal, (step) => steps.push(step));
		assert.deepEqual(
			steps.map(({ rows, bytes, totalBytes }) => [rows, bytes, totalBytes]),
			[
				[2, 1, 10],
				[5, 5, 10],
				[7, 8, 10],
				[10, 10, 10],
			],
		);
	});

	it("rejects with the signal's reason", async () => {
		const reading: SourceReading = { plan: async () => null, read: async () => assert.fail() };
		const signal = AbortSignal.abort(new Error("enough"));
		await assert.rejects(
			loadSource(source, null, reading, signal, () => {}),
			new Error("enough"),
		);
	});
});
