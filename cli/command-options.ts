import path from "node:path";
import { Option } from "commander";
import type { CliFailure, CliIo, ExitCode } from "./cli-io.ts";
import type { SETTINGS_PARTS } from "./formats.ts";
import { chooseFormat, parseAsOf, parseLimits } from "./options.ts";

/** Takes the exit code of the command that was run. */
export type Finish = (code: ExitCode | Promise<ExitCode>) => Promise<void>;

/** Options as the command line has them. */
export interface OptionValues {
	readonly format?: string;
	readonly out?: string;
	readonly limits?: string;
	readonly from?: string;
	readonly to?: string;
	readonly asOf?: string;
	readonly all?: true;
	readonly device?: string;
	readonly product?: string;
	readonly part?: (typeof SETTINGS_PARTS)[number];
	readonly history?: string;
	readonly client?: readonly string[];
	readonly renewalWithin?: string;
	readonly onlyFlagged?: true;
	readonly flag?: readonly string[];
}

/** The values of the options that commands share, or what is wrong with the first faulty one. */
export function understand<Format extends string>(options: OptionValues, io: CliIo, formats: readonly Format[]) {
	const format = chooseFormat(options.format as Format | undefined, options.out, formats);
	const limits = options.limits === undefined ? null : parseLimits(options.limits);
	const asOf = options.asOf === undefined ? null : parseAsOf(options.asOf);
	for (const value of [format, limits, asOf]) if (isFailure(value)) return value;
	return { format, limits, asOf, outFile: options.out === undefined ? null : path.resolve(io.cwd, options.out) } as {
		readonly format: Format;
		readonly limits: Exclude<typeof limits, CliFailure>;
		readonly asOf: number | null;
		readonly outFile: string | null;
	};
}

/** Whether an option could not be understood. */
export function isFailure(value: unknown): value is CliFailure {
	return typeof value === "object" && value !== null && "failed" in value;
}

/** `--format`, of which the first is the default. */
export function formatOption(formats: readonly string[]): Option {
	return new Option("--format <FORMAT>", `form of the output (default: ${formats[0]})`).choices([...formats]);
}

/** `--limits`. */
export function limitsOption(): Option {
	return new Option("--limits <I,U,N>", "days of install cut-off, Used and Unused, in place of the instance's own, such as 7,30,90");
}

/** An option whose values are a list when it is given several times. */
export function repeatableOption(flags: string, description: string): Option {
	return new Option(flags, description).argParser((value: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), value]);
}

/** What `--history` says where there is to be none; as in workspace/data/usage-history.ts, which only commands load that need it. */
export const NO_HISTORY = "off";

/** The value of `--history`: an absolute file name, `off` as it is, or null when nothing is said. */
export function toHistoryFile(io: CliIo, written: string | undefined): string | null {
	if (written === undefined) return null;
	return written === NO_HISTORY ? written : path.resolve(io.cwd, written);
}

/** Command lines that the help shows. */
export function examples(...lines: readonly string[]): string {
	return `\n${lines.length === 1 ? "Example" : "Examples"}:\n${lines.map((line) => `  ${line}`).join("\n")}`;
}
