import assert from "node:assert/strict";
import { createProblemLog, KEPT_PROBLEMS } from "../../../core/loading/problem-log.ts";
import { makeSource } from "../connectors/source-fixture.ts";

describe("problem log", () => {
	const first = makeSource({ index: 0, name: "first" });
	const second = makeSource({ index: 1, name: "second" });

	it("is empty at the beginning", () => {
		assert.deepEqual(createProblemLog().summarize(), { problems: [], problemCount: 0, counts: [] });
	});

	it("lists problems by source, then row", () => {
		const log = createProblemLog();
		log.add(second, "source/x", 2, "a", () => "m1");
		log.add(first, "source/y", 9, null, () => "m2");
		log.add(first, "source/x", 3, "b", () => "m3");
		log.add(first, "source/y", null, null, () => "m4");
		assert.deepEqual(log.summarize(), {
			problems: [
				{ code: "source/y", source: "first", row: null, column: null, message: "m4" },
				{ code: "source/x", source: "first", row: 3, column: "b", message: "m3" },
				{ code: "source/y", source: "first", row: 9, column: null, message: "m2" },
				{ code: "source/x", source: "second", row: 2, column: "a", message: "m1" },
			],
			problemCount: 4,
			counts: [
				{ source: "first", code: "source/y", count: 2 },
				{ source: "first", code: "source/x", count: 1 },
				{ source: "second", code: "source/x", count: 1 },
			],
		});
	});

	it("lists the problems of one row by code, whichever code came first in the source", () => {
		const log = createProblemLog();
		log.add(first, "source/y", 2, "b", () => "m1");
		log.add(first, "source/y", 3, "b", () => "m2");
		log.add(first, "source/x", 3, "d", () => "m3");
		log.add(first, "source/x", 3, "c", () => "m4");
		assert.deepEqual(
			log.summarize().problems.map(({ message }) => message),
			["m1", "m3", "m4", "m2"],
		);
	});

	it("keeps the texts of cells that are no dates, and counts dates that it is told of", () => {
		const log = createProblemLog();
		log.addUnreadDate(second, 4, "Used", () => "x".repeat(200), "row is kept");
		log.noteDate(first, 11);
		log.noteDate(first, 12);
		log.noteDate(first, -1);
		log.addUnreadDate(first, 2, "Seen", () => "31/02/2026", "row is left out");
		const { problems, seenDates } = log.summarize();
		assert.deepEqual(
			problems.map(({ row, column, message }) => [row, column, message.slice(0, 62)]),
			[
				[2, "Seen", '"31/02/2026" is not a date in the format iso; the row is left o'.slice(0, 62)],
				[4, "Used", `"${"x".repeat(61)}`],
			],
		);
		assert.deepEqual(seenDates, [
			{ source: "first", unread: ["31/02/2026"], read: 3, early: 1 },
			{ source: "second", unread: ["x".repeat(60)], read: 0, early: 0 },
		]);
	});

	it("keeps the texts of as many cells as it keeps problems", () => {
		const log = createProblemLog();
		for (let row = 1; row <= KEPT_PROBLEMS + 5; row++) log.addUnreadDate(first, row, "a", () => "never", "row is kept");
		const { problemCount, seenDates } = log.summarize();
		assert.deepEqual([problemCount, seenDates![0]!.unread.length], [KEPT_PROBLEMS + 5, KEPT_PROBLEMS]);
	});

	it("keeps the first of each source and code, counts all, and words only what it keeps", () => {
		const log = createProblemLog();
		let worded = 0;
		const add = (source: typeof first, code: string, times: number) => {
			for (let row = 1; row <= times; row++) {
				log.add(source, code, row, "a", () => {
					worded++;
					return "m";
				});
			}
		};
		add(first, "source/x", KEPT_PROBLEMS + 5);
		add(first, "source/y", KEPT_PROBLEMS);
		add(second, "source/x", KEPT_PROBLEMS + 1);
		const { problems, problemCount, counts } = log.summarize();
		assert.equal(problems.length, 3 * KEPT_PROBLEMS);
		assert.equal(worded, 3 * KEPT_PROBLEMS);
		assert.equal(problemCount, 3 * KEPT_PROBLEMS + 6);
		assert.deepEqual(counts, [
			{ source: "first", code: "source/x", count: KEPT_PROBLEMS + 5 },
			{ source: "first", code: "source/y", count: KEPT_PROBLEMS },
			{ source: "second", code: "source/x", count: KEPT_PROBLEMS + 1 },
		]);
		assert.equal(Math.max(...problems.map((problem) => problem.row!)), KEPT_PROBLEMS);
	});
});
