import type { InstantMs } from "../../core/dates/instant.ts";
import { formatCounted } from "../../core/texts/format-count.ts";
import type { Limits } from "../../core/usage/limits.ts";
import { type LineForm, NDJSON_LINES, type TextRows, toInstallationText } from "../../workspace/runs/installation-lines.ts";
import { toCategorizeJson } from "../../workspace/runs/results-json.ts";
import { type CategorizeRun, inWords, runCategorize } from "../../workspace/runs/run-categorize.ts";
import type { Workspace } from "../../workspace/workspace.ts";
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
	const categorized = await categorizeFile(args, io);
	if ("message" in categorized) return reportFailure(io, categorized.message);
	const failed = await writeResult(categorized, args, io);
	if (failed !== null) return reportFailure(io, failed.message);
	if (args.outFile !== null) await noteWritten(io, args.outFile, categorized.run.categorization.rule.length, "installation");
	return 0;
}

/** A categorized instance and the workspace that it stands in. */
export interface CategorizedFile {
	readonly workspace: Workspace;
	readonly run: CategorizeRun;
}

/** Categorizes the instance that a command line names; says on standard error whose limits were taken, if not its own. */
export async function categorizeFile(
	args: Pick<CategorizeArguments, "instance" | "limits" | "asOf"> & { readonly outFile?: string | null },
	io: CliIo,
): Promise<CategorizedFile | CliFailure> {
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
		return { workspace: opened.workspace, run };
	} finally {
		await progress.end();
	}
}

async function writeResult(categorized: CategorizedFile, args: CategorizeArguments, io: CliIo): Promise<CliFailure | null> {
	const { run } = categorized;
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
			return writeLines(categorized, NDJSON_LINES, args, io);
		case "csv": {
			const { CSV_LINES } = await import("../../workspace/runs/results-csv.ts");
			return writeLines(categorized, CSV_LINES, args, io);
		}
		case "xlsx": {
			const order = await orderAll(categorized, io);
			if ("failed" in order) return order;
			const { writePreviewFile } = await import("../write-excel.ts");
			return writePreviewFile(io, args.outFile!, run, order);
		}
	}
}

async function writeLines(categorized: CategorizedFile, form: LineForm, args: CategorizeArguments, io: CliIo): Promise<CliFailure | null> {
	const { categorization, loaded } = categorized.run;
	await noteProblems(io, loaded.problemCount);
	const order = await orderAll(categorized, io);
	if ("failed" in order) return order;
	const text = toInstallationText(categorization, order, form);
	// Where the lines themselves appear on the terminal, they show how far it is.
	const showsLines = args.outFile === null && io.stdout.columns !== null;
	return writeOutput(io, args.outFile, showsLines ? textsOf(text) : withProgressLine(io, text, order.length));
}

/** All installations by device, then product. Another thread orders them, so that Ctrl+C is heard. */
function orderAll({ workspace, run }: CategorizedFile, io: CliIo): Promise<Uint32Array | CliFailure> {
	return inWords(workspace.results.order(run.categorization, {}, io.signal));
}

function* textsOf(rows: Iterable<TextRows>): Iterable<string> {
	for (const { text } of rows) yield text;
}

async function noteProblems(io: CliIo, problemCount: number): Promise<void> {
	if (problemCount === 0) return;
	const pronoun = problemCount === 1 ? "it" : "them";
	await io.stderr.write(`usage-report: ${formatCounted(problemCount, "problem")} in the data; --format json lists ${pronoun}.\n`);
}
