import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { createRowFollower } from "../../client/webviews/preview/filters/follow-rows.ts";
import type { PreviewState } from "../../client/webviews/preview/preview-state.ts";

const limits = { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 90 };
const state = (revision: number, used: number | null): PreviewState =>
	({ revision, limits: used === null ? null : { ...limits, UsedCategoryLimit: used } }) as PreviewState;
const later = () => new Promise((done) => setTimeout(done, 200));

describe("when a table fetches its rows", () => {
	it("at once at first, after a change of the data and after one of the query, which alone gives up the place", () => {
		const fetched: boolean[] = [];
		const rows = createRowFollower((keepPlace) => fetched.push(keepPlace));
		rows.update(state(1, null), {});
		rows.update(state(1, null), {});
		rows.update(state(2, null), {});
		rows.update(state(2, null), { filter: { text: "a" } });
		assert.deepEqual(fetched, [true, true, false]);
	});

	it("once after many changes of the limits", async () => {
		const fetched: boolean[] = [];
		const rows = createRowFollower((keepPlace) => fetched.push(keepPlace));
		rows.update(state(1, null), {});
		for (const used of [31, 32, 33]) rows.update(state(1, used), {});
		assert.equal(fetched.length, 1);
		await later();
		assert.deepEqual(fetched, [true, true]);
	});

	it("not a second time for limits that changed with the query", async () => {
		const fetched: boolean[] = [];
		const rows = createRowFollower((keepPlace) => fetched.push(keepPlace));
		rows.update(state(1, null), {});
		rows.update(state(1, 31), {});
		rows.update(state(1, 31), { filter: { text: "a" } });
		await later();
		assert.deepEqual(fetched, [true, false]);
	});
});
