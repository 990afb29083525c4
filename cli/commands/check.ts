import type { InstantMs } from "../../core/dates/instant.ts";
import type { Findings, PlacedProblem, Workspace } from "../../workspace/workspace.ts";
import { type CliFailure, type CliIo, type ExitCode, reportFailure } from "../cli-io.ts";
import { type CheckedFile, type CheckedProblem, type CheckResult, makeCheckResult } from "../formats/check-result.ts";
import { createLineIndex } from "../formats/line-index.ts";
import { toPrettyJson } from "../formats/pretty-json.ts";
import type { CheckFormat } from "../formats.ts";
import { displayName, openPaths } from "../open-workspace.ts";
import { findOverwrittenInput, noteWritten, withLineEnds, writeOutput } from "../write-output.ts";

/** The command line of `check`, with values that have been understood. */
export interface CheckArguments {
	/** Files and folders; empty for the current folder. */
	readonly paths: readonly string[];
	readonly format: CheckFormat;
	/** What "now" is; null for the clock. */
	readonly asOf: InstantMs | null;
	/** Absolute; null for standard output. */
	readonly outFile: string | null;
}

/** `usage-report check`: validates configurations together with the data that they link to. Exit code 1 when there are errors. */
export async function runCheck(args: CheckArguments, io: CliIo): Promise<ExitCode> {
	const result = await checkPaths(io, { ...args, paths: args.paths.length === 0 ? ["."] : args.paths });
	if ("failed" in result) return reportFailure(io, result.message);
	const failed = await writeOutput(io, args.outFile, await formatResult(result, args, io));
	if (failed !== null) return reportFailure(io, failed.message);
	if (args.outFile !== null) await noteWritten(io, args.outFile, result.files.length, "file");
	return result.errors > 0 ? 1 : 0;
}

/** Checks configurations at some paths; refuses when the result would be written over one of them or its data. */
export async function checkPaths(io: CliIo, args: Pick<CheckArguments, "paths" | "asOf" | "outFile">): Promise<CheckResult | CliFailure> {
	const opened = await openPaths(io, args.paths, args.asOf);
	if ("failed" in opened) return opened;
	const overwritten = await findOverwrittenInput(opened.workspace, args.outFile);
	if (overwritten !== null) return overwritten;
	const files: CheckedFile[] = [];
	const positions = createPositions(opened.workspace);
	for (const uri of opened.uris) {
		const file = opened.workspace.file(uri);
		if (file === null) continue;
		const findings = opened.workspace.findingsOf(file, await opened.workspace.checkLinked(file, io.signal));
		io.signal.throwIfAborted();
		files.push(describeFile(io, opened.workspace, positions, uri, findings));
	}
	return makeCheckResult(files);
}

async function formatResult(result: CheckResult, args: CheckArguments, io: CliIo): Promise<Iterable<string>> {
	switch (args.format) {
		case "text": {
			const [{ formatCheck }, { createPaint, unpainted }] = await Promise.all([
				import("../text/check-text.ts"),
				import("../text/paint.ts"),
			]);
			return withLineEnds(formatCheck(result, args.outFile === null ? createPaint(io.stdout) : unpainted));
		}
		case "json":
			return [toPrettyJson(result)];
		case "sarif":
			return [toPrettyJson((await import("../formats/sarif.ts")).toSarif(result))];
		case "github":
			return (await import("../formats/github.ts")).toGithubLines(result);
	}
}

/** The line index of a configuration, made once per file: thousands of problems may relate to the same one. */
type Positions = (uri: string) => ReturnType<typeof createLineIndex>;

function createPositions(workspace: Workspace): Positions {
	const indices = new Map<string, ReturnType<typeof createLineIndex>>();
	return (uri) => {
		const known = indices.get(uri);
		if (known !== undefined) return known;
		const made = createLineIndex(workspace.file(uri)?.parsed.text ?? "");
		indices.set(uri, made);
		return made;
	};
}

function describeFile(io: CliIo, workspace: Workspace, positions: Positions, uri: string, findings: Findings): CheckedFile {
	const describe = (placed: PlacedProblem) => describeProblem(io, workspace, positions, uri, placed);
	return {
		file: displayName(io, workspace.access.toPath(uri)),
		problems: findings.problems.map(describe).sort(compareByPlace),
		allowed: findings.allowed.map((placed) => ({ ...describe(placed), reason: placed.reason })).sort(compareByPlace),
	};
}

function describeProblem(
	io: CliIo,
	workspace: Workspace,
	positions: Positions,
	uri: string,
	{ problem, range }: PlacedProblem,
): CheckedProblem {
	const positionOf = positions(uri);
	return {
		code: problem.code,
		severity: problem.severity,
		message: problem.message,
		range: { start: positionOf(range.start), end: positionOf(range.end) },
		related: (problem.related ?? []).flatMap((place) => {
			if (place.line?.of === "data") {
				const start = { line: place.line.line + 1, column: 1 };
				return [{ file: displayName(io, workspace.access.toPath(place.line.uri)), message: place.message, range: { start, end: start } }];
			}
			const other = workspace.file(place.file);
			if (other === null) return [];
			const otherPositionOf = positions(place.file);
			const otherRange = other.parsed.rangeOf(place.path, place.anchor);
			return [
				{
					file: displayName(io, workspace.access.toPath(place.file)),
					message: place.message,
					range: { start: otherPositionOf(otherRange.start), end: otherPositionOf(otherRange.end) },
				},
			];
		}),
	};
}

function compareByPlace({ range: { start: left } }: CheckedProblem, { range: { start: right } }: CheckedProblem): number {
	return left.line - right.line || left.column - right.column;
}
