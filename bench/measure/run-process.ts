import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What one run of a whole process took, with all processes that it started. */
export interface ProcessUsage {
	/** From the start of the process until it has ended. */
	readonly wallMs: number;
	/** Of all threads, in user and system mode, until the process begins to end. */
	readonly cpuMs: number;
	/** The most memory that was resident; over several processes the sum of their peaks. */
	readonly peakBytes: number;
}

/**
 * Runs a script in a Node.js of its own and measures it.
 * @throws when it fails, with the end of what it said.
 */
export async function runProcess(args: readonly string[], folder: string): Promise<ProcessUsage> {
	const usageFolder = mkdtempSync(join(tmpdir(), "usage-report-bench-"));
	try {
		const started = process.hrtime.bigint();
		const child = spawn(process.execPath, args, {
			cwd: folder,
			env: { ...process.env, NODE_OPTIONS: `--require "${HOOK.replaceAll("\\", "/")}"`, USAGE_REPORT_BENCH_USAGE: usageFolder },
			stdio: ["ignore", "ignore", "pipe"],
		});
		let said = "";
		child.stderr.setEncoding("utf8").on("data", (text: string) => {
			said = (said + text).slice(-MAX_SAID);
		});
		let wallMs = Number.NaN;
		child.once("exit", () => {
			wallMs = Number(process.hrtime.bigint() - started) / 1e6;
		});
		const status = await new Promise<number | string>((resolve, reject) => {
			child.once("error", reject);
			child.once("close", (code, signal) => resolve(code ?? signal ?? "?"));
		});
		if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}.\n${said}`);
		const used = readdirSync(usageFolder).map(
			(name) => JSON.parse(readFileSync(join(usageFolder, name), "utf8")) as { cpuMicroseconds: number; peakBytes: number },
		);
		return {
			wallMs,
			cpuMs: used.reduce((sum, { cpuMicroseconds }) => sum + cpuMicroseconds, 0) / 1000,
			peakBytes: used.reduce((sum, { peakBytes }) => sum + peakBytes, 0),
		};
	} finally {
		rmSync(usageFolder, { recursive: true, force: true });
	}
}

const HOOK = join(import.meta.dirname, "usage-hook.cjs");

/** Characters of an error that are worth showing. */
const MAX_SAID = 4000;
