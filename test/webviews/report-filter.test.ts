import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
	countFlags,
	daysUntil,
	filterRows,
	isFiltering,
	isReportFilter,
	NO_FILTER,
	type ReportFilter,
	toggled,
} from "../../client/webviews/report/report-filter.ts";
import { makeReportRow } from "./make-report-row.ts";

const AS_OF = "2026-11-04T22:00:00Z";

const ROWS = [
	makeReportRow({ client: "Aldgate", server: "prod-1", renewalDate: "2026-11-04", flags: ["stale", "renewal due"] }),
	makeReportRow({ client: "Aldgate", server: "prod-2", renewalDate: "2026-12-04", flags: [] }),
	makeReportRow({ client: "Bramfield & Sons", server: "PROD-3", renewalDate: "2026-12-05", flags: ["over-use"] }),
	makeReportRow({ client: "Calder", server: "rail", renewalDate: "2026-11-03", flags: ["renewal past"] }),
	makeReportRow({ client: null, server: "aldgate-test", renewalDate: null, flags: ["server without subscription"] }),
];

describe("report filter", () => {
	const cases: readonly { name: string; filter: Partial<ReportFilter>; servers: readonly string[] }[] = [
		{ name: "nothing chosen shows all", filter: {}, servers: ["prod-1", "prod-2", "PROD-3", "rail", "aldgate-test"] },
		{ name: "a flag", filter: { flags: ["stale"] }, servers: ["prod-1"] },
		{ name: "one of two flags is enough", filter: { flags: ["stale", "over-use"] }, servers: ["prod-1", "PROD-3"] },
		{ name: "a flag that no row has", filter: { flags: ["under-use"] }, servers: [] },
		{ name: "a client, exactly", filter: { clients: ["Aldgate"] }, servers: ["prod-1", "prod-2"] },
		{ name: "part of a client's name is another client", filter: { clients: ["Bramfield"] }, servers: [] },
		{ name: "renewal window holds its first and last day", filter: { renewalWithinDays: 30 }, servers: ["prod-1", "prod-2"] },
		{ name: "one day more", filter: { renewalWithinDays: 31 }, servers: ["prod-1", "prod-2", "PROD-3"] },
		{ name: "a window of no days is today", filter: { renewalWithinDays: 0 }, servers: ["prod-1"] },
		{ name: "text in client or server, whatever the case", filter: { text: "ALDGATE" }, servers: ["prod-1", "prod-2", "aldgate-test"] },
		{ name: "every word, in any place", filter: { text: " sons  prod " }, servers: ["PROD-3"] },
		{ name: "words do not run from client to server", filter: { text: "aldgateprod" }, servers: [] },
		{ name: "white space is no text", filter: { text: "   " }, servers: ["prod-1", "prod-2", "PROD-3", "rail", "aldgate-test"] },
		{ name: "all parts must hold", filter: { flags: ["stale"], clients: ["Calder"] }, servers: [] },
	];
	for (const { name, filter, servers } of cases) {
		it(name, () => {
			const shown = filterRows(ROWS, { ...NO_FILTER, ...filter }, AS_OF);
			assert.deepEqual(
				shown.map((row) => row.server),
				servers,
			);
			if (servers.length < ROWS.length) assert.equal(isFiltering({ ...NO_FILTER, ...filter }), true);
		});
	}

	it("knows when it leaves nothing out", () => {
		assert.equal(isFiltering(NO_FILTER), false);
		assert.equal(isFiltering({ ...NO_FILTER, text: "  " }), false);
		assert.equal(isFiltering({ ...NO_FILTER, renewalWithinDays: 0 }), true);
	});

	for (const { day, days } of [
		{ day: "2026-11-04", days: 0 },
		{ day: "2026-11-03", days: -1 },
		{ day: "2027-03-31", days: 147 },
		{ day: "no date", days: null },
	]) {
		it(`counts ${String(days)} days until ${day}`, () => assert.equal(daysUntil(day, "2026-11-04T23:59:59Z"), days));
	}

	it("counts the servers of every flag", () => {
		assert.deepEqual(Object.fromEntries(countFlags([...ROWS, ...ROWS])), {
			stale: 2,
			"renewal due": 2,
			"over-use": 2,
			"renewal past": 2,
			"server without subscription": 2,
		});
	});

	it("puts a value in and takes it out", () => {
		assert.deepEqual(toggled(["a"], "b"), ["a", "b"]);
		assert.deepEqual(toggled(["a", "b"], "a"), ["b"]);
	});

	for (const { value, isOne } of [
		{ value: NO_FILTER, isOne: true },
		{ value: { ...NO_FILTER, renewalWithinDays: 90 }, isOne: true },
		{ value: { ...NO_FILTER, renewalWithinDays: -1 }, isOne: false },
		{ value: { ...NO_FILTER, flags: "stale" }, isOne: false },
		{ value: { text: "" }, isOne: false },
		{ value: null, isOne: false },
	]) {
		it(`${isOne ? "takes" : "refuses"} ${JSON.stringify(value)} from the state of a view`, () =>
			assert.equal(isReportFilter(value), isOne));
	}
});
