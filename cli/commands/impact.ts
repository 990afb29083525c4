import type { InstantMs } from "../../core/dates/instant.ts";
import type { LimitsChoice } from "../../workspace/runs/compared-limits.ts";
import { toImpactJson } from "../../workspace/runs/impact-json.ts";
import { type ImpactRun, runImpact } from "../../workspace/runs/run-impact.ts";
import { type CliFailure, type CliIo, type ExitCode, reportFailure } from "../cli-io.ts";
import { toPrettyJson } from "../formats/pretty-json.ts";
import type { ImpactFormat } from "../formats.ts";
import { openFile } from "../open-workspace.ts";
import { createProgressLine } from "../progress.ts";
import { findOverwrittenInput, noteWritten, withLineEnds, writeOutput } from "../write-output.ts";

/** The command line of `impact`, with values that have been understood. */
export interface ImpactArguments {
	/** The instance's file, as written. */
	readonly instance: string;
	readonly from: LimitsChoice;
	readonly to: LimitsChoice;
	/** Null for the instance's own, or now. */
	readonly asOf: InstantMs | null;
	readonly format: ImpactFormat;
	/** Absolute; null for standard output. */
	readonly outFile: string | null;
	/** Text lists every product that has changes. */
	readonly all: boolean;
}

/** `usage-report impact`: says what other limits would do to an instance. */
export async function runImpactCommand(args: ImpactArguments, io: CliIo): Promise<ExitCode> {
	const result = await computeImpact(args, io);
	if ("message" in result) return reportFailure(io, result.message);
	const failed = await writeOutput(io, args.outFile, await formatResult(result, args, io));
	if (failed !== null) return reportFailure(io, failed.message);
	if (args.outFile !== null) await noteWritten(io, args.outFile, result.impact.moved, "changed installation");
	return 0;
}

async function computeImpact(args: ImpactArguments, io: CliIo): Promise<ImpactRun | CliFailure> {
	const opened = await openFile(io, args.instance, null);
	if ("failed" in opened) return opened;
	const overwritten = await findOverwrittenInput(opened.workspace, args.outFile);
	if (overwritten !== null) return overwritten;
	const progress = createProgressLine(io);
	try {
		const result = await runImpact(opened.workspace, opened.uri, {
			from: args.from,
			to: args.to,
			...(args.asOf === null ? {} : { asOf: args.asOf }),
			signal: io.signal,
			onProgress: progress.onProgress,
		});
		if (!result.failed && result.limitsFromProject) {
			await io.stderr.write(`usage-report: ${args.instance} has no limits of its own; its project's were taken.\n`);
		}
		return result;
	} finally {
		await progress.end();
	}
}

async function formatResult(result: ImpactRun, args: ImpactArguments, io: CliIo): Promise<Iterable<string>> {
	switch (args.format) {
		case "text": {
			const [{ formatImpact }, { createPaint, textWidth, unpainted }] = await Promise.all([
				import("../text/impact-text.ts"),
				import("../text/paint.ts"),
			]);
			const look =
				args.outFile === null ? { paint: createPaint(io.stdout), width: textWidth(io.stdout) } : { paint: unpainted, width: 120 };
			return withLineEnds(formatImpact(result, { ...look, all: args.all }));
		}
		case "json":
			return [toPrettyJson(toImpactJson(result))];
	}
}
