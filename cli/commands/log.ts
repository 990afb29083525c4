import { formatInstant, type InstantMs } from "../../core/dates/instant.ts";
import type { UsageLogRow } from "../../core/subscriptions/usage-log.ts";
import { type LoggedProject, logProject } from "../../workspace/runs/log-project.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { chooseProjects } from "../choose-projects.ts";
import { type CliIo, type ExitCode, failure, reportFailure } from "../cli-io.ts";
import { toPrettyJson } from "../formats/pretty-json.ts";
import type { LogFormat } from "../formats.ts";
import { displayName, openPaths } from "../open-workspace.ts";
import { createProgressLine } from "../progress.ts";
import { createPaint, textWidth } from "../text/paint.ts";
import { formatProblems } from "../text/problems-text.ts";
import { describeStored } from "../text/stored-text.ts";
import { printable } from "../text/table.ts";
import { withLineEnds, writeOutput } from "../write-output.ts";

/** The command line of `log`, with values that have been understood. */
export interface LogArguments {
	/** Project files and folders, as written; empty for the current folder. */
	readonly paths: readonly string[];
	/** Null for now. */
	readonly asOf: InstantMs | null;
	/** Absolute; null for the one beside each project. */
	readonly history: string | null;
	/** Whether computed logs take the place of stored computed ones. */
	readonly replace: boolean;
	readonly format: LogFormat;
}

/**
 * `usage-report log`: stores the logs of projects in their histories, those that servers have sent and those that are computed from accesses, for all
 * weeks that are not stored yet. A project that cannot be logged is no reason not to log the others.
 */
export async function runLogCommand(args: LogArguments, io: CliIo): Promise<ExitCode> {
	const asOf = args.asOf ?? io.now();
	if (asOf > io.now()) return reportFailure(io, `--as-of ${formatInstant(asOf)} lies in the future, of which nothing can be stored yet.`);
	const found = await findProjects(args, io);
	if ("failed" in found) return reportFailure(io, found.message);
	const logged: LoggedFile[] = [];
	let code: ExitCode = 0;
	for (const uri of found.uris) {
		const file = displayName(io, found.workspace.access.toPath(uri));
		const progress = createProgressLine(io);
		const result = await logProject(found.workspace, uri, {
			setting: args.history,
			now: io.now(),
			asOf,
			replaceComputed: args.replace,
			signal: io.signal,
			onProgress: progress.onProgress,
		}).finally(progress.end);
		if (result.failed) code = await reportFailure(io, `${file} is not logged. ${result.message.split("\n").map(printable).join("\n")}`);
		else logged.push({ file, ...result });
		if (!result.failed && args.format === "text") {
			const failed = await writeOutput(io, null, withLineEnds(formatProject({ file, ...result }, asOf, io)));
			if (failed !== null) return reportFailure(io, failed.message);
		}
	}
	if (args.format === "json") {
		const failed = await writeOutput(io, null, [toPrettyJson(toJson(asOf, logged, io))]);
		if (failed !== null) return reportFailure(io, failed.message);
	}
	return code;
}

/** A project that was logged, with its file as a person at the current folder would write it. */
type LoggedFile = LoggedProject & { readonly file: string };

async function findProjects({ paths, asOf }: LogArguments, io: CliIo) {
	const opened = await openPaths(io, paths.length === 0 ? ["."] : paths, asOf);
	if ("failed" in opened) return opened;
	const { workspace, named } = opened;
	const uris = await chooseProjects(io, opened);
	if (uris.length === 0) return failure("There is no project here: no *.usage.yaml with kind: project.");
	// Who runs this over a folder every week wants to hear of faults, and a project without usage is none.
	const silent = uris.filter((uri) => !named.has(uri) && !hasUsage(workspace, uri));
	for (const uri of silent) {
		const name = displayName(io, workspace.access.toPath(uri));
		await io.stderr.write(`usage-report: ${name} is left out: it has no data source with usage logs or accesses.\n`);
	}
	return { workspace, uris: uris.filter((uri) => !silent.includes(uri)) };
}

function hasUsage(workspace: Workspace, uri: string): boolean {
	return (workspace.file(uri)?.config.model?.dataSources ?? []).some(
		({ provides }) => provides === "usageLog" || provides === "userActivity",
	);
}

function formatProject(
	{ title, file, historyFile, stored, problems, problemCount }: LoggedFile,
	asOf: InstantMs,
	io: CliIo,
): readonly string[] {
	const paint = createPaint(io.stdout);
	return [
		`${paint("heading", printable(title))} (${printable(file)})`,
		...[...describeStored(stored, asOf), `history: ${displayName(io, historyFile)}`].map((line) => `  ${printable(line)}`),
		...formatProblems(problems, problemCount, paint, textWidth(io.stdout)),
	];
}

function toJson(asOf: InstantMs, logged: readonly LoggedFile[], io: CliIo) {
	return {
		asOf: formatInstant(asOf),
		projects: logged.map(({ title, file, historyFile, stored, problems, problemCount }) => ({
			project: title,
			file,
			history: displayName(io, historyFile),
			added: stored.added,
			replaced: stored.replaced,
			unchanged: stored.unchanged,
			kept: stored.kept,
			differing: stored.differing.map(({ stored: old, computed }) => ({
				server: old.server,
				loggedAt: formatInstant(old.loggedAt),
				stored: toFigures(old),
				computed: toFigures(computed),
			})),
			future: stored.future,
			problems,
			problemCount,
		})),
	};
}

function toFigures({ activeRegistered, activeEnterprise, activeDesigners }: UsageLogRow) {
	return { activeRegistered, activeEnterprise, activeDesigners };
}
