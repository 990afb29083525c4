import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { PreviewPage, RowRange, SelectionParams, SelectionResult } from "../../server/protocol/preview-messages.ts";
import type { Failure } from "../../server/protocol/requests.ts";
import { createFixture, type FixtureWorkspace } from "../support/fixture-workspace.ts";
import { makeKnownClient } from "../support/known-client.ts";
import { type LspSession, startLsp } from "../support/lsp-harness.ts";
import { placeOfOutcome, toLimits } from "./preview-support.ts";

describe("selection of a preview", () => {
	let fixture: FixtureWorkspace;
	let lsp: LspSession;
	before(async () => {
		fixture = createFixture(makeKnownClient("7,30,90"));
		lsp = await startLsp({ folders: [fixture.rootUri] });
	});
	after(async () => {
		await lsp.dispose();
		fixture.dispose();
	});

	const uri = () => fixture.uri("emea.usage.yaml");
	const ask = (params: object) => lsp.request<SelectionResult | Failure>("usageReport/selection", { uri: uri(), ranges: [], ...params });

	const cases: readonly { name: string; params: Omit<SelectionParams, "uri" | "ranges">; ranges: readonly RowRange[] }[] = [
		{ name: "nothing", params: {}, ranges: [] },
		{ name: "one row", params: {}, ranges: [[3, 3]] },
		{ name: "all rows", params: {}, ranges: [[0, 998]] },
		{
			name: "ranges that overlap, touch and stand in no order",
			params: {},
			ranges: [
				[50, 60],
				[0, 5],
				[4, 10],
				[11, 12],
				[55, 57],
			],
		},
		{
			name: "rows beyond the end",
			params: {},
			ranges: [
				[150, 1e9],
				[1e6, 2e6],
			] as const,
		},
		{
			name: "rows of a query",
			params: { query: { filter: { outcomes: [1, 2] }, sort: [{ by: "lastUsageDate", descending: true }] } },
			ranges: [
				[2, 20],
				[30, 31],
			],
		},
		{
			name: "rows with other limits",
			params: { limits: toLimits("20,10,40"), query: { filter: { text: "visio" } } },
			ranges: [[0, 40]],
		},
	];
	for (const { name, params, ranges } of cases) {
		it(`adds up ${name} as its rows say`, async () => {
			const page = await lsp.request<PreviewPage>("usageReport/previewPage", { uri: uri(), offset: 0, limit: 1000, ...params });
			const rows = page.rows.filter((_, place) => ranges.some(([first, last]) => first <= place && place <= last));
			const totals = new Array<number>(12).fill(0);
			const worth: Record<string, number> = {};
			for (const { product, category, reason } of rows) {
				totals[placeOfOutcome(category, reason)]!++;
				if ((category !== "Unused" && category !== "Rarely Used") || !product.startsWith("Visio")) continue;
				const [price, currency] = product === "Visio Standard" ? [280, "GBP"] : [12.5, "EUR"];
				worth[currency as string] = (worth[currency as string] ?? 0) + Number(price);
			}
			assert.deepEqual(await ask({ ...params, ranges }), {
				failed: false,
				rows: rows.length,
				devices: new Set(rows.map(({ device }) => device)).size,
				products: new Set(rows.map(({ product }) => product)).size,
				totals,
				worth,
			});
		});
	}

	for (const ranges of [null, 7, [7], [[1]], [[2, 1]], [[-1, 3]], [[0.5, 1]], [["0", "1"]]]) {
		it(`answers the ranges ${JSON.stringify(ranges)} in words`, async () => {
			const answer = await ask({ ranges });
			assert.match(answer.failed ? answer.message : "", /pairs of the first and the last row/);
		});
	}
}).timeout(120_000);
