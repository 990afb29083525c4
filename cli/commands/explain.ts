import { findName, nameAt, namesOf } from "../../core/columns/name-table.ts";
import type { InstantMs } from "../../core/dates/instant.ts";
import { type Explanation, explainInstallation } from "../../core/usage/explain.ts";
import type { Limits } from "../../core/usage/limits.ts";
import type { CategorizeRun } from "../../workspace/runs/run-categorize.ts";
import { type CliIo, type ExitCode, reportFailure } from "../cli-io.ts";
import { toPrettyJson } from "../formats/pretty-json.ts";
import type { ExplainFormat } from "../formats.ts";
import { findNearNames } from "../near-names.ts";
import { printable } from "../text/table.ts";
import { withLineEnds, writeOutput } from "../write-output.ts";
import { categorizeFile } from "./categorize.ts";

/** The command line of `explain`, with values that have been understood. */
export interface ExplainArguments {
	/** The instance's file, as written. */
	readonly instance: string;
	/** Compared exactly, after trimming. */
	readonly device: string;
	readonly product: string;
	readonly limits: Limits | null;
	readonly asOf: InstantMs | null;
	readonly format: ExplainFormat;
	/** Absolute; null for standard output. */
	readonly outFile: string | null;
}

/** `usage-report explain`: says why one installation has its category. Exit code 1 when there is no such installation. */
export async function runExplain(args: ExplainArguments, io: CliIo): Promise<ExitCode> {
	const categorized = await categorizeFile(args, io);
	if ("message" in categorized) return reportFailure(io, categorized.message);
	const { run } = categorized;
	const explanation = explainInstallation(run.categorization, args.device.trim(), args.product.trim());
	if (explanation === null) {
		await io.stderr.write(`usage-report: ${printableLines(describeMissing(run, args.device.trim(), args.product.trim()))}\n`);
		return 1;
	}
	const failed = await writeOutput(io, args.outFile, await formatResult(run, explanation, args, io));
	return failed === null ? 0 : reportFailure(io, failed.message);
}

async function formatResult(run: CategorizeRun, explanation: Explanation, args: ExplainArguments, io: CliIo): Promise<Iterable<string>> {
	switch (args.format) {
		case "text": {
			const [{ formatExplanation }, { createPaint, textWidth, unpainted }] = await Promise.all([
				import("../text/explain-text.ts"),
				import("../text/paint.ts"),
			]);
			const look =
				args.outFile === null ? { paint: createPaint(io.stdout), width: textWidth(io.stdout) } : { paint: unpainted, width: 100 };
			return withLineEnds(formatExplanation(run, explanation, look));
		}
		case "json": {
			const { toExplainJson } = await import("../formats/explain-json.ts");
			return [toPrettyJson(toExplainJson(run, explanation))];
		}
	}
}

/** Which of the two names is unknown, or that the two never meet, with names that may have been meant. */
function describeMissing({ categorization: { estate } }: CategorizeRun, device: string, product: string): readonly string[] {
	const deviceIndex = findName(estate.devices, device);
	const productIndex = findName(estate.products, product);
	if (deviceIndex === -1) return [`There is no device "${device}".`, ...suggest(findNearNames(device, namesOf(estate.devices)))];
	if (productIndex === -1) return [`There is no product "${product}".`, ...suggest(findNearNames(product, namesOf(estate.products)))];
	const [start, end] = estate.installationStarts.subarray(deviceIndex, deviceIndex + 2);
	const installed = Array.from(estate.productOf.subarray(start, end), (index) => nameAt(estate.products, index));
	return [`"${product}" is not installed on "${device}".`, ...suggest(findNearNames(product, installed))];
}

function suggest(names: readonly string[]): readonly string[] {
	return names.length === 0 ? [] : ["Did you mean one of these?", ...names.map((name) => `  ${name}`)];
}

function printableLines(lines: readonly string[]): string {
	return lines.map(printable).join("\n");
}
