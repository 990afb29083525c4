import { mkdir, readdir } from "node:fs/promises";
import path from "node:path";
import type { CliIo } from "../cli/cli-io.ts";
import { checkPaths } from "../cli/commands/check.ts";
import { openOutput } from "../cli/process-output.ts";
import { formatOutcomesSideBySide } from "../cli/text/categorize-text.ts";
import { formatCheck } from "../cli/text/check-text.ts";
import { createPaint, type Paint, textWidth } from "../cli/text/paint.ts";
import { formatReport } from "../cli/text/report-text.ts";
import { formatTable, wrap } from "../cli/text/table.ts";
import { writePreviewFile, writeReportFile } from "../cli/write-excel.ts";
import { formatInstant, parseInstant } from "../core/dates/instant.ts";
import { formatCount } from "../core/texts/format-count.ts";
import { createNodeFileAccess } from "../workspace/node-file-access.ts";
import { type CategorizeRun, runCategorize } from "../workspace/runs/run-categorize.ts";
import { runReport } from "../workspace/runs/run-report.ts";
import { createWorkspace, type Workspace } from "../workspace/workspace.ts";

// The samples end on the evening before; as of today every server would have gone silent.
const AS_OF = parseInstant("2026-11-05T09:00:00Z")!;

const root = path.join(import.meta.dirname, "..");

process.exitCode = await start(createConsoleIo());

/** The main job on the sample clients: checks and categorizes them, reports on them, and writes the Excel files. Exit code 1 when a sample has errors. */
async function start(io: CliIo): Promise<number> {
	const paint = createPaint(io.stdout);
	const width = Math.min(100, textWidth(io.stdout));
	const print = (lines: Iterable<string>) => io.stdout.write(`${[...lines].join("\n")}\n`);
	const clients = await findClients(path.join(root, "samples"));
	await print([
		"",
		paint("heading", `Usage Report on the sample clients, as of ${formatInstant(AS_OF)}`),
		"The samples are invented, and their data ends the evening before.",
	]);

	await print(["", paint("heading", "1. Check of the configurations"), ""]);
	const check = await checkPaths(io, { paths: clients, asOf: AS_OF, outFile: null });
	if ("failed" in check) return giveUp(check.message);
	await print(
		[...formatCheck(check, paint)].flatMap((line) => wrap(line, width - 4).map((part, index) => (index === 0 ? part : `    ${part}`))),
	);

	const workspace = createWorkspace(createNodeFileAccess(), () => AS_OF);
	for (const client of clients) await workspace.addFolder(workspace.access.toUri(client));
	const runs = await categorizeAll(workspace, io.signal);
	if ("message" in runs) return giveUp(runs.message);
	const installations = runs.reduce((sum, run) => sum + run.categorization.rule.length, 0);
	const sizes = `${formatCount(installations)} in ${formatCount(runs.length)} instances`;
	await print(["", `${paint("heading", "2. Installations by usage category")}: ${sizes}`, ...formatClients(workspace, runs, width, paint)]);

	const report = await runReport(workspace, [], { asOf: AS_OF, signal: io.signal });
	if (report.failed) return giveUp(report.message);
	await print(["", paint("heading", "3. Subscriptions against usage"), "", ...formatReport(report, { width, paint })]);

	const outFolder = path.join(root, "out");
	await mkdir(outFolder, { recursive: true });
	const files: (readonly [string, string])[] = [["usage-report.xlsx", "the usage report"]];
	const failures = [await writeReportFile(io, path.join(outFolder, "usage-report.xlsx"), report)];
	for (const run of runs) {
		const name = `${path.basename(workspace.access.toPath(run.uri)).replace(/\.usage\.ya?ml$/i, "")}.xlsx`;
		files.push([name, run.instanceName]);
		failures.push(await writePreviewFile(io, path.join(outFolder, name), run));
	}
	const [failed] = failures.filter((failure) => failure !== null);
	if (failed !== undefined) return giveUp(failed.message);
	await print([
		"",
		paint("heading", "4. Excel files"),
		"",
		...formatTable(
			[
				{ title: "File", align: "left" },
				{ title: "Content", align: "left" },
			],
			files.map(([name, content]) => [`out/${name}`, content]),
			width,
		),
		"",
		"To see the same in VS Code, with diagnostics and previews: npm run vscode",
		"",
	]);
	return check.errors > 0 ? 1 : 0;
}

/** Absolute names of the client folders; `faulty` shows mistakes and is not one. */
async function findClients(samples: string): Promise<readonly string[]> {
	const entries = await readdir(samples, { withFileTypes: true });
	return entries
		.filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "faulty")
		.map((entry) => path.join(samples, entry.name))
		.sort();
}

async function categorizeAll(workspace: Workspace, signal: AbortSignal): Promise<readonly CategorizeRun[] | { readonly message: string }> {
	const runs: CategorizeRun[] = [];
	for (const uri of workspace.uris()) {
		if (workspace.file(uri)?.config.model?.kind !== "instance") continue;
		const run = await runCategorize(workspace, uri, { signal });
		if (run.failed) return run;
		runs.push(run);
	}
	return runs;
}

/** A table per client with its instances side by side. */
function formatClients(workspace: Workspace, runs: readonly CategorizeRun[], width: number, paint: Paint): readonly string[] {
	const projectOf = (run: CategorizeRun) => workspace.resolve(run.uri, run.instance.project ?? "");
	return [...new Set(runs.map(projectOf))].flatMap((project) => {
		const own = runs.filter((run) => projectOf(run) === project);
		const [head, ...lines] = formatOutcomesSideBySide(own, width);
		return ["", paint("heading", head ?? ""), ...lines];
	});
}

function giveUp(message: string): number {
	console.error(message);
	return 1;
}

function createConsoleIo(): CliIo {
	const cancel = new AbortController();
	process.once("SIGINT", () => cancel.abort());
	return {
		cwd: root,
		stdout: openOutput(process.stdout, process.env, cancel.signal),
		stderr: openOutput(process.stderr, process.env, cancel.signal),
		signal: cancel.signal,
		now: () => Date.now(),
	};
}
