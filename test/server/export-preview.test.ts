import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { CancellationTokenSource } from "vscode-languageserver-protocol/node";
import type { PreviewPage, PreviewRow } from "../../server/protocol/preview-messages.ts";
import type { ExportResult, Failure } from "../../server/protocol/requests.ts";
import { runCli } from "../cli/cli-support.ts";
import { CLEAN_CLIENT } from "../support/fixture-workspace.ts";
import { sessionPerTest } from "../support/lsp-session.ts";
import { createNotingJobs } from "../support/noting-jobs.ts";
import { readWorkbook, sheetOf, valuesOf } from "../support/read-workbook.ts";

const DEFAULTS = { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 90 };

describe("export of a preview", () => {
	const session = sessionPerTest(CLEAN_CLIENT);

	const page = (name: string, offset: number, limit: number, query?: unknown, limits?: unknown) =>
		session.lsp.request<PreviewPage | Failure>("usageReport/previewPage", { uri: session.fixture.uri(name), offset, limit, query, limits });

	const exportTo = (file: string, shown: { readonly query?: unknown; readonly limits?: unknown } = {}) =>
		session.lsp.request<ExportResult | Failure>("usageReport/exportPreview", {
			uris: [session.fixture.uri("emea.usage.yaml")],
			file: session.fixture.path(file),
			...shown,
		});

	const textOf = (file: string) => readFileSync(session.fixture.path(file), "utf8");

	it("exports a workbook", async () => {
		const file = session.fixture.path("out.xlsx");
		const answer = await session.lsp.request<ExportResult | Failure>("usageReport/exportPreview", {
			uris: [session.fixture.uri("emea.usage.yaml")],
			file,
		});
		assert.deepEqual(answer, { failed: false, file, rows: 5 });
		assert.equal(readFileSync(file).subarray(0, 2).toString(), "PK");
		const refusals: readonly { uris: readonly string[]; file: string; message: RegExp }[] = [
			{ uris: [], file, message: /exactly one/ },
			{ uris: [session.fixture.uri("emea.usage.yaml")], file: "out.xlsx", message: /full file name/ },
			{ uris: [session.fixture.uri("acme.usage.yaml")], file, message: /is a project/ },
			{ uris: [session.fixture.uri("emea.usage.yaml")], file: session.fixture.path("no/such/folder/out.xlsx"), message: /./ },
		];
		for (const { uris, file: target, message } of refusals) {
			const refused = await session.lsp.request<ExportResult | Failure>("usageReport/exportPreview", { uris, file: target });
			assert.ok(refused.failed);
			assert.match(refused.message, message);
		}
		assert.equal(existsSync(session.fixture.path("no")), false);
	});

	it("exports what a query and other limits show, and says so", async () => {
		const file = session.fixture.path("shown.xlsx");
		const limits = { ...DEFAULTS, UsedCategoryLimit: 60 };
		const query = { filter: { outcomes: [0], text: "e" }, sort: [{ by: "product", descending: true }] };
		const answer = await session.lsp.request<ExportResult | Failure>("usageReport/exportPreview", {
			uris: [session.fixture.uri("emea.usage.yaml")],
			file,
			limits,
			query,
		});
		assert.deepEqual(answer, { failed: false, file, rows: 1 });
		const workbook = await readWorkbook(file);
		const shown = await page("emea.usage.yaml", 0, 10, query, limits);
		assert.deepEqual(
			valuesOf(sheetOf(workbook, "Installations"))
				.slice(1)
				.map(([device, product, , , category]) => ({ device, product, category })),
			!shown.failed && shown.rows.map(({ device, product, category }) => ({ device, product, category })),
		);
		const summary = JSON.stringify(valuesOf(sheetOf(workbook, "Summary")));
		assert.match(summary, /60 days \(tried: the instance has 30 days\)/);
		assert.match(summary, /1 of 5: those of a filter/);
		const about = JSON.stringify(valuesOf(sheetOf(workbook, "About")));
		for (const words of [
			/60 days were tried here\. The configuration of the instance says 30 days\./,
			/"1 of 5\./,
			/Category: Used\./,
			/Device or product with the text \\"e\\" in its name\./,
			/Sorted by product \(descending\)\./,
		])
			assert.match(about, words);
		for (const params of [{ query: 7 }, { limits: 7 }]) {
			const refused = await session.lsp.request<ExportResult | Failure>("usageReport/exportPreview", {
				uris: [session.fixture.uri("emea.usage.yaml")],
				file,
				...params,
			});
			assert.match(refused.failed ? refused.message : "", /not a query|three whole numbers/);
		}
	});

	for (const format of ["csv", "ndjson"]) {
		it(`writes the same as the command line: ${format}`, async () => {
			const answer = await exportTo(`out.${format}`);
			assert.deepEqual(answer, { failed: false, file: session.fixture.path(`out.${format}`), rows: 5 });
			const { stdout } = await runCli(["categorize", "emea.usage.yaml", "--format", format], session.fixture.path("."));
			assert.equal(textOf(`out.${format}`), stdout);
			assert.equal(stdout.split("\n").length, format === "csv" ? 7 : 6);
		});
	}

	it("writes lines of what a query and other limits show, in their order", async () => {
		const shown = {
			limits: { ...DEFAULTS, UsedCategoryLimit: 60 },
			query: { filter: { text: "d1" }, sort: [{ by: "product", descending: true }] },
		};
		assert.deepEqual(await exportTo("shown.ndjson", shown), { failed: false, file: session.fixture.path("shown.ndjson"), rows: 3 });
		const expected = await page("emea.usage.yaml", 0, 10, shown.query, shown.limits);
		assert.deepEqual(
			textOf("shown.ndjson")
				.split("\n")
				.slice(0, -1)
				.map((line) => JSON.parse(line)),
			!expected.failed && expected.rows.map(toExported),
		);
		await exportTo("none.csv", { query: { filter: { text: "nothing" } } });
		assert.equal(textOf("none.csv"), "device,product,installDate,lastUsageDate,category,reason,rule\n");
	});

	const refused: readonly { readonly what: string; readonly file: string; readonly message: RegExp }[] = [
		{
			what: "an ending that says nothing",
			file: "out.txt",
			message: /The ending of .*out\.txt does not say what to write\. Choose a name that ends in \.xlsx, \.csv or \.ndjson\./,
		},
		{ what: "no ending", file: "out", message: /does not say what to write/ },
		{ what: "its own data", file: "data/installs.csv", message: /installs\.csv is read for this result\. Choose another name\./ },
		{ what: "its own data by a link", file: "link.csv", message: /link\.csv is read for this result\./ },
		{ what: "the data of another file of the workspace", file: "data/log.csv", message: /log\.csv is read for this result\./ },
		{ what: "a folder that does not exist", file: "no/such/folder/out.csv", message: /its folder does not exist\. Create the folder/ },
	];
	for (const { what, file, message } of refused) {
		it(`refuses ${what}`, async () => {
			symlinkSync(session.fixture.path("data/installs.csv"), session.fixture.path("link.csv"));
			const before = ["installs.csv", "log.csv"].map((name) => textOf(`data/${name}`));
			const answer = await exportTo(file);
			assert.match(answer.failed ? answer.message : "", message);
			assert.deepEqual(
				["installs.csv", "log.csv"].map((name) => textOf(`data/${name}`)),
				before,
			);
		});
	}

	it("orders in a job, so that others are answered meanwhile", async () => {
		const jobs: string[] = [];
		await session.restart({ server: { jobs: createNotingJobs(jobs) } });
		for (const file of ["a.xlsx", "a.csv"]) {
			await exportTo(file);
			assert.ok(jobs.includes("order"), file);
			session.fixture.write("data/devices.csv", `device,inventoryDate\nd1,2026-11-03\nd2,2026-11-01\n`);
			jobs.length = 0;
		}
	});

	it("tells how many rows of a workbook are written", async () => {
		const told: string[] = [];
		const ended = new Promise<void>((resolve) => {
			session.lsp.connection.onNotification("$/progress", ({ value }: { value: { kind: string; message?: string } }) => {
				if (value.kind === "end") resolve();
				if (value.message?.includes("written")) told.push(value.message);
			});
		});
		const params = { uris: [session.fixture.uri("emea.usage.yaml")], file: session.fixture.path("out.xlsx"), workDoneToken: "t1" };
		await session.lsp.request("usageReport/exportPreview", params);
		await ended;
		assert.deepEqual(told, ["5 of 5 rows written"]);
	});

	it("tells how many rows are written, and is cancelled between them: the older file stays", async () => {
		const rows = Array.from({ length: 90_000 }, (_, index) => `d${index % 100},P${index},2025-01-01,2026-11-03`);
		session.fixture.write("data/installs.csv", `device,product,installDate,lastUsageDate\n${rows.join("\n")}\n`);
		session.fixture.write("out/old.csv", "old");
		const source = new CancellationTokenSource();
		const told: string[] = [];
		const ended = new Promise<void>((resolve) => {
			session.lsp.connection.onNotification("$/progress", ({ value }: { value: { kind: string; message?: string } }) => {
				if (value.kind === "end") resolve();
				if (!value.message?.includes("written")) return;
				told.push(value.message);
				source.cancel();
			});
		});
		const params = { uris: [session.fixture.uri("emea.usage.yaml")], file: session.fixture.path("out/old.csv"), workDoneToken: "t1" };
		await assert.rejects(
			session.lsp.connection.sendRequest("usageReport/exportPreview", params, source.token),
			(error: { code?: number }) => error.code === -32800,
		);
		// The answer of a cancelled request does not wait for what is still to be tidied up.
		await ended;
		assert.equal(told[0], "1,000 of 90,000 rows written");
		assert.deepEqual(readdirSync(session.fixture.path("out")), ["old.csv"]);
		assert.equal(textOf("out/old.csv"), "old");
		const again = await exportTo("out/old.csv");
		assert.equal(again.failed ? again.message : again.rows, 90_000);
	});
}).timeout(120_000);

function toExported({ device, product, installDate, lastUsageDate, category, reason, rule }: PreviewRow) {
	return { device, product, installDate, lastUsageDate, category, reason, rule };
}
