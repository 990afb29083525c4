import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { isReportSort, type ReportSort, sortRows } from "../../client/webviews/report/report-order.ts";
import { makeProjection, makeReportRow } from "./make-report-row.ts";

const nothing = { registered: null, enterprise: null, designers: null };

const ROWS = [
	makeReportRow({ server: "b-10", client: "beta", flags: ["under-use", "renewal due"], weeklyDifference: -4, registeredUsers: 250 }),
	makeReportRow({
		server: "b-9",
		client: "Beta",
		utilisation: { ...nothing, registered: 1.1 },
		projection: { ...nothing, registered: makeProjection(2, null) },
		weeklyDifference: 0,
	}),
	makeReportRow({ server: "a", client: null, flags: ["over-use"], utilisation: { ...nothing, registered: 0.4 }, weeklyDifference: null }),
	makeReportRow({
		server: "c",
		client: "alpha",
		flags: ["stale", "under-use"],
		projection: { ...nothing, registered: makeProjection(-1, null) },
		weeklyDifference: 12,
		registeredUsers: 40,
	}),
];

describe("report order", () => {
	const cases: readonly { by: ReportSort["by"]; descending: boolean; servers: readonly string[] }[] = [
		{ by: "server", descending: false, servers: ["a", "b-9", "b-10", "c"] },
		{ by: "server", descending: true, servers: ["c", "b-10", "b-9", "a"] },
		{ by: "client", descending: false, servers: ["c", "b-9", "b-10", "a"] },
		{ by: "registered", descending: true, servers: ["b-9", "a", "b-10", "c"] },
		{ by: "registered", descending: false, servers: ["a", "b-9", "b-10", "c"] },
		{ by: "trend", descending: true, servers: ["b-9", "c", "b-10", "a"] },
		{ by: "weeklyDifference", descending: false, servers: ["b-10", "b-9", "c", "a"] },
		{ by: "registeredUsers", descending: true, servers: ["b-10", "c", "b-9", "a"] },
		{ by: "flags", descending: true, servers: ["a", "b-10", "c", "b-9"] },
	];
	for (const { by, descending, servers } of cases) {
		it(`by ${by}, ${descending ? "descending" : "ascending"}, with what is not known last`, () =>
			assert.deepEqual(
				sortRows(ROWS, { by, descending }).map((row) => row.server),
				servers,
			));
	}

	it("is the report's own without a sort", () => assert.equal(sortRows(ROWS, null), ROWS));

	it("takes only known columns from the state of a view", () => {
		assert.equal(isReportSort({ by: "trend", descending: true }), true);
		assert.equal(isReportSort({ by: "secret", descending: true }), false);
	});
});
