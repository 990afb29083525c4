import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { afterEach, beforeEach, describe, it } from "mocha";
import { makeLimits } from "../../core/usage/limits.ts";
import { createLoadCache, type LoadCache } from "../../workspace/load-cache.ts";
import { createNodeFileAccess } from "../../workspace/node-file-access.ts";
import { type CategorizeOptions, runCategorize } from "../../workspace/run-categorize.ts";
import { createWorkspace, type Workspace } from "../../workspace/workspace.ts";
import { CLEAN_CLIENT, createFixture, type FixtureWorkspace } from "../support/fixture-workspace.ts";
import { TEST_NOW } from "../support/lsp-harness.ts";

const signal = new AbortController().signal;

describe("workspace", () => {
	let fixture: FixtureWorkspace;
	let workspace: Workspace;
	let loads: string[];
	let now: number;

	beforeEach(async () => {
		fixture = createFixture(CLEAN_CLIENT);
		loads = [];
		now = TEST_NOW;
		workspace = createWorkspace(createNodeFileAccess(), () => now, { cache: countLoads(loads) });
		await workspace.addFolder(fixture.rootUri);
	});
	afterEach(() => fixture.dispose());

	async function codes(name: string): Promise<readonly string[]> {
		return (await workspace.checkFile(fixture.uri(name), signal)).map(({ problem }) => problem.code);
	}

	async function run(options: Partial<CategorizeOptions> = {}) {
		const result = await runCategorize(workspace, fixture.uri("emea.usage.yaml"), { signal, ...options });
		if (result.failed) throw new Error(result.message);
		return result;
	}

	const edit = (name: string, before: string, after: string) =>
		workspace.setText(fixture.uri(name), CLEAN_CLIENT[name]!.replace(before, after));

	it("finds configurations, and skips packages, build output and other files", async () => {
		for (const name of [
			"a/b/c.usage.yml",
			"node_modules/d.usage.yaml",
			".git/e.usage.yaml",
			"out/f.usage.yaml",
			"dist/g.usage.yaml",
			"h.yaml",
			"usage.yaml",
		])
			fixture.write(name, "kind: project\n");
		symlinkSync(fixture.root, fixture.path("circle"));
		await workspace.addFolder(fixture.rootUri);
		assert.deepEqual(workspace.uris(), ["a/b/c.usage.yml", "acme.usage.yaml", "emea.usage.yaml"].map(fixture.uri));
	});

	it("knows a file by any spelling of its URI", () => {
		const spelled = fixture.uri("emea.usage.yaml").replace("emea", "%65mea");
		assert.equal(workspace.file(spelled)?.uri, fixture.uri("emea.usage.yaml"));
	});

	it("keeps the last good parse, and checks other files against it while a text is broken", async () => {
		edit("acme.usage.yaml", "title: Acme", "title: [");
		const file = workspace.file(fixture.uri("acme.usage.yaml"));
		assert.equal(file?.lastGood?.text, CLEAN_CLIENT["acme.usage.yaml"]);
		assert.ok((await codes("acme.usage.yaml")).every((code) => code.startsWith("yaml/")));
		assert.deepEqual(await codes("emea.usage.yaml"), []);
	});

	it("checks an instance anew when its project's meaning changes, and not for a comment", async () => {
		const uri = fixture.uri("emea.usage.yaml");
		const first = workspace.checkConfiguration(uri);
		edit("acme.usage.yaml", "title: Acme", "title: Acme # the client");
		assert.equal(workspace.checkConfiguration(uri), first);
		edit("acme.usage.yaml", "UsedCategoryLimit: 30", "UsedCategoryLimit: 31");
		assert.notEqual(workspace.checkConfiguration(uri), first);
		assert.deepEqual(await codes("emea.usage.yaml"), ["limits/drift-from-project"]);
	});

	it("checks renewals anew on another day", async () => {
		edit("acme.usage.yaml", "renewalDate: 2027-12-31", "renewalDate: 2027-02-03");
		assert.deepEqual(await codes("acme.usage.yaml"), []);
		now += 86_400_000;
		assert.deepEqual(await codes("acme.usage.yaml"), ["subscription/renewal-due"]);
	});

	it("says which files a change touches", () => {
		const touched = (name: string) => workspace.affectedBy(fixture.uri(name)).map((uri) => uri.slice(fixture.rootUri.length + 1));
		const rows: readonly { changed: string; touches: readonly string[] }[] = [
			{ changed: "acme.usage.yaml", touches: ["acme.usage.yaml", "emea.usage.yaml"] },
			{ changed: "emea.usage.yaml", touches: ["emea.usage.yaml"] },
			{ changed: "data/log.csv", touches: ["acme.usage.yaml"] },
			{ changed: "data/devices.csv", touches: ["emea.usage.yaml"] },
			{ changed: "data", touches: ["acme.usage.yaml", "emea.usage.yaml"] },
			{ changed: "dat", touches: [] },
			{ changed: "readme.md", touches: [] },
		];
		assert.deepEqual(
			rows.map(({ changed }) => ({ changed, touches: touched(changed) })),
			rows,
		);
	});

	const reloads: readonly { name: string; change: () => void; loads: number }[] = [
		{ name: "nothing", change: () => {}, loads: 0 },
		{ name: "a comment", change: () => edit("emea.usage.yaml", "kind: instance", "kind: instance # here"), loads: 0 },
		{ name: "a limit", change: () => edit("emea.usage.yaml", "UsedCategoryLimit: 30", "UsedCategoryLimit: 31"), loads: 0 },
		{
			name: "a mapping",
			change: () => edit("emea.usage.yaml", "path: data/devices.csv", "path: data/devices.csv\n    dateFormat: dd/MM/yyyy"),
			loads: 1,
		},
		{ name: "asOf", change: () => edit("emea.usage.yaml", "asOf: 2026-11-04T21:00:00Z", "asOf: 2026-11-05T21:00:00Z"), loads: 1 },
		{ name: "the data", change: () => fixture.write("data/devices.csv", "device,inventoryDate\nd1,2026-11-03\n"), loads: 1 },
		{ name: "a data file that vanishes", change: () => fixture.remove("data/devices.csv"), loads: 1 },
		{ name: "another client's data", change: () => fixture.write("data/log.csv", ""), loads: 0 },
	];
	for (const { name, change, loads: expected } of reloads) {
		it(`loads ${expected === 0 ? "nothing" : "again"} after a change of ${name}`, async () => {
			await codes("emea.usage.yaml");
			await run();
			const before = loads.filter((kind) => kind === "estate").length;
			assert.equal(before, 1);
			change();
			await codes("emea.usage.yaml");
			await runCategorize(workspace, fixture.uri("emea.usage.yaml"), { signal });
			assert.equal(loads.filter((kind) => kind === "estate").length - before, expected);
		});
	}

	it("keeps what was loaded as of now for a while, and tells the newer instant all the same", async () => {
		edit("emea.usage.yaml", "asOf: 2026-11-04T21:00:00Z\n", "");
		await run();
		now += 60_000;
		assert.equal((await run()).categorization.estate.asOf, TEST_NOW + 60_000);
		assert.equal(loads.filter((kind) => kind === "estate").length, 1);
		now += 15 * 60_000;
		await run();
		assert.equal(loads.filter((kind) => kind === "estate").length, 2);
	});

	it("takes the limits and the instant that are asked for", async () => {
		const limits = makeLimits({ InstallDateCutOffLimit: 1, UsedCategoryLimit: 2, UnusedCategoryLimit: 3 }).value!;
		const asked = await run({ limits, asOf: Date.UTC(2026, 9, 1) });
		assert.equal(asked.categorization.limits.UnusedCategoryLimit, 3);
		assert.equal(asked.categorization.estate.asOf, Date.UTC(2026, 9, 1));
		assert.equal(asked.limitsFromProject, false);
	});

	it("stops when it is told to", async () => {
		await assert.rejects(run({ signal: AbortSignal.abort(new Error("stop")) }), /stop/);
		await assert.rejects(workspace.checkFile(fixture.uri("emea.usage.yaml"), AbortSignal.abort(new Error("stop"))), /stop/);
	});

	it("reads a single file with the project that it names", async () => {
		const alone = createWorkspace(createNodeFileAccess(), () => now);
		await alone.addFile(fixture.uri("emea.usage.yaml"));
		assert.deepEqual(alone.uris(), [fixture.uri("acme.usage.yaml"), fixture.uri("emea.usage.yaml")]);
		assert.deepEqual(await alone.checkFile(fixture.uri("emea.usage.yaml"), signal), []);
		await alone.addFile(fixture.uri("none.usage.yaml"));
		assert.equal(alone.file(fixture.uri("none.usage.yaml")), null);
	});

	it("checks settings rows, which nothing is computed from yet", async () => {
		const source = (path: string) => `  - { name: deployed, provides: settings, type: csv, path: ${path} }\n`;
		workspace.setText(fixture.uri("emea.usage.yaml"), CLEAN_CLIENT["emea.usage.yaml"] + source("data/none.csv"));
		assert.deepEqual(await codes("emea.usage.yaml"), ["source/missing-file"]);
		assert.equal((await run()).failed, false);
	});
}).timeout(20_000);

/** A cache that notes the kind of every load that it starts. */
function countLoads(loads: string[]): LoadCache {
	const cache = createLoadCache();
	return {
		load(key, start, weigh, loadSignal, onProgress) {
			const noted: typeof start = (...args) => {
				loads.push((JSON.parse(key) as [string])[0]);
				return start(...args);
			};
			return cache.load(key, noted, weigh, loadSignal, onProgress);
		},
	};
}
