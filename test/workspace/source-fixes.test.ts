import assert from "node:assert/strict";
import Database from "better-sqlite3";
import { after, before, describe, it } from "mocha";
import { applyEdits, carryOutFix } from "../../workspace/edits/carry-out-fix.ts";
import { createNodeFileAccess } from "../../workspace/node-file-access.ts";
import { createWorkspace, type Workspace } from "../../workspace/workspace.ts";
import { writeWorkbook } from "../core/connectors/excel-fixture.ts";
import { createFixture, type FixtureWorkspace } from "../support/fixture-workspace.ts";
import { TEST_NOW } from "../support/lsp-harness.ts";

const MAP = "Map columns from the file's header";

describe("fixes of data sources", () => {
	let fixture: FixtureWorkspace;
	let workspace: Workspace;
	let uri: string;

	before(async () => {
		fixture = createFixture({
			"x.usage.yaml": "",
			"data/installs.csv": "ResourceID,Software title,Installed on,Last used,Owner\nPC1,Visio,2026-01-01,2026-11-01,Ann\n",
			"data/named.csv": "device,product\nPC1,Visio\n",
			"data/western.csv": Buffer.from("device,product\nPC1,\xc9diteur\n", "latin1"),
			"book.xlsx": writeWorkbook({
				sheets: {
					Apps: '<row r="1"><c r="A1" t="inlineStr"><is><t>device</t></is></c><c r="B1" t="inlineStr"><is><t>product</t></is></c></row>',
				},
			}),
		});
		const database = new Database(fixture.path("inventory.db"));
		database.exec("CREATE TABLE installed_software (device, product)");
		database.close();
		uri = fixture.uri("x.usage.yaml");
		workspace = createWorkspace(createNodeFileAccess(), () => TEST_NOW);
		await workspace.addFolder(fixture.rootUri);
	});
	after(() => fixture.dispose());

	const HEAD = "kind: instance\nname: X\ndataSources:\n";
	const fixed: readonly { name: string; code: string; title: string; preferred: boolean; entry: string; after: string }[] = [
		{
			name: "maps the columns of an entry that maps none",
			code: "source/missing-column",
			title: MAP,
			preferred: false,
			entry: "  - name: a # all of it\n    provides: installations\n    type: csv\n    path: data/installs.csv\n",
			after:
				"  - name: a # all of it\n    provides: installations\n    type: csv\n    path: data/installs.csv\n    columns:\n      device: ResourceID\n      product: Software title\n      installDate: Installed on\n      lastUsageDate: Last used\n",
		},
		{
			name: "adds what a mapping in braces lacks",
			code: "source/missing-column",
			title: MAP,
			preferred: false,
			entry: "  - { name: a, provides: installations, type: csv, path: data/installs.csv, columns: { device: ResourceID } }\n",
			after:
				"  - { name: a, provides: installations, type: csv, path: data/installs.csv, columns: { device: ResourceID, product: Software title, installDate: Installed on, lastUsageDate: Last used } }\n",
		},
		{
			name: "adds what a mapping on lines of its own lacks, and keeps its comments",
			code: "source/missing-column",
			title: MAP,
			preferred: false,
			entry:
				"  - name: a\r\n    provides: installations\r\n    type: csv\r\n    path: data/installs.csv\r\n    columns:\r\n      # agreed\r\n      device: ResourceID\r\n",
			after:
				"  - name: a\r\n    provides: installations\r\n    type: csv\r\n    path: data/installs.csv\r\n    columns:\r\n      # agreed\r\n      device: ResourceID\r\n      product: Software title\r\n      installDate: Installed on\r\n      lastUsageDate: Last used\r\n",
		},
		{
			name: "corrects a column",
			code: "source/missing-column",
			title: 'Change to "Last used"',
			preferred: true,
			entry:
				'  - { name: a, provides: installations, type: csv, path: data/installs.csv, columns: { device: ResourceID, product: Software title, lastUsageDate: "Last usd" } }\n',
			after:
				'  - { name: a, provides: installations, type: csv, path: data/installs.csv, columns: { device: ResourceID, product: Software title, lastUsageDate: "Last used" } }\n',
		},
		{
			name: "corrects a table",
			code: "source/missing-table",
			title: 'Change to "installed_software"',
			preferred: true,
			entry: "  - { name: a, provides: installations, type: sqlite, path: inventory.db, table: installed_sofware }\n",
			after: "  - { name: a, provides: installations, type: sqlite, path: inventory.db, table: installed_software }\n",
		},
		{
			name: "corrects a sheet",
			code: "source/missing-sheet",
			title: 'Change to "Apps"',
			preferred: true,
			entry: "  - { name: a, provides: installations, type: excel, path: book.xlsx, sheet: App }\n",
			after: "  - { name: a, provides: installations, type: excel, path: book.xlsx, sheet: Apps }\n",
		},
		{
			name: "corrects a path",
			code: "source/missing-file",
			title: 'Change to "data/named.csv"',
			preferred: true,
			entry: "  - { name: a, provides: installations, type: csv, path: data/nameed.csv }\n",
			after: "  - { name: a, provides: installations, type: csv, path: data/named.csv }\n",
		},
		{
			name: "corrects the backslashes of a path",
			code: "source/missing-file",
			title: 'Change to "data/named.csv"',
			preferred: true,
			entry: "  - { name: a, provides: installations, type: csv, path: 'data\\named.csv' }\n",
			after: "  - { name: a, provides: installations, type: csv, path: 'data/named.csv' }\n",
		},
		{
			name: "offers slashes for a path that is not there either way",
			code: "source/missing-file",
			title: 'Change to "data/other.csv"',
			preferred: false,
			entry: "  - { name: a, provides: installations, type: csv, path: data\\other.csv }\n",
			after: "  - { name: a, provides: installations, type: csv, path: data/other.csv }\n",
		},
		{
			name: "sets an encoding",
			code: "source/invalid-encoding",
			title: "Set the encoding to windows-1252",
			preferred: false,
			entry: "  - { name: a, provides: installations, type: csv, path: data/western.csv }\n",
			after: "  - { name: a, provides: installations, type: csv, path: data/western.csv, encoding: windows-1252 }\n",
		},
		{
			name: "sets the type of a text that is no workbook",
			code: "source/damaged-file",
			title: "Set the type to csv",
			preferred: false,
			entry: "  - { name: a, provides: installations, type: excel, path: data/named.csv, sheet: Apps }\n",
			after: "  - { name: a, provides: installations, type: csv, path: data/named.csv }\n",
		},
		{
			name: "sets the type of a text that is no Parquet file",
			code: "source/damaged-file",
			title: "Set the type to csv",
			preferred: false,
			entry: "  - { name: a, provides: installations, type: parquet, path: data/named.csv }\n",
			after: "  - { name: a, provides: installations, type: csv, path: data/named.csv }\n",
		},
		{
			name: "sets the type of a workbook",
			code: "source/binary-file",
			title: "Set the type to excel",
			preferred: false,
			entry: "  - { name: a, provides: installations, type: csv, path: book.xlsx, delimiter: ; }\n",
			after: "  - { name: a, provides: installations, type: excel, path: book.xlsx }\n",
		},
		{
			name: "sets the type of a text that is no database",
			code: "source/damaged-database",
			title: "Set the type to csv",
			preferred: false,
			entry: "  - { name: a, provides: installations, type: sqlite, path: data/named.csv, table: t }\n",
			after: "  - { name: a, provides: installations, type: csv, path: data/named.csv }\n",
		},
		{
			name: "corrects a time zone",
			code: "source/unknown-time-zone",
			title: 'Change to "Europe/London"',
			preferred: true,
			entry: "  - { name: a, provides: installations, type: csv, path: data/named.csv, timeZone: Europe/Londn }\n",
			after: "  - { name: a, provides: installations, type: csv, path: data/named.csv, timeZone: Europe/London }\n",
		},
	];
	for (const { name, code, title, preferred, entry, after: expected } of fixed) {
		it(name, async () => {
			const head = entry.includes("\r\n") ? HEAD.replaceAll("\n", "\r\n") : HEAD;
			workspace.setText(uri, head + entry);
			const { signal } = new AbortController();
			const found = (await workspace.checkFile(uri, signal)).filter(({ problem }) => problem.code === code);
			const fix = found.flatMap(({ problem }) => problem.fixes ?? []).find((candidate) => candidate.title === title);
			assert.ok(fix, found.map(({ problem }) => `${problem.message} ${problem.fixes?.map((each) => each.title).join()}`).join());
			assert.equal(fix.preferred, preferred);
			const { parsed } = workspace.file(uri)!;
			const repaired = applyEdits(parsed.text, carryOutFix(parsed, fix));
			assert.equal(repaired, head + expected);
			workspace.setText(uri, repaired);
			const left = await workspace.checkFile(uri, signal);
			if (name.endsWith("either way")) return;
			assert.ok(
				!left.some(({ problem }) => /^source\/|\/not-allowed-here$/.test(problem.code)),
				left.map(({ problem }) => problem.message).join(),
			);
		});
	}
});
