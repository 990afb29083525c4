import type { InstantMs } from "../../core/dates/instant.ts";
import { formatCounted } from "../../core/texts/format-count.ts";
import type { Limits } from "../../core/usage/limits.ts";
import { toCategorizeJson, toInstallationLines, toInstallations } from "../../workspace/runs/results-json.ts";
import { type CategorizeRun, runCategorize } from "../../workspace/runs/run-categorize.ts";
import { type CliFailure, type CliIo, type ExitCode, reportFailure } from "../cli-io.ts";
import { toPrettyJson } from "../formats/pretty-json.ts";
import type { CategorizeFormat } from "../formats.ts";
import { openFile } from "../open-workspace.ts";
import { createProgressLine, withProgressLine } from "../progress.ts";
import { findOverwrittenInput, noteWritten, withLineEnds, writeOutput } from "../write-output.ts";

/** The command line of `categorize`, with values that have been understood. */
export interface CategorizeArguments {
	/** The instance's file, as written. */
	readonly instance: string;
	/** Null for the instance's own. */
	readonly limits: Limits | null;
	/** Null for the instance's own, or now. */
	readonly asOf: InstantMs | null;
	readonly format: CategorizeFormat;
	/** Absolute; null for standard output. */
	readonly outFile: string | null;
	/** Text lists every product. */
	readonly all: boolean;
}

/** `usage-report categorize`: gives every installation of an instance its usage category. */
export async function runCategorizeCommand(args: CategorizeArguments, io: CliIo): Promise<ExitCode> {
	const run = await categorizeFile(args, io);
	if ("message" in run) return reportFailure(io, run.message);
	const failed = await writeResult(run, args, io);
	if (failed !== null) return reportFailure(io, failed.message);
	if (args.outFile !== null) await noteWritten(io, args.outFile, run.categorization.rule.length, "installation");
	return 0;
}

/** Categorizes the instance that a command line names; says on standard error whose limits were taken, if not its own. */
export async function categorizeFile(
	args: Pick<CategorizeArguments, "instance" | "limits" | "asOf"> & { readonly outFile?: string | null },
	io: CliIo,
): Promise<CategorizeRun | CliFailure> {
	const opened = await openFile(io, args.instance, null);
	if ("failed" in opened) return opened;
	const overwritten = await findOverwrittenInput(opened.workspace, args.outFile ?? null);
	if (overwritten !== null) return overwritten;
	const progress = createProgressLine(io);
	try {
		const run = await runCategorize(opened.workspace, opened.uri, {
			...(args.limits === null ? {} : { limits: args.limits }),
			...(args.asOf === null ? {} : { asOf: args.asOf }),
			signal: io.signal,
			onProgress: progress.onProgress,
		});
		if (run.failed) return run;
		if (run.limitsFromProject) {
			await io.stderr.write(`usage-report: ${args.instance} has no limits of its own; its project's were taken.\n`);
		}
		return run;
	} finally {
		await progress.end();
	}
}

async function writeResult(run: CategorizeRun, args: CategorizeArguments, io: CliIo): Promise<CliFailure | null> {
	const { categorization, loaded } = run;
	// Where the lines themselves appear on the terminal, they show how far it is.
	const showsLines = args.outFile === null && io.stdout.columns !== null;
	const withProgress = (lines: Iterable<string>) => (showsLines ? lines : withProgressLine(io, lines, categorization.rule.length));
	switch (args.format) {
		case "text": {
			const [{ formatCategorization }, { createPaint, textWidth, unpainted }] = await Promise.all([
				import("../text/categorize-text.ts"),
				import("../text/paint.ts"),
			]);
			const look =
				args.outFile === null ? { paint: createPaint(io.stdout), width: textWidth(io.stdout) } : { paint: unpainted, width: 120 };
			return writeOutput(io, args.outFile, withLineEnds(formatCategorization(run, { ...look, all: args.all })));
		}
		case "json":
			return writeOutput(io, args.outFile, [toPrettyJson(toCategorizeJson(run))]);
		case "ndjson":
			await noteProblems(io, loaded.problemCount);
			return writeOutput(io, args.outFile, withProgress(withLineEnds(toInstallationLines(run))));
		case "csv": {
			await noteProblems(io, loaded.problemCount);
			const { toInstallationCsv } = await import("../formats/csv-rows.ts");
			return writeOutput(io, args.outFile, withProgress(toInstallationCsv(toInstallations(categorization))));
		}
		case "xlsx": {
			const { writePreviewFile } = await import("../write-excel.ts");
			return writePreviewFile(io, args.outFile!, run);
		}
	}
}

async function noteProblems(io: CliIo, problemCount: number): Promise<void> {
	if (problemCount === 0) return;
	const pronoun = problemCount === 1 ? "it" : "them";
	await io.stderr.write(`usage-report: ${formatCounted(problemCount, "problem")} in the data; --format json lists ${pronoun}.\n`);
}
