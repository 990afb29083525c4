import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { CancellationTokenSource } from "vscode-languageserver-protocol/node";
import type { PreviewPage, PreviewQuery, PreviewSummary } from "../../server/protocol/preview-messages.ts";
import type { Failure } from "../../server/protocol/requests.ts";
import { createInlineJobs } from "../../workspace/jobs/inline-jobs.ts";
import { JobFailure } from "../../workspace/jobs/job.ts";
import { CLEAN_CLIENT, createFixture } from "../support/fixture-workspace.ts";
import { commitAll } from "../support/git-repository.ts";
import { sessionPerTest } from "../support/lsp-session.ts";
import { createNotingJobs } from "../support/noting-jobs.ts";

const DEFAULTS = { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 90 };

describe("preview", () => {
	const session = sessionPerTest(CLEAN_CLIENT);

	const preview = (name: string) =>
		session.lsp.request<PreviewSummary | Failure>("usageReport/preview", { uri: session.fixture.uri(name) });
	const page = (name: string, offset: number, limit: number, query?: unknown, limits?: unknown) =>
		session.lsp.request<PreviewPage | Failure>("usageReport/previewPage", { uri: session.fixture.uri(name), offset, limit, query, limits });

	async function checkFailure(name: string, ...words: readonly RegExp[]): Promise<void> {
		const answer = await preview(name);
		assert.ok(answer.failed, JSON.stringify(answer));
		for (const word of words) assert.match(answer.message, word);
		assert.doesNotMatch(answer.message, /\bat .*\.ts:\d/);
	}

	it("sums up an instance", async () => {
		const summary = await preview("emea.usage.yaml");
		assert.ok(!summary.failed, JSON.stringify(summary));
		const { totals, topProducts, uri, ...rest } = summary;
		assert.equal(uri, session.fixture.uri("emea.usage.yaml"));
		assert.deepEqual(rest, {
			failed: false,
			instance: "Acme EMEA",
			asOf: "2026-11-04T21:00:00Z",
			endOfSync: "2026-11-03",
			limits: { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 90 },
			limitsFromProject: false,
			installations: 5,
			devices: 2,
			products: 4,
			currencies: [],
			worth: { unused: {}, rarelyUsed: {} },
			policies: [],
			references: [
				{ kind: "default", name: null, limits: DEFAULTS },
				{ kind: "project", name: null, limits: DEFAULTS },
			],
			columns: [],
			problems: [],
			problemCount: 0,
		});
		assert.deepEqual(
			totals.filter(({ count }) => count > 0),
			[
				{ category: "Used", reason: null, count: 2 },
				{ category: "Rarely Used", reason: null, count: 1 },
				{ category: "Unused", reason: null, count: 1 },
				{ category: "Unreported", reason: "No Product Usage", count: 1 },
			],
		);
		assert.deepEqual(
			topProducts.map(({ product }) => product),
			["Visio"],
		);
	});

	const pages: readonly { offset: number; limit: number; start: number; rows: readonly string[] }[] = [
		{ offset: 0, limit: 2, start: 0, rows: ["d1 Excel", "d1 Visio"] },
		{ offset: 2, limit: 2, start: 2, rows: ["d1 Word", "d2 Project"] },
		{ offset: 4, limit: 2, start: 4, rows: ["d2 Word"] },
		{ offset: 9, limit: 2, start: 5, rows: [] },
		{ offset: -3, limit: 1, start: 0, rows: ["d1 Excel"] },
		{ offset: 0, limit: 0, start: 0, rows: ["d1 Excel"] },
	];
	for (const { offset, limit, start, rows } of pages) {
		it(`gives the page of ${limit} from ${offset}`, async () => {
			await preview("emea.usage.yaml");
			const answer = await page("emea.usage.yaml", offset, limit);
			assert.ok(!answer.failed);
			assert.equal(answer.total, 5);
			assert.equal(answer.offset, start);
			assert.deepEqual(
				answer.rows.map(({ device, product }) => `${device} ${product}`),
				rows,
			);
		});
	}

	const queries: readonly { query: PreviewQuery; rows: readonly string[] }[] = [
		{ query: {}, rows: ["d1 Excel", "d1 Visio", "d1 Word", "d2 Project", "d2 Word"] },
		{ query: { filter: { outcomes: [0] } }, rows: ["d1 Word", "d2 Word"] },
		{ query: { filter: { text: "WOR" }, sort: [{ by: "device", descending: true }] }, rows: ["d2 Word", "d1 Word"] },
		{ query: { filter: { devices: ["d1"], products: ["Word", "Visio"] } }, rows: ["d1 Visio", "d1 Word"] },
		{ query: { sort: [{ by: "lastUsageDate" }] }, rows: ["d1 Visio", "d1 Excel", "d2 Word", "d1 Word", "d2 Project"] },
		{ query: { filter: { text: "none" } }, rows: [] },
	];
	for (const { query, rows } of queries) {
		it(`gives the pages of ${JSON.stringify(query)}`, async () => {
			const all: string[] = [];
			for (let offset = 0; offset < 5; offset += 2) {
				const answer = await page("emea.usage.yaml", offset, 2, query);
				assert.ok(!answer.failed, JSON.stringify(answer));
				assert.equal(answer.total, rows.length);
				all.push(...answer.rows.map(({ device, product }) => `${device} ${product}`));
			}
			assert.deepEqual(all, rows);
		});
	}

	const nonsense: readonly { query: unknown; message: RegExp }[] = [
		{ query: 7, message: /not a query/ },
		{ query: { filter: "x" }, message: /not a query/ },
		{ query: { filter: { outcomes: [12] } }, message: /numbers from 0 to 11/ },
		{ query: { filter: { outcomes: 1 } }, message: /numbers from 0 to 11/ },
		{ query: { filter: { devices: [1] } }, message: /are names/ },
		{ query: { filter: { products: "Word" } }, message: /are names/ },
		{ query: { filter: { text: 1 } }, message: /is a text/ },
		{ query: { sort: [{ by: "colour" }] }, message: /is sorted by device, product/ },
		{ query: { sort: "device" }, message: /is sorted by device, product/ },
	];
	for (const { query, message } of nonsense) {
		it(`answers the query ${JSON.stringify(query)} in words`, async () => {
			const answer = await page("emea.usage.yaml", 0, 1, query);
			assert.match(answer.failed ? answer.message : "", message);
		});
	}

	it("orders once for all pages of a query", async () => {
		const jobs: string[] = [];
		await session.restart({ server: { jobs: createNotingJobs(jobs) } });
		for (const offset of [0, 1, 2]) await page("emea.usage.yaml", offset, 1, { sort: [{ by: "product" }] });
		await page("emea.usage.yaml", 0, 1);
		assert.equal(jobs.filter((job) => job === "order").length, 2);
	});

	it("never sends more than 1,000 rows", async () => {
		const rows = Array.from({ length: 1500 }, (_, index) => `d1,P${index},2025-01-01,2026-11-03`);
		session.fixture.write("data/installs.csv", `device,product,installDate,lastUsageDate\n${rows.join("\n")}\n`);
		const answer = await page("emea.usage.yaml", 0, 100_000);
		assert.ok(!answer.failed);
		assert.equal(answer.total, 1500);
		assert.equal(answer.rows.length, 1000);
	});

	it("keeps the pages of one answer together, and takes in changes with the next", async () => {
		await preview("emea.usage.yaml");
		session.fixture.write("data/installs.csv", "device,product\nd9,Other\n");
		const old = await page("emea.usage.yaml", 0, 10);
		assert.equal(!old.failed && old.total, 5);
		await preview("emea.usage.yaml");
		const fresh = await page("emea.usage.yaml", 0, 10);
		assert.deepEqual(!fresh.failed && fresh.rows, [
			{
				index: 0,
				device: "d9",
				product: "Other",
				installDate: null,
				lastUsageDate: null,
				category: "Unreported",
				reason: "No Device Inventory date",
				rule: 1,
				publisher: null,
				version: null,
				deviceName: null,
			},
		]);
	});

	it("goes on with what it showed when the data is gone, and says why there is nothing new", async () => {
		await preview("emea.usage.yaml");
		session.fixture.remove("data/installs.csv");
		await checkFailure("emea.usage.yaml", /There is no file data\/installs\.csv/);
		const old = await page("emea.usage.yaml", 0, 10);
		assert.equal(!old.failed && old.total, 5);
		session.fixture.write("data/installs.csv", "device,product\nd9,Other\n");
		await preview("emea.usage.yaml");
		const fresh = await page("emea.usage.yaml", 0, 10);
		assert.equal(!fresh.failed && fresh.total, 1);
	});

	it("goes on with what it showed when the data vanishes while it is read", async () => {
		let vanishes = false;
		await session.restart({
			server: {
				jobs: createNotingJobs([], {
					after: (job) => (job === "read installs" && vanishes ? session.fixture.remove("data/installs.csv") : undefined),
				}),
			},
		});
		await preview("emea.usage.yaml");
		vanishes = true;
		session.fixture.write("data/installs.csv", "device,product\nd9,Other\n");
		await checkFailure("emea.usage.yaml", /vanished while it was being read/);
		const old = await page("emea.usage.yaml", 0, 10);
		assert.equal(!old.failed && old.total, 5);
	});

	it("loads again what had to go for lack of memory", async () => {
		session.fixture.write("data/other.csv", "device,product\nd9,Other\n");
		session.fixture.write("other.usage.yaml", CLEAN_CLIENT["emea.usage.yaml"]!.replaceAll("data/installs.csv", "data/other.csv"));
		await session.restart({ settings: { memory: 64 } });
		for (const name of ["emea.usage.yaml", "other.usage.yaml", "emea.usage.yaml"]) {
			const answer = await page(name, 0, 10);
			assert.equal(!answer.failed && answer.total, name === "other.usage.yaml" ? 1 : 5);
		}
	});

	it("says in words that a job could not be finished", async () => {
		await session.restart({
			server: {
				jobs: createNotingJobs([], {
					before: (job) => {
						if (job === "order") throw new JobFailure("It was not possible to order the installations: there is not enough memory.");
					},
				}),
			},
		});
		assert.equal((await preview("emea.usage.yaml")).failed, false);
		const answer = await page("emea.usage.yaml", 0, 1);
		assert.match(answer.failed ? answer.message : "", /not enough memory/);
	});

	it("takes unsaved text, and the project's limits where there are none", async () => {
		const text = CLEAN_CLIENT["emea.usage.yaml"]!.replace(/usageCategory:\n(?: {2}\w+: \d+\n){3}/, "");
		await session.lsp.open(session.fixture.uri("emea.usage.yaml"), text);
		const summary = await preview("emea.usage.yaml");
		assert.ok(!summary.failed);
		assert.equal(summary.limitsFromProject, true);
		assert.equal(summary.limits.UnusedCategoryLimit, 90);
	});

	it("says why there is no preview", async () => {
		session.fixture.makeFolder("folder.usage.yaml");
		session.fixture.write("broken.usage.yaml", "kind: instance\nname: [\n");
		session.fixture.write(
			"lonely.usage.yaml",
			"kind: instance\nname: L\nproject: none.usage.yaml\ndataSources:\n  - { name: d, provides: devices, type: csv, path: data/devices.csv }\n",
		);
		session.fixture.write("empty.usage.yaml", "kind: instance\nname: E\nproject: acme.usage.yaml\n");
		session.fixture.write("typo.usage.yaml", CLEAN_CLIENT["emea.usage.yaml"]!.replace("provides: devices", "provides: device"));
		session.fixture.write("asof.usage.yaml", CLEAN_CLIENT["emea.usage.yaml"]!.replace("2026-11-04T21:00:00Z", "tomorrow"));
		session.fixture.write(
			"nodata.usage.yaml",
			CLEAN_CLIENT["emea.usage.yaml"]!.replace("data/devices.csv", "data/none.csv").replace("data/installs.csv", "data"),
		);
		await session.restart({});
		await checkFailure("acme.usage.yaml", /is a project/, /emea\.usage\.yaml/);
		await checkFailure("none.usage.yaml", /no file/);
		await checkFailure("folder.usage.yaml", /is a folder/);
		await checkFailure("broken.usage.yaml", /not valid YAML/, /Line \d/);
		await checkFailure("lonely.usage.yaml", /no limits/);
		await checkFailure("empty.usage.yaml", /no data source/);
		await checkFailure("typo.usage.yaml", /entry 1 \(devices\)/);
		await checkFailure("asof.usage.yaml", /asOf/, /not an instant/);
		await checkFailure("nodata.usage.yaml", /devices: .*none\.csv/, /installs: /);
	});

	it("refuses data outside of an untrusted workspace, also behind a link", async () => {
		const outside = createFixture({ "secret.csv": "device,inventoryDate\nd1,2026-01-01\n" });
		try {
			session.fixture.write("out.usage.yaml", CLEAN_CLIENT["emea.usage.yaml"]!.replace("data/devices.csv", outside.path("secret.csv")));
			await session.restart({ initializationOptions: { trusted: false } });
			await checkFailure("out.usage.yaml", /not trusted/);
			assert.equal((await preview("emea.usage.yaml")).failed, false);
			await session.restart({});
			assert.equal((await preview("out.usage.yaml")).failed, false);
		} finally {
			outside.dispose();
		}
	});

	it("follows the setting usageReport.asOf where the file says nothing", async () => {
		session.fixture.write("emea.usage.yaml", CLEAN_CLIENT["emea.usage.yaml"]!.replace("asOf: 2026-11-04T21:00:00Z\n", ""));
		await session.restart({ settings: { asOf: "2026-11-01T00:00:00Z" } });
		const summary = await preview("emea.usage.yaml");
		assert.equal(!summary.failed && summary.asOf, "2026-11-01T00:00:00Z");
		await session.restart({ settings: { asOf: "soon" } });
		await session.lsp.next("window/showMessage", ({ message }: { message: string }) => message.includes("usageReport.asOf"));
		const now = await preview("emea.usage.yaml");
		assert.equal(!now.failed && now.asOf, "2026-11-04T21:30:00Z");
	});

	it("tells of its progress", async () => {
		const kinds: string[] = [];
		const told = new Promise<void>((resolve) => {
			session.lsp.connection.onNotification("$/progress", (params: { token: unknown; value: { kind: string } }) => {
				if (params.token === "t1") kinds.push(params.value.kind);
				if (params.value.kind === "end") resolve();
			});
		});
		await session.lsp.request("usageReport/preview", { uri: session.fixture.uri("emea.usage.yaml"), workDoneToken: "t1" });
		await told;
		assert.equal(kinds[0], "begin");
		assert.equal(kinds.at(-1), "end");
	});

	it("tells the share that is read, where the bytes are known", async () => {
		const told: { percentage?: number; message?: string }[] = [];
		await session.restart({
			server: {
				jobs: {
					...createInlineJobs(),
					run(kind, input, options) {
						options.onProgress?.({ rows: 5, bytes: 50, totalBytes: 200 });
						return createInlineJobs().run(kind, input, options);
					},
				},
			},
		});
		session.lsp.connection.onNotification("$/progress", (params: { value: { kind: string } }) => {
			if (params.value.kind === "report") told.push(params.value as never);
		});
		await session.lsp.request("usageReport/preview", { uri: session.fixture.uri("emea.usage.yaml"), workDoneToken: "t2" });
		assert.match(told[0]?.message ?? "", /^(?:devices|installs): 5 rows, 1 of 1 MB/);
		assert.ok((told[0]?.percentage ?? 0) > 0);
	});

	it("is cancelled at once, whatever its thread does", async () => {
		await session.restart({ server: { jobs: createNotingJobs([], { before: () => new Promise<never>(() => {}) }) } });
		const source = new CancellationTokenSource();
		const pending = session.lsp.connection.sendRequest(
			"usageReport/preview",
			{ uri: session.fixture.uri("emea.usage.yaml") },
			source.token,
		);
		source.cancel();
		await assert.rejects(pending, (error: { code?: number }) => error.code === -32800);
	});

	it("can be cancelled, and works again afterwards", async () => {
		const rows = Array.from({ length: 50_000 }, (_, index) => `d${index % 100},P${index},2025-01-01,2026-11-03`);
		session.fixture.write("data/installs.csv", `device,product,installDate,lastUsageDate\n${rows.join("\n")}\n`);
		const source = new CancellationTokenSource();
		const pending = session.lsp.connection.sendRequest(
			"usageReport/preview",
			{ uri: session.fixture.uri("emea.usage.yaml") },
			source.token,
		);
		source.cancel();
		await assert.rejects(pending, (error: { code?: number }) => error.code === -32800);
		const summary = await preview("emea.usage.yaml");
		assert.equal(!summary.failed && summary.installations, 50_000);
	});

	it("gives the rows as other limits have them, without reading or categorizing from the beginning", async () => {
		const jobs: string[] = [];
		await session.restart({ server: { jobs: createNotingJobs(jobs) } });
		await preview("emea.usage.yaml");
		jobs.length = 0;
		const limits = { ...DEFAULTS, UsedCategoryLimit: 60 };
		for (const offset of [0, 1]) {
			const answer = await page("emea.usage.yaml", offset, 1, {}, limits);
			assert.deepEqual(!answer.failed && answer.rows.map(({ product, category }) => `${product} ${category}`), [
				["Excel Used", "Visio Unused"][offset],
			]);
		}
		assert.deepEqual(jobs, ["recategorize", "order"]);
		const own = await page("emea.usage.yaml", 0, 1, {}, DEFAULTS);
		assert.equal(!own.failed && own.rows[0]?.category, "Rarely Used");
		const none = await page("emea.usage.yaml", 0, 1, {}, { ...DEFAULTS, UsedCategoryLimit: -1 });
		assert.match(none.failed ? none.message : "", /three whole numbers/);
	});

	it("keeps only the limits that were tried last", async () => {
		const jobs: string[] = [];
		await session.restart({ server: { jobs: createNotingJobs(jobs) } });
		const ask = (used: number) => page("emea.usage.yaml", 0, 1, {}, { ...DEFAULTS, UsedCategoryLimit: used });
		for (const used of [40, 41, 42, 43, 44]) await ask(used);
		jobs.length = 0;
		for (const used of [44, 41]) await ask(used);
		assert.deepEqual(jobs, []);
		await ask(40);
		assert.deepEqual(jobs, ["recategorize", "order"]);
	});

	it("tells the worth, the policies, and all limits that there are to compare with", async () => {
		session.fixture.write(
			"emea.usage.yaml",
			`${CLEAN_CLIENT["emea.usage.yaml"]}reclaimPolicies:
  - { name: Take, products: ["V*", Excel], categories: [Unused], action: mandatory, state: published, enabled: true }
  - { name: Draft, products: ["*"], categories: [Unused, Rarely Used], state: draft }
unitPrices:
  - { products: [Visio], price: 280, currency: GBP }
  - { products: [Excel, Word], price: 0.1, currency: EUR }
  - { products: [none], price: 5, currency: USD }
`,
		);
		session.fixture.write(
			"apac.usage.yaml",
			CLEAN_CLIENT["emea.usage.yaml"]!.replace("Acme EMEA", "Acme APAC").replace("UsedCategoryLimit: 30", "UsedCategoryLimit: 31"),
		);
		session.fixture.write("bad.usage.yaml", CLEAN_CLIENT["emea.usage.yaml"]!.replace("UsedCategoryLimit: 30", "UsedCategoryLimit: x"));
		commitAll(session.fixture.root);
		await session.restart({});
		await session.lsp.open(
			session.fixture.uri("emea.usage.yaml"),
			readFileSync(session.fixture.path("emea.usage.yaml"), "utf8").replace("UnusedCategoryLimit: 90", "UnusedCategoryLimit: 100"),
		);
		const summary = await preview("emea.usage.yaml");
		assert.ok(!summary.failed, JSON.stringify(summary));
		assert.deepEqual(summary.currencies, ["EUR", "GBP"]);
		assert.deepEqual(summary.worth, { unused: { GBP: 280 }, rarelyUsed: { EUR: 0.1 } });
		assert.deepEqual(
			summary.topProducts.map(({ product, worth }) => ({ product, worth })),
			[{ product: "Visio", worth: { GBP: 280 } }],
		);
		assert.deepEqual(summary.policies, [
			{ name: "Take", action: "mandatory", state: "published", enabled: true, inForce: true, reclaims: 1, worth: { GBP: 280 } },
			{
				name: "Draft",
				action: "optional",
				state: "draft",
				enabled: true,
				inForce: false,
				reclaims: 2,
				worth: { GBP: 280, EUR: 0.1 },
			},
		]);
		assert.deepEqual(summary.references, [
			{ kind: "default", name: null, limits: DEFAULTS },
			{ kind: "committed", name: null, limits: DEFAULTS },
			{ kind: "project", name: null, limits: DEFAULTS },
			{ kind: "instance", name: "Acme APAC", limits: { ...DEFAULTS, UsedCategoryLimit: 31 } },
		]);
	});

	it("answers what makes no sense in words", async () => {
		for (const params of [null, {}, { uri: 7 }, { uri: "nonsense" }, { uri: "untitled:Untitled-1" }, { uri: "file://elsewhere/x" }]) {
			const answer = await session.lsp.request<PreviewSummary | Failure>("usageReport/preview", params);
			assert.ok(answer.failed, JSON.stringify(params));
		}
		assert.equal((await preview("emea.usage.yaml")).failed, false);
	});
}).timeout(120_000);
