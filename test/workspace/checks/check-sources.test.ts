import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import { parseInstant } from "../../../core/dates/instant.ts";
import { applyEdits, carryOutFix } from "../../../workspace/edits/carry-out-fix.ts";
import { createNodeFileAccess } from "../../../workspace/node-file-access.ts";
import { createWorkspace, type Workspace } from "../../../workspace/workspace.ts";
import { CLEAN_CLIENT, createFixture, type FixtureWorkspace } from "../../support/fixture-workspace.ts";

const NOW = parseInstant("2026-11-05T09:00:00Z")!;
const signal = new AbortController().signal;

/** Rows of a CSV file with a header. */
function table(header: string, rows: readonly string[]): string {
	return [header, ...rows, ""].join("\n");
}

const many = (count: number, row: (index: number) => string) => Array.from({ length: count }, (_, index) => row(index));

describe("checking sources", () => {
	let fixture: FixtureWorkspace;
	let workspace: Workspace;
	afterEach(() => fixture.dispose());

	async function open(files: Readonly<Record<string, string>>): Promise<void> {
		fixture = createFixture({ ...CLEAN_CLIENT, ...files });
		workspace = createWorkspace(createNodeFileAccess(), () => NOW);
		await workspace.addFolder(fixture.rootUri);
	}

	/** Code, path and message of all problems. */
	async function problemsOf(name: string): Promise<readonly string[]> {
		const found = await workspace.checkFile(fixture.uri(name), signal);
		return found.map(({ problem }) => `${problem.path.join(".")} ${problem.code} ${problem.message}`);
	}

	/** Codes of all problems, in alphabetical order. */
	async function codesOf(name: string): Promise<readonly string[]> {
		return (await workspace.checkFile(fixture.uri(name), signal)).map(({ problem }) => problem.code).sort();
	}

	/** Carries out the only fix of the only problem of a code. */
	async function mend(name: string, code: string): Promise<void> {
		const [placed, ...others] = (await workspace.checkFile(fixture.uri(name), signal)).filter(({ problem }) => problem.code === code);
		assert.equal(others.length, 0);
		const file = workspace.file(fixture.uri(name))!;
		const [fix] = placed!.problem.fixes!;
		workspace.setText(file.uri, applyEdits(file.parsed.text, carryOutFix(file.parsed, fix!)));
	}

	const edited = (name: string, before: string, after: string) => ({ [name]: CLEAN_CLIENT[name]!.replace(before, after) });

	it("finds nothing wrong with a clean client", async () => {
		await open({});
		assert.deepEqual(await codesOf("emea.usage.yaml"), []);
		assert.deepEqual(await codesOf("acme.usage.yaml"), []);
	});

	it("offers the format in which dates are written, once for all columns, and is content with it", async () => {
		const rows = many(12, (index) => `d1,P${index},0${(index % 9) + 1}/14/2026,10/${index + 10}/2026`);
		await open({ "data/installs.csv": table("device,product,installDate,lastUsageDate", rows) });
		assert.deepEqual(await problemsOf("emea.usage.yaml"), [
			'dataSources.1.path source/wrong-date-format 24 cells are not dates in the format iso, such as "01/14/2026". They are dates in the format MM/dd/yyyy.',
		]);
		await mend("emea.usage.yaml", "source/wrong-date-format");
		assert.deepEqual(await codesOf("emea.usage.yaml"), []);
		assert.match(workspace.file(fixture.uri("emea.usage.yaml"))!.parsed.text, /dateFormat: MM\/dd\/yyyy/);
	});

	it("only hints at the format while it could not read the other sources", async () => {
		const rows = many(12, (index) => `d1,P${index},,10/${index + 10}/2026`);
		const config = edited("emea.usage.yaml", "path: data/devices.csv", "path: data/gone.csv");
		await open({ ...config, "data/installs.csv": table("device,product,installDate,lastUsageDate", rows) });
		assert.deepEqual(await codesOf("emea.usage.yaml"), ["source/missing-file", "source/unparseable-date"]);
		assert.match((await problemsOf("emea.usage.yaml")).join(), /First: .* Nearly all of them are dates in the format MM\/dd\/yyyy\./);
		await mend("emea.usage.yaml", "source/unparseable-date");
		assert.deepEqual(await codesOf("emea.usage.yaml"), ["source/missing-file"]);
	});

	it("leaves a few cells that are no dates as they are", async () => {
		const rows = [
			...many(30, (index) => `d1,P${index},2025-0${(index % 9) + 1}-01,2026-10-${(index % 9) + 10}`),
			"d1,X,2025-01-01,10/30/2026",
		];
		await open({ "data/installs.csv": table("device,product,installDate,lastUsageDate", rows) });
		assert.deepEqual(await problemsOf("emea.usage.yaml"), [
			"dataSources.1.path source/unparseable-date 1 cell is not a date in the format iso; it counts as empty. See row 32 (lastUsageDate). It is a date in the format MM/dd/yyyy.",
		]);
	});

	it("offers the format of usage logs, and judges no subscription by logs that it misreads", async () => {
		const rows = many(4, (index) => `acme-live,10/${index * 7 + 14}/2026 21:00:05,90,3,2`);
		await open({ "data/log.csv": table("server,loggedAt,activeRegistered,activeEnterprise,activeDesigners", rows.slice(0, 3)) });
		assert.deepEqual(await codesOf("acme.usage.yaml"), ["source/wrong-date-format"]);
		await mend("acme.usage.yaml", "source/wrong-date-format");
		assert.deepEqual(await codesOf("acme.usage.yaml"), ["subscription/over-use", "subscription/stale"]);
	});

	it("tells what a placeholder does when it is certain", async () => {
		const rows = [
			"d1,Word,2025-01-01,2026-11-03",
			"d1,Excel,2025-01-01,1970-01-01",
			"d2,Word,2025-01-01,2026-10-30",
			"d2,Excel,2025-01-01,1970-01-01",
		];
		await open({ "data/installs.csv": table("device,product,installDate,lastUsageDate", rows) });
		assert.deepEqual(await problemsOf("emea.usage.yaml"), [
			'dataSources.1.path source/placeholder-date 2 of 4 rows have the date 1970-01-01 in "lastUsageDate", the zero of Unix time, which stands for no date. 2 installations count as Unused because of it. Leave such cells empty at their source.',
		]);
	});

	it("names the device that sets End of Sync, at the source that has its date", async () => {
		const rows = many(5, (index) => `d${index},Word,2025-01-01,${index === 4 ? "2026-11-01" : "2026-10-01"}`);
		await open({
			"data/devices.csv": table(
				"device,inventoryDate",
				many(5, (index) => `d${index},2026-10-0${index + 1}`),
			),
			"data/installs.csv": table("device,product,installDate,lastUsageDate", rows),
		});
		assert.deepEqual(await problemsOf("emea.usage.yaml"), [
			'dataSources.1.path source/lone-device One device alone, "d4", sets End of Sync to 2026-11-01 (lastUsageDate, row 6); without it, it would be 2026-10-04. Every age counts back from it, so all of them are 28 days greater. Check that date.',
		]);
	});

	it("judges neither rows nor names beside an entry that is faulty", async () => {
		const config = edited("emea.usage.yaml", "  - name: installs", "    colums: {}\n  - name: installs");
		await open({ ...config, "data/installs.csv": table("device,product,lastUsageDate", ["D1,Word,1970-01-01"]) });
		assert.deepEqual(await codesOf("emea.usage.yaml"), ["schema/unknown-key"]);
	});

	it("does not call a server unknown that another project names", async () => {
		const log = `${CLEAN_CLIENT["data/log.csv"]}other-live,2026-11-04T21:00:07Z,1,0,0\n`;
		await open({ "data/log.csv": log });
		assert.deepEqual(await codesOf("acme.usage.yaml"), ["subscription/unknown-server"]);
		fixture.write(
			"other.usage.yaml",
			CLEAN_CLIENT["acme.usage.yaml"]!.replace("title: Acme", "title: Other")
				.replace("acme-live", "Other-Live")
				.replace(/dataSources:[\s\S]*/, ""),
		);
		await workspace.refresh(fixture.uri("other.usage.yaml"));
		assert.deepEqual(await codesOf("acme.usage.yaml"), []);
	});

	it("does not take servers that are counted through for each other", async () => {
		const config = edited("acme.usage.yaml", "servers: [acme-live]", "servers: [acme-live, srv01]");
		await open({ ...config, "data/log.csv": `${CLEAN_CLIENT["data/log.csv"]}srv02,2026-11-04T21:00:07Z,1,0,0\n` });
		assert.deepEqual(await codesOf("acme.usage.yaml"), ["subscription/never-reported", "subscription/unknown-server"]);
	});

	it("mends the name of a server", async () => {
		await open(edited("acme.usage.yaml", "servers: [acme-live]", "servers: [acme_live]"));
		assert.deepEqual(await codesOf("acme.usage.yaml"), ["reference/missing-server"]);
		await mend("acme.usage.yaml", "reference/missing-server");
		assert.deepEqual(await codesOf("acme.usage.yaml"), []);
	});

	it("describes sources for whoever asks, as long as nothing changes once", async () => {
		await open({});
		const file = workspace.file(fixture.uri("emea.usage.yaml"))!;
		const first = await workspace.data.describeSources(file, signal);
		assert.deepEqual(
			first?.sources.map(({ sourceIndex, rows }) => [sourceIndex, rows]),
			[
				[0, 2],
				[1, 5],
			],
		);
		assert.equal(await workspace.data.describeSources(file, signal), first);
		fixture.write("data/devices.csv", table("device,inventoryDate", ["d1,2026-11-03"]));
		assert.equal((await workspace.data.describeSources(file, signal))?.sources[0]?.rows, 1);
		fixture.remove("data/devices.csv");
		assert.equal(await workspace.data.describeSources(file, signal), null);
	});
});
