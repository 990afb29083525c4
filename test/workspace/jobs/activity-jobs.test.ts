import assert from "node:assert/strict";
import Database from "better-sqlite3";
import { after, before, describe, it } from "mocha";
import type { LoadProgress } from "../../../core/loading/loaded.ts";
import { createInlineJobs } from "../../../workspace/jobs/inline-jobs.ts";
import type { JobKind, Jobs } from "../../../workspace/jobs/job.ts";
import { createWorkerJobs } from "../../../workspace/jobs/worker-jobs.ts";
import { createNodeFileAccess } from "../../../workspace/node-file-access.ts";
import { createWorkspace } from "../../../workspace/workspace.ts";
import { createFixture, type FixtureWorkspace } from "../../support/fixture-workspace.ts";
import { TEST_NOW } from "../../support/lsp-harness.ts";

const ROWS = 60_000;
const PROJECT = [
	"kind: project",
	"title: Activity",
	"dataSources:",
	"  - { name: csv, provides: userActivity, type: csv, path: data/activity.csv }",
	"  - { name: sqlite, provides: userActivity, type: sqlite, path: data/activity.db, table: activity }",
	"",
].join("\n");

describe("accesses in other threads", function () {
	this.timeout(120_000);

	let fixture: FixtureWorkspace;
	let workers: Jobs;

	before(() => {
		fixture = createFixture({
			"project.usage.yaml": PROJECT,
			"data/activity.csv": `server,user,userType,accessedAt\n${rows("c").join("\n")}\n`,
		});
		const database = new Database(fixture.path("data/activity.db"));
		database.exec("CREATE TABLE activity (server TEXT, user TEXT, userType TEXT, accessedAt TEXT); BEGIN");
		const add = database.prepare("INSERT INTO activity VALUES (?, ?, ?, ?)");
		for (const row of rows("s")) add.run(row.split(","));
		database.exec("COMMIT");
		database.close();
		workers = createWorkerJobs();
	});
	after(async () => {
		await workers.dispose();
		fixture.dispose();
	});

	async function loadWith(jobs: Jobs, signal = new AbortController().signal) {
		const workspace = createWorkspace(createNodeFileAccess(), () => TEST_NOW, { jobs });
		await workspace.addFolder(fixture.rootUri);
		const file = workspace.file(fixture.uri("project.usage.yaml"))!;
		const progress: LoadProgress[] = [];
		const at = { instant: Date.UTC(2026, 10, 5), isNow: false };
		const loaded = await workspace.data.loadUsageLogs(file, at, signal, (step) => progress.push(step));
		return { loaded, progress };
	}

	it("are counted as in this thread, and nothing of them is counted here", async () => {
		const here = await loadWith(createInlineJobs());
		const there = await loadWith(workers);
		assert.deepEqual(there.loaded, here.loaded);
		assert.equal(here.loaded.value?.length, 3 * 53);
		// The same users on the same servers from both sources would count once; these have names of their own.
		assert.ok(here.loaded.value.some(({ activeRegistered }) => activeRegistered > 1000));
		assert.equal(here.loaded.problemCount, 2 * (ROWS / 1000));
		assert.ok(there.progress.some(({ sourceName, rows: done }) => sourceName === "sqlite" && done > 0));
	});

	it("carries no name of a user out of the job that counts", async () => {
		const outputs: unknown[] = [];
		const inline = createInlineJobs();
		const spying: Jobs = {
			...inline,
			async run(kind, input, options) {
				const output = await inline.run(kind, input, options);
				if ((kind as JobKind) !== "readActivity") outputs.push(output);
				return output;
			},
		};
		const { loaded, progress } = await loadWith(spying);
		assert.ok(outputs.length > 0);
		const decoder = new TextDecoder();
		const texts = JSON.stringify([outputs, loaded, progress], (_, value) => (value instanceof Uint8Array ? decoder.decode(value) : value));
		assert.match(texts, /live-1/);
		assert.doesNotMatch(texts, /person/);
	});

	it("end when nobody waits for them any more", async () => {
		const controller = new AbortController();
		const loading = loadWith(workers, controller.signal);
		setImmediate(() => controller.abort(new Error("enough")));
		await assert.rejects(loading, new Error("enough"));
		assert.ok((await loadWith(workers)).loaded.value !== null);
	});
});

/** Accesses of a year, some of a type that is none. */
function rows(prefix: string): readonly string[] {
	return Array.from({ length: ROWS }, (_, row) => {
		const type = row % 1000 === 7 ? "Guest" : (["Registered", "Registered", "Enterprise", "Designer"] as const)[row % 4]!;
		const day = new Date(Date.UTC(2025, 10, 5) + (row % 365) * 86_400_000).toISOString().slice(0, 10);
		return `live-${row % 3},person-${prefix}${row % 4001},${type},${day} 10:${String(row % 60).padStart(2, "0")}:00`;
	});
}
