import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { after, beforeEach, describe, it } from "mocha";
import type { Jobs } from "../../../workspace/jobs/job.ts";
import { createNodeFileAccess } from "../../../workspace/node-file-access.ts";
import { createWorkspace, type Workspace } from "../../../workspace/workspace.ts";
import { createFixture, type FixtureWorkspace } from "../../support/fixture-workspace.ts";
import { TEST_NOW } from "../../support/lsp-harness.ts";
import { createGate, createNotingJobs, type JobHooks } from "../../support/noting-jobs.ts";

const NEVER = new Promise<void>(() => {});

describe("looking into sources", () => {
	let fixture: FixtureWorkspace | null = null;
	let noted: string[];

	beforeEach(() => {
		fixture?.dispose();
		noted = [];
		fixture = createFixture({
			"in/x.usage.yaml": "kind: instance\nname: X\n",
			"in/a.csv": "device,seen\nPC1,2026-11-04\n",
			"in/b.csv": "other\n",
			"in/folder/deep.csv": "",
			"out/secret.csv": "secret\n",
		});
	});
	after(() => fixture?.dispose());

	async function open(trusted = true, hooks: JobHooks = {}, jobs: Jobs = createNotingJobs(noted, hooks)): Promise<Workspace> {
		const workspace = createWorkspace(createNodeFileAccess(), () => TEST_NOW, { trusted, jobs });
		await workspace.addFolder(fixture!.uri("in"));
		return workspace;
	}

	async function columns(workspace: Workspace, entry: unknown, patience = NEVER): Promise<readonly string[] | null> {
		const { source } = await workspace.sources.peek(workspace.file(fixture!.uri("in/x.usage.yaml"))!, entry, patience);
		return source?.columns.map(({ name }) => name) ?? null;
	}

	const entries: readonly (readonly [name: string, entry: unknown, found: readonly string[] | null])[] = [
		["an entry that says no more than a path", { path: "a.csv" }, ["device", "seen"]],
		[
			"an entry with faults elsewhere",
			{ path: "./folder/../a.csv", type: "csv", name: 1, provides: "x", columns: [], header: "yes" },
			["device", "seen"],
		],
		["an entry without a path", { type: "csv" }, null],
		["a path to nothing", { path: "c.csv" }, null],
		["a path to a folder", { path: "folder", type: "csv" }, null],
		["a path that speaks for no type", { path: "x.usage.yaml" }, null],
		["a type that is not read", { path: "a.csv", type: "postgres" }, null],
		["no entry", null, null],
		["a list", [1], null],
		["a text", "a.csv", null],
	];
	for (const [name, entry, found] of entries) {
		it(`takes ${name}`, async () => assert.deepEqual(await columns(await open(), entry), found));
	}

	it("looks once, until the file or what is said of it changes", async () => {
		const workspace = await open();
		await columns(workspace, { path: "a.csv", name: "one" });
		await columns(workspace, { path: "a.csv", name: "two", columns: { device: "x" }, dateFormat: "iso" });
		assert.deepEqual(noted, ["peek"]);
		await columns(workspace, { path: "a.csv", delimiter: ";" });
		fixture!.write("in/a.csv", "changed\n");
		assert.deepEqual(await columns(workspace, { path: "a.csv" }), ["changed"]);
		assert.deepEqual(noted, ["peek", "peek", "peek"]);
	});

	it("answers at once when nobody waits, and goes on for the next one", async () => {
		const gate = createGate();
		const workspace = await open(true, { before: () => gate.passed });
		const file = workspace.file(fixture!.uri("in/x.usage.yaml"))!;
		const entry = { path: "a.csv" };
		assert.deepEqual(await workspace.sources.peek(file, entry, Promise.resolve()), { source: null, complete: false });
		gate.open();
		assert.deepEqual(await columns(workspace, entry), ["device", "seen"]);
		assert.deepEqual(noted, ["peek"]);
	});

	it("shows nothing when the thread has ended", async () => {
		const { JobFailure } = await import("../../../workspace/jobs/job.ts");
		const jobs: Jobs = { run: () => Promise.reject(new JobFailure("no memory")), dispose: async () => {} };
		assert.equal(await columns(await open(true, {}, jobs), { path: "a.csv" }), null);
	});

	it("looks outside of the workspace only with trust, also where a link leads out", async () => {
		symlinkSync(fixture!.path("out"), fixture!.path("in/link"));
		for (const [trusted, found] of [
			[true, ["secret"]],
			[false, null],
		] as const) {
			const workspace = await open(trusted);
			assert.deepEqual(await columns(workspace, { path: "../out/secret.csv" }), found);
			assert.deepEqual(await columns(workspace, { path: "link/secret.csv" }), found);
			assert.deepEqual(await columns(workspace, { path: "a.csv" }), ["device", "seen"]);
		}
	});

	it("lists folders, those outside of the workspace only with trust", async () => {
		const list = async (workspace: Workspace, folder: string) => {
			const entries = await workspace.sources.listFolder(workspace.file(fixture!.uri("in/x.usage.yaml"))!, folder);
			return entries.map(({ name, isFolder }) => (isFolder ? `${name}/` : name)).join();
		};
		const trusting = await open();
		assert.equal(await list(trusting, ""), "a.csv,b.csv,folder/,x.usage.yaml");
		assert.equal(await list(trusting, "folder/"), "deep.csv");
		assert.equal(await list(trusting, "../out"), "secret.csv");
		assert.equal(await list(trusting, "a.csv"), "");
		assert.equal(await list(trusting, "missing"), "");
		assert.equal(await list(await open(false), "../out"), "");
	});

	it("knows nothing about a document that is on no disk", async () => {
		const workspace = await open();
		workspace.setText("untitled:x.usage.yaml", "kind: instance\n");
		const file = workspace.file("untitled:x.usage.yaml")!;
		assert.deepEqual(await workspace.sources.peek(file, { path: "a.csv" }, NEVER), { source: null, complete: true });
		assert.deepEqual(await workspace.sources.listFolder(file, ""), []);
	});
});
