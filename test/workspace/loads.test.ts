import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import { JobFailure } from "../../workspace/jobs/job.ts";
import { createNodeFileAccess } from "../../workspace/node-file-access.ts";
import { type CategorizeOptions, runCategorize } from "../../workspace/runs/run-categorize.ts";
import { createWorkspace, type Workspace, type WorkspaceOptions } from "../../workspace/workspace.ts";
import { CLEAN_CLIENT, createFixture, type FixtureWorkspace } from "../support/fixture-workspace.ts";
import { TEST_NOW } from "../support/lsp-harness.ts";
import { createGate, createNotingJobs, type JobHooks } from "../support/noting-jobs.ts";

const signal = new AbortController().signal;
const INSTANCE = CLEAN_CLIENT["emea.usage.yaml"]!;
const ALL = ["read devices", "read installs", "consolidate", "categorize"];
/** With what only a check needs. */
const CHECKED = ["read devices", "read installs", "consolidate", "describe", "categorize"];

describe("what is loaded and computed", () => {
	let fixture: FixtureWorkspace;
	let workspace: Workspace;
	let jobs: string[];
	let now: number;

	beforeEach(async () => {
		fixture = createFixture(CLEAN_CLIENT);
		now = TEST_NOW;
		await open();
	});
	afterEach(() => fixture.dispose());

	async function open(hooks: JobHooks = {}, options: WorkspaceOptions = {}): Promise<void> {
		jobs = [];
		workspace = createWorkspace(createNodeFileAccess(), () => now, { jobs: createNotingJobs(jobs, hooks), ...options });
		await workspace.addFolder(fixture.rootUri);
	}

	const start = (options: Partial<CategorizeOptions> = {}, name = "emea.usage.yaml") =>
		runCategorize(workspace, fixture.uri(name), { signal, ...options });

	async function run(options: Partial<CategorizeOptions> = {}, name?: string) {
		const result = await start(options, name);
		if (result.failed) throw new Error(result.message);
		return result;
	}

	/** What has begun since the last time; sources are read at the same time, so their order means nothing. */
	const begun = () => {
		const all = jobs.splice(0);
		const isRead = (job: string) => job.startsWith("read ");
		return [...all.filter(isRead).sort(), ...all.filter((job) => !isRead(job))];
	};

	const edit = (before: string, after: string) => workspace.setText(fixture.uri("emea.usage.yaml"), INSTANCE.replace(before, after));

	it("loads once for a check and a run, whichever comes first", async () => {
		await workspace.checkFile(fixture.uri("emea.usage.yaml"), signal);
		await run();
		await workspace.checkFile(fixture.uri("emea.usage.yaml"), signal);
		assert.deepEqual(begun(), CHECKED);
	});

	const changes: readonly { name: string; change: () => void; jobs: readonly string[] }[] = [
		{ name: "nothing", change: () => {}, jobs: [] },
		{ name: "a comment", change: () => edit("kind: instance", "kind: instance # here"), jobs: [] },
		{ name: "a limit", change: () => edit("UsedCategoryLimit: 30", "UsedCategoryLimit: 31"), jobs: ["categorize"] },
		{ name: "the hour of asOf", change: () => edit("T21:00:00Z", "T22:00:00Z"), jobs: [] },
		{ name: "the day of asOf", change: () => edit("2026-11-04T21", "2026-11-05T21"), jobs: ["categorize"] },
		{
			name: "a bundle",
			change: () => edit("dataSources:", "bundles:\n  - { name: Word, components: [Excel, Visio] }\ndataSources:"),
			jobs: ["categorize"],
		},
		{
			name: "a mapping",
			change: () => edit("path: data/devices.csv", "path: data/devices.csv\n    dateFormat: dd/MM/yyyy"),
			jobs: ["read devices", "consolidate", "describe", "categorize"],
		},
		{
			name: "the name of a source",
			change: () => edit("name: devices", "name: machines"),
			jobs: ["consolidate", "describe", "categorize"],
		},
		{
			name: "one file",
			change: () => fixture.write("data/devices.csv", "device,inventoryDate\nd1,2026-11-03\n"),
			jobs: ["read devices", "consolidate", "describe", "categorize"],
		},
		{ name: "a file that vanishes", change: () => fixture.remove("data/devices.csv"), jobs: ["read devices"] },
		{ name: "another client's data", change: () => fixture.write("data/log.csv", ""), jobs: [] },
	];
	for (const { name, change, jobs: expected } of changes) {
		it(`after a change of ${name}: ${expected.join(", ") || "nothing"}`, async () => {
			await workspace.checkFile(fixture.uri("emea.usage.yaml"), signal);
			await run();
			assert.deepEqual(begun(), CHECKED);
			change();
			await workspace.checkFile(fixture.uri("emea.usage.yaml"), signal);
			await start();
			assert.deepEqual(begun(), expected);
		});
	}

	it("tells problems and origins by the names and places that sources have now", async () => {
		fixture.write("data/installs.csv", "device,product,installDate\nd1,Word,soon\n");
		const before = await run();
		assert.deepEqual(
			before.loaded.problems.map(({ source }) => source),
			["installs"],
		);
		const [head, , installs] = INSTANCE.split(/(?= {2}- name: )/);
		workspace.setText(fixture.uri("emea.usage.yaml"), `${head}${installs!.replace("name: installs", "name: software")}`);
		const after = await run();
		assert.deepEqual(
			after.loaded.problems.map(({ source }) => source),
			["software"],
		);
		assert.deepEqual(
			after.categorization.estate.origin.parts.map(({ sourceIndex }) => sourceIndex),
			[0],
		);
	});

	it("knows the newer instant of the same day, and counts anew on the next", async () => {
		edit("asOf: 2026-11-04T21:00:00Z\n", "");
		await run();
		now += 60_000;
		assert.equal((await run()).categorization.asOf, now);
		assert.deepEqual(begun(), ALL);
		now += 86_400_000;
		assert.equal((await run()).categorization.asOf, now);
		assert.deepEqual(begun(), ["categorize"]);
	});

	it("keeps no sources where it is told so", async () => {
		await open({}, { servesViews: false });
		await run();
		begun();
		edit("name: devices", "name: machines");
		await run();
		assert.deepEqual(begun(), ["read installs", "read machines", "consolidate", "categorize"]);
	});

	it("keeps what is in use beyond its memory, and nothing else", async () => {
		fixture.write("data/other.csv", "device,product\nd1,Word\n");
		fixture.write(
			"other.usage.yaml",
			INSTANCE.replaceAll(/data\/\w+\.csv/g, "data/other.csv").replace("provides: devices", "provides: installations"),
		);
		await workspace.refresh(fixture.uri("other.usage.yaml"));
		workspace.cache.setBudget(0);
		await run();
		begun();
		await run();
		assert.deepEqual(begun(), []);
		await run({}, "other.usage.yaml");
		begun();
		await run();
		assert.deepEqual(begun(), ALL);
	});

	it("orders and profiles once, for all limits the same profile", async () => {
		const { categorization } = await run();
		const other = (await run({ asOf: categorization.asOf + 1 })).categorization;
		begun();
		const { results } = workspace;
		assert.deepEqual([...(await results.order(categorization, {}, signal))], [...(await results.order(other, {}, signal))]);
		await results.order(categorization, { filter: { text: "x" } }, signal);
		await results.profile(categorization, signal);
		edit("UsedCategoryLimit: 30", "UsedCategoryLimit: 31");
		await results.profile((await run()).categorization, signal);
		assert.deepEqual(begun(), ["sortNames", "order", "order", "profile", "categorize"]);
	});

	const moments: readonly { name: string; change: () => void; message: RegExp }[] = [
		{
			name: "vanishes",
			change: () => fixture.remove("data/installs.csv"),
			message: /data\/installs\.csv vanished while it was being read/,
		},
		{
			name: "grows",
			change: () => fixture.write("data/installs.csv", `${CLEAN_CLIENT["data/installs.csv"]}d3,Word,,\n`),
			message: /data\/installs\.csv was changed by another program while it was being read\. Try again\./,
		},
		{ name: "shrinks", change: () => fixture.write("data/installs.csv", "device,product\n"), message: /was changed by another program/ },
	];
	for (const { name, change, message } of moments) {
		it(`refuses a file that ${name} while it is read, and takes it the next time as it is then`, async () => {
			let changed = false;
			await open({
				after(job) {
					if (job !== "read installs" || changed) return;
					changed = true;
					change();
				},
			});
			const refused = await start();
			assert.ok(refused.failed);
			assert.match(refused.message, message);
			const again = await start();
			assert.equal(again.failed, name === "vanishes");
		});
	}

	const crashes = ["read installs", "consolidate", "categorize"];
	for (const crash of crashes) {
		it(`says in words that "${crash}" could not be finished, and does it the next time`, async () => {
			let crashed = false;
			await open({
				before(job) {
					if (job !== crash || crashed) return;
					crashed = true;
					throw new JobFailure("It was not possible: there is not enough memory.");
				},
			});
			const failed = await start();
			assert.ok(failed.failed);
			assert.match(failed.message, /not enough memory/);
			assert.equal((await start()).failed, false);
		});
	}

	it("ends a load at once when nobody waits for it", async () => {
		const gate = createGate();
		await open({ before: (job) => (job === "read installs" ? gate.passed : undefined) });
		const controller = new AbortController();
		const waiting = start({ signal: controller.signal });
		controller.abort(new Error("enough"));
		await assert.rejects(waiting, /enough/);
		gate.open();
		assert.equal((await start()).failed, false);
	});
}).timeout(120_000);
