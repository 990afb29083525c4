import { formatInstant, type InstantMs } from "../../core/dates/instant.ts";
import { formatCount } from "../../core/texts/format-count.ts";
import { toReportJson } from "../../workspace/runs/results-json.ts";
import { type ReportRun, runReport } from "../../workspace/runs/run-report.ts";
import { type CliFailure, type CliIo, type ExitCode, failure, reportFailure } from "../cli-io.ts";
import { toPrettyJson } from "../formats/pretty-json.ts";
import type { ReportFormat } from "../formats.ts";
import { displayName, type OpenedPaths, openPaths } from "../open-workspace.ts";
import { createProgressLine } from "../progress.ts";
import { findOverwrittenInput, noteWritten, withLineEnds, writeOutput } from "../write-output.ts";

/** The command line of `report`, with values that have been understood. */
export interface ReportArguments {
	/** Project files and folders, as written; empty for the current folder. */
	readonly paths: readonly string[];
	/** Null for now. */
	readonly asOf: InstantMs | null;
	readonly format: ReportFormat;
	/** Absolute; null for standard output. */
	readonly outFile: string | null;
}

/** `usage-report report`: sets what the clients' servers report against what the clients pay for. */
export async function runReportCommand(args: ReportArguments, io: CliIo): Promise<ExitCode> {
	const run = await reportPaths(args, io);
	if ("message" in run) return reportFailure(io, run.message);
	const failed = await writeResult(run, args, io);
	if (failed !== null) return reportFailure(io, failed.message);
	if (args.outFile !== null) await noteWritten(io, args.outFile, run.report.rows.length, "row");
	// The text and the workbook say it themselves; these formats have no place for it.
	if (args.format === "json" || args.format === "csv") await noteFutureLogs(io, run);
	return 0;
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
	const overwritten = await findOverwrittenInput(workspace, args.outFile);
	if (overwritten !== null) return overwritten;
	const progress = createProgressLine(io);
	try {
		return await runReport(workspace, projects, {
			...(args.asOf === null ? {} : { asOf: args.asOf }),
			signal: io.signal,
			onProgress: progress.onProgress,
		});
	} finally {
		await progress.end();
	}
}

/**
 * What was named as a file is taken whatever it is, so that a wrong one is told of; of a folder only the projects are, and a
 * file in it whose kind cannot be read is mentioned.
 */
async function chooseProjects(io: CliIo, { workspace, uris, named }: OpenedPaths): Promise<readonly string[]> {
	const kindOf = (uri: string) => workspace.file(uri)?.config.model?.kind ?? null;
	for (const uri of uris.filter((candidate) => !named.has(candidate) && kindOf(candidate) === null)) {
		const name = displayName(io, workspace.access.toPath(uri));
		await io.stderr.write(`usage-report: ${name} is left out, since its kind cannot be read; usage-report check says why.\n`);
	}
	return uris.filter((uri) => named.has(uri) || kindOf(uri) === "project");
}

async function writeResult(run: ReportRun, args: ReportArguments, io: CliIo): Promise<CliFailure | null> {
	switch (args.format) {
		case "text": {
			const [{ formatReport }, { createPaint, textWidth, unpainted }] = await Promise.all([
				import("../text/report-text.ts"),
				import("../text/paint.ts"),
			]);
			const look =
				args.outFile === null ? { paint: createPaint(io.stdout), width: textWidth(io.stdout) } : { paint: unpainted, width: 120 };
			return writeOutput(io, args.outFile, withLineEnds(formatReport(run, look)));
		}
		case "json":
			return writeOutput(io, args.outFile, [toPrettyJson(toReportJson(run))]);
		case "csv": {
			const { toReportCsv } = await import("../formats/csv-rows.ts");
			return writeOutput(io, args.outFile, toReportCsv(toReportJson(run).rows));
		}
		case "xlsx": {
			const { writeReportFile } = await import("../write-excel.ts");
			return writeReportFile(io, args.outFile!, run);
		}
	}
}
