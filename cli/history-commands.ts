import path from "node:path";
import { type Command, Option } from "commander";
import { DATE_FORMATS } from "../core/dates/date-format.ts";
import { type CliFailure, type CliIo, failure, reportFailure } from "./cli-io.ts";
import {
	examples,
	type Finish,
	formatOption,
	isFailure,
	NO_HISTORY,
	type OptionValues,
	repeatableOption,
	toHistoryFile,
	understand,
} from "./command-options.ts";
import { LOG_FORMATS } from "./formats.ts";
import { parseDelimiter } from "./options.ts";

/** Options of these commands as the command line has them. */
interface HistoryOptionValues extends OptionValues {
	readonly replace?: true;
	readonly dateFormat?: (typeof DATE_FORMATS)[number];
	readonly timeZone?: string;
	readonly delimiter?: string;
	readonly column?: readonly string[];
}

/** Adds the command `log`. */
export function addLog(program: Command, io: CliIo, finish: Finish): void {
	program
		.command("log")
		.summary("keep the usage logs of projects in their history")
		.description(
			"Stores the weekly logs of projects in their history: those that servers have sent, and those that are computed from accesses, for every Wednesday 21:00 UTC that is not stored yet. To be run once a week, or whenever; running it again changes nothing.",
		)
		.argument("[PROJECT...]", "project files, and folders of them; the current folder when there is none")
		.option("--as-of <ISO>", "the instant up to which logs are computed; now when there is none")
		.addOption(historyOption())
		.option("--replace", "let computed logs take the place of stored computed ones that have other figures")
		.addOption(formatOption(LOG_FORMATS))
		.addHelpText("after", examples("usage-report log", "usage-report log clients", "usage-report log acme.usage.yaml --format json"))
		.action(async (paths: readonly string[], options: HistoryOptionValues) => {
			const common = understand(options, io, LOG_FORMATS);
			if ("failed" in common) return finish(reportFailure(io, common.message));
			const { asOf, format } = common;
			if (options.history === NO_HISTORY) return finish(reportFailure(io, "--history off leaves nothing to do for usage-report log."));
			const { runLogCommand } = await import("./commands/log.ts");
			const history = toHistoryFile(io, options.history);
			return finish(runLogCommand({ paths, asOf, format, history, replace: options.replace ?? false }, io));
		});
}

/** Adds the command `history` with its own commands. */
export function addHistory(program: Command, io: CliIo, finish: Finish): void {
	const history = program
		.command("history")
		.summary("export, import and check the history of usage logs")
		.description("Exports, imports and checks the usage logs that are kept beside each project.")
		.helpCommand(false);
	addExport(history, io, finish);
	addImport(history, io, finish);
	addCheck(history, io, finish);
}

function addExport(history: Command, io: CliIo, finish: Finish): void {
	history
		.command("export")
		.summary("write the logs of a history as CSV")
		.description(
			"Writes the logs of a history as CSV, by server and instant. Of a project only its own logs; of a folder all logs of the history in it.",
		)
		.argument("[PROJECT|FOLDER]", TARGET)
		.addOption(historyOption())
		.option("--out <FILE>", "write to a file instead of standard output")
		.addHelpText(
			"after",
			examples("usage-report history export acme.usage.yaml --out acme-logs.csv", "usage-report history export --history all.db"),
		)
		.action(async (target: string | undefined, options: HistoryOptionValues) => {
			const which = understandHistory(io, target, options);
			if ("failed" in which) return finish(reportFailure(io, which.message));
			const { runHistoryExport } = await import("./commands/history.ts");
			const outFile = options.out === undefined ? null : path.resolve(io.cwd, options.out);
			return finish(runHistoryExport({ ...which, outFile }, io));
		});
}

function addImport(history: Command, io: CliIo, finish: Finish): void {
	history
		.command("import")
		.summary("store the logs of a CSV file in a history")
		.description(
			"Stores the logs of a CSV file in a history, such as logs that the vendor supplies, or an export. The columns are found by name: server, loggedAt, activeRegistered, activeEnterprise, activeDesigners, and version and origin if there are any. Importing the same again changes nothing.",
		)
		.argument("<FILE>", "the CSV file")
		.argument("[PROJECT|FOLDER]", TARGET)
		.addOption(historyOption())
		.addOption(new Option("--date-format <FORMAT>", "how loggedAt is written (default: iso)").choices([...DATE_FORMATS]))
		.option("--time-zone <ZONE>", "time zone of dates that name none, such as Europe/London (default: UTC)")
		.option("--delimiter <CHARACTER>", 'what stands between cells, such as ";" or tab (default: a comma)')
		.addOption(
			repeatableOption("--column <OURS=THEIRS>", "a column that has another name in the file, such as server=Host; may be repeated"),
		)
		.option("--replace", "let computed logs take the place of stored computed ones that have other figures")
		.addHelpText(
			"after",
			examples(
				"usage-report history import vendor.csv acme.usage.yaml",
				'usage-report history import vendor.csv acme.usage.yaml --date-format dd/MM/yyyy --time-zone Europe/London --delimiter ";"',
			),
		)
		.action(async (file: string, target: string | undefined, options: HistoryOptionValues) => {
			const which = understandHistory(io, target, options);
			if ("failed" in which) return finish(reportFailure(io, which.message));
			const delimiter = parseDelimiter(options.delimiter ?? ",");
			if (isFailure(delimiter)) return finish(reportFailure(io, delimiter.message));
			const { dateFormat = "iso", timeZone = "UTC", column: columns = [], replace = false } = options;
			const { runHistoryImport } = await import("./commands/history.ts");
			return finish(runHistoryImport({ ...which, file, dateFormat, timeZone, delimiter, columns, replace }, io));
		});
}

function addCheck(history: Command, io: CliIo, finish: Finish): void {
	history
		.command("check")
		.summary("look through a history and say what it holds")
		.description("Looks through every page of a history and says what it holds: its version, servers, logs and span of time.")
		.argument("[PROJECT|FOLDER]", TARGET)
		.addOption(historyOption())
		.addHelpText("after", examples("usage-report history check", "usage-report history check acme.usage.yaml"))
		.action(async (target: string | undefined, options: HistoryOptionValues) => {
			const which = understandHistory(io, target, options);
			if ("failed" in which) return finish(reportFailure(io, which.message));
			const { runHistoryCheck } = await import("./commands/history.ts");
			return finish(runHistoryCheck(which, io));
		});
}

const TARGET = "file of a project, or a folder; the current folder when there is none";

/** `--history` of the commands that need one. */
function historyOption(): Option {
	return new Option("--history <FILE>", "the file of the history (default: .usage-report/history.db beside the project)");
}

/** Which history is meant, or why none can be. */
function understandHistory(
	io: CliIo,
	target: string | undefined,
	options: HistoryOptionValues,
): { readonly target: string | null; readonly history: string | null } | CliFailure {
	if (options.history === NO_HISTORY) return failure("--history off is no history. Name its file.");
	return { target: target ?? null, history: toHistoryFile(io, options.history) };
}
