import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { isCalendarDate, todayAsDate } from "../../client/views/calendar-date.ts";
import { compareRows } from "../../client/webviews/preview/compare/compare-rows.ts";
import { currenciesOf, formatAmounts, formatMoney } from "../../client/webviews/preview/figures/amounts.ts";
import { createLatest } from "../../client/webviews/preview/figures/latest.ts";
import { findLimitFaults, limitsOfFault, readDays, sliderLength } from "../../client/webviews/preview/figures/limit-rules.ts";
import { moveMatrix, placesOf, reclaimsAfter, sumCategories, unchangedImpact } from "../../client/webviews/preview/figures/outcomes.ts";
import { groupProblems } from "../../client/webviews/preview/problems/group-problems.ts";
import { formatShare } from "../../client/webviews/shared/format.ts";
import type { ImpactResult, PreviewProblem, PreviewSummary } from "../../server/protocol/preview-messages.ts";

const LIMITS = { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 90 };

const SUMMARY: PreviewSummary = {
	failed: false,
	uri: "file:///a.usage.yaml",
	instance: "A",
	asOf: "2026-11-04T21:45:00Z",
	endOfSync: "2026-11-04",
	limits: LIMITS,
	limitsFromProject: false,
	installations: 100,
	devices: 10,
	products: 3,
	totals: [
		{ category: "Used", reason: null, count: 60 },
		{ category: "Rarely Used", reason: null, count: 15 },
		{ category: "Unused", reason: null, count: 10 },
		{ category: "Unreported", reason: "Recently installed", count: 9 },
		{ category: "Unreported", reason: "No Device usage", count: 6 },
	],
	currencies: ["GBP"],
	worth: { unused: { GBP: 100 }, rarelyUsed: {} },
	topProducts: [],
	policies: [{ name: "Visio", action: "mandatory", state: "published", enabled: true, inForce: true, reclaims: 8, worth: { GBP: 80 } }],
	references: [],
	columns: [],
	problems: [],
	problemCount: 0,
};

const IMPACT: ImpactResult = {
	failed: false,
	from: LIMITS,
	to: { ...LIMITS, UsedCategoryLimit: 20, UnusedCategoryLimit: 60 },
	moved: 12,
	moves: [
		{ from: "Used", to: "Rarely Used", count: 5 },
		{ from: "Rarely Used", to: "Unused", count: 7 },
	],
	totals: [55, 13, 17, 9, 6],
	worth: { unused: { GBP: 170 }, rarelyUsed: { EUR: 1 } },
	policies: [{ name: "Visio", inForce: true, newlyReclaimed: 7, noLongerReclaimed: 2, savings: { GBP: 50 } }],
};

describe("limits of a what-if", () => {
	const cases = [
		{ limits: [7, 30, 90], faults: [] },
		{ limits: [30, 30, 90], faults: ["order InstallDateCutOffLimit UsedCategoryLimit"] },
		{ limits: [7, 90, 90], faults: ["order UsedCategoryLimit UnusedCategoryLimit"] },
		{ limits: [90, 30, 7], faults: ["order InstallDateCutOffLimit UsedCategoryLimit", "order UsedCategoryLimit UnusedCategoryLimit"] },
		{ limits: [7, 89, 90], faults: ["narrow-band UsedCategoryLimit UnusedCategoryLimit"] },
		{ limits: [0, 30, 90], faults: ["zero-cut-off InstallDateCutOffLimit"] },
		{
			limits: [0, 0, 1],
			faults: [
				"zero-cut-off InstallDateCutOffLimit",
				"order InstallDateCutOffLimit UsedCategoryLimit",
				"narrow-band UsedCategoryLimit UnusedCategoryLimit",
			],
		},
	];
	for (const { limits, faults } of cases) {
		it(`are told what is wrong with ${limits.join(" / ")}`, () => {
			const [install, used, unused] = limits as [number, number, number];
			const found = findLimitFaults({ InstallDateCutOffLimit: install, UsedCategoryLimit: used, UnusedCategoryLimit: unused });
			assert.deepEqual(
				found.map((fault) => [fault.kind, ...limitsOfFault(fault)].join(" ")),
				faults,
			);
		});
	}

	for (const [text, days] of [
		["0", 0],
		[" 45 ", 45],
		["36500", 36_500],
		["36,500", 36_500],
		["36.500", 36_500],
		["36501", null],
		["-1", null],
		["4.5", null],
		["1e3", null],
		["", null],
		["30 days", null],
		["٣٠", null],
		["99999999999999999999", null],
	] as const) {
		it(`are read from ${JSON.stringify(text)}`, () => assert.equal(readDays(text), days));
	}

	it("fit on their slider, which grows and never shrinks", () => {
		assert.equal(sliderLength([7, 7], null), 14);
		assert.equal(sliderLength([30, 45], null), 90);
		assert.equal(sliderLength([90], null), 180);
		assert.equal(sliderLength([10], 180), 180);
		assert.equal(sliderLength([181], 180), 365);
		assert.equal(sliderLength([36_500], 180), 36_500);
		assert.equal(sliderLength([], null), 14);
	});
});

describe("figures of a what-if", () => {
	it("are added up by category", () => {
		assert.deepEqual(sumCategories(SUMMARY.totals, IMPACT.totals), [55, 13, 17, 15]);
		assert.deepEqual(placesOf(SUMMARY.totals, "Unreported"), [3, 4]);
	});

	it("are a matrix whose rows are what was and whose columns are what becomes", () => {
		const cells = moveMatrix(SUMMARY, IMPACT);
		assert.deepEqual(cells, [
			[55, 5, 0, 0],
			[0, 8, 7, 0],
			[0, 0, 10, 0],
			[0, 0, 0, 15],
		]);
		const columns = [0, 1, 2, 3].map((column) => cells.reduce((sum, row) => sum + (row[column] ?? 0), 0));
		assert.deepEqual(columns, sumCategories(SUMMARY.totals, IMPACT.totals));
	});

	it("change nothing with the limits of the preview itself", () => {
		const impact = unchangedImpact(SUMMARY);
		assert.deepEqual(impact.totals, [60, 15, 10, 9, 6]);
		assert.equal(reclaimsAfter(SUMMARY, impact, 0), 8);
		assert.deepEqual(moveMatrix(SUMMARY, impact)[0], [60, 0, 0, 0]);
	});

	it("say what a policy takes afterwards", () => assert.equal(reclaimsAfter(SUMMARY, IMPACT, 0), 13));

	it("are compared with the file's own, row by row", () => {
		const rows = compareRows(SUMMARY, [
			{ limits: LIMITS, impact: unchangedImpact(SUMMARY) },
			{ limits: IMPACT.to, impact: IMPACT },
			{ limits: { ...LIMITS, InstallDateCutOffLimit: 9 }, impact: null },
		]);
		const told = rows.map(({ kind, name, values, differs }) => `${kind} ${name}: ${values.map(String).join(" ")}${differs ? " *" : ""}`);
		assert.deepEqual(told, [
			"limit InstallDateCutOffLimit: 7 7 9 *",
			"limit UsedCategoryLimit: 30 20 30 *",
			"limit UnusedCategoryLimit: 90 60 90 *",
			"category Used: 60 55 null *",
			"category Rarely Used: 15 13 null *",
			"category Unused: 10 17 null *",
			"category Unreported: 15 15 null",
			"reason Recently installed: 9 9 null",
			"reason No Device usage: 6 6 null",
			"policy Visio: 8 13 null *",
			"worth Rarely Used: 0 1 null *",
			"worth Unused: 0 0 null",
			"worth Rarely Used: 0 0 null",
			"worth Unused: 100 170 null *",
		]);
	});
});

describe("shares and amounts", () => {
	for (const [part, total, text] of [
		[0, 10, "0%"],
		[10, 10, "100.0%"],
		[9_999, 10_000, ">99.9%"],
		[999_999, 1_000_000, ">99.9%"],
		[1, 1_000_000, "<0.1%"],
		[1, 3, "33.3%"],
		[0, 0, "0%"],
	] as const) {
		it(`tell ${part} of ${total} honestly`, () => assert.equal(formatShare(part, total), text));
	}

	for (const [amount, currency, isDifference, text] of [
		[24_360, "GBP", false, "£24,360"],
		[1204.5, "EUR", false, "€1,204.50"],
		[-280, "GBP", true, "−£280"],
		[280, "GBP", true, "+£280"],
		[0, "GBP", true, "£0"],
		[0.1 + 0.2, "GBP", false, "£0.30"],
		[5, "no currency", false, "no currency 5"],
	] as const) {
		it(`tell ${amount} ${currency} as ${text}`, () => assert.equal(formatMoney(amount, currency, isDifference), text));
	}

	it("are told by currency, without those that are nothing", () => {
		assert.deepEqual(currenciesOf({ GBP: 1 }, { EUR: 2, GBP: 3 }), ["EUR", "GBP"]);
		assert.deepEqual(formatAmounts({ GBP: 0, EUR: 2 }), ["€2"]);
		assert.deepEqual(formatAmounts({}), []);
	});
});

describe("what is wanted last", () => {
	interface Ask {
		readonly params: number;
		readonly signal: AbortSignal;
		readonly done: (result: string) => void;
		readonly fail: (reason: Error) => void;
	}

	function start() {
		const asks: Ask[] = [];
		const frames: (() => void)[] = [];
		const told: string[] = [];
		const latest = createLatest<number, string>({
			ask: (params, signal) => new Promise((done, fail) => void asks.push({ params, signal, done, fail })),
			schedule: (run) => void frames.push(run),
			onResult: (params, result) => void told.push(`${params} ${result}`),
			onFailure: (params, reason) => void told.push(`${params} failed: ${(reason as Error).message}`),
		});
		const frame = () => {
			for (const run of frames.splice(0)) run();
		};
		const settle = () => new Promise((done) => setTimeout(done));
		return { asks, told, latest, frame, settle };
	}

	it("is asked for once per frame", () => {
		const { asks, latest, frame } = start();
		latest.want(1);
		latest.want(2);
		latest.want(3);
		assert.equal(asks.length, 0);
		frame();
		assert.deepEqual(
			asks.map(({ params }) => params),
			[3],
		);
	});

	it("waits for the answer before, and is asked for after it", async () => {
		const { asks, told, latest, frame, settle } = start();
		latest.want(1);
		frame();
		latest.want(2);
		latest.want(3);
		frame();
		assert.equal(asks.length, 1);
		asks[0]?.done("a");
		await settle();
		frame();
		asks[1]?.done("b");
		await settle();
		assert.deepEqual(told, ["1 a", "3 b"]);
	});

	it("is not shown once nothing is wanted any more", async () => {
		const { asks, told, latest, frame, settle } = start();
		latest.want(1);
		frame();
		latest.forget();
		assert.equal(asks[0]?.signal.aborted, true);
		asks[0]?.done("a");
		await settle();
		assert.deepEqual(told, []);
		latest.want(2);
		frame();
		asks[1]?.done("b");
		await settle();
		assert.deepEqual(told, ["2 b"]);
	});

	it("alone tells a failure", async () => {
		const { asks, told, latest, frame, settle } = start();
		latest.want(1);
		frame();
		latest.want(2);
		asks[0]?.fail(new Error("old"));
		await settle();
		frame();
		asks[1]?.fail(new Error("new"));
		await settle();
		assert.deepEqual(told, ["2 failed: new"]);
	});
});

describe("data problems", () => {
	const problem = (source: string, code: string, row: number): PreviewProblem => ({
		source,
		code,
		row,
		column: null,
		message: code,
		uri: null,
		line: null,
	});

	it("are grouped by source and kind, the most frequent first", () => {
		const groups = groupProblems([
			problem("b", "x", 1),
			problem("a", "x", 2),
			problem("b", "y", 3),
			problem("b", "y", 4),
			problem("b", "w", 5),
		]);
		assert.deepEqual(
			groups.map(({ source, count, codes }) => [
				source,
				count,
				codes.map(({ code, problems }) => `${code} ${problems.map(({ row }) => row).join()}`),
			]),
			[
				["b", 4, ["y 3,4", "w 5", "x 1"]],
				["a", 1, ["x 2"]],
			],
		);
		assert.deepEqual(groupProblems([]), []);
	});
});

describe("date of an advice", () => {
	for (const [text, holds] of [
		["2026-09-14", true],
		["2024-02-29", true],
		["2026-02-29", false],
		["2026-13-01", false],
		["14.09.2026", false],
		["2026-9-14", false],
		["", false],
	] as const) {
		it(`${holds ? "can" : "cannot"} be ${JSON.stringify(text)}`, () => assert.equal(isCalendarDate(text), holds));
	}

	it("is today at first", () => assert.equal(todayAsDate(new Date(2026, 0, 5, 23, 59)), "2026-01-05"));
});
