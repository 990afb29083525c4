import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { consolidate } from "../../../core/usage/consolidate.ts";
import { DEFAULT_LIMITS } from "../../../core/usage/limits.ts";
import type { SourceTable } from "../../../core/usage/source-table.ts";
import { createInlineJobs } from "../../../workspace/jobs/inline-jobs.ts";
import type { Jobs } from "../../../workspace/jobs/job.ts";
import { createWorkerJobs } from "../../../workspace/jobs/worker-jobs.ts";
import { createNodeFileAccess } from "../../../workspace/node-file-access.ts";
import { toInstallationJson } from "../../../workspace/runs/results-json.ts";
import { runCategorize } from "../../../workspace/runs/run-categorize.ts";
import { createWorkspace } from "../../../workspace/workspace.ts";
import { CLEAN_CLIENT, createFixture, type FixtureWorkspace } from "../../support/fixture-workspace.ts";
import { TEST_NOW } from "../../support/lsp-harness.ts";
import { makeInstallationsTable } from "../../support/make-estate.ts";

const signal = new AbortController().signal;

describe("jobs in other threads", () => {
	let fixture: FixtureWorkspace;
	let workers: Jobs;
	let dividing: Jobs;

	before(() => {
		const rows = Array.from({ length: 120_000 }, (_, row) => {
			const used = row % 3 === 0 ? "" : `2026-${row % 2 === 0 ? "10" : "07"}-1${row % 10}`;
			return `d${Math.floor(row / 100)},P${(row * 7) % 300},2025-0${1 + (row % 9)}-01,${row % 1000 === 1 ? "soon" : used},publisher ${row % 4}`;
		});
		fixture = createFixture({
			...CLEAN_CLIENT,
			"emea.usage.yaml": CLEAN_CLIENT["emea.usage.yaml"]!.replace(
				"provides: installations",
				"provides: installations\n    columns: { publisher: vendor }",
			),
			"data/devices.csv": `device,inventoryDate\n${Array.from({ length: 1200 }, (_, device) => `d${device},2026-1${device % 2}-03`).join("\n")}\n`,
			"data/installs.csv": `device,product,installDate,lastUsageDate,vendor\n${rows.join("\n")}\n`,
		});
		workers = createWorkerJobs();
		dividing = createWorkerJobs({ muchRows: 1 });
	});
	after(async () => {
		await workers.dispose();
		await dividing.dispose();
		fixture.dispose();
	});

	async function runWith(jobs: Jobs) {
		const workspace = createWorkspace(createNodeFileAccess(), () => TEST_NOW, { jobs });
		await workspace.addFolder(fixture.rootUri);
		const rows: number[] = [];
		const run = await runCategorize(workspace, fixture.uri("emea.usage.yaml"), {
			signal,
			onProgress: (progress) => rows.push(progress.rows),
		});
		if (run.failed) throw new Error(run.message);
		const { categorization } = run;
		const order = await workspace.results.order(
			categorization,
			{ filter: { text: "p1" }, sort: [{ by: "lastUsageDate", descending: true }] },
			signal,
		);
		const described = await workspace.data.describeSources(workspace.file(fixture.uri("emea.usage.yaml"))!, signal);
		return { run, rows, order, described, profile: await workspace.results.profile(categorization, signal) };
	}

	it("give what this thread gives", async () => {
		const here = await runWith(createInlineJobs());
		const there = await runWith(workers);
		assert.ok(there.run.categorization.rule.length > 100_000);
		assert.deepEqual(there.run.counts, here.run.counts);
		assert.deepEqual(there.described, here.described);
		assert.equal(there.described?.sources[1]?.rows, 120_000);
		assert.deepEqual(there.run.loaded.problems, here.run.loaded.problems);
		assert.equal(there.run.loaded.problemCount, 120);
		assert.deepEqual(there.run.categorization, here.run.categorization);
		assert.deepEqual(there.order, here.order);
		assert.deepEqual(there.profile, here.profile);
		for (const installation of [0, 99, 119_000])
			assert.deepEqual(
				toInstallationJson(there.run.categorization, installation),
				toInstallationJson(here.run.categorization, installation),
			);
		assert.ok(there.rows.length > 0);
	});

	it("give in halves what this thread gives in one piece, with bundles and without, where rows are grouped and where they are not", async () => {
		const estate = (await runWith(createInlineJobs())).run.categorization.estate;
		const rows = Array.from({ length: 120_000 }, (_, row) => ({
			device: `d${Math.floor(row / 100)}`,
			product: `P${(row * 7) % 300}`,
			lastUsageDay: row % 3 === 0 ? null : 20_000 + (row % 700),
		}));
		const CASES: readonly (readonly SourceTable[])[] = [
			[makeInstallationsTable(rows, "UTC", 0)],
			[makeInstallationsTable(rows.slice(0, 50_050), "UTC", 0), makeInstallationsTable(rows.slice(50_050), "UTC", 0, 50_051)],
			[makeInstallationsTable(rows.slice(0, 60_000), "UTC", 0), makeInstallationsTable(rows.slice(59_999), "UTC", 0, 60_000)],
			[makeInstallationsTable(rows.slice(60_000), "UTC", 0), makeInstallationsTable(rows.slice(60), "UTC", 1)],
			[makeInstallationsTable(rows, "UTC", 0), makeInstallationsTable(rows.slice(0, 100), "Asia/Kolkata", 1)],
		];
		for (const tables of CASES) assert.deepEqual(await dividing.run("consolidate", tables, { signal }), consolidate(tables));
		for (const bundles of [[], [{ name: "P1", components: ["P2", "P8", "P107"] }]]) {
			const input = { estate, asOf: TEST_NOW, limits: DEFAULT_LIMITS, bundles };
			assert.deepEqual(await dividing.run("categorize", input, { signal }), await createInlineJobs().run("categorize", input, { signal }));
		}
	});

	it("give buffers that are shared, and what they were given as it was", async () => {
		const { run, order, profile } = await runWith(workers);
		const { categorization, loaded } = run;
		assert.equal(categorization.estate, loaded.value);
		for (const column of [
			categorization.rule,
			categorization.estate.productOf,
			categorization.estate.installDay.days,
			order,
			profile.settled,
		])
			assert.ok(column.buffer instanceof SharedArrayBuffer);
		assert.equal(categorization.effectiveUsage, categorization.estate.lastUsageDay);
	});
}).timeout(180_000);
