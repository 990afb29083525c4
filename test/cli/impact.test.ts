import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { commitAll, git } from "../support/git-repository.ts";
import { makeFolder, ROOT, runCli, SMALL_CLIENT } from "./cli-support.ts";

const INSTANCE = SMALL_CLIENT["floor.usage.yaml"]!;
const PROJECT = SMALL_CLIENT["corvane.usage.yaml"]!;
const LIMITS = "usageCategory: { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 90 }\n";
const POLICIES = `reclaimPolicies:
  - { name: Viewer reclaim, products: ["View*"], categories: [Unused], action: mandatory, state: published, enabled: true }
  - { name: All drafts, products: ["*"], categories: [Unused], state: draft }
unitPrices:
  - { products: ["*er"], price: 80.5, currency: GBP }
`;

// What this command prints is a contract, so it is compared to the letter.
const IMPACT_JSON = `{
  "instance": "Corvane Floor",
  "from": {
    "InstallDateCutOffLimit": 7,
    "UsedCategoryLimit": 30,
    "UnusedCategoryLimit": 90
  },
  "to": {
    "InstallDateCutOffLimit": 7,
    "UsedCategoryLimit": 20,
    "UnusedCategoryLimit": 40
  },
  "moved": 2,
  "moves": [
    {
      "from": "Used",
      "to": "Rarely Used",
      "count": 1
    },
    {
      "from": "Rarely Used",
      "to": "Unused",
      "count": 1
    }
  ],
  "policies": [
    {
      "name": "Viewer reclaim",
      "newlyReclaimed": 1,
      "noLongerReclaimed": 0,
      "savings": {
        "GBP": 80.5
      }
    },
    {
      "name": "All drafts",
      "newlyReclaimed": 0,
      "noLongerReclaimed": 0,
      "savings": {}
    }
  ]
}
`;

const IMPACT_TEXT = `Corvane Floor: 2 of 6 installations change category
as of 2026-11-04T21:00:00Z, End of Sync 2026-11-04

Limit                   From: the file  To: as given
InstallDateCutOffLimit               7             7
UsedCategoryLimit                   30            20
UnusedCategoryLimit                 90            40

From         To           Installations   Share
Used         Rarely Used              1  16.7 %
Rarely Used  Unused                   1  16.7 %

Category              Before  After  Change
Used                       2      1      −1
Rarely Used                1      1
Unused                     1      2      +1
Unreported                 2      2
  Recently installed       0      0
Total                      6      6

Product  Changed  Used  Rarely Used  Unused  Unreported
Editor         1    −1           +1
Viewer         1                 −1      +1

Reclaim policy  State      Newly reclaimed  No longer    Savings
Viewer reclaim  mandatory                1          0  GBP 80.50
All drafts      draft                    –          –
`;

const EMPTY = /^$/;

describe("impact", () => {
	const files = { ...SMALL_CLIENT, "floor.usage.yaml": INSTANCE + POLICIES };

	it("--format json", () => checkPrinted("impact floor.usage.yaml --to 7,20,40 --format json", files, IMPACT_JSON));
	it("the text", () => checkPrinted("impact floor.usage.yaml --to 7,20,40", files, IMPACT_TEXT));

	describe("from and to", () => {
		const changed = INSTANCE.replace("UsedCategoryLimit: 30", "UsedCategoryLimit: 45");
		const settings = (text: string) => `${text.trimEnd()}\n  - { name: deployed, provides: settings, type: csv, path: settings.csv }\n`;
		const deployed =
			"InstanceName,ProjectName,Value,InstanceID\nCorvane Floor,InstallDateCutOffLimit,7,4\nCorvane Floor,UsedCategoryLimit,20,4\nCorvane Floor,UnusedCategoryLimit,60,4\nCorvane Roof,UsedCategoryLimit,31,5\n";
		const cases: readonly {
			readonly what: string;
			readonly args: string;
			readonly files: Readonly<Record<string, string>>;
			/** Exit code, then the limits and how many move; or what is said on standard error. */
			readonly expected: readonly [0, from: string, to: string, moved: number] | readonly [2, message: RegExp];
		}[] = [
			{
				what: "nothing said: from the defaults to the file's own",
				args: "",
				files: { "floor.usage.yaml": changed },
				expected: [0, "7,30,90", "7,45,90", 1],
			},
			{
				what: "only --to: from the file's own",
				args: "--to 7,20,90",
				files: { "floor.usage.yaml": changed },
				expected: [0, "7,45,90", "7,20,90", 2],
			},
			{ what: "only --from", args: "--from 7,20,90", files: { "floor.usage.yaml": changed }, expected: [0, "7,20,90", "7,45,90", 2] },
			{
				what: "default",
				args: "--from default --to 7,20,90",
				files: { "floor.usage.yaml": changed },
				expected: [0, "7,30,90", "7,20,90", 1],
			},
			{ what: "the same limits", args: "--from default", files: {}, expected: [0, "7,30,90", "7,30,90", 0] },
			{
				what: "the project's limits, where the instance has none",
				args: "--from 0,0,0",
				files: {
					"floor.usage.yaml": INSTANCE.replace(LIMITS, ""),
					"corvane.usage.yaml": PROJECT.replace("UsedCategoryLimit: 30", "UsedCategoryLimit: 29"),
				},
				expected: [0, "0,0,0", "7,29,90", 3],
			},
			{
				what: "deployed",
				args: "--from deployed",
				files: { "floor.usage.yaml": settings(INSTANCE), "settings.csv": deployed },
				expected: [0, "7,20,60", "7,30,90", 1],
			},
			{
				what: "deployed, by the rows of the project",
				args: "--from deployed",
				files: { "corvane.usage.yaml": settings(PROJECT), "settings.csv": deployed },
				expected: [0, "7,20,60", "7,30,90", 1],
			},
			{
				what: "deployed, but the instance's rows are of another and the project's are right",
				args: "--from deployed",
				files: {
					"floor.usage.yaml": settings(INSTANCE).replace("settings.csv", "other.csv"),
					"other.csv": deployed.replaceAll("Floor", "Cellar"),
					"corvane.usage.yaml": settings(PROJECT),
					"settings.csv": deployed,
				},
				expected: [0, "7,20,60", "7,30,90", 1],
			},
			{
				what: "deployed without a source",
				args: "--from deployed",
				files: {},
				expected: [2, /Nothing tells which limits are deployed for floor\.usage\.yaml\.\nAdd a data source/],
			},
			{
				what: "deployed without rows",
				args: "--from deployed",
				files: { "floor.usage.yaml": settings(INSTANCE), "settings.csv": deployed.replaceAll("Floor", "Cellar") },
				expected: [2, /The settings rows of floor\.usage\.yaml have no limits of "Corvane Floor"\./],
			},
			{
				what: "deployed with a faulty value",
				args: "--from deployed",
				files: { "floor.usage.yaml": settings(INSTANCE), "settings.csv": deployed.replace("Limit,60", "Limit,sixty") },
				expected: [2, /give UnusedCategoryLimit of "Corvane Floor" the value "sixty"/],
			},
			{
				what: "deployed without the file",
				args: "--from deployed",
				files: { "floor.usage.yaml": settings(INSTANCE) },
				expected: [2, /no file settings\.csv/],
			},
			{
				what: "deployed with a faulty entry",
				args: "--from deployed",
				files: { "floor.usage.yaml": settings(INSTANCE).replace("name: deployed", "nam: deployed") },
				expected: [2, /entries of dataSources in floor\.usage\.yaml can't be used/],
			},
			{
				what: "committed outside of a repository",
				args: "--from committed",
				files: {},
				expected: [2, /no committed limits to compare with\. floor\.usage\.yaml is not in a git repository\./],
			},
			{
				what: "limits that can't be used",
				args: "",
				files: { "floor.usage.yaml": INSTANCE.replace("Limit: 30", "Limit: x") },
				expected: [2, /can't be used: UsedCategoryLimit must be/],
			},
			{
				what: "a word for --from",
				args: "--from comitted",
				files: {},
				expected: [2, /--from "comitted" is none of default, committed, deployed/],
			},
			{
				what: "two numbers for --from",
				args: "--from 7,30",
				files: {},
				expected: [2, /--from "7,30" has 2 parts instead of 3.*as in --from 7,30,90/],
			},
			{ what: "a word for --to", args: "--to default", files: {}, expected: [2, /--to "default" has 1 part instead of 3/] },
			{ what: "a limit out of range", args: "--to 7,30,36501", files: {}, expected: [2, /--to: UnusedCategoryLimit is "36501"/] },
			{ what: "an unknown format", args: "--format xlsx", files: {}, expected: [2, /Allowed choices are text, json/] },
			{
				what: "missing data",
				args: "",
				files: { "floor.usage.yaml": INSTANCE.replace("installs.csv", "gone.csv") },
				expected: [2, /no file gone\.csv/],
			},
		];
		for (const { what, args, files: own, expected } of cases) {
			it(what, () => checkRun(`impact floor.usage.yaml ${args}`, { ...SMALL_CLIENT, ...own }, expected));
		}

		it("a project: says which instances it has", () =>
			checkRun("impact corvane.usage.yaml", SMALL_CLIENT, [2, /is a project[\s\S]*floor\.usage\.yaml/]));
	});

	describe("committed", () => {
		const edited = INSTANCE.replace("UsedCategoryLimit: 30", "UsedCategoryLimit: 45");
		it("compares with the last commit, not with what is staged", () =>
			withRepository(INSTANCE, edited, async (folder) => {
				git(folder, "add", ".");
				await checkJson("impact floor.usage.yaml --from committed", folder, [0, "7,30,90", "7,45,90", 1]);
			}));
		it("finds the file from another folder", () =>
			withRepository(INSTANCE, edited, (folder) =>
				checkJson(`impact ${path.join(path.basename(folder), "floor.usage.yaml")} --from committed`, path.dirname(folder), [
					0,
					"7,30,90",
					"7,45,90",
					1,
				]),
			));
		it("takes the committed project's limits where the instance had none", () =>
			withRepository(INSTANCE.replace(LIMITS, ""), edited, (folder) =>
				checkJson("impact floor.usage.yaml --from committed", folder, [0, "7,30,90", "7,45,90", 1]),
			));
		it("says that the file was not committed", () =>
			withRepository(null, INSTANCE, (folder) =>
				checkJson("impact floor.usage.yaml --from committed", folder, [
					2,
					/floor\.usage\.yaml is not in the last commit of its git repository\./,
				]),
			));
		it("says that what was committed is broken", () =>
			withRepository("kind: [", INSTANCE, (folder) =>
				checkJson("impact floor.usage.yaml --from committed", folder, [2, /committed version of floor\.usage\.yaml is not valid YAML/]),
			));
		it("says that there is no commit", async () => {
			const { folder, remove } = makeFolder(SMALL_CLIENT);
			try {
				git(folder, "init", "--quiet");
				await checkJson("impact floor.usage.yaml --from committed", folder, [
					2,
					/The git repository of floor\.usage\.yaml has no commit yet\./,
				]);
			} finally {
				remove();
			}
		});
	});

	it("writes a file and says so", async () => {
		const { folder, remove } = makeFolder(SMALL_CLIENT);
		try {
			const { exitCode, stdout, stderr } = await runCli(["impact", "floor.usage.yaml", "--to", "7,20,40", "--out", "impact.json"], folder);
			assert.deepEqual({ exitCode, stdout, stderr }, { exitCode: 0, stdout: "", stderr: "Wrote impact.json: 2 changed installations.\n" });
			const refused = await runCli(["impact", "floor.usage.yaml", "--out", "installs.csv"], folder);
			assert.equal(refused.exitCode, 2);
			assert.match(refused.stderr, /is read for this result/);
		} finally {
			remove();
		}
	});

	it("notes on standard error that the project's limits were taken", async () => {
		const { folder, remove } = makeFolder({ ...SMALL_CLIENT, "floor.usage.yaml": INSTANCE.replace(LIMITS, "") });
		try {
			const { stderr } = await runCli(["impact", "floor.usage.yaml"], folder);
			assert.equal(stderr, "usage-report: floor.usage.yaml has no limits of its own; its project's were taken.\n");
		} finally {
			remove();
		}
	});
});

describe("impact on the samples", function () {
	this.timeout(180_000);
	const PAIRS: readonly (readonly [from: string, to: string])[] = [
		["7,30,90", "7,45,90"],
		["7,30,60", "14,45,90"],
		["30,20,40", "0,30,90"],
	];
	for (const sample of ["wexcombe-hale/london", "wexcombe-hale/dublin", "granmora-timber/mills", "saint-alverne/wards"]) {
		for (const [from, to] of PAIRS) {
			it(`${sample} from ${from} to ${to}: as categorizing twice says`, async () => {
				const file = `samples/${sample}.usage.yaml`;
				const before = await installationsOf(file, from);
				const after = await installationsOf(file, to);
				assert.deepEqual([...before.keys()], [...after.keys()]);
				const moves = new Map<string, number>();
				for (const [installation, old] of before) {
					const move = `${old} > ${after.get(installation)}`;
					if (after.get(installation) !== old) moves.set(move, (moves.get(move) ?? 0) + 1);
				}
				const { stdout } = await runCli(["impact", file, "--from", from, "--to", to, "--format", "json"], ROOT);
				const impact = JSON.parse(stdout);
				assert.deepEqual(
					impact.moves.map((move: { from: string; to: string; count: number }) => `${move.from} > ${move.to}: ${move.count}`).sort(),
					[...moves].map(([move, count]) => `${move}: ${count}`).sort(),
				);
				assert.equal(
					impact.moved,
					[...moves.values()].reduce((sum, count) => sum + count, 0),
				);
			});
		}
	}

	it("the policies of wexcombe-hale/london, counted by hand from its installations", async () => {
		const file = "samples/wexcombe-hale/london.usage.yaml";
		const [before, after] = [await installationsOf(file, "7,30,60"), await installationsOf(file, "14,45,90")];
		const reclaimed = (product: RegExp) => {
			const keys = [...before.keys()].filter((key) => product.test(key.split("\t")[1]!));
			const newly = keys.filter((key) => before.get(key) !== "Unused" && after.get(key) === "Unused").length;
			return { newly, noLonger: keys.filter((key) => before.get(key) === "Unused" && after.get(key) !== "Unused").length };
		};
		const visio = reclaimed(/^Microsoft Visio/);
		const project = reclaimed(/^Microsoft Project/);
		const { stdout } = await runCli(["impact", file, "--from", "7,30,60", "--to", "14,45,90", "--format", "json"], ROOT);
		assert.deepEqual(JSON.parse(stdout).policies, [
			{
				name: "Unused Visio and Project",
				newlyReclaimed: visio.newly + project.newly,
				noLongerReclaimed: visio.noLonger + project.noLonger,
				savings: { GBP: 280 * (visio.newly - visio.noLonger) + 560 * (project.newly - project.noLonger) },
			},
			{ name: "Unused statistics packages", newlyReclaimed: 0, noLongerReclaimed: 0, savings: {} },
		]);
		assert.ok(visio.noLonger > 0 && project.noLonger > 0);
	});
});

async function checkPrinted(line: string, files: Readonly<Record<string, string>>, stdout: string): Promise<void> {
	const { folder, remove } = makeFolder(files);
	try {
		assert.deepEqual(await runCli(line.split(" "), folder), { exitCode: 0, stdout, stderr: "" });
	} finally {
		remove();
	}
}

type Expected = readonly [0, from: string, to: string, moved: number] | readonly [2, message: RegExp];

async function checkRun(line: string, files: Readonly<Record<string, string>>, expected: Expected): Promise<void> {
	const { folder, remove } = makeFolder(files);
	try {
		await checkJson(line.trim(), folder, expected);
	} finally {
		remove();
	}
}

async function checkJson(line: string, folder: string, expected: Expected): Promise<void> {
	const format = line.includes("--format") ? [] : ["--format", "json"];
	const { exitCode, stdout, stderr } = await runCli([...line.split(" "), ...format], folder);
	assert.equal(exitCode, expected[0], stderr);
	if (expected[0] === 2) {
		assert.match(stdout, EMPTY);
		assert.match(stderr, expected[1]);
		return;
	}
	const { from, to, moved } = JSON.parse(stdout);
	const days = (limits: Readonly<Record<string, number>>) => Object.values(limits).join(",");
	assert.deepEqual([days(from), days(to), moved], expected.slice(1));
}

/** A repository with the small client: the instance as committed (null: not at all), and as it is now. */
async function withRepository(committed: string | null, now: string, use: (folder: string) => Promise<void>): Promise<void> {
	const { "floor.usage.yaml": _, ...others } = SMALL_CLIENT;
	const { folder, remove } = makeFolder(committed === null ? others : { ...others, "floor.usage.yaml": committed });
	try {
		commitAll(folder);
		writeFileSync(path.join(folder, "floor.usage.yaml"), now);
		await use(folder);
	} finally {
		remove();
	}
}

/** Category by installation, given as device and product with a tab in between. */
async function installationsOf(file: string, limits: string): Promise<ReadonlyMap<string, string>> {
	const { stdout } = await runCli(["categorize", file, "--limits", limits, "--format", "ndjson"], ROOT);
	const lines = stdout
		.trim()
		.split("\n")
		.map((line) => JSON.parse(line) as { device: string; product: string; category: string });
	return new Map(lines.map(({ device, product, category }) => [`${device}\t${product}`, category]));
}
