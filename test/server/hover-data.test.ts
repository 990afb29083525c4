import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "mocha";
import { CancellationTokenSource, type Hover, LSPErrorCodes, type MarkupContent } from "vscode-languageserver-protocol";
import type { Jobs } from "../../workspace/jobs/job.ts";
import { createFixture, type FixtureWorkspace } from "../support/fixture-workspace.ts";
import { commitAll } from "../support/git-repository.ts";
import { askUntil, instanceWith, makeKnownClient } from "../support/known-client.ts";
import { FULL_CLIENT, type LspSession, readCaret, startLsp } from "../support/lsp-harness.ts";

const COMMITTED = "7,30,90";
const CHANGED = instanceWith("7,20,60");

describe("hover: what data and history say", () => {
	let fixture: FixtureWorkspace;
	let lsp: LspSession;

	before(async () => {
		fixture = createFixture(makeKnownClient(COMMITTED));
		commitAll(fixture.root);
		lsp = await startLsp({ folders: [fixture.rootUri] });
		await lsp.open(fixture.uri("emea.usage.yaml"), CHANGED);
		await lsp.open(fixture.uri("acme.usage.yaml"), makeKnownClient(COMMITTED)["acme.usage.yaml"]!);
		await hoverAt("emea.usage.yaml", at(CHANGED, "usageCategory"), ["committed", "Uncommitted"]);
		await hoverAt("acme.usage.yaml", at(project(), "registeredUsers"), ["of 50"]);
	});
	after(async () => {
		await lsp.dispose();
		fixture.dispose();
	});

	/** The text of a hover, asked for until it has some words. */
	async function hoverAt(name: string, marked: string, words: readonly string[]): Promise<string> {
		const { text, position } = readCaret(marked);
		const uri = fixture.uri(name);
		await lsp.change(uri, text);
		const hover = await askUntil(
			lsp,
			() => lsp.request<Hover | null>("textDocument/hover", { textDocument: { uri }, position }),
			(answer) => words.every((word) => textOf(answer).includes(word)),
		);
		return textOf(hover);
	}

	const hoverNow = (name: string, marked: string) => hoverAt(name, marked, []);

	const whole: readonly { readonly name: string; readonly marked: string; readonly expected: string }[] = [
		{
			name: "a limit: values, reach, and the whole change from category to category",
			marked: at(CHANGED, "UsedCategoryLimit"),
			expected: `**Used category limit**

An installation whose last usage is at most this many days before End of Sync is Used.

Here **20 days** · project 30 · committed 30

|  | Used | Rarely Used |
|---|--:|--:|
| with 20 days | 30 | 37 |
| with 21 | +6 | −6 |
| with 19 | 0 | 0 |

**Uncommitted change:** UsedCategoryLimit 30 → 20 and UnusedCategoryLimit 90 → 60. 22 of 199 installations change category.

| from ↓ to → | Used | Rarely Used | Unused | total |
|---|--:|--:|--:|--:|
| Used | 30 | 16 |  | 46 |
| Rarely Used |  | 21 | 6 | 27 |
| Unused |  |  | 28 | 28 |
| total | 30 | 37 | 34 | 101 |

- **Visio reclaim** (mandatory): 4 newly reclaimed, €50

Default: \`30\` days · 0 to 36,500 days`,
		},
		{
			name: "a policy: what it takes, its worth, its products, and what is new",
			marked: at(CHANGED, "Visio reclaim"),
			expected: `**Name of the policy**

What reports call the policy.

Reclaims **10 installations, worth £1,680 and €50**.

Its patterns match 2 products with 83 installations:

| Product | Installations | Used | Rarely Used | Unused | Unreported |
|---|--:|--:|--:|--:|--:|
| Visio Standard | 50 | 6 | 14 | 6 | 24 |
| Visio Professional | 33 | 4 | 8 | 4 | 17 |

Since the last commit: **4 newly reclaimed, €50**.`,
		},
	];
	for (const { name, marked, expected } of whole) {
		it(`tells of ${name}`, async () => assert.equal(await hoverNow("emea.usage.yaml", marked), expected));
	}

	const told: readonly {
		readonly name: string;
		readonly file?: string;
		readonly marked: string;
		readonly words: readonly string[];
		readonly not?: readonly string[];
	}[] = [
		{
			name: "all limits",
			marked: at(CHANGED, "usageCategory"),
			words: ["| Days | here | project | committed | default |", "| UnusedCategoryLimit | 60 | 90 | 90 | 90 |", "22 of 199"],
		},
		{
			name: "the install date cut-off",
			marked: at(CHANGED, "InstallDateCutOffLimit"),
			words: ["Here **7 days** · project 7", "|  | Unused | Recently installed |"],
		},
		{
			name: "a limit that advice allows",
			marked: at(withAdvice(20), "UsedCategoryLimit"),
			words: ["allowed by 1E-7 of 2026-01-02"],
		},
		{ name: "advice that is used", marked: at(withAdvice(20), "1E-7"), words: ["Allows UsedCategoryLimit to be 20 days, **as it is**."] },
		{ name: "advice that is not used", marked: at(withAdvice(45), "value"), words: ["It is not used: the limit is 20."] },
		{
			name: "the instance",
			marked: at(CHANGED, "Acme EMEA"),
			words: ["**199 installations** of 5 products on 50 devices, End of Sync 2026-11-04.", "| 199 | 30 | 37 | 34 | 98 |"],
			not: ["Example"],
		},
		{ name: "the moment", marked: at(CHANGED, "asOf"), words: ["**End of Sync 2026-11-04**"] },
		{ name: "the project", marked: at(CHANGED, "project"), words: ["Here: **Acme**. New instances start with 7 / 30 / 90 days."] },
		{
			name: "all data sources",
			marked: at(CHANGED, "dataSources"),
			words: ["| devices | devices | 50 | 0 |", "| installs | installations | 199 | 0 |"],
		},
		{
			name: "a data source",
			marked: at(CHANGED, "data/installs.csv"),
			words: [
				"**199 rows**: 50 devices, 5 products.",
				"- `lastUsageDate`: 2026-06-18 to 2026-11-04, 21 rows without",
				"7.8 KB · changed 2023-11-14T22:13:21Z",
			],
		},
		{
			name: "where the data comes from",
			marked: at(CHANGED, "devices\n    provides"),
			words: ["**50 rows**: 50 devices.", "Inventory · "],
		},
		{
			name: "a column",
			marked: CHANGED.replace("path: data/installs.csv", "path: data/installs.csv\n    columns: { lastUsageDate: last/*caret*/UsageDate }"),
			words: ["Column **lastUsageDate** · ", "first value `2026-", "2026-06-18 to 2026-11-04, 21 rows without"],
		},
		{
			name: "a mapping",
			marked: CHANGED.replace("path: data/installs.csv", "path: data/installs.csv\n    col/*caret*/umns: { device: DEVICE }"),
			words: ["| Column | in the source | first value |", "| device | device | d0 |", "| product | product | Word |"],
		},
		{
			name: "a time zone",
			marked: CHANGED.replace("path: data/installs.csv", "path: data/installs.csv\n    timeZone: Asia/To/*caret*/kyo"),
			words: ["There it was 2026-11-05 at the time of the sync, a day that began at **2026-11-04T15:00:00Z**."],
		},
		{
			name: "a bundle and its components",
			marked: at(CHANGED, "Suite"),
			words: [
				"Installed on **50 devices** of 50.",
				"| Suite | 50 | 11 |",
				"| Word | 50 | 8 |",
				'No installation in the data is of "Missing".',
			],
		},
		{
			name: "a component",
			marked: at(CHANGED, "Word"),
			words: ["Installed on **50 devices** of 50.", "| Word | 50 | 8 |"],
			not: ["Suite |"],
		},
		{ name: "a product that is not there", marked: at(CHANGED, "Missing"), words: ['No installation in the data is of "Missing".'] },
		{ name: "a pattern", marked: at(CHANGED, '"Visio*"'), words: ["**83 installations** of 2 products:", "| Visio Standard | 50 |"] },
		{
			name: "a draft",
			marked: at(CHANGED, "All drafts"),
			words: ["Would reclaim **71 installations, worth £5,600 and €150**, but is a draft.", "Unused: 34 · Rarely Used: 37"],
		},
		{
			name: "a price",
			marked: at(CHANGED, "price: 280"),
			words: ["The price of **50 installations** of 1 product. Of them 6 are Unused, worth **£1,680**."],
		},
		{
			name: "a price whose products an earlier one takes",
			marked: at(CHANGED, "price: 12.5"),
			words: ["The price of **33 installations** of 1 product. Of them 4 are Unused, worth **€50**."],
		},
		{
			name: "names that would be markup",
			marked: at(CHANGED, '"*"'),
			words: ["| \\<img src=x\\> \\[a\\](command:b) \\| \\`c\\` | 16 |"],
			not: [" <img", " [a"],
		},
		{
			name: "a comment that allows a warning",
			marked: `# usage-report: allow limits/chan/*caret*/ged -- agreed on Monday\n${CHANGED}`,
			words: ["**limits/changed**", "agreed on Monday"],
		},
		{
			name: "a project",
			file: "acme.usage.yaml",
			marked: at(project(), "Acme\n"),
			words: ['**1 instance** ("Acme EMEA"), 2 subscriptions, 4 servers; 3 of 4 rows of the usage report have flags.'],
		},
		{
			name: "a project's limits",
			file: "acme.usage.yaml",
			marked: at(project(), "UsedCategoryLimit"),
			words: ["Here **30 days** · committed 30", "| Acme EMEA | 7 | 20 | 60 |"],
		},
		{
			name: "a subscription",
			file: "acme.usage.yaml",
			marked: at(project(), "Acme plc"),
			words: [
				"| Registered | 37–49 | 50 | 74–98% |",
				"| acme-live | 2026-11-04T21:00:07Z | 37 | −3 |",
				"| acme-test | 2026-11-04T21:00:09Z | 12 |  |",
				"- **under-use** (acme-test): Registered: 12 active, 50 paid",
			],
		},
		{
			name: "what is remarkable about all servers of a subscription, once",
			file: "acme.usage.yaml",
			marked: at(project(), "renewalDate: 2026"),
			words: ["**In 44 days**, on 2026-12-18.", "- **renewal due**: The renewal", "- **never reported** (labs-new): "],
			not: ["**renewal due** ("],
		},
		{
			name: "users of several servers",
			file: "acme.usage.yaml",
			marked: at(project(), "registeredUsers: 50"),
			words: [
				"**37–49 of 50** Registered users were active within 90 days.",
				"| acme-test | 12 |",
				"- **under-use** (acme-test): 12 active",
			],
			not: ["Enterprise:"],
		},
		{
			name: "designers",
			file: "acme.usage.yaml",
			marked: at(project(), "designerUsers: 1"),
			words: ["**0 of 1** Designer users were active within 180 days.", "- **under-use** (labs-live): 0 active, 1 paid"],
		},
		{
			name: "a server",
			file: "acme.usage.yaml",
			marked: at(project(), "labs-live"),
			words: ["**Last update 14 days ago**, 2026-10-21T21:00:03Z.", "| Registered | 22 | 20 |", "- **stale**: "],
		},
		{ name: "a server without logs", file: "acme.usage.yaml", marked: at(project(), "labs-new"), words: ["**Never reported.**"] },
		{
			name: "a usage log",
			file: "acme.usage.yaml",
			marked: at(project(), "weekly log"),
			words: ["**4 logs** of 3 servers, 2026-10-21 to 2026-11-04."],
		},
		{
			name: "the sources of a project, with their logs",
			file: "acme.usage.yaml",
			marked: at(project(), "dataSources"),
			words: ["| weekly log | usageLog | 4 | 0 |"],
		},
		{ name: "CRLF", marked: at(CHANGED.replaceAll("\n", "\r\n"), "Visio reclaim"), words: ["Reclaims **10 installations"] },
		{
			name: "what stands behind an emoji",
			marked: at(CHANGED.replace("- { products: [Visio Standard]", "- { products: [😀😀, Visio Standard]"), "Visio Standard"),
			words: ["**50 installations** of 1 product:"],
		},
		{
			name: "limits in flow style",
			marked: at(
				CHANGED.replace(
					/usageCategory:\n.*\n.*\n.*\n/,
					"usageCategory: { InstallDateCutOffLimit: 7, UsedCategoryLimit: 20, UnusedCategoryLimit: 60 }\n",
				),
				"UsedCategoryLimit",
			),
			words: ["Here **20 days** · project 30 · committed 30", "22 of 199 installations"],
		},
		{
			name: "an alias",
			marked: CHANGED.replace('products: ["*"]', "products: *vi/*caret*/sio").replace(
				'products: ["Visio*"]',
				'products: &visio ["Visio*"]',
			),
			words: ["Would reclaim **", "match 2 products with 83 installations"],
		},
		{
			name: "an anchor",
			marked: CHANGED.replace('products: ["Visio*"]', 'products: &visio ["Vi/*caret*/sio*"]'),
			words: ["**83 installations** of 2 products:"],
		},
		{
			name: "a merge key",
			marked: CHANGED.replace("usageCategory:\n", "usageCategory:\n  <</*caret*/: { UsedCategoryLimit: 25 }\n"),
			words: ["| UsedCategoryLimit | 20 | 30 | 30 | 30 |"],
		},
		{
			name: "an entry of a text that does not parse",
			marked: `${at(CHANGED, "Visio reclaim")}limitAdvice: [\n`,
			words: ["Reclaims **10 installations", "| Visio Standard | 50 |"],
		},
		{
			name: "an entry below one that is being typed",
			marked: at(CHANGED.replace("reclaimPolicies:\n", 'reclaimPolicies:\n  - name: "New\n'), "All drafts"),
			words: ["Would reclaim **71 installations"],
		},
	];
	for (const { name, file = "emea.usage.yaml", marked, words, not = [] } of told) {
		it(`tells of ${name}`, async () => {
			const text = await hoverAt(file, marked, words);
			for (const word of words) assert.ok(text.includes(word), `${word} in\n${text}`);
			for (const word of not) assert.ok(!text.includes(word), `not ${word} in\n${text}`);
		});
	}
}).timeout(120_000);

describe("hover: what is not known, or must not be", () => {
	let fixture: FixtureWorkspace;
	let lsp: LspSession | null = null;

	beforeEach(() => {
		fixture = createFixture(makeKnownClient(COMMITTED));
	});
	afterEach(async () => {
		await lsp?.dispose();
		lsp = null;
		fixture.dispose();
	});

	async function ask(session: LspSession, text: string, words: string): Promise<Hover | null> {
		const { position } = readCaret(at(text, words));
		return session.request<Hover | null>("textDocument/hover", { textDocument: { uri: fixture.uri("emea.usage.yaml") }, position });
	}

	async function askKnown(session: LspSession, text: string, words: string, known: string): Promise<string> {
		return textOf(
			await askUntil(
				session,
				() => ask(session, text, words),
				(hover) => textOf(hover).includes(known),
			),
		);
	}

	it("does not wait for data, and says that it is being loaded", async () => {
		lsp = await startLsp({ folders: [fixture.rootUri], server: { jobs: neverDone() } });
		for (const words of ["Visio reclaim", "UsedCategoryLimit", "data/installs.csv", "Suite", "price: 280", "Acme EMEA"]) {
			assert.match(textOf(await ask(lsp, instanceWith(COMMITTED), words)), /The data is still being loaded\./, words);
		}
	});

	it("says which source cannot be read, and why", async () => {
		fixture.write("data/installs.csv", "device;product\n");
		lsp = await startLsp({ folders: [fixture.rootUri] });
		const text = instanceWith(COMMITTED);
		assert.match(await askKnown(lsp, text, "name: installs", "Cannot"), /\*\*Cannot be read:\*\* .*delimiter/);
		assert.match(textOf(await ask(lsp, text, "Visio reclaim")), /There are no figures, since "installs" cannot be read\./);
		assert.match(textOf(await ask(lsp, text, "dataSources")), /\| installs \| installations \| cannot be read \| {2}\|/);
	});

	it("counts what is wrong with the rows of a source", async () => {
		fixture.write("data/devices.csv", "device,inventoryDate\nd1,2026-11-03\nd2,yesterday\nd3,tomorrow\n");
		lsp = await startLsp({ folders: [fixture.rootUri] });
		assert.match(await askKnown(lsp, instanceWith(COMMITTED), "name: devices", "rows"), /- \*\*2 problems\*\*: `source\/unparseable-date`/);
	});

	it("tells nothing of files outside of a workspace that is not trusted", async () => {
		const outside = createFixture({ "devices.csv": "device,inventoryDate\nd1,2026-11-03\n" });
		const text = instanceWith(COMMITTED).replace("data/devices.csv", outside.path("devices.csv"));
		fixture.write("emea.usage.yaml", text);
		lsp = await startLsp({ folders: [fixture.rootUri], initializationOptions: { trusted: false } });
		const hover = await askKnown(lsp, text, "name: devices", "Cannot be read");
		assert.match(hover, /workspace is not trusted/);
		assert.doesNotMatch(hover, /bytes|changed|row/);
		outside.dispose();
	});

	it("compares with deployed limits", async () => {
		fixture.write("data/settings.csv", settingsRows("7", "45", "90"));
		const text = `${instanceWith(COMMITTED)}`.replace(
			"bundles:",
			"  - { name: deployed, provides: settings, type: csv, path: data/settings.csv }\nbundles:",
		);
		fixture.write("emea.usage.yaml", text);
		lsp = await startLsp({ folders: [fixture.rootUri] });
		const hover = await askKnown(lsp, text, "UsedCategoryLimit", "deployed");
		assert.match(hover, /Here \*\*30 days\*\* · project 30 · deployed 45/);
		assert.match(
			await askKnown(lsp, text, "UsedCategoryLimit", "Against"),
			/Against the deployed settings:\*\* UsedCategoryLimit 45 → 30\./,
		);
		assert.match(textOf(await ask(lsp, text, "name: deployed")), /\*\*3 rows\*\* of deployed settings/);
	});

	it("writes tables as plain text for a client that shows no Markdown", async () => {
		const { hover: _, ...textDocument } = FULL_CLIENT.textDocument!;
		lsp = await startLsp({ folders: [fixture.rootUri], capabilities: { ...FULL_CLIENT, textDocument } });
		const text = await askKnown(lsp, instanceWith(COMMITTED), '"Visio*"', "installations of");
		assert.match(text, /^83 installations of 2 products:$/m);
		assert.match(text, /^Product {13}Installations {2}Used {2}Rarely Used {2}Unused {2}Unreported$/m);
		assert.match(text, /^Visio Standard {17}50 /m);
		assert.doesNotMatch(text, /[*`|\\]/);
	});

	it("can be cancelled", async () => {
		lsp = await startLsp({ folders: [fixture.rootUri] });
		const { position } = readCaret(at(instanceWith(COMMITTED), "data/installs.csv"));
		const source = new CancellationTokenSource();
		const answer = lsp.connection.sendRequest(
			"textDocument/hover",
			{ textDocument: { uri: fixture.uri("emea.usage.yaml") }, position },
			source.token,
		);
		source.cancel();
		await assert.rejects(answer, { code: LSPErrorCodes.RequestCancelled });
	});
}).timeout(120_000);

/** Jobs of which none ever comes to an end. */
function neverDone(): Jobs {
	return { run: () => new Promise(() => {}), dispose: async () => {} };
}

function settingsRows(...days: readonly [string, string, string]): string {
	const rows = ["InstallDateCutOffLimit", "UsedCategoryLimit", "UnusedCategoryLimit"].map(
		(name, index) => `Acme EMEA,${name},${days[index]}`,
	);
	return `title,name,value\n${rows.join("\n")}\n`;
}

function project(): string {
	return makeKnownClient(COMMITTED)["acme.usage.yaml"]!;
}

/** A text with the caret behind the first character of some words. */
function at(text: string, words: string): string {
	const start = text.indexOf(words);
	assert.ok(start >= 0, words);
	return `${text.slice(0, start + 1)}/*caret*/${text.slice(start + 1)}`;
}

function textOf(hover: Hover | null): string {
	return hover === null ? "" : (hover.contents as MarkupContent).value;
}

function withAdvice(value: number): string {
	return `${CHANGED}limitAdvice:\n  - { limit: UsedCategoryLimit, value: ${value}, reference: 1E-7, date: 2026-01-02 }\n`;
}
