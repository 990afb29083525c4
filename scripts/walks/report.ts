import { join } from "node:path";
import type { Frame } from "playwright-core";
import { openEditor, pickEntry, runCommand } from "../workbench.ts";
import { fillWithClients } from "./samples.ts";
import { tableOf } from "./tables.ts";
import { findView, seesIn } from "./views.ts";
import { expect, expectEqual, type Stage, type Walk } from "./walk.ts";
import { readSheets, saveAs } from "./workbooks.ts";

/** The usage report of all clients: flags, filters, the detail of a server, totals per client, and the export of what is shown. */
export const reportWalk: Walk = {
	name: "report",
	title: "report: flags, filters, detail of a server, clients, export of exactly the rows shown",
	fill: fillWithClients,
	steps: readReport,
};

async function readReport(stage: Stage): Promise<void> {
	const { page, folder, shoot, picture } = stage;
	await openEditor(page, "README.md");
	await runCommand(page, "Usage Report: Run Usage Report");
	await pickEntry(page, /All \d+ projects|All projects/);
	const report = await findView(page, "report");
	await seesIn(report, ".facts dd", "2026-11-04 21:45 UTC");
	const table = tableOf(report, "servers");
	const all = await table.total();
	expect(all > 5, `only ${all} servers`);
	await picture("report");

	// A flag filters by a click, and its chip takes the filter away.
	const flag = report.locator(".flag-switch").first();
	const flagged = Number(/\d+/.exec((await flag.textContent()) ?? "")?.[0]);
	await flag.click();
	await table.untilTotal(flagged);
	await shoot("report-filtered");
	await report.locator(".chip").first().click();
	await table.untilTotal(all);

	const [first = ""] = await table.column("server");
	await showDetail(report, first);
	await shoot("report-detail");
	await stage.checkAccess(report, "the report with a detail");
	await report.locator(".detail-head .icon-button").click();

	// A client's servers, from its totals.
	await report.locator("vscode-tab-header").nth(1).click();
	const client = report.locator(".clients tbody tr").first();
	const name = ((await client.locator("th").textContent()) ?? "").trim();
	const servers = Number(await client.locator("td.numeric").first().textContent());
	await client.locator("th button").click();
	await seesIn(report, ".chip", name);
	await table.untilTotal(servers);

	const file = join(folder, "shown servers.xlsx");
	await report.locator("vscode-button", { hasText: "Export Shown to Excel" }).click();
	await saveAs(page, file);
	const shown = (await table.column("server")).map((text) => text.trim());
	const [sheet] = await readSheets(file);
	const column = sheet?.rows.find((row) => row.includes("Server")) ?? [];
	const at = column.indexOf("Server");
	const written = (sheet?.rows ?? []).slice((sheet?.rows.indexOf(column) ?? 0) + 1).map((row) => row[at] ?? "");
	expectEqual(written, shown, "servers in the workbook");
}

async function showDetail(report: Frame, server: string): Promise<void> {
	await report.locator("[data-table=servers] [role=rowheader]", { hasText: server }).first().click();
	await seesIn(report, ".detail h2", server);
	await seesIn(report, ".detail h3", "Last 26 weeks");
	await seesIn(report, ".detail h3", /Usage logs \(\d+\)/);
}
