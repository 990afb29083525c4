import assert from "node:assert/strict";
import { mkdirSync, renameSync, symlinkSync } from "node:fs";
import { afterEach, describe, it } from "mocha";
import type { ConfigFix } from "../../../core/problems.ts";
import { applyEdits, carryOutFix } from "../../../workspace/edits/carry-out-fix.ts";
import { describeLimitChange } from "../../../workspace/insights/limit-change.ts";
import { createInlineJobs } from "../../../workspace/jobs/inline-jobs.ts";
import type { Jobs } from "../../../workspace/jobs/job.ts";
import { createNodeFileAccess } from "../../../workspace/node-file-access.ts";
import { runImpact } from "../../../workspace/runs/run-impact.ts";
import { createWorkspace, type PlacedProblem, type Workspace } from "../../../workspace/workspace.ts";
import { createFixture, type FixtureWorkspace } from "../../support/fixture-workspace.ts";
import { commitAll, git } from "../../support/git-repository.ts";
import { TEST_NOW } from "../../support/lsp-harness.ts";
import { createNotingJobs } from "../../support/noting-jobs.ts";

const signal = new AbortController().signal;

const LIMITS = `usageCategory:
  InstallDateCutOffLimit: 7
  UsedCategoryLimit: 30
  UnusedCategoryLimit: 90
`;

const PROJECT = `kind: project
title: Acme
${LIMITS}`;

const INSTANCE = `kind: instance
name: Acme EMEA
instanceId: 12
project: acme.usage.yaml
asOf: 2026-11-04T21:00:00Z
${LIMITS}dataSources:
  - { name: devices, provides: devices, type: csv, path: data/devices.csv }
  - { name: installs, provides: installations, type: csv, path: data/installs.csv }
reclaimPolicies:
  - name: Visio reclaim
    products: ["Visio*"]
    categories: [Unused]
    action: mandatory
    state: published
  - name: Word reclaim
    products: [Word]
    categories: [Unused, Rarely Used]
    action: optional
    state: published
  - name: Draft
    products: ["*"]
    state: draft
unitPrices:
  - { products: ["Visio*"], price: 280, currency: GBP }
`;

const SETTINGS_SOURCE = "  - { name: deployed, provides: settings, type: csv, path: data/settings.csv }\n";

const WITH_SETTINGS = INSTANCE.replace("reclaimPolicies:", `${SETTINGS_SOURCE}reclaimPolicies:`);

/** Ages of the last usage, by product: the inventory of every device is of End of Sync. */
const USAGE_AGES: Readonly<Record<string, readonly number[]>> = {
	Visio: [1, 2, 20, 30, 31, 40, 45, 46, 60, 80, 89, 90, 91, 120],
	Word: [0, 10, 35, 44, 70, 100, 200],
	Excel: [5, 33, 95],
};

const SETTINGS = (install: number, used: number, unused: number) => `title,name,value,instanceId
Acme EMEA,InstallDateCutOffLimit,${install},12
Acme EMEA,UsedCategoryLimit,${used},12
Acme EMEA,UnusedCategoryLimit,${unused},12
Acme,InstallDateCutOffLimit,7,
Acme,UsedCategoryLimit,31,
Acme,UnusedCategoryLimit,90,
`;

describe("limits beside their history and the linked data", () => {
	const fixtures: FixtureWorkspace[] = [];
	afterEach(() => {
		for (const fixture of fixtures.splice(0)) fixture.dispose();
	});

	interface Client {
		readonly fixture: FixtureWorkspace;
		readonly workspace: Workspace;
	}

	/** A client whose files are committed as given, unless told otherwise. */
	async function open(files: Readonly<Record<string, string>> = {}, options: OpenOptions = {}): Promise<Client> {
		const { committed = true, exposure = 0, trusted = true, jobs = createInlineJobs() } = options;
		const fixture = createFixture({ "acme.usage.yaml": PROJECT, "emea.usage.yaml": INSTANCE, ...makeData(), ...files });
		fixtures.push(fixture);
		if (committed) commitAll(fixture.root);
		const workspace = createWorkspace(createNodeFileAccess(), () => TEST_NOW, { reclaimExposure: () => exposure, trusted, jobs });
		await workspace.addFolder(fixture.rootUri);
		return { fixture, workspace };
	}

	const edit = (
		{ fixture, workspace }: Client,
		replacements: Readonly<Record<string, string>>,
		name = "emea.usage.yaml",
		text = INSTANCE,
	) =>
		workspace.setText(
			fixture.uri(name),
			Object.entries(replacements).reduce((edited, [before, after]) => {
				assert.ok(edited.includes(before), before);
				return edited.replace(before, after);
			}, text),
		);

	async function limitProblems({ fixture, workspace }: Client, name = "emea.usage.yaml"): Promise<readonly PlacedProblem[]> {
		const all = await workspace.checkFile(fixture.uri(name), signal);
		return all.filter(({ problem }) => CODES.has(problem.code));
	}

	async function codesAboutLimits({ fixture, workspace }: Client): Promise<readonly string[]> {
		const all = await workspace.checkFile(fixture.uri("emea.usage.yaml"), signal);
		return all.map(({ problem }) => problem.code).filter((code) => code.startsWith("limits/") || code.startsWith("schema/"));
	}

	/** Codes with the marked text. */
	async function marked(client: Client, name?: string): Promise<readonly string[]> {
		const problems = await limitProblems(client, name);
		const { text } = client.workspace.file(client.fixture.uri(name ?? "emea.usage.yaml"))!.parsed;
		return problems.map(({ problem, range }) => `${problem.code} ${problem.path.at(-1)}: ${text.slice(range.start, range.end)}`);
	}

	async function messages(client: Client, code: string, name?: string): Promise<readonly string[]> {
		return (await limitProblems(client, name)).filter(({ problem }) => problem.code === code).map(({ problem }) => problem.message);
	}

	it("tells nothing of a file as it was committed, and sums nothing up for it", async () => {
		const jobs: string[] = [];
		const client = await open({}, { jobs: createNotingJobs(jobs) });
		assert.deepEqual(await marked(client), []);
		assert.ok(!jobs.some((job) => job.includes("profile")), jobs.join());
		edit(client, { "UsedCategoryLimit: 30": "UsedCategoryLimit: 45" });
		await marked(client);
		assert.ok(
			jobs.some((job) => job.includes("profile")),
			jobs.join(),
		);
	});

	it("tells the numbers of `impact --from committed`, with currency, policies and the places", async () => {
		const client = await open();
		edit(client, { "UsedCategoryLimit: 30": "UsedCategoryLimit: 45", "UnusedCategoryLimit: 90": "UnusedCategoryLimit: 100" });
		const problems = await limitProblems(client);
		assert.deepEqual(await marked(client), ["limits/changed UsedCategoryLimit: 45", "limits/changed UnusedCategoryLimit: 100"]);
		// Visio 31, 40, 45, Word 35, 44 and Excel 33 become Used; Visio 90, 91, Word 100 (≥ 100 stays) and Excel 95 are at most Rarely Used.
		const effect =
			'9 installations change category: 6 become Used instead of Rarely Used; 3 become Rarely Used instead of Unused; "Visio reclaim" would reclaim 2 fewer (£560); "Word reclaim" would reclaim 2 fewer';
		assert.deepEqual(
			problems.map(({ problem }) => problem.message),
			[
				`\`UsedCategoryLimit\` 30 → 45 (committed: 30), together with \`UnusedCategoryLimit\` 90 → 100: ${effect}.`,
				`\`UnusedCategoryLimit\` 90 → 100 (committed: 90), together with \`UsedCategoryLimit\` 30 → 45: ${effect}.`,
			],
		);
		assert.deepEqual(
			problems[0]!.problem.related?.map(({ path, message, line }) => [path.join("."), message, line?.line ?? null]),
			[
				["usageCategory.UsedCategoryLimit", "Committed: 30 (line 8 in the last commit).", 7],
				["reclaimPolicies.0.name", 'The mandatory policy "Visio reclaim" would reclaim 2 fewer.', null],
				["reclaimPolicies.1.name", 'The optional policy "Word reclaim" would reclaim 2 fewer.', null],
			],
		);
		const uri = client.fixture.uri("emea.usage.yaml");
		const run = await runImpact(client.workspace, uri, { from: "committed", to: "own", signal });
		assert.ok(!run.failed);
		const change = describeLimitChange((await client.workspace.insights.find(uri, signal))!);
		assert.deepEqual(change?.effect?.impact, run.impact);
		assert.deepEqual(change?.effect?.policies, run.policies);
		assert.equal(run.impact.moved, 9);
		assert.equal(run.impact.moved, countMoved([30, 90], [45, 100]));
	});

	it("says where nothing changes category", async () => {
		const client = await open();
		edit(client, { "InstallDateCutOffLimit: 7": "InstallDateCutOffLimit: 8" });
		assert.deepEqual(await messages(client, "limits/changed"), [
			"`InstallDateCutOffLimit` 7 → 8 (committed: 7): no installation changes category.",
		]);
	});

	it("says only that a limit changed where its data cannot be read", async () => {
		const client = await open();
		edit(client, { "UsedCategoryLimit: 30": "UsedCategoryLimit: 45", "data/installs.csv": "data/none.csv" });
		assert.deepEqual(await messages(client, "limits/changed"), ["`UsedCategoryLimit` is 45, changed from the committed 30."]);
	});

	it("tells the effect at once while a person types, once the data is known", async () => {
		const client = await open();
		edit(client, { "UsedCategoryLimit: 30": "UsedCategoryLimit: 45" });
		await limitProblems(client);
		edit(client, { "UsedCategoryLimit: 30": "UsedCategoryLimit: 46" });
		const quick = client.workspace.checkConfiguration(client.fixture.uri("emea.usage.yaml")).map(({ problem }) => problem.message);
		assert.ok(
			quick.includes(
				'`UsedCategoryLimit` 30 → 46 (committed: 30): 7 installations become Used instead of Rarely Used; "Word reclaim" would reclaim 2 fewer.',
			),
			quick.join("\n"),
		);
	});

	it("finds out in the background, first the history and then the data, and says so", async () => {
		const client = await open();
		edit(client, { "UsedCategoryLimit: 30": "UsedCategoryLimit: 45" });
		const uri = client.fixture.uri("emea.usage.yaml");
		const { insights } = client.workspace;
		const steps: string[] = [];
		await new Promise<void>((resolve) => {
			insights.onKnown(() => {
				const insight = insights.peek(uri)!;
				const change = describeLimitChange(insight);
				steps.push(change === null ? "nothing" : change.effect === null ? "changed" : `moved ${change.effect.impact.moved}`);
				if (insight.kind === "instance" && insight.profile !== null) resolve();
			});
			assert.equal(describeLimitChange(insights.peek(uri)!), null);
		});
		assert.deepEqual(steps, ["changed", "moved 6"]);
		while (!insights.peek(uri)!.complete) await new Promise((resolve) => setImmediate(resolve));
	});

	describe("what was committed", () => {
		const CHANGED = { "UsedCategoryLimit: 30": "UsedCategoryLimit: 45" };
		const cases: readonly {
			readonly what: string;
			readonly committed?: boolean;
			readonly arrange?: (client: Client) => void | Promise<void>;
			readonly told: boolean;
		}[] = [
			{ what: "no repository", committed: false, told: false },
			{ what: "no commit yet", committed: false, arrange: ({ fixture }) => void git(fixture.root, "init", "--quiet"), told: false },
			{
				what: "a file that is only staged",
				arrange: ({ fixture }) => {
					git(fixture.root, "rm", "--quiet", "--cached", "emea.usage.yaml");
					git(fixture.root, "commit", "--quiet", "--message", "untracked");
					git(fixture.root, "add", "emea.usage.yaml");
				},
				told: false,
			},
			{
				what: "a file that had another name",
				arrange: ({ fixture }) => {
					git(fixture.root, "mv", "emea.usage.yaml", "old.usage.yaml");
					git(fixture.root, "commit", "--quiet", "--message", "moved");
					renameSync(fixture.path("old.usage.yaml"), fixture.path("emea.usage.yaml"));
				},
				told: false,
			},
			{
				what: "a file that was a project",
				arrange: ({ fixture }) => {
					fixture.write("emea.usage.yaml", PROJECT);
					commitAll(fixture.root);
				},
				told: false,
			},
			{
				what: "a broken file",
				arrange: ({ fixture }) => {
					fixture.write("emea.usage.yaml", "kind: [");
					commitAll(fixture.root);
				},
				told: false,
			},
			{
				what: "packed references",
				arrange: ({ fixture }) => void git(fixture.root, "pack-refs", "--all"),
				told: true,
			},
			{ what: "a detached HEAD", arrange: ({ fixture }) => void git(fixture.root, "checkout", "--quiet", "--detach"), told: true },
			{
				what: "a byte-order mark and CRLF",
				arrange: ({ fixture }) => {
					fixture.write("emea.usage.yaml", `\uFEFF${INSTANCE.replaceAll("\n", "\r\n")}`);
					commitAll(fixture.root);
				},
				told: true,
			},
		];
		for (const { what, committed = true, arrange, told } of cases) {
			it(`${what}: ${told ? "compared" : "nothing to compare with"}`, async () => {
				const client = await open({}, { committed });
				await arrange?.(client);
				edit(client, CHANGED);
				assert.equal((await marked(client)).length, told ? 1 : 0);
			});
		}

		it("is not asked for where nobody trusts the folder", async () => {
			const client = await open({}, { trusted: false });
			edit(client, CHANGED);
			assert.deepEqual(await marked(client), []);
		});

		it("is found in a worktree, in a submodule, and behind a symbolic link", async () => {
			const { fixture } = await open();
			git(fixture.root, "worktree", "add", "--quiet", "tree", "-b", "side");
			mkdirSync(fixture.path("outer"));
			git(fixture.path("outer"), "init", "--quiet");
			git(fixture.path("outer"), "submodule", "--quiet", "add", fixture.root, "inner");
			symlinkSync(fixture.root, fixture.path("outer/link"));
			for (const folder of ["tree", "outer/inner", "outer/link"]) {
				const workspace = createWorkspace(createNodeFileAccess(), () => TEST_NOW);
				const name = `${folder}/emea.usage.yaml`;
				await workspace.addFile(fixture.uri(name));
				edit({ fixture, workspace }, CHANGED, name);
				assert.deepEqual(await marked({ fixture, workspace }, name), ["limits/changed UsedCategoryLimit: 45"], folder);
			}
		});

		it("follows a new commit that somebody tells of", async () => {
			const client = await open();
			edit(client, CHANGED);
			assert.equal((await marked(client)).length, 1);
			client.fixture.write("emea.usage.yaml", INSTANCE.replace("UsedCategoryLimit: 30", "UsedCategoryLimit: 45"));
			commitAll(client.fixture.root);
			client.workspace.insights.invalidate([client.fixture.uri("emea.usage.yaml")]);
			assert.deepEqual(await marked(client), []);
			assert.ok(client.workspace.committed.watchedPaths().includes(client.fixture.path(".git/logs/HEAD")));
		});
	});

	describe("deployed settings", () => {
		it("stand in for the last commit where there is none", async () => {
			const client = await open({ "emea.usage.yaml": WITH_SETTINGS, "data/settings.csv": SETTINGS(7, 20, 90) }, { committed: false });
			const problems = await limitProblems(client);
			assert.deepEqual(
				problems.map(({ problem }) => [problem.code, problem.message]),
				[["limits/changed", "`UsedCategoryLimit` 20 → 30 (deployed: 20): 1 installation becomes Used instead of Rarely Used."]],
			);
			assert.deepEqual(
				problems[0]!.problem.related?.map(({ path, message, line }) => [path.join("."), message, line?.of, line?.line]),
				[["dataSources.2.path", "Deployed: 20 (row 3 of data/settings.csv).", "data", 2]],
			);
		});

		it("are told of beside the last commit, once for the same old value", async () => {
			const client = await open({ "emea.usage.yaml": WITH_SETTINGS, "data/settings.csv": SETTINGS(5, 30, 80) });
			edit(
				client,
				{ "UsedCategoryLimit: 30": "UsedCategoryLimit: 45", "UnusedCategoryLimit: 90": "UnusedCategoryLimit: 100" },
				undefined,
				WITH_SETTINGS,
			);
			assert.deepEqual(await marked(client), [
				"limits/changed UsedCategoryLimit: 45",
				"limits/changed UnusedCategoryLimit: 100",
				"limits/drift-from-deployed InstallDateCutOffLimit: 7",
				"limits/drift-from-deployed UnusedCategoryLimit: 100",
			]);
			assert.match(
				(await messages(client, "limits/changed"))[0]!,
				/^`UsedCategoryLimit` 30 → 45 \(committed and deployed: 30\), together with/,
			);
			assert.match(
				(await messages(client, "limits/drift-from-deployed"))[1]!,
				/^`UnusedCategoryLimit` is 100 here, but 80 is deployed \(row 4 of data\/settings\.csv\)\. Deploying this value, together with .*: \d+ installations change category: /,
			);
		});

		it("of a project are those without the number of an instance", async () => {
			const client = await open({
				"acme.usage.yaml": `${PROJECT}dataSources:\n${SETTINGS_SOURCE}`,
				"emea.usage.yaml": INSTANCE,
				"data/settings.csv": SETTINGS(7, 30, 90),
			});
			assert.deepEqual(await messages(client, "limits/drift-from-deployed", "acme.usage.yaml"), [
				"`UsedCategoryLimit` is 30 here, but 31 is deployed (row 6 of data/settings.csv). Deploying this value ends the difference. Existing instances keep their own limits: 1.",
			]);
			assert.deepEqual(await marked(client), []);
		});
	});

	describe("settings rows that cannot be used", () => {
		const rows: readonly { what: string; change: readonly [string, string]; said: string }[] = [
			{
				what: "contradict each other",
				change: ["Acme,Inst", "Acme EMEA,UsedCategoryLimit,45,12\nAcme,Inst"],
				said: 'give UsedCategoryLimit of "Acme EMEA" several values: 30 and 45. Nothing is compared with what is deployed until they are corrected. See row 3 and row 5',
			},
			{
				what: "lack a limit",
				change: ["Acme EMEA,UsedCategoryLimit,30,12\n", ""],
				said: 'lack UsedCategoryLimit of "Acme EMEA". Nothing is compared with what is deployed until they are corrected. See row 2 and row 3',
			},
			{
				what: "hold what is no limit",
				change: ["UsedCategoryLimit,30,12", "UsedCategoryLimit,many,12"],
				said: 'give UsedCategoryLimit of "Acme EMEA" the value "many", which is not a limit. Nothing is compared with what is deployed until they are corrected. See row 3',
			},
		];
		for (const { what, change, said } of rows) {
			it(`are told of where they ${what}`, async () => {
				const settings = SETTINGS(7, 30, 90).replace(...(change as [string, string]));
				const own = await open({ "emea.usage.yaml": WITH_SETTINGS, "data/settings.csv": settings });
				assert.deepEqual(await unusable(own), [`dataSources.2.path data/settings.csv: The settings rows ${said}.`]);
				const shared = await open({ "acme.usage.yaml": `${PROJECT}dataSources:\n${SETTINGS_SOURCE}`, "data/settings.csv": settings });
				assert.deepEqual(await unusable(shared), [`name Acme EMEA: The settings rows ${said} of data/settings.csv.`]);
			});
		}

		it("are no longer told of once they are right", async () => {
			const client = await open({ "emea.usage.yaml": WITH_SETTINGS, "data/settings.csv": SETTINGS(7, 30, 90).replace("30,12", "many,12") });
			assert.equal((await unusable(client)).length, 1);
			client.fixture.write("data/settings.csv", SETTINGS(7, 30, 90));
			client.workspace.insights.invalidate([client.fixture.uri("emea.usage.yaml")]);
			assert.deepEqual(await unusable(client), []);
		});

		async function unusable({ fixture, workspace }: Client): Promise<readonly string[]> {
			const uri = fixture.uri("emea.usage.yaml");
			const found = (await workspace.checkFile(uri, signal)).filter(({ problem }) => problem.code === "source/unusable-settings");
			const { text } = workspace.file(uri)!.parsed;
			return found.map(({ problem, range }) => `${problem.path.join(".")} ${text.slice(range.start, range.end)}: ${problem.message}`);
		}
	});

	describe("projects", () => {
		it("say how many instances keep their own limits", async () => {
			const client = await open({ "apac.usage.yaml": INSTANCE.replace(LIMITS, "").replace("Acme EMEA", "Acme APAC").replace("12", "13") });
			edit(client, { "UsedCategoryLimit: 30": "UsedCategoryLimit: 45" }, "acme.usage.yaml", PROJECT);
			assert.deepEqual(await messages(client, "limits/changed", "acme.usage.yaml"), [
				"`UsedCategoryLimit` 30 → 45 (committed: 30). Existing instances keep their own limits: 1. 1 instance without limits takes these: Acme APAC.",
			]);
			assert.deepEqual(await marked(client), []);
			// The one that takes them tells what that does, at the path that leads to them.
			assert.deepEqual(await marked(client, "apac.usage.yaml"), ["limits/changed project: acme.usage.yaml"]);
			assert.match(
				(await messages(client, "limits/changed", "apac.usage.yaml"))[0]!,
				/^`UsedCategoryLimit` 30 → 45 \(committed: 30\): 6 installations/,
			);
		});
	});

	describe("exposure to mandatory policies", () => {
		const CHANGED = { "UnusedCategoryLimit: 90": "UnusedCategoryLimit: 60" };
		const ADVICE = "limitAdvice:\n  - { limit: UnusedCategoryLimit, value: 60, reference: CASE-1, date: 2026-09-14 }\n";
		const ADVISED = INSTANCE.replace("dataSources:", `${ADVICE}dataSources:`);

		it("is an error, with the fix that accepts it once the advice is recorded", async () => {
			const client = await open();
			edit(client, CHANGED);
			const [, exposure] = await limitProblems(client);
			assert.equal(exposure?.problem.severity, "error");
			assert.equal(
				exposure?.problem.message,
				'3 installations are newly exposed to mandatory reclaim since the limits were committed: "Visio reclaim" would uninstall 3 more (£840). ' +
					"Restore the committed value of `UnusedCategoryLimit`, or record the vendor's advice for 60 and accept the exposure.",
			);
			assert.deepEqual(titles(exposure?.problem.fixes), ["Restore the committed and default value of `UnusedCategoryLimit`: 90"]);
		});

		it("can be accepted, which lapses when it grows", async () => {
			const client = await open({ "emea.usage.yaml": ADVISED });
			edit(client, CHANGED, undefined, ADVISED);
			const uri = client.fixture.uri("emea.usage.yaml");
			const [, exposure] = await limitProblems(client);
			const fix = exposure?.problem.fixes?.[0];
			assert.equal(fix?.title, "Accept this exposure of 3 installations…");
			const { parsed } = client.workspace.file(uri)!;
			const accepted = applyEdits(parsed.text, carryOutFix(parsed, fix!));
			assert.ok(accepted.includes("accepted: { installations: 3, date: 2026-11-04 }"), accepted);
			client.workspace.setText(uri, accepted);
			assert.deepEqual(await marked(client), ["limits/changed UnusedCategoryLimit: 60"]);
			client.workspace.setText(uri, accepted.replace('"Visio*"]\n    categories', '"*"]\n    categories'));
			assert.match(
				(await messages(client, "limits/reclaim-exposure"))[0]!,
				/^4 installations are newly exposed .* Only 3 were accepted on 2026-11-04\. Restore/,
			);
		});

		it("counts an installation once, and is let pass up to the setting", async () => {
			const twice = INSTANCE.replace("unitPrices:", '  - { name: All, products: ["*"], action: mandatory, state: published }\nunitPrices:');
			for (const { exposure, told } of [
				{ exposure: 3, told: 1 },
				{ exposure: 4, told: 0 },
			]) {
				const client = await open({ "emea.usage.yaml": twice }, { exposure });
				edit(client, CHANGED, undefined, twice);
				assert.equal((await messages(client, "limits/reclaim-exposure")).length, told);
			}
		});

		it("is still told of after a commit, as long as it is not deployed", async () => {
			const client = await open({
				"emea.usage.yaml": WITH_SETTINGS.replace("UnusedCategoryLimit: 90", "UnusedCategoryLimit: 60"),
				"data/settings.csv": SETTINGS(7, 30, 90),
			});
			assert.match(
				(await messages(client, "limits/reclaim-exposure"))[0]!,
				/^3 installations are newly exposed to mandatory reclaim since the limits were deployed/,
			);
		});

		it("of a default can be accepted without advice", async () => {
			const higher = INSTANCE.replace("UnusedCategoryLimit: 90", "UnusedCategoryLimit: 120");
			const client = await open({ "emea.usage.yaml": higher });
			edit(client, { "UnusedCategoryLimit: 120": "UnusedCategoryLimit: 90" }, undefined, higher);
			const uri = client.fixture.uri("emea.usage.yaml");
			const exposure = (await limitProblems(client)).find(({ problem }) => problem.code === "limits/reclaim-exposure");
			const fix = exposure?.problem.fixes?.find(({ title }) => title.startsWith("Accept"));
			const { parsed } = client.workspace.file(uri)!;
			client.workspace.setText(uri, applyEdits(parsed.text, carryOutFix(parsed, fix!)));
			assert.deepEqual(await codesAboutLimits(client), ["limits/changed"]);
		});
	});

	describe("how far the data goes back", () => {
		const cases: readonly {
			readonly what: string;
			readonly oldest: number;
			readonly dates: number;
			readonly limits: string;
			readonly told: readonly string[];
		}[] = [
			{ what: "as far as the limit", oldest: 90, dates: 60, limits: "7 30 90", told: [] },
			{ what: "one day less", oldest: 89, dates: 60, limits: "7 30 90", told: ["limits/beyond-retention UnusedCategoryLimit: 90"] },
			{ what: "too few dates", oldest: 60, dates: 49, limits: "7 30 90", told: [] },
			{ what: "one day beyond Used", oldest: 31, dates: 60, limits: "7 30 31", told: [] },
			{
				what: "no day beyond Used",
				oldest: 30,
				dates: 60,
				limits: "7 30 90",
				told: ["limits/beyond-retention UsedCategoryLimit: 30", "limits/beyond-retention UnusedCategoryLimit: 90"],
			},
			{
				what: "installs, one day less",
				oldest: 400,
				dates: 60,
				limits: "11 30 90",
				told: ["limits/beyond-retention InstallDateCutOffLimit: 11"],
			},
			{ what: "installs, as far as the limit", oldest: 400, dates: 60, limits: "10 30 90", told: [] },
		];
		for (const { what, oldest, dates, limits, told } of cases) {
			it(what, async () => {
				const days = limits.split(" ");
				const text = INSTANCE.replace("Limit: 7", `Limit: ${days[0]}`)
					.replace("Limit: 30", `Limit: ${days[1]}`)
					.replace("Limit: 90", `Limit: ${days[2]}`);
				const rows = Array.from({ length: dates }, (_, index) => `d${index},Word,${dayBack(10)},${dayBack(index === 0 ? oldest : 0)}`);
				const client = await open({
					"emea.usage.yaml": text,
					"data/devices.csv": `device,inventoryDate\n${rows.map((_, index) => `d${index},${dayBack(0)}`).join("\n")}\n`,
					"data/installs.csv": `device,product,installDate,lastUsageDate\n${rows.join("\n")}\n`,
				});
				assert.deepEqual(await marked(client), told);
			});
		}
	});

	describe("fixes", () => {
		const cases: readonly {
			readonly what: string;
			readonly committed: string;
			readonly now: string;
			readonly code: string;
			readonly settings?: string;
			readonly expected: readonly string[];
		}[] = [
			{
				what: "the committed and the deployed value",
				committed: WITH_SETTINGS,
				now: WITH_SETTINGS.replace("UsedCategoryLimit: 30", "UsedCategoryLimit: 45"),
				settings: SETTINGS(7, 25, 90),
				code: "limits/changed",
				expected: [
					"Restore the committed and default value of `UsedCategoryLimit`: 30",
					"Restore the deployed value of `UsedCategoryLimit`: 25",
				],
			},
			{
				what: "without advice: only values that need none, or have some",
				committed: WITH_SETTINGS.replace("UsedCategoryLimit: 30", "UsedCategoryLimit: 40").replace(
					"dataSources:",
					"limitAdvice: [{ limit: UsedCategoryLimit, value: 40, reference: CASE-1, date: 2026-09-14 }]\ndataSources:",
				),
				now: WITH_SETTINGS.replace("UsedCategoryLimit: 30", "UsedCategoryLimit: 45"),
				settings: SETTINGS(7, 25, 90),
				code: "limits/without-advice",
				expected: [
					"Record the vendor's advice for `UsedCategoryLimit`: 45…",
					"Restore the default of `UsedCategoryLimit`: 30",
					"Restore the committed value of `UsedCategoryLimit`: 40",
				],
			},
			{
				what: "order: only values that rise",
				committed: WITH_SETTINGS.replace("UnusedCategoryLimit: 90", "UnusedCategoryLimit: 20"),
				now: WITH_SETTINGS.replace("UnusedCategoryLimit: 90", "UnusedCategoryLimit: 25"),
				settings: SETTINGS(7, 30, 100),
				code: "limits/order",
				expected: ["Restore the default of `UnusedCategoryLimit`: 90", "Restore the deployed value of `UnusedCategoryLimit`: 100"],
			},
			{
				what: "no limits",
				committed: WITH_SETTINGS.replace("UsedCategoryLimit: 30", "UsedCategoryLimit: 40"),
				now: WITH_SETTINGS.replace(LIMITS, ""),
				settings: SETTINGS(7, 25, 90),
				code: "instance/no-limits",
				expected: [
					"Copy the project's limits: 7 / 30 / 90",
					"Set the default limits: 7 / 30 / 90",
					"Restore the committed limits: 7 / 40 / 90",
					"Set the deployed limits: 7 / 25 / 90",
				],
			},
			{
				what: "drift from the project",
				committed: INSTANCE.replace("UsedCategoryLimit: 30", "UsedCategoryLimit: 40"),
				now: INSTANCE.replace("UsedCategoryLimit: 30", "UsedCategoryLimit: 45"),
				code: "limits/drift-from-project",
				expected: ["Set `UsedCategoryLimit` to the project's value: 30", "Restore the committed value of `UsedCategoryLimit`: 40"],
			},
		];
		for (const { what, committed, now, code, settings, expected } of cases) {
			it(what, async () => {
				const client = await open({ "emea.usage.yaml": committed, ...(settings === undefined ? {} : { "data/settings.csv": settings }) });
				const uri = client.fixture.uri("emea.usage.yaml");
				client.workspace.setText(uri, now);
				const problems = await client.workspace.checkFile(uri, signal);
				const problem = problems.find((placed) => placed.problem.code === code)?.problem;
				assert.deepEqual(titles(problem?.fixes), expected);
				assert.ok(problem?.fixes?.every(({ preferred }) => !preferred || code === "instance/no-limits"));
			});
		}

		it("give the committed advice back with the committed value", async () => {
			const advice = "limitAdvice:\n  - { limit: UsedCategoryLimit, value: 40, reference: CASE-1, date: 2026-09-14 }\n";
			const committed = INSTANCE.replace("UsedCategoryLimit: 30", "UsedCategoryLimit: 40").replace("dataSources:", `${advice}dataSources:`);
			const client = await open({ "emea.usage.yaml": committed });
			const uri = client.fixture.uri("emea.usage.yaml");
			client.workspace.setText(uri, INSTANCE.replace("UsedCategoryLimit: 30", "UsedCategoryLimit: 45"));
			const [changed] = await limitProblems(client);
			const fix = changed?.problem.fixes?.find(({ title }) => title.includes("committed"));
			const { parsed } = client.workspace.file(uri)!;
			client.workspace.setText(uri, applyEdits(parsed.text, carryOutFix(parsed, fix!)));
			assert.deepEqual(await codesAboutLimits(client), ["limits/drift-from-project"]);
		});
	});
});

interface OpenOptions {
	readonly committed?: boolean;
	readonly exposure?: number;
	readonly trusted?: boolean;
	readonly jobs?: Jobs;
}

const CODES: ReadonlySet<string> = new Set([
	"limits/changed",
	"limits/reclaim-exposure",
	"limits/drift-from-deployed",
	"limits/beyond-retention",
]);

function titles(fixes: readonly ConfigFix[] | undefined): readonly string[] {
	return (fixes ?? []).map(({ title }) => title);
}

/** End of Sync is the day of `asOf`. */
function dayBack(days: number): string {
	return new Date(Date.UTC(2026, 10, 4) - days * 86_400_000).toISOString().slice(0, 10);
}

/** One device per installation and product, each with an installation that was used on End of Sync, so that no device has stopped reporting. */
function makeData(): Readonly<Record<string, string>> {
	const rows = Object.entries(USAGE_AGES).flatMap(([product, ages]) => ages.map((age) => ({ product, age })));
	return {
		"data/devices.csv": `device,inventoryDate\n${rows.map((_, index) => `d${index},${dayBack(0)}`).join("\n")}\n`,
		"data/installs.csv": `device,product,installDate,lastUsageDate\n${rows
			.flatMap(({ product, age }, index) => [`d${index},${product},2020-01-01,${dayBack(age)}`, `d${index},Agent,2020-01-01,${dayBack(0)}`])
			.join("\n")}\n`,
	};
}

/** Installations that change category from one pair of U and N to another, counted one by one. */
function countMoved(from: readonly [number, number], to: readonly [number, number]): number {
	const categoryOf = (age: number, [used, unused]: readonly [number, number]) =>
		age <= used ? "Used" : age >= unused ? "Unused" : "Rarely";
	return Object.values(USAGE_AGES)
		.flat()
		.filter((age) => categoryOf(age, from) !== categoryOf(age, to)).length;
}
