import type { ScriptPart } from "../../core/sql/settings-script.ts";
import { runSettings } from "../../workspace/runs/run-settings.ts";
import { type CliIo, type ExitCode, reportFailure } from "../cli-io.ts";
import { displayName, openFile } from "../open-workspace.ts";
import { printable } from "../text/table.ts";
import { findOverwrittenInput, writeOutput } from "../write-output.ts";

/** The command line of `settings`, with values that have been understood. */
export interface SettingsArguments {
	/** The project's or instance's file, as written. */
	readonly file: string;
	readonly parts: readonly ScriptPart[];
	/** Absolute; null for standard output. */
	readonly outFile: string | null;
}

/** `usage-report settings`: writes the T-SQL by which a person shows, compares and changes deployed limits. Runs nothing of it. */
export async function runSettingsCommand(args: SettingsArguments, io: CliIo): Promise<ExitCode> {
	const opened = await openFile(io, args.file, null);
	if ("failed" in opened) return reportFailure(io, opened.message);
	const overwritten = await findOverwrittenInput(opened.workspace, args.outFile);
	if (overwritten !== null) return reportFailure(io, overwritten.message);
	const result = await runSettings(opened.workspace, opened.uri, { parts: args.parts, signal: io.signal });
	if (result.failed) return reportFailure(io, result.message);
	const failed = await writeOutput(io, args.outFile, [args.outFile === null ? result.text : markEncoding(result.text)]);
	if (failed !== null) return reportFailure(io, failed.message);
	if (args.parts.includes("change")) {
		for (const { limit, reasons } of result.leftOut)
			await io.stderr.write(`usage-report: ${limit} is left out of the changes. ${printable(reasons.join(" "))}\n`);
	}
	if (args.outFile !== null) await io.stderr.write(`Wrote ${displayName(io, args.outFile)}. Review it before somebody runs it.\n`);
	return 0;
}

/** The tools of SQL Server take a file for one of the system's old encodings, unless it begins with the mark of UTF-8. */
function markEncoding(text: string): string {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: the question is whether there is anything but ASCII.
	return /^[\x00-\x7f]*$/.test(text) ? text : `\ufeff${text}`;
}
