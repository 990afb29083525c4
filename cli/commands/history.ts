import { stat } from "node:fs/promises";
import path from "node:path";
import type { DataSource, DateFormat } from "../../core/config/model.ts";
import { formatInstant } from "../../core/dates/instant.ts";
import { type CheckedHistory, checkHistory } from "../../core/history/check-history.ts";
import { readLogs } from "../../core/history/read-logs.ts";
import { storeLogs } from "../../core/history/store-logs.ts";
import { OUR_COLUMNS } from "../../core/loading/column-mapping.ts";
import { loadLogFile } from "../../core/loading/load-log-file.ts";
import type { Loaded, SourceFailure } from "../../core/loading/loaded.ts";
import type { UsageLogRow } from "../../core/subscriptions/usage-log.ts";
import { formatCount, formatCounted, joinWords } from "../../core/texts/format-count.ts";
import { type CliFailure, type CliIo, type ExitCode, failure, reportFailure } from "../cli-io.ts";
import { type FoundHistory, findHistories, takeOne } from "../find-history.ts";
import { toHistoryCsv } from "../formats/history-csv.ts";
import { displayName } from "../open-workspace.ts";
import { createProgressLine } from "../progress.ts";
import { describeStored } from "../text/stored-text.ts";
import { printable } from "../text/table.ts";
import { noteWritten, withLineEnds, writeOutput } from "../write-output.ts";

/** Which history a command line means. */
export interface HistoryArguments {
	/** A project's file or a folder, as written; null for the current folder. */
	readonly target: string | null;
	/** Absolute; null for the one beside the project. */
	readonly history: string | null;
}

/** The command line of `history export`. */
export interface ExportArguments extends HistoryArguments {
	/** Absolute; null for standard output. */
	readonly outFile: string | null;
}

/** The command line of `history import`, with values that have been understood. */
export interface ImportArguments extends HistoryArguments {
	/** The CSV file, as written. */
	readonly file: string;
	readonly dateFormat: DateFormat;
	/** IANA name. */
	readonly timeZone: string;
	readonly delimiter: string;
	/** Each `OURS=THEIRS`. */
	readonly columns: readonly string[];
	/** Whether computed logs take the place of stored computed ones. */
	readonly replace: boolean;
}

/** `usage-report history export`: writes the logs of a history as CSV. */
export async function runHistoryExport(args: ExportArguments, io: CliIo): Promise<ExitCode> {
	const found = await findOne(io, args);
	if ("failed" in found) return reportFailure(io, found.message);
	const missing = await findMissing(io, found);
	if (missing !== null) return reportFailure(io, missing.message);
	const overwritten = args.outFile !== null && path.resolve(args.outFile) === found.file;
	if (overwritten) return reportFailure(io, `${args.outFile} is the history itself. Choose another name with --out.`);
	const { project } = found;
	const read = await readLogs(found.file, project === null ? null : { servers: project.servers, project: project.file }, {
		signal: io.signal,
	});
	if (read.failed) return reportFailure(io, read.message);
	const failed = await writeOutput(io, args.outFile, toHistoryCsv(read.logs));
	if (failed !== null) return reportFailure(io, failed.message);
	if (args.outFile !== null) await noteWritten(io, args.outFile, read.logs.length, "log");
	return 0;
}

/** `usage-report history import`: stores the logs of a CSV file in a history. Exit code 1 when rows of it are faulty. */
export async function runHistoryImport(args: ImportArguments, io: CliIo): Promise<ExitCode> {
	const found = await findOne(io, args);
	if ("failed" in found) return reportFailure(io, found.message);
	const now = io.now();
	const columns = parseColumns(args.columns);
	if ("message" in columns) return reportFailure(io, columns.message);
	const isThere = (await stat(path.resolve(io.cwd, args.file)).catch(() => null)) !== null;
	if (!isThere) return reportFailure(io, `There is no file ${args.file}.`);
	const loaded = await loadFile(args, columns.value, io);
	if (loaded.value === null) return reportFailure(io, describeFailures(args.file, loaded.failures));
	const stored = await storeLogs(
		found.file,
		{
			project: found.project,
			logs: loaded.value,
			replaceComputed: args.replace,
			now,
		},
		{ signal: io.signal },
	);
	if (stored.failed) return reportFailure(io, stored.message);
	await tellFaults(args.file, loaded, io);
	const servers = new Set(loaded.value.map(({ server }) => server)).size;
	const lines = [
		`${args.file}: ${formatCounted(loaded.value.length, "log")} of ${formatCounted(servers, "server")}`,
		...describeStored(stored, now).map((line) => `  ${line}`),
		`  history: ${displayName(io, found.file)}`,
	];
	const failed = await writeOutput(io, null, withLineEnds(lines.map(printable)));
	if (failed !== null) return reportFailure(io, failed.message);
	return loaded.problemCount > 0 ? 1 : 0;
}

/** `usage-report history check`: looks through histories and says what they hold. */
export async function runHistoryCheck(args: HistoryArguments, io: CliIo): Promise<ExitCode> {
	const found = await findHistories(io, args.target, args.history);
	if ("failed" in found) return reportFailure(io, found.message);
	let code: ExitCode = 0;
	for (const history of found) {
		io.signal.throwIfAborted();
		const missing = await findMissing(io, history);
		const checked = missing ?? (await checkHistory(history.file, { signal: io.signal }));
		if (checked.failed) {
			code = await reportFailure(io, checked.message);
			continue;
		}
		const failed = await writeOutput(io, null, withLineEnds(describeChecked(displayName(io, history.file), checked).map(printable)));
		if (failed !== null) return reportFailure(io, failed.message);
	}
	return code;
}

function describeChecked(name: string, { version, servers, logs, computed, from, to }: CheckedHistory): readonly string[] {
	const span = from === null || to === null ? "" : `, from ${formatInstant(from)} to ${formatInstant(to)}`;
	return [
		`${name} is sound (schema version ${version})`,
		`  ${formatCounted(logs, "log")} of ${formatCounted(servers, "server")}${span}`,
		...(logs === 0 ? [] : [`  ${formatCount(logs - computed)} sent, ${formatCount(computed)} computed`]),
	];
}

async function findOne(io: CliIo, { target, history }: HistoryArguments): Promise<FoundHistory | CliFailure> {
	const found = await findHistories(io, target, history);
	return "failed" in found ? found : takeOne(io, found);
}

async function findMissing(io: CliIo, { file }: FoundHistory): Promise<CliFailure | null> {
	if ((await stat(file).catch(() => null)) !== null) return null;
	return failure(`There is no history ${displayName(io, file)} yet. usage-report log, report and history import write one.`);
}

async function loadFile(args: ImportArguments, columns: DataSource["columns"], io: CliIo): Promise<Loaded<readonly UsageLogRow[]>> {
	const source: DataSource = {
		index: 0,
		name: args.file,
		provides: "usageLog",
		type: "csv",
		connector: null,
		path: args.file,
		connection: null,
		table: null,
		query: null,
		sheet: null,
		columns,
		dateFormat: args.dateFormat,
		timeZone: args.timeZone,
		delimiter: args.delimiter,
		encoding: "utf-8",
		header: true,
	};
	const progress = createProgressLine(io);
	try {
		const resolvePath = (written: string) => path.resolve(io.cwd, written);
		return await loadLogFile(source, { resolvePath, signal: io.signal, onProgress: progress.onProgress });
	} finally {
		await progress.end();
	}
}

function describeFailures(file: string, failures: readonly SourceFailure[]): string {
	return [`${file} cannot be imported, and nothing was stored.`, ...failures.flatMap(describeFailure)].map(printable).join("\n");
}

/** What is wrong, and by which options of the command line that may be put right. */
function describeFailure({ message, key, repairs = [] }: SourceFailure): readonly string[] {
	const lines = [`  ${message.replace("set delimiter to", "set --delimiter to")}`];
	if (key !== "columns") return lines;
	const meant = repairs.flatMap(({ keys, value }): readonly (readonly [string, string])[] =>
		typeof value === "string" ? [[keys.at(-1)!, value]] : Object.entries(value),
	);
	const options = meant.map(([ours, theirs]) => `--column "${ours}=${theirs}"`);
	return [...lines, `  Say which column is meant, as in ${options.length === 0 ? '--column "server=Host name"' : options.join(" ")}`];
}

/** Tells of each faulty row, as far as they are kept. */
async function tellFaults(file: string, { problems, problemCount }: Loaded<unknown>, io: CliIo): Promise<void> {
	const lines = problems.map(({ row, column, message }) => {
		const place = [file, ...(row === null ? [] : [`row ${formatCount(row)}`]), ...(column === null ? [] : [column])].join(", ");
		return printable(`usage-report: ${place}: ${message}`);
	});
	const hidden = problemCount - problems.length;
	if (hidden > 0) lines.push(`usage-report: and ${formatCount(hidden)} more.`);
	if (lines.length > 0) await io.stderr.write(`${lines.join("\n")}\n`);
}

/** Columns of a usage log, by which `--column` names those of a file. */
const LOG_COLUMNS = OUR_COLUMNS.usageLog.map(({ name }) => name);

/** Reads the values of `--column`, each `OURS=THEIRS`. */
function parseColumns(values: readonly string[]): { readonly value: Readonly<Record<string, string>> } | CliFailure {
	const columns: Record<string, string> = {};
	for (const text of values) {
		const [, ours = "", theirs = ""] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
		const name = LOG_COLUMNS.find((known) => known.toLowerCase() === ours.trim().toLowerCase());
		if (name === undefined || theirs.trim() === "")
			return failure(`--column "${text}" is not OURS=THEIRS, as in --column "server=Host name". Ours are ${joinWords(LOG_COLUMNS)}.`);
		columns[name] = theirs.trim();
	}
	return { value: columns };
}
