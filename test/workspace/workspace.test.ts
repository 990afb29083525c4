import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { afterEach, beforeEach, describe, it } from "mocha";
import { makeLimits } from "../../core/usage/limits.ts";
import { createNodeFileAccess } from "../../workspace/node-file-access.ts";
import { type CategorizeOptions, runCategorize } from "../../workspace/runs/run-categorize.ts";
import { createWorkspace, type Workspace } from "../../workspace/workspace.ts";
import { CLEAN_CLIENT, createFixture, type FixtureWorkspace } from "../support/fixture-workspace.ts";
import { TEST_NOW } from "../support/lsp-harness.ts";

const signal = new AbortController().signal;

/** The limits of the clean instance. */
const LIMITS_BLOCK = /usageCategory:\n(?: {2}\w+: \d+\n){3}/.exec(CLEAN_CLIENT["emea.usage.yaml"]!)![0];

describe("workspace", () => {
	let fixture: FixtureWorkspace;
	let workspace: Workspace;
	let now: number;

	beforeEach(async () => {
		fixture = createFixture(CLEAN_CLIENT);
		now = TEST_NOW;
		workspace = createWorkspace(createNodeFileAccess(), () => now);
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

	it("takes the limits and the instant that are asked for", async () => {
		const limits = makeLimits({ InstallDateCutOffLimit: 1, UsedCategoryLimit: 2, UnusedCategoryLimit: 3 }).value!;
		const asked = await run({ limits, asOf: Date.UTC(2026, 9, 1) });
		assert.equal(asked.categorization.limits.UnusedCategoryLimit, 3);
		assert.equal(asked.categorization.asOf, Date.UTC(2026, 9, 1));
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

	describe("with the project outside of the opened folder", () => {
		beforeEach(() => {
			fixture.write("client/i.usage.yaml", CLEAN_CLIENT["emea.usage.yaml"]!.replace("acme.", "../acme.").replaceAll("data/", "../data/"));
		});

		async function openClient(trusted: boolean): Promise<Workspace> {
			const opened = createWorkspace(createNodeFileAccess(), () => now, { trusted });
			await opened.addFolder(fixture.uri("client"));
			return opened;
		}
		const rules = (opened: Workspace) => opened.checkConfiguration(fixture.uri("client/i.usage.yaml")).map(({ problem }) => problem.code);
		const rename = (opened: Workspace, to: string) =>
			opened.setText(
				fixture.uri("client/i.usage.yaml"),
				opened.file(fixture.uri("client/i.usage.yaml"))!.parsed.text.replace(/project: .*/, `project: ${to}`),
			);

		it("reads it, and follows it on the disk", async () => {
			const opened = await openClient(true);
			assert.deepEqual(rules(opened), []);
			assert.deepEqual(opened.outsideProjects(), [fixture.path("acme.usage.yaml")]);
			fixture.write("acme.usage.yaml", CLEAN_CLIENT["acme.usage.yaml"]!.replace("UsedCategoryLimit: 30", "UsedCategoryLimit: 31"));
			assert.deepEqual(opened.affectedBy(fixture.uri("acme.usage.yaml")), ["acme.usage.yaml", "client/i.usage.yaml"].map(fixture.uri));
			await opened.refresh(fixture.uri("acme.usage.yaml"));
			assert.deepEqual(rules(opened), ["limits/drift-from-project"]);
			fixture.remove("acme.usage.yaml");
			await opened.refresh(fixture.uri("acme.usage.yaml"));
			assert.deepEqual(rules(opened), ["reference/missing-project"]);
			assert.deepEqual(opened.outsideProjects(), [fixture.path("acme.usage.yaml")]);
		});

		it("reads the one that an edit names, and forgets the one that it named", async () => {
			fixture.write("other.usage.yaml", "kind: project\ntitle: Other\n");
			const opened = await openClient(true);
			const outside = () => opened.uris().filter((uri) => !opened.isInFolder(uri));
			assert.deepEqual(outside(), [fixture.uri("acme.usage.yaml")]);
			rename(opened, "../other.usage.yaml");
			assert.deepEqual(rules(opened), ["reference/missing-project"]);
			assert.equal(await opened.readProjects(), true);
			assert.deepEqual([rules(opened), outside()], [[], [fixture.uri("other.usage.yaml")]]);
			assert.equal(await opened.readProjects(), false);
			rename(opened, "../none.usage.yaml");
			await opened.readProjects();
			assert.deepEqual([rules(opened), outside()], [["reference/missing-project"], []]);
			await opened.removeText(fixture.uri("client/i.usage.yaml"));
			assert.deepEqual([rules(opened), outside()], [[], [fixture.uri("acme.usage.yaml")]]);
			await opened.removeFolder(fixture.uri("client"));
			assert.deepEqual(opened.uris(), []);
		});

		it("does not read it without trust, and says so", async () => {
			const opened = await openClient(false);
			assert.deepEqual(rules(opened), ["reference/outside-workspace"]);
			assert.deepEqual([opened.uris(), opened.outsideProjects()], [[fixture.uri("client/i.usage.yaml")], []]);
			rename(opened, "../none.usage.yaml");
			await opened.readProjects();
			assert.deepEqual(rules(opened), ["reference/outside-workspace"]);
			rename(opened, "none.usage.yaml");
			await opened.readProjects();
			assert.deepEqual(rules(opened), ["reference/missing-project"]);
			rename(opened, "../acme.usage.yaml");
			fixture.remove("emea.usage.yaml");
			await opened.addFolder(fixture.rootUri);
			assert.deepEqual(rules(opened), []);
		});
	});

	/** Text of the instance with one of its lines replaced, or removed. */
	const slips: readonly { slip: string; change: readonly [before: string, after: string]; told: readonly string[] }[] = [
		{
			slip: "a misspelt delimiter",
			change: ["path: data/devices.csv", 'path: data/devices.csv\n    edlimiter: ";"'],
			told: ["schema/unknown-key"],
		},
		{ slip: "a misspelt date format", change: ["data/devices.csv", "data/bad.csv\n    adteFormat: iso"], told: ["schema/unknown-key"] },
		{ slip: "misspelt columns", change: ["data/devices.csv", "data/other.csv\n    colums: { device: ID }"], told: ["schema/unknown-key"] },
		{ slip: "no columns", change: ["data/devices.csv", "data/other.csv"], told: ["source/missing-column"] },
		{ slip: "semicolons", change: ["data/installs.csv", "data/semicolons.csv"], told: ["source/missing-column"] },
		{ slip: "misspelt limits", change: ["usageCategory:", "usagecategory:"], told: ["schema/unknown-key"] },
		{ slip: "a shortened limit", change: ["UsedCategoryLimit: 30", "UsedCategory: 30"], told: ["schema/unknown-key"] },
		{ slip: "limits without a value", change: [LIMITS_BLOCK, "usageCategory:\n"], told: ["instance/no-limits"] },
		{ slip: "limits in empty braces", change: [LIMITS_BLOCK, "usageCategory: {}\n"], told: ["instance/no-limits"] },
		{ slip: "limits as a list", change: [LIMITS_BLOCK, "usageCategory: []\n"], told: ["schema/wrong-type"] },
		{ slip: "a missing limit", change: ["  UsedCategoryLimit: 30\n", ""], told: ["schema/missing-key"] },
	];
	for (const { slip, change, told } of slips) {
		it(`tells ${slip} once`, async () => {
			fixture.write("data/bad.csv", "device,inventoryDate\nd1,x\n");
			fixture.write("data/other.csv", "ID,scanned\nd1,2026-01-01\n");
			fixture.write("data/semicolons.csv", "ID;Title\nd1;Word\n");
			edit("emea.usage.yaml", ...change);
			assert.deepEqual(await codes("emea.usage.yaml"), told);
		});
	}

	it("says of a binary file that it is not text, and nothing else", async () => {
		for (const [name, content] of [
			["bin.usage.yaml", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 0x0a, 0x3a, 0x20])],
			["utf16.usage.yaml", new Uint8Array(Buffer.from("kind: project\ntitle: x\n", "utf16le"))],
		] as const) {
			fixture.write(name, content);
			await workspace.refresh(fixture.uri(name));
			const found = await workspace.checkFile(fixture.uri(name), signal);
			assert.deepEqual(
				found.map(({ problem }) => [problem.code, /not a text file/.test(problem.message), /\0|\\u0000/.test(problem.message)]),
				[["yaml/not-utf8", true, false]],
			);
		}
	});

	it("takes the project's limits for empty ones", async () => {
		for (const empty of ["usageCategory: {}\n", "usageCategory:\n", ""]) {
			edit("emea.usage.yaml", LIMITS_BLOCK, empty);
			assert.equal((await run()).limitsFromProject, true, empty);
		}
	});

	it("checks settings rows", async () => {
		const source = (path: string) => `  - { name: deployed, provides: settings, type: csv, path: ${path} }\n`;
		workspace.setText(fixture.uri("emea.usage.yaml"), CLEAN_CLIENT["emea.usage.yaml"] + source("data/none.csv"));
		assert.deepEqual(await codes("emea.usage.yaml"), ["source/missing-file"]);
		assert.equal((await run()).failed, false);
	});
}).timeout(120_000);
