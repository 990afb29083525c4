import { toReportSubscription } from "../../core/config/to-report-subscription.ts";
import { formatInstant, type InstantMs } from "../../core/dates/instant.ts";
import { describeChoice } from "../../core/subscriptions/describe-choice.ts";
import { isChoosing, type ServerChoice, selectServers } from "../../core/subscriptions/select-servers.ts";
import { formatCount } from "../../core/texts/format-count.ts";
import { toReportJson } from "../../workspace/runs/results-json.ts";
import { type ReportRun, runReport } from "../../workspace/runs/run-report.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { chooseProjects } from "../choose-projects.ts";
import { type CliFailure, type CliIo, type ExitCode, failure, reportFailure } from "../cli-io.ts";
import { toPrettyJson } from "../formats/pretty-json.ts";
import type { ReportFormat } from "../formats.ts";
import { findNearNames } from "../near-names.ts";
import { openPaths } from "../open-workspace.ts";
import { createProgressLine } from "../progress.ts";
import { printable } from "../text/table.ts";
import { findOverwrittenInput, noteWritten, withLineEnds, writeOutput } from "../write-output.ts";

/** The command line of `report`, with values that have been understood. */
export interface ReportArguments {
	/** Project files and folders, as written; empty for the current folder. */
	readonly paths: readonly string[];
	/** Null for now. */
	readonly asOf: InstantMs | null;
	/** Which servers the report is to have; one of nothing for all. */
	readonly choice: ServerChoice;
	/** Absolute; `off` for none; null for the one beside each project. */
	readonly history: string | null;
	readonly format: ReportFormat;
	/** Absolute; null for standard output. */
	readonly outFile: string | null;
}

/** `usage-report report`: sets what the clients' servers report against what the clients pay for. */
export async function runReportCommand(args: ReportArguments, io: CliIo): Promise<ExitCode> {
	const made = await reportPaths(args, io);
	if ("message" in made) return reportFailure(io, made.message);
	const { run, shown } = chooseServers(made, args.choice);
	const failed = await writeResult(run, shown, args, io);
	if (failed !== null) return reportFailure(io, failed.message);
	if (args.outFile !== null) await noteWritten(io, args.outFile, run.report.rows.length, "row");
	// The text and the workbook say it themselves; these formats have no place for it.
	if (args.format === "json" || args.format === "csv") {
		await noteChoice(io, run, shown);
		await noteFutureLogs(io, run);
	}
	return 0;
}

/** What a report leaves out. */
export interface ShownPart {
	/** A sentence for each condition. */
	readonly inWords: readonly string[];
	/** Rows of the whole report. */
	readonly of: number;
}

/** The run with the servers of a choice only, and what the choice was; null where nothing was chosen. */
function chooseServers(run: ReportRun, choice: ServerChoice): { readonly run: ReportRun; readonly shown: ShownPart | null } {
	if (!isChoosing(choice)) return { run, shown: null };
	return {
		run: { ...run, report: selectServers(run.report, choice) },
		shown: { inWords: describeChoice(choice), of: run.report.rows.length },
	};
}

async function noteChoice(io: CliIo, { report }: ReportRun, shown: ShownPart | null): Promise<void> {
	if (shown === null) return;
	const rows = `${formatCount(report.rows.length)} of ${formatCount(shown.of)} ${shown.of === 1 ? "row" : "rows"}`;
	await io.stderr.write(`usage-report: ${rows}: ${printable(shown.inWords.join(" "))}\n`);
}

async function noteFutureLogs(io: CliIo, { report }: ReportRun): Promise<void> {
	const count = report.logsAfterAsOf;
	if (count === 0) return;
	await io.stderr.write(
		`usage-report: ${count === 1 ? "1 log is" : `${formatCount(count)} logs are`} later than ${formatInstant(report.asOf)} and left out.\n`,
	);
}

async function reportPaths(args: ReportArguments, io: CliIo): Promise<ReportRun | CliFailure> {
	const opened = await openPaths(io, args.paths.length === 0 ? ["."] : args.paths, args.asOf);
	if ("failed" in opened) return opened;
	const { workspace } = opened;
	const projects = await chooseProjects(io, opened);
	if (projects.length === 0) return failure("There is no project here: no *.usage.yaml with kind: project.");
	const unknown = findUnknownClient(workspace, projects, args.choice.clients ?? []);
	if (unknown !== null) return unknown;
	const overwritten = await findOverwrittenInput(workspace, args.outFile);
	if (overwritten !== null) return overwritten;
	const progress = createProgressLine(io);
	try {
		return await runReport(workspace, projects, {
			...(args.asOf === null ? {} : { asOf: args.asOf }),
			history: { setting: args.history, write: true, now: io.now() },
			signal: io.signal,
			onProgress: progress.onProgress,
		});
	} finally {
		await progress.end();
	}
}

/** Says which of the clients no subscription has; null when all are there, or when a file is no project, which is told first. */
function findUnknownClient(workspace: Workspace, projects: readonly string[], clients: readonly string[]): CliFailure | null {
	const models = projects.map((uri) => workspace.file(uri)?.config.model ?? null);
	const names = new Set<string>();
	for (const model of models) {
		if (model?.kind !== "project") return null;
		for (const subscription of model.subscriptions) names.add(toReportSubscription(subscription).client.trim());
	}
	const unknown = clients.find((client) => !names.has(client));
	if (unknown === undefined) return null;
	const near = findNearNames(unknown, [...names]);
	const lines = [
		`There is no client "${unknown}" in the subscriptions.`,
		...(near.length === 0 ? [] : ["Did you mean one of these?", ...near.map((name) => `  ${name}`)]),
	];
	return failure(lines.map(printable).join("\n"));
}

async function writeResult(run: ReportRun, shown: ShownPart | null, args: ReportArguments, io: CliIo): Promise<CliFailure | null> {
	switch (args.format) {
		case "text": {
			const [{ formatReport }, { createPaint, textWidth, unpainted }] = await Promise.all([
				import("../text/report-text.ts"),
				import("../text/paint.ts"),
			]);
			const look =
				args.outFile === null ? { paint: createPaint(io.stdout), width: textWidth(io.stdout) } : { paint: unpainted, width: 120 };
			return writeOutput(io, args.outFile, withLineEnds(formatReport(run, { ...look, shown })));
		}
		case "json":
			return writeOutput(io, args.outFile, [toPrettyJson(toReportJson(run))]);
		case "csv": {
			const { toReportCsv } = await import("../../workspace/runs/results-csv.ts");
			return writeOutput(io, args.outFile, toReportCsv(toReportJson(run).rows));
		}
		case "xlsx": {
			const { writeReportFile } = await import("../write-excel.ts");
			return writeReportFile(io, args.outFile!, run, shown);
		}
	}
}
