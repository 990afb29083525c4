import path from "node:path";
import { Command, Option } from "commander";
import { type CliFailure, type CliIo, type ExitCode, reportFailure } from "./cli-io.ts";
import {
	examples,
	type Finish,
	formatOption,
	isFailure,
	limitsOption,
	type OptionValues,
	repeatableOption,
	toHistoryFile,
	understand,
} from "./command-options.ts";
import { CATEGORIZE_FORMATS, CHECK_FORMATS, EXPLAIN_FORMATS, IMPACT_FORMATS, REPORT_FORMATS, SETTINGS_PARTS } from "./formats.ts";
import { addHistory, addLog } from "./history-commands.ts";
import { parseFlags, parseFrom, parseLimits, parseRenewalWithin } from "./options.ts";
import { VERSION } from "./version.ts";

/** The command line with all its commands, ready to parse. */
export interface Program {
	readonly command: Command;
	/** Exit code of the command that was run. */
	exitCode(): ExitCode;
	/** Waits until help and usage errors are printed. */
	flush(): Promise<void>;
}

/** Describes all commands and their options. What a command needs is loaded only when it is run. */
export function createProgram(io: CliIo): Program {
	const printed: Promise<boolean>[] = [];
	let exitCode: ExitCode = 0;
	const program = new Command("usage-report")
		.description("Checks client configurations, categorizes installed software by use, and reports subscriptions against usage.")
		.version(VERSION, "--version", "print the version")
		.helpOption("-h, --help", "print help")
		.helpCommand(false)
		.option("--verbose", "print stack traces of unexpected failures")
		.configureHelp({ showGlobalOptions: true })
		.configureOutput({
			writeOut: (text) => void printed.push(io.stdout.write(text)),
			writeErr: (text) => void printed.push(io.stderr.write(text)),
			outputError: (text, write) => write(text.replace(/^error: /, "usage-report: ")),
			getOutHelpWidth: () => Math.min(100, io.stdout.columns ?? 100),
			getErrHelpWidth: () => Math.min(100, io.stderr.columns ?? 100),
			getOutHasColors: () => io.stdout.colours,
			getErrHasColors: () => io.stderr.colours,
		})
		.showHelpAfterError("Run usage-report --help, or usage-report COMMAND --help, for what is possible.")
		.exitOverride()
		.addHelpText("after", "\nExit codes: 0 done, 1 errors found or no such installation, 2 could not run, 130 cancelled.");

	const finish = async (code: ExitCode | Promise<ExitCode>) => {
		exitCode = await code;
	};
	addCheck(program, io, finish);
	addCategorize(program, io, finish);
	addImpact(program, io, finish);
	addExplain(program, io, finish);
	addReport(program, io, finish);
	addLog(program, io, finish);
	addHistory(program, io, finish);
	addSettings(program, io, finish);
	addServe(program, io);
	return {
		command: program,
		exitCode: () => exitCode,
		flush: async () => {
			await Promise.all(printed);
		},
	};
}

function addCheck(program: Command, io: CliIo, finish: Finish): void {
	program
		.command("check")
		.summary("validate configurations and the data that they link to")
		.description("Validates configurations (*.usage.yaml) together with the data that they link to.")
		.argument("[PATH...]", "files and folders; the current folder when there is none")
		.addOption(formatOption(CHECK_FORMATS))
		.option("--as-of <ISO>", "the instant to take as now, such as 2026-11-05T09:00:00Z")
		.option("--out <FILE>", "write to a file instead of standard output")
		.addHelpText(
			"after",
			examples(
				"usage-report check",
				"usage-report check clients/wexcombe-hale --format json",
				"usage-report check . --format sarif --out check.sarif",
			),
		)
		.action(async (paths: readonly string[], options: OptionValues) => {
			const common = understand(options, io, CHECK_FORMATS);
			if ("failed" in common) return finish(reportFailure(io, common.message));
			const { runCheck } = await import("./commands/check.ts");
			return finish(runCheck({ paths, ...common }, io));
		});
}

function addCategorize(program: Command, io: CliIo, finish: Finish): void {
	program
		.command("categorize")
		.summary("give every installation of an instance its usage category")
		.description("Gives every installation of an instance its usage category: Used, Rarely Used, Unused, or Unreported with the reason.")
		.argument("<INSTANCE>", "file of the instance")
		.addOption(formatOption(CATEGORIZE_FORMATS))
		.addOption(limitsOption())
		.option("--as-of <ISO>", "the instant of the sync, in place of the file's asOf")
		.option("--out <FILE>", "write to a file; its ending says the format where --format does not")
		.option("--all", "text: list every product, not only those with the most installations")
		.addHelpText(
			"after",
			examples(
				"usage-report categorize london.usage.yaml",
				"usage-report categorize london.usage.yaml --limits 7,45,90",
				"usage-report categorize london.usage.yaml --out london.xlsx",
				"usage-report categorize london.usage.yaml --format ndjson | head",
			),
		)
		.action(async (instance: string, options: OptionValues) => {
			const common = understand(options, io, CATEGORIZE_FORMATS);
			if ("failed" in common) return finish(reportFailure(io, common.message));
			const { runCategorizeCommand } = await import("./commands/categorize.ts");
			return finish(runCategorizeCommand({ instance, all: options.all ?? false, ...common }, io));
		});
}

function addImpact(program: Command, io: CliIo, finish: Finish): void {
	program
		.command("impact")
		.summary("say what other limits would do to an instance")
		.description(
			"Says which installations of an instance change category when its limits change from some to others, and what that means for its reclaim policies.",
		)
		.argument("<INSTANCE>", "file of the instance")
		.option(
			"--from <LIMITS>",
			"the old limits: default (7,30,90), committed (the file's in the last git commit), deployed (from its settings data source), or I,U,N (default: the file's own if --to is given, else default)",
		)
		.option("--to <I,U,N>", "the new limits, as days of install cut-off, Used and Unused (default: the file's own)")
		.addOption(formatOption(IMPACT_FORMATS))
		.option("--as-of <ISO>", "the instant of the sync, in place of the file's asOf")
		.option("--out <FILE>", "write to a file; its ending says the format where --format does not")
		.option("--all", "text: list every product that has changes, not only those with the most")
		.addHelpText(
			"after",
			examples(
				"usage-report impact london.usage.yaml --to 7,45,90",
				"usage-report impact london.usage.yaml --from committed",
				"usage-report impact london.usage.yaml --from 7,30,90 --to 14,30,60 --format json",
			),
		)
		.action(async (instance: string, options: OptionValues) => {
			const common = understand(options, io, IMPACT_FORMATS);
			if ("failed" in common) return finish(reportFailure(io, common.message));
			const to = options.to === undefined ? "own" : parseLimits(options.to, "--to");
			const from = options.from === undefined ? (to === "own" ? "default" : "own") : parseFrom(options.from);
			for (const value of [from, to]) if (isFailure(value)) return finish(reportFailure(io, value.message));
			const { runImpactCommand } = await import("./commands/impact.ts");
			const limits = { from, to } as { readonly from: Exclude<typeof from, CliFailure>; readonly to: Exclude<typeof to, CliFailure> };
			return finish(runImpactCommand({ instance, all: options.all ?? false, ...common, ...limits }, io));
		});
}

function addExplain(program: Command, io: CliIo, finish: Finish): void {
	program
		.command("explain")
		.summary("say why one installation has its category")
		.description("Says why one installation has its category: the dates, the rules that were tried, and when time alone would change it.")
		.argument("<INSTANCE>", "file of the instance")
		.requiredOption("--device <NAME>", "the device, spelled as in the data")
		.requiredOption("--product <NAME>", "the product, spelled as in the data")
		.addOption(formatOption(EXPLAIN_FORMATS))
		.addOption(limitsOption())
		.option("--as-of <ISO>", "the instant of the sync, in place of the file's asOf")
		.option("--out <FILE>", "write to a file instead of standard output")
		.addHelpText(
			"after",
			examples('usage-report explain london.usage.yaml --device WXH-LDN-D0492 --product "Microsoft Visio Professional 2021"'),
		)
		.action(async (instance: string, options: OptionValues) => {
			const common = understand(options, io, EXPLAIN_FORMATS);
			if ("failed" in common) return finish(reportFailure(io, common.message));
			const { runExplain } = await import("./commands/explain.ts");
			return finish(runExplain({ instance, device: options.device ?? "", product: options.product ?? "", ...common }, io));
		});
}

function addReport(program: Command, io: CliIo, finish: Finish): void {
	program
		.command("report")
		.summary("set what the clients use against what they pay for")
		.description("Sets what the clients' servers report every week against what the clients' subscriptions pay for.")
		.argument("[PROJECT...]", "project files, and folders of them; the current folder when there is none")
		.addOption(formatOption(REPORT_FORMATS))
		.option("--as-of <ISO>", "the instant of the report; now when there is none")
		.option("--history <FILE>", "the file of the history, or off for none (default: .usage-report/history.db beside each project)")
		.addOption(repeatableOption("--client <NAME>", "only servers of this client, spelled as in its subscription; may be repeated"))
		.option("--renewal-within <DAYS>", "only servers to be renewed on the day of the report or so long after it, such as 90d or 12w")
		.option("--only-flagged", "only servers with a flag")
		.addOption(repeatableOption("--flag <NAME>", 'only servers with this flag, such as "over-use"; may be repeated'))
		.option("--out <FILE>", "write to a file; its ending says the format where --format does not")
		.addHelpText(
			"after",
			examples(
				"usage-report report",
				"usage-report report clients --as-of 2026-11-05T09:00:00Z",
				"usage-report report clients --out report.xlsx",
				'usage-report report clients --client "Wexcombe Hale" --out wexcombe-hale.xlsx',
				"usage-report report clients --renewal-within 90d --only-flagged",
			),
		)
		.action(async (paths: readonly string[], options: OptionValues) => {
			const common = understand(options, io, REPORT_FORMATS);
			if ("failed" in common) return finish(reportFailure(io, common.message));
			const renewalWithinDays = options.renewalWithin === undefined ? null : parseRenewalWithin(options.renewalWithin);
			if (isFailure(renewalWithinDays)) return finish(reportFailure(io, renewalWithinDays.message));
			const flags = parseFlags(options.flag ?? []);
			if (isFailure(flags)) return finish(reportFailure(io, flags.message));
			const clients = (options.client ?? []).map((name) => name.trim());
			const choice = { clients, renewalWithinDays, flags, onlyFlagged: options.onlyFlagged ?? false };
			const { runReportCommand } = await import("./commands/report.ts");
			return finish(runReportCommand({ paths, choice, history: toHistoryFile(io, options.history), ...common }, io));
		});
}

function addSettings(program: Command, io: CliIo, finish: Finish): void {
	program
		.command("settings")
		.summary("write the T-SQL to view, compare and (reviewed) change deployed limits")
		.description(
			"Writes the T-SQL that shows the deployed limits of a project or an instance, compares them with its file, and changes them. A person reviews and runs it; this command runs nothing.",
		)
		.argument("<FILE>", "file of the project or instance")
		.addOption(new Option("--part <PART>", `part of the script (default: ${SETTINGS_PARTS[0]})`).choices([...SETTINGS_PARTS]))
		.option("--out <FILE>", "write to a file instead of standard output")
		.addHelpText(
			"after",
			examples(
				"usage-report settings london.usage.yaml --part compare",
				"usage-report settings london.usage.yaml --part change --out london-change.sql",
			),
		)
		.action(async (file: string, options: OptionValues) => {
			const { part = "all", out } = options;
			const { runSettingsCommand } = await import("./commands/settings.ts");
			const parts = part === "all" ? SETTINGS_PARTS.filter((each) => each !== "all") : [part];
			return finish(runSettingsCommand({ file, parts, outFile: out === undefined ? null : path.resolve(io.cwd, out) }, io));
		});
}

function addServe(program: Command, io: CliIo): void {
	program
		.command("serve")
		.summary("run the language server")
		.description("Runs the language server for editors that speak the language server protocol.")
		.requiredOption("--stdio", "talk over standard input and output")
		// Editors add options of their own, such as --clientProcessId, which the server itself reads.
		.allowUnknownOption()
		.allowExcessArguments()
		.addHelpText("after", examples("usage-report serve --stdio"))
		.action(async () => {
			const { runServe } = await import("./commands/serve.ts");
			await runServe(io.signal);
		});
}
