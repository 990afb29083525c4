import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { PreviewPage, PreviewProductsPage, PreviewProductsParams, ProductRow } from "../../server/protocol/preview-messages.ts";
import type { Failure } from "../../server/protocol/requests.ts";
import { createFixture, type FixtureWorkspace } from "../support/fixture-workspace.ts";
import { makeKnownClient } from "../support/known-client.ts";
import { type LspSession, startLsp } from "../support/lsp-harness.ts";
import { createNotingJobs } from "../support/noting-jobs.ts";
import { placeOfOutcome, toLimits } from "./preview-support.ts";

describe("products of a preview", () => {
	let fixture: FixtureWorkspace;
	let lsp: LspSession;
	const jobs: string[] = [];
	before(async () => {
		fixture = createFixture(makeKnownClient("7,30,90"));
		lsp = await startLsp({ folders: [fixture.rootUri], server: { jobs: createNotingJobs(jobs) } });
	});
	after(async () => {
		await lsp.dispose();
		fixture.dispose();
	});

	const uri = () => fixture.uri("emea.usage.yaml");
	const ask = (params: Partial<PreviewProductsParams>) =>
		lsp.request<PreviewProductsPage | Failure>("usageReport/previewProducts", { uri: uri(), offset: 0, limit: 1000, ...params });

	/** Counts by product, from the rows of all installations. */
	async function countNaively(limits: object | undefined): Promise<ReadonlyMap<string, readonly number[]>> {
		const page = await lsp.request<PreviewPage>("usageReport/previewPage", { uri: uri(), offset: 0, limit: 1000, limits });
		assert.equal(page.total, page.rows.length);
		const counts = new Map<string, number[]>();
		for (const { product, category, reason } of page.rows) {
			const own = counts.get(product) ?? new Array<number>(12).fill(0);
			own[placeOfOutcome(category, reason)]!++;
			counts.set(product, own);
		}
		return counts;
	}

	async function rowsOf(params: Partial<PreviewProductsParams>): Promise<readonly ProductRow[]> {
		const answer = await ask(params);
		assert.ok(!answer.failed, JSON.stringify(answer));
		assert.equal(answer.total, answer.rows.length);
		return answer.rows;
	}

	const limitCases: readonly { limits?: string; against?: string }[] = [
		{},
		{ limits: "7,45,120" },
		{ against: "7,45,120" },
		{ limits: "0,0,0", against: "40,31,32" },
		{ limits: "40,31,32", against: "40,31,32" },
	];
	for (const { limits, against } of limitCases) {
		it(`counts them with ${limits ?? "the file's limits"} against ${against ?? "none"} as their installations say`, async () => {
			const tried = limits === undefined ? undefined : toLimits(limits);
			const compared = against === undefined ? undefined : toLimits(against);
			const rows = await rowsOf({
				...(tried === undefined ? {} : { limits: tried }),
				...(compared === undefined ? {} : { against: compared }),
			});
			const counts = await countNaively(tried);
			const other = compared === undefined ? null : await countNaively(compared);
			assert.deepEqual(
				rows.map(({ product }) => product),
				[...counts.keys()].sort(),
			);
			for (const row of rows) {
				assert.deepEqual(row.counts, counts.get(row.product));
				assert.deepEqual(row.other, other?.get(row.product) ?? null);
				const idle = row.counts[1]! + row.counts[2]!;
				const price = row.product === "Visio Standard" ? 280 : row.product.startsWith("Visio") ? 12.5 : null;
				const currency = price === 280 ? "GBP" : "EUR";
				assert.deepEqual(row.price, price === null ? null : { amount: price, currency });
				assert.deepEqual(row.worth, price === null || idle === 0 ? {} : { [currency]: price * idle });
			}
		});
	}

	it("tells how many of each move, as their installations one by one do", async () => {
		const limits = toLimits("7,30,90");
		const against = toLimits("20,45,60");
		const pages = await Promise.all(
			[limits, against].map((each) =>
				lsp.request<PreviewPage>("usageReport/previewPage", { uri: uri(), offset: 0, limit: 1000, limits: each }),
			),
		);
		const after = new Map(pages[1]!.rows.map(({ index, category }) => [index, category]));
		for (const { product, moved } of await rowsOf({ limits, against })) {
			const own = pages[0]!.rows.filter((row) => row.product === product);
			assert.equal(moved, own.filter(({ index, category }) => after.get(index) !== category).length, product);
		}
	});

	const sum = (row: ProductRow, places: readonly number[]) => places.reduce((total, place) => total + row.counts[place]!, 0);
	const sorts: readonly { by: string; key: (row: ProductRow) => number | string | null }[] = [
		{ by: "product", key: ({ product }) => product },
		{ by: "installations", key: (row) => sum(row, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) },
		{ by: "used", key: (row) => row.counts[0]! },
		{ by: "rarelyUsed", key: (row) => row.counts[1]! },
		{ by: "unused", key: (row) => row.counts[2]! },
		{ by: "unreported", key: (row) => sum(row, [3, 4, 5, 6, 7, 8, 9, 10, 11]) },
		{ by: "outcome7", key: (row) => row.counts[7]! },
		{ by: "moved", key: ({ moved }) => moved },
	];
	for (const { by, key } of sorts)
		for (const descending of [false, true]) {
			it(`sorts them by ${by}${descending ? ", descending" : ""}`, async () => {
				const against = toLimits("7,45,120");
				const all = await rowsOf({ against });
				const sign = descending ? -1 : 1;
				const expected = all.toSorted((one, other) => {
					const [left, right] = [key(one), key(other)];
					return left === right ? 0 : sign * (left! < right! ? -1 : 1);
				});
				const sorted = await rowsOf({ against, query: { sort: [{ by: by as "moved", descending }] } });
				assert.deepEqual(sorted, expected);
			});
		}

	it("sorts worth currency by currency, and what has no price last in both directions", async () => {
		for (const descending of [false, true]) {
			const rows = await rowsOf({ query: { sort: [{ by: "worth", descending }] } });
			assert.deepEqual(
				rows.slice(0, 2).map(({ price }) => price?.currency),
				["GBP", "EUR"],
			);
			assert.ok(rows.slice(2).every(({ price }) => price === null));
		}
	});

	const filters: readonly { query: PreviewProductsParams["query"]; holds: (row: ProductRow) => boolean }[] = [
		{ query: { text: "VISIO" }, holds: ({ product }) => product.startsWith("Visio") },
		{ query: { products: ["Word", "Suite", "none"] }, holds: ({ product }) => product === "Word" || product === "Suite" },
		{ query: { outcomes: [7] }, holds: ({ counts }) => counts[7]! > 0 },
		{ query: { outcomes: [] }, holds: () => false },
		{ query: { onlyDifferent: true }, holds: ({ moved }) => moved! > 0 },
		{ query: { text: "nothing" }, holds: () => false },
	];
	for (const { query, holds } of filters) {
		it(`gives those of ${JSON.stringify(query)}`, async () => {
			const against = toLimits("7,30,100");
			const all = await rowsOf({ against });
			assert.deepEqual(await rowsOf({ against, ...(query === undefined ? {} : { query }) }), all.filter(holds));
		});
	}

	it("gives pages, and reads nothing for them", async () => {
		const all = await rowsOf({});
		jobs.length = 0;
		const parts: ProductRow[] = [];
		for (let offset = 0; offset < all.length; offset += 2) {
			const answer = await ask({ offset, limit: 2 });
			assert.ok(!answer.failed);
			assert.equal(answer.total, all.length);
			parts.push(...answer.rows);
		}
		assert.deepEqual(parts, all);
		assert.deepEqual(jobs, []);
	});

	const nonsense: readonly { params: object; message: RegExp }[] = [
		{ params: { query: 7 }, message: /not a query/ },
		{ params: { query: { outcomes: [12] } }, message: /0 to 11/ },
		{ params: { query: { products: [1] } }, message: /are names/ },
		{ params: { query: { text: 1 } }, message: /is a text/ },
		{ params: { query: { sort: [{ by: "outcome12" }] } }, message: /sorted by product/ },
		{ params: { query: { sort: "used" } }, message: /sorted by product/ },
		{ params: { query: { sort: [{ by: "moved" }] } }, message: /limits to compare with/ },
		{ params: { query: { onlyDifferent: true } }, message: /limits to compare with/ },
		{ params: { limits: { UsedCategoryLimit: 1 } }, message: /three whole numbers/ },
		{ params: { against: 7 }, message: /three whole numbers/ },
	];
	for (const { params, message } of nonsense) {
		it(`answers ${JSON.stringify(params)} in words`, async () => {
			const answer = await ask(params);
			assert.match(answer.failed ? answer.message : "", message);
		});
	}
}).timeout(120_000);
