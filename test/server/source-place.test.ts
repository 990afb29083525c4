import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { ExplainResult, PreviewSummary, SourcePlaceResult } from "../../server/protocol/preview-messages.ts";
import type { Failure } from "../../server/protocol/requests.ts";
import { CLEAN_CLIENT } from "../support/fixture-workspace.ts";
import { sessionPerTest } from "../support/lsp-session.ts";

/** Rows 3 and 5 go over two lines each; the last date cannot be read. */
const INSTALLS =
	'device,product,installDate,lastUsageDate\r\nd1,Word,,\r\nd1,"Two\r\nlines",,\r\n\r\nd1,"Three\nlines",,\r\nd1,Bad,,soon\r\n';

describe("place of a row", () => {
	const session = sessionPerTest({ ...CLEAN_CLIENT, "data/installs.csv": INSTALLS });
	const uri = () => session.fixture.uri("emea.usage.yaml");
	const ask = (params: object) =>
		session.lsp.request<SourcePlaceResult | Failure>("usageReport/sourcePlace", { uri: uri(), source: "installs", ...params });

	const rows: readonly { row: unknown; line: number | null }[] = [
		{ row: 1, line: 1 },
		{ row: 2, line: 2 },
		{ row: 3, line: 3 },
		{ row: 4, line: 5 },
		{ row: 5, line: 6 },
		{ row: 6, line: 8 },
		{ row: 7, line: null },
		{ row: null, line: null },
		{ row: "6", line: null },
	];
	for (const { row, line } of rows) {
		it(`of row ${JSON.stringify(row)} is line ${line}`, async () => {
			assert.deepEqual(await ask({ row }), { failed: false, uri: session.fixture.uri("data/installs.csv"), line });
		});
	}

	it("stands at each data problem and in each explanation", async () => {
		const summary = await session.lsp.request<PreviewSummary>("usageReport/preview", { uri: uri() });
		assert.deepEqual(
			summary.problems.map(({ row, uri: file, line }) => ({ row, file, line })),
			[{ row: 6, file: session.fixture.uri("data/installs.csv"), line: 8 }],
		);
		const why = await session.lsp.request<ExplainResult>("usageReport/explain", { uri: uri(), device: "d1", product: "Bad" });
		assert.deepEqual([why.place.row, why.place.line], [6, 8]);
	});

	it("is not known of a source that is none", async () => {
		const answer = await ask({ source: "none", row: 1 });
		assert.match(answer.failed ? answer.message : "", /no data source "none"/);
	});

	it("is the file where that is gone since", async () => {
		await session.lsp.request("usageReport/preview", { uri: uri() });
		session.fixture.remove("data/installs.csv");
		assert.deepEqual(await ask({ row: 6 }), { failed: false, uri: session.fixture.uri("data/installs.csv"), line: null });
	});
}).timeout(120_000);
