import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { CompletionItem } from "vscode-languageserver-protocol";
import { writeWorkbook } from "../core/connectors/excel-fixture.ts";
import { complete } from "../support/complete.ts";
import { createFixture, type FixtureWorkspace } from "../support/fixture-workspace.ts";
import { type LspSession, readCaret, startLsp } from "../support/lsp-harness.ts";

const PROJECT = `kind: project
title: Acme
usageCategory: { InstallDateCutOffLimit: 7, UsedCategoryLimit: 45, UnusedCategoryLimit: 90 }
`;
const LOGS = `dataSources:
  - { name: log, provides: usageLog, type: csv, path: data/log.csv }
`;
const INSTANCE = "kind: instance\nname: X\nproject: acme.usage.yaml\n";
const SOURCES = `${INSTANCE}dataSources:\n`;
const CSV = `${SOURCES}  - name: installs\n    provides: installations\n    type: csv\n    path: data/installs.csv\n    delimiter: ";"\n`;
const INSTALLS = `dataSources:
  - { name: a, provides: installations, type: csv, path: data/estate.csv }
`;

describe("completion from linked data", () => {
	let fixture: FixtureWorkspace;
	let lsp: LspSession;
	let uri: string;

	before(async () => {
		fixture = createFixture({
			"acme.usage.yaml": PROJECT,
			"other.usage.yaml": `kind: instance\nname: Other\nproject: acme.usage.yaml\ndataSources:\n  - { name: l, provides: devices, type: postgres, connection: ACME_DB, table: d, timeZone: Europe/Oslo }\n`,
			"data/installs.csv": "Machine ID;Software: full title;Installed;Last used;Owner\nPC1;Visio;03/04/2026;31/10/2026;Ann\n",
			"data/devices #1.csv": "Device name,Last check-in\nPC1,2026-11-04\n",
			"data/tabs.txt": "device\tinventoryDate\nPC1\t2026-11-04\n",
			"data/old/archive.csv": "x\n",
			"data/readme.md": "",
			"data/.hidden.csv": "",
			"node_modules/x.csv": "",
			"book.xlsx": writeWorkbook({ sheets: { Apps: "", "Devices and more": "" } }),
			"data/log.csv":
				"server,loggedAt,activeRegistered,activeEnterprise,activeDesigners\nlive,2026-10-28,1,1,1\npilot,2026-10-07,1,1,1\ntest,2026-11-04,2,1,1\nlive,2026-11-04,2,1,1\n",
			"data/settings.csv": "title,name,value\nX,InstallDateCutOffLimit,7\nX,UsedCategoryLimit,60\nX,UnusedCategoryLimit,120\n",
			"data/estate.csv": [
				"device,product",
				...["PC1", "PC2", "PC3"].map((device) => `${device},Microsoft Visio Standard`),
				...["PC1", "PC2"].map((device) => `${device},Microsoft Visio Professional`),
				...["PC1", "PC2", "PC3", "PC4"].map((device) => `${device},Microsoft Word`),
				"PC1,AutoCAD 2026",
				"PC2,AutoCAD LT 2026",
				...["PC1", "PC2", "PC3", "PC4", "PC5"].map((device) => `${device},Office 😀`),
				"",
			].join("\n"),
		});
		uri = fixture.uri("typing.usage.yaml");
		lsp = await startLsp({ folders: [fixture.rootUri] });
		await lsp.open(uri, "");
	});
	after(async () => {
		await lsp.dispose();
		fixture.dispose();
	});

	async function completeAt(marked: string): Promise<{ readonly text: string; readonly items: readonly CompletionItem[] }> {
		const { text, position } = readCaret(marked);
		await lsp.change(uri, text);
		return { text, items: await complete(lsp, uri, position) };
	}

	/** Labels with their details, if any, at the beginning of the list. */
	const listed: readonly { name: string; text: string; first: readonly string[]; lacks?: readonly string[] }[] = [
		{
			name: "files of the source's type, those of folders below too, then folders, then others",
			text: `${SOURCES}  - type: csv\n    path: /*caret*/`,
			first: [
				"data/devices #1.csv: text file",
				"data/estate.csv: text file",
				"data/installs.csv: text file",
				"data/log.csv: text file",
				"data/settings.csv: text file",
				"data/tabs.txt: text file",
				"data/: folder",
				"book.xlsx: Excel workbook",
			],
			lacks: ["node_modules/", "data/.hidden.csv", "acme.usage.yaml", "data/readme.md"],
		},
		{
			name: "what is in a folder",
			text: `${SOURCES}  - { type: csv, path: "data//*caret*/" }`,
			first: [
				"data/devices #1.csv",
				"data/estate.csv",
				"data/installs.csv",
				"data/log.csv",
				"data/settings.csv",
				"data/tabs.txt",
				"data/old/",
			],
		},
		{ name: "workbooks for Excel", text: `${SOURCES}  - type: excel\n    path: /*caret*/`, first: ["book.xlsx", "data/"] },
		{ name: "all files that can be read before the type is written", text: `${SOURCES}  - path: b/*caret*/`, first: ["book.xlsx"] },
		{
			name: "the type that a path stands for",
			text: `${SOURCES}  - path: data/tabs.txt\n    type: /*caret*/`,
			first: ["csv: what .txt stands for", "excel"],
		},
		{
			name: "sheets",
			text: `${SOURCES}  - { type: excel, path: book.xlsx, sheet: Apps }\n  - type: excel\n    path: book.xlsx\n    sheet: /*caret*/`,
			first: ["Devices and more: in book.xlsx", "Apps: in book.xlsx; another source reads it"],
		},
		{
			name: "columns, those that fit first, those that are taken last",
			text: `${CSV}    columns:\n      device: Machine ID\n      lastUsageDate: /*caret*/`,
			first: [
				"Last used: 31/10/2026 · dd/MM/yyyy",
				"Installed: 03/04/2026 · dd/MM/yyyy or MM/dd/yyyy",
				"Software: full title: Visio",
				"Owner: Ann",
				"Machine ID: PC1 · taken by device",
			],
		},
		{
			name: "columns of a delimiter that is not stated",
			text: `${SOURCES}  - { provides: devices, type: csv, path: data/tabs.txt, columns: { device: /*caret*/ } }`,
			first: ["device: PC1", "inventoryDate: 2026-11-04 · iso"],
		},
		{
			name: "columns in a text that is broken at this very place",
			text: `${CSV}    columns: { device: /*caret*/\nbundles: []\n`,
			first: ["Machine ID: PC1"],
		},
		{
			name: "columns of an entry that takes its path by a merge",
			text: `${SOURCES}  - &base { name: a, provides: installations, type: csv, path: data/installs.csv, delimiter: ";" }\n  - <<: *base\n    name: b\n    columns: { product: /*caret*/ }`,
			first: ["Software: full title: Visio"],
		},
		{
			name: "a whole mapping",
			text: `${CSV}    columns: /*caret*/`,
			first: [
				"New: Columns of installations: from the file's header",
				'{ device: Machine ID, product: "Software: full title", installDate: Installed, lastUsageDate: Last used }: from the file\'s header',
			],
		},
		{
			name: "the format in which dates are written, and none that only some of them have",
			text: `${CSV}    columns: { device: Machine ID, installDate: Installed, lastUsageDate: Last used }\n    dateFormat: /*caret*/`,
			first: [
				"dd/MM/yyyy: found in Last used: 31/10/2026",
				"MM/dd/yyyy: Installed (03/04/2026) fits, but also dd/MM/yyyy",
				"iso: 2026-11-04 or 2026-11-04T21:00:00Z",
			],
		},
		{
			name: "the delimiter that the file has",
			text: `${SOURCES}  - name: a\n    type: csv\n    path: data/tabs.txt\n    delimiter: /*caret*/`,
			first: ['"\\t": as in tabs.txt', ",: default"],
		},
		{
			name: "connections of other files",
			text: `${SOURCES}  - type: postgres\n    connection: /*caret*/`,
			first: ["ACME_DB: as in other.usage.yaml"],
			lacks: ["CLIENT_INVENTORY_DB"],
		},
		{
			name: "time zones of other sources",
			text: `${SOURCES}  - timeZone: /*caret*/`,
			first: ["Europe/Oslo: as in other.usage.yaml", "UTC: default"],
		},
		{
			name: "products by number of installations, with patterns",
			text: `${INSTANCE}${INSTALLS}reclaimPolicies:\n  - products: [/*caret*/]`,
			first: [
				"Microsoft Visio*: 2 products, 5 installations",
				"Office 😀: 5 installations",
				"Microsoft Word: 4 installations",
				"Microsoft Visio Standard: 3 installations",
				"AutoCAD*: 2 products, 2 installations",
				"Microsoft Visio Professional: 2 installations",
			],
			lacks: ["Microsoft*", "Microsoft Word*"],
		},
		{
			name: "no product that the list has",
			text: `${INSTANCE}${INSTALLS}unitPrices:\n  - products:\n      - Office 😀\n      - "Microsoft Visio*"\n      - /*caret*/`,
			first: ["Microsoft Word", "Microsoft Visio Standard"],
			lacks: ["Office 😀", "Microsoft Visio*"],
		},
		{
			name: "patterns of other lists, with what they stand for",
			text: `${INSTANCE}${INSTALLS}reclaimPolicies:\n  - { name: p, products: ["*Visio*", "*CAD*", "nothing*"] }\nunitPrices:\n  - products: ["*CAD*", /*caret*/]`,
			first: ["*Visio*: 2 products, 5 installations", "Microsoft Visio*: 2 products, 5 installations", "Office 😀: 5 installations"],
			lacks: ["*CAD*"],
		},
		{
			name: "bundles among the products of policies, and none among components",
			text: `${INSTANCE}${INSTALLS}bundles:\n  - { name: Suite, components: [Microsoft Word, /*caret*/] }\n  - { name: Office 😀, components: [AutoCAD 2026] }`,
			first: ["Microsoft Visio Standard: 3 installations"],
			lacks: ["Suite", "Office 😀", "Microsoft Word", "Microsoft Visio*"],
		},
		{
			name: "a bundle once, though the data has it as a product",
			text: `${INSTANCE}${INSTALLS}bundles: [{ name: Office 😀, components: [Microsoft Word] }, { name: Suite, components: [AutoCAD 2026] }]\nunitPrices:\n  - products: /*caret*/`,
			first: ['["Microsoft Visio*"]', "[Office 😀]: bundle of this file; 5 installations"],
		},
		{
			name: "names of bundles",
			text: `${INSTANCE}${INSTALLS}bundles:\n  - name: /*caret*/`,
			first: ["Office 😀: 5 installations", "Microsoft Word: 4 installations"],
		},
		{
			name: "products for a list whose brackets are still missing",
			text: `${INSTANCE}${INSTALLS}reclaimPolicies:\n  - products: /*caret*/`,
			first: ['["Microsoft Visio*"]: 2 products, 5 installations', "[Office 😀]: 5 installations"],
		},
		{
			name: "products for a list whose dash is still missing",
			text: `${INSTANCE}${INSTALLS}reclaimPolicies:\n  - products:\n      /*caret*/`,
			first: ['- "Microsoft Visio*"', "- Office 😀"],
		},
		{
			name: "servers that no subscription names, the latest first",
			text: `${PROJECT}${LOGS}subscriptions:\n  - { client: A, servers: [live] }\n  - { client: B, servers: [/*caret*/] }`,
			first: ["test: no subscription names it; last log 2026-11-04", "pilot: no subscription names it; last log 2026-10-07"],
			lacks: ["live", "northwind-live"],
		},
		{
			name: "only what a list does not have yet",
			text: `${INSTANCE}reclaimPolicies:\n  - categories: [Unused, /*caret*/]\n`,
			first: ["Rarely Used"],
			lacks: ["Unused"],
		},
		{
			name: "only what a list with dashes does not have yet",
			text: `${INSTANCE}reclaimPolicies:\n  - categories:\n      - Unused\n      /*caret*/\n`,
			first: ["- Rarely Used"],
			lacks: ["- Unused"],
		},
		{
			name: "limits of the project, of the advice, as deployed and by default",
			text: `${INSTANCE}dataSources:\n  - { name: s, provides: settings, type: csv, path: data/settings.csv }\nlimitAdvice:\n  - { limit: UsedCategoryLimit, value: 50, reference: CASE-1 }\nusageCategory:\n  UsedCategoryLimit: /*caret*/`,
			first: ["45: project's value", "50: advised in CASE-1", "60: deployed value", "30: vendor's default"],
		},
		{
			name: "limits that need advice first",
			text: `${INSTANCE}usageCategory: { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 120 }\nlimitAdvice:\n  - limit: /*caret*/`,
			first: ["UnusedCategoryLimit: 120, without advice", "InstallDateCutOffLimit", "UsedCategoryLimit"],
		},
		{
			name: "the value that a limit has now",
			text: `${INSTANCE}usageCategory: { InstallDateCutOffLimit: 7, UsedCategoryLimit: 33, UnusedCategoryLimit: 120 }\nlimitAdvice:\n  - limit: UsedCategoryLimit\n    value: /*caret*/`,
			first: ["33: what UsedCategoryLimit is now"],
		},
		{
			name: "what may be allowed, what the next line has first",
			text: `${INSTANCE}usageCategory:\n  InstallDateCutOffLimit: 7\n  # usage-report: allow /*caret*/\n\n  # why\n  UsedCategoryLimit: 30\n  UnusedCategoryLimit: 90\n`,
			first: ["limits/drift-from-project: found in the next line", "limits/advice-unused"],
			lacks: ["limits/order", "allow/unneeded"],
		},
		{ name: "the words of a comment that allows", text: `${INSTANCE}# usage/*caret*/\n`, first: ["usage-report: allow"] },
		{
			name: "keys that a merge brings last",
			text: `${SOURCES}  - &base\n    name: a\n    provides: devices\n    type: sqlite\n    path: x.db\n    table: t\n  - <<: *base\n    /*caret*/`,
			first: ["connector: Connector"],
			lacks: ["table", "query"],
		},
	];
	for (const { name, text, first, lacks = [] } of listed) {
		it(`lists ${name}`, async () => {
			const { items } = await completeAt(text);
			const found = items.map(({ label, detail }, index) => (first[index]?.startsWith(`${label}: `) ? `${label}: ${detail}` : label));
			assert.deepEqual(found.slice(0, first.length), first);
			for (const label of lacks) assert.ok(!items.some((item) => item.label === label), `${label} in ${found.join()}`);
			assert.equal(new Set(items.map(({ label }) => label)).size, items.length);
		});
	}

	const inserted: readonly { name: string; text: string; label: string; after: string }[] = [
		{
			name: "a file in place of the word that stands there",
			text: `${SOURCES}  - { type: csv, path: data/in/*caret*/stal.csv, name: a }`,
			label: "data/installs.csv",
			after: `${SOURCES}  - { type: csv, path: data/installs.csv, name: a }`,
		},
		{
			name: "a file whose name needs quotes",
			text: `${SOURCES}  - type: csv\r\n    path: /*caret*/\r\n`,
			label: "data/devices #1.csv",
			after: `${SOURCES}  - type: csv\r\n    path: "data/devices #1.csv"\r\n`,
		},
		{
			name: "a file in quotes that are there",
			text: `${SOURCES}  - type: csv\n    path: 'data/d/*caret*/'\n`,
			label: "data/devices #1.csv",
			after: `${SOURCES}  - type: csv\n    path: 'data/devices #1.csv'\n`,
		},
		{
			name: "a column behind letters of more than one code unit",
			text: `${CSV}    columns: { device: "😀", product: So/*caret*/ } # 😀`,
			label: "Software: full title",
			after: `${CSV}    columns: { device: "😀", product: "Software: full title" } # 😀`,
		},
		{
			name: "a tab",
			text: `${SOURCES}  - name: a\n    type: csv\n    path: data/tabs.txt\n    delimiter:/*caret*/`,
			label: '"\\t"',
			after: `${SOURCES}  - name: a\n    type: csv\n    path: data/tabs.txt\n    delimiter: "\\t"`,
		},
		{
			name: "a pattern in quotes",
			text: `${INSTANCE}${INSTALLS}reclaimPolicies:\n  - products:\n      - Micro/*caret*/\n`,
			label: "Microsoft Visio*",
			after: `${INSTANCE}${INSTALLS}reclaimPolicies:\n  - products:\n      - "Microsoft Visio*"\n`,
		},
		{
			name: "a code with room for the reason",
			text: `${INSTANCE}usageCategory:\n  # usage-report: allow lim/*caret*/\n  UsedCategoryLimit: 30\n`,
			label: "limits/drift-from-project",
			after: `${INSTANCE}usageCategory:\n  # usage-report: allow limits/drift-from-project -- \${1:reason}\n  UsedCategoryLimit: 30\n`,
		},
		{
			name: "a code before a reason",
			text: `${INSTANCE}usageCategory:\n  # usage-report: allow li/*caret*/mits -- as agreed\n  UsedCategoryLimit: 30\n`,
			label: "limits/drift-from-project",
			after: `${INSTANCE}usageCategory:\n  # usage-report: allow limits/drift-from-project -- as agreed\n  UsedCategoryLimit: 30\n`,
		},
		{
			name: "a mapping on lines of its own, with what else there is to choose from",
			text: `${SOURCES}  - name: a\n    provides: devices\n    type: csv\n    path: "data/devices #1.csv"\n    col/*caret*/`,
			label: "columns",
			after: `${SOURCES}  - name: a\n    provides: devices\n    type: csv\n    path: "data/devices #1.csv"\n    columns:\n      device: \${1|Device name,Last check-in|}\n      inventoryDate: \${2|Last check-in,Device name|}`,
		},
		{
			name: "advice on the limit that needs it",
			text: `${INSTANCE}usageCategory: { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 120 }\nlimitAdvice:\n  - /*caret*/`,
			label: "New: Advice on one limit",
			after: `${INSTANCE}usageCategory: { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 120 }\nlimitAdvice:\n  - limit: \${1:UnusedCategoryLimit}\n    value: \${2:120}\n    reference: \${3:CASE-10442}\n    date: \${4:2026-09-14}`,
		},
	];
	for (const { name, text, label, after: expected } of inserted) {
		it(`inserts ${name}`, async () => {
			const { text: before, items } = await completeAt(text);
			const item = items.find((candidate) => candidate.label === label);
			assert.ok(item?.textEdit && "range" in item.textEdit, items.map((each) => each.label).join());
			assert.equal(applyEdit(before, item.textEdit), expected);
		});
	}

	const silent: readonly { name: string; text: string }[] = [
		{ name: "in a comment behind a value", text: `${INSTANCE}bundles: [] # usage-report: allow /*caret*/` },
		{ name: "in the reason of a comment that allows", text: `${INSTANCE}# usage-report: allow limits/order -- because /*caret*/` },
		{ name: "of products in a project", text: `${PROJECT}reclaimPolicies:\n  - products: [/*caret*/]` },
		{
			name: "when all servers are named",
			text: `${PROJECT}${LOGS}subscriptions:\n  - { client: A, servers: [live, test, pilot] }\n  - { client: B, servers: [/*caret*/] }`,
		},
	];
	for (const { name, text } of silent) {
		it(`lists nothing ${name}`, async () => assert.deepEqual((await completeAt(text)).items, []));
	}

	it("says that a list is incomplete as long as the data is being loaded", async () => {
		const text = `${INSTANCE}${INSTALLS.replace("estate", "fresh")}unitPrices:\n  - products: [/*caret*/]`;
		fixture.write("data/fresh.csv", "device,product\nPC1,Freshly loaded\n");
		const { text: written, position } = readCaret(text);
		await lsp.change(uri, written);
		const first = await lsp.request<unknown>("textDocument/completion", { textDocument: { uri }, position });
		assert.deepEqual(first, { isIncomplete: true, items: [] });
		assert.deepEqual(
			(await complete(lsp, uri, position)).map(({ label }) => label),
			["Freshly loaded"],
		);
	});

	const goingOn: readonly { name: string; before: string; typed: string; known: string }[] = [
		{ name: "products", before: `${INSTANCE}${INSTALLS}bundles:\n  - { name: S, components: [`, typed: "Micro", known: "Microsoft Word" },
		{ name: "servers", before: `${PROJECT}${LOGS}subscriptions:\n  - { client: A, servers: [`, typed: "pi", known: "pilot" },
	];
	for (const { name, before, typed, known } of goingOn) {
		it(`goes on knowing ${name} while one is typed`, async () => {
			await completeAt(`${before}/*caret*/]}\n`);
			for (let length = 1; length <= typed.length; length++) {
				const { text, position } = readCaret(`${before}${typed.slice(0, length)}/*caret*/]}\n`);
				await lsp.change(uri, text);
				const answer = await lsp.request<readonly CompletionItem[]>("textDocument/completion", { textDocument: { uri }, position });
				assert.ok(Array.isArray(answer), "the list is incomplete");
				assert.ok(answer.some(({ label }: CompletionItem) => label === known));
			}
		});
	}

	it("offers no invented column as long as the file is being looked at", async () => {
		const { text, position } = readCaret(
			`${SOURCES}  - { name: a, provides: devices, type: csv, path: data/tabs.txt, delimiter: "|", columns: { device: /*caret*/ } }`,
		);
		await lsp.change(uri, text);
		const answers = [await lsp.request<unknown>("textDocument/completion", { textDocument: { uri }, position })];
		assert.ok(!JSON.stringify(answers).includes("ResourceID"));
	});

	it("looks at nothing outside of a workspace that is not trusted", async () => {
		const inner = createFixture({ "in/x.usage.yaml": "", "in/own.csv": "device\n", "out/secret.csv": "Secret column\n1\n" });
		const session = await startLsp({ folders: [inner.uri("in")], initializationOptions: { trusted: false } });
		const file = inner.uri("in/x.usage.yaml");
		const labelsAt = async (marked: string) => {
			const { text, position } = readCaret(marked);
			await session.change(file, text);
			return (await complete(session, file, position)).map(({ label }) => label);
		};
		await session.open(file, "");
		assert.deepEqual(await labelsAt(`${SOURCES}  - path: /*caret*/`), ["own.csv"]);
		assert.deepEqual(await labelsAt(`${SOURCES}  - path: ../out//*caret*/`), []);
		const outside = `${SOURCES}  - { provides: devices, type: csv, path: ../out/secret.csv, columns: { device: /*caret*/ } }`;
		assert.deepEqual(await labelsAt(outside), ["ResourceID"]);
		await session.dispose();
		inner.dispose();
	});
}).timeout(120_000);

function applyEdit(text: string, edit: NonNullable<CompletionItem["textEdit"]> & { readonly range: unknown }): string {
	const { range, newText } = edit as { range: { start: Place; end: Place }; newText: string };
	const offsetAt = ({ line, character }: Place) =>
		text
			.split("\n")
			.slice(0, line)
			.reduce((sum, each) => sum + each.length + 1, character);
	return text.slice(0, offsetAt(range.start)) + newText + text.slice(offsetAt(range.end));
}

interface Place {
	readonly line: number;
	readonly character: number;
}
