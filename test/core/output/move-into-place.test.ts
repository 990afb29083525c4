import assert from "node:assert/strict";
import { moveIntoPlace } from "../../../core/output/move-into-place.ts";

describe("moving a finished file into its place", () => {
	const cases = [
		{ what: "at once", answers: ["moved"], tries: 1, outcome: "moved" },
		{ what: "when nobody holds it any more", answers: ["EPERM", "EBUSY", "EACCES", "moved"], tries: 4, outcome: "moved" },
		{ what: "not while somebody holds it for long", answers: ["EPERM", "EPERM", "EPERM", "EPERM", "moved"], tries: 4, outcome: "EPERM" },
		{ what: "not when something else is wrong", answers: ["ENOSPC", "moved"], tries: 1, outcome: "ENOSPC" },
		{ what: "not after a cancel", answers: ["EBUSY", "abort", "moved"], tries: 2, outcome: "AbortError" },
	];
	for (const { what, answers, tries, outcome } of cases) {
		it(what, async () => {
			const controller = new AbortController();
			let count = 0;
			const move = async () => {
				const answer = answers[count++]!;
				if (answer === "moved") return;
				if (answer === "abort") controller.abort();
				throw Object.assign(new Error(answer), { code: answer === "abort" ? "EBUSY" : answer, syscall: "rename" });
			};
			const result = await moveIntoPlace("a", "b", controller.signal, { move, pausesMs: [0, 0, 0] }).then(
				() => "moved",
				(error: Error & { code?: unknown }) => (error.name === "AbortError" ? error.name : error.code),
			);
			assert.deepEqual({ tries: count, outcome: result }, { tries, outcome });
		});
	}
});
