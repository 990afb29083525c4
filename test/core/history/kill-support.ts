import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { UsageLogRow } from "../../../core/subscriptions/usage-log.ts";
import { startOfWeek } from "../../../core/subscriptions/usage-week.ts";

/** The logs of one batch: those of some servers of a writer for one week. */
export function batchOf(writer: string, batch: number, size: number): readonly UsageLogRow[] {
	return Array.from({ length: size }, (_, server) => ({
		server: `${writer}-${server}`,
		loggedAt: startOfWeek(2000 + batch) + 1000 * server,
		activeRegistered: 1000 * batch + server,
		activeEnterprise: batch,
		activeDesigners: server,
		version: `12.${batch}`,
	}));
}

/** A process that stores batches until it is killed. */
export interface Writer {
	readonly name: string;
	/** The batches that it has said to be stored, in order. */
	readonly stored: readonly number[];
	/** What went wrong; empty when nothing did. */
	readonly failures: readonly string[];
	/** Milliseconds that its last batch took; a guess before the first. */
	batchMs(): number;
	/** Resolves when it has said so of that many batches, or has ended. */
	hasStored(batches: number): Promise<void>;
	/** Ends it, whatever it is doing; resolves when all that it has said is known. */
	kill(): Promise<void>;
}

/**
 * Compiles the program of writers into a folder, which would otherwise take most of the time of a process that is killed so soon; and one that is
 * killed leaves nothing there.
 */
export async function compileWriter(compiled: string): Promise<void> {
	const writer = startWriter(join(compiled, "none", "none", "history.db"), "w", 0, 1, compiled);
	await writer.hasStored(1);
}

/**
 * Starts a writer that begins with the given batch.
 * @param compiled folder with the compiled program.
 */
export function startWriter(file: string, name: string, first: number, size: number, compiled: string): Writer {
	const program = join(import.meta.dirname, "store-program.ts");
	const child = spawn(process.execPath, [program, file, name, String(first), String(size)], {
		stdio: ["ignore", "pipe", "pipe"],
		env: { ...process.env, NODE_COMPILE_CACHE: compiled },
	});
	const stored: number[] = [];
	const failures: string[] = [];
	const waiting: { readonly batches: number; readonly resolve: () => void }[] = [];
	const times = [performance.now()];
	const lines = createInterface({ input: child.stdout });
	const wake = (all: boolean) => {
		for (const { batches, resolve } of waiting) if (all || stored.length >= batches) resolve();
	};
	lines.on("line", (line) => {
		times.push(performance.now());
		if (line.startsWith("stored ")) stored.push(Number(line.slice("stored ".length)));
		else failures.push(line);
		wake(false);
	});
	child.stderr.setEncoding("utf8").on("data", (text: string) => void failures.push(text));
	const ended = Promise.all([once(child, "exit"), once(lines, "close")]).then(() => wake(true));
	return {
		name,
		stored,
		failures,
		batchMs: () => (times.length < 2 ? BEGIN_MS : times.at(-1)! - times.at(-2)!),
		hasStored: (batches) => (stored.length >= batches ? Promise.resolve() : new Promise((resolve) => waiting.push({ batches, resolve }))),
		async kill() {
			child.kill("SIGKILL");
			await ended;
		},
	};
}

/** A process has begun after about so long. */
const BEGIN_MS = 400;

/** Numbers that look random and are the same in every run: at least 0 and below 1. */
export function createRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}
