import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Contender } from "../contenders/contenders.ts";
import { median } from "./median.ts";
import { type ProcessUsage, runProcess } from "./run-process.ts";

/** A contender as far as it is compared. */
type Compared = Pick<Contender, "name" | "title" | "baseline" | "args" | "counts"> & { readonly form: string };

/** What was measured of one contender on one estate. */
export interface Measured {
	readonly name: string;
	readonly title: string;
	readonly form: string;
	readonly baseline: string;
	readonly runs: number;
	/** Medians over the runs. */
	readonly wallMs: number;
	readonly cpuMs: number;
	readonly peakBytes: number;
	/** Medians of the ratios of neighbouring runs to the baseline's; null where the baseline was not measured. */
	readonly wallRatio: number | null;
	readonly cpuRatio: number | null;
	readonly peakRatio: number | null;
}

/** A contender that could not be measured, and why. */
export interface LeftOut {
	readonly name: string;
	readonly reason: string;
}

/**
 * Measures contenders in turns: first a warm-up of each, then rounds in which every one runs once, forwards and backwards in turn, so
 * that a machine that becomes slower is slower for all. All have to give the same counts.
 * @param digestOf what a contender has written, by its name: the same for the same counts.
 * @throws when two contenders differ in a count.
 */
export async function compare(
	contenders: readonly Compared[],
	folder: string,
	runs: number,
	say: (line: string) => void,
	digestOf: (name: string, written: string) => string = (_name, written) => checksumOf(written),
): Promise<{ readonly measured: readonly Measured[]; readonly leftOut: readonly LeftOut[]; readonly checksum: string | null }> {
	const outFile = join(folder, "counts.json");
	const leftOut: LeftOut[] = [];
	const entries: { readonly contender: Compared; readonly runs: number; readonly usages: ProcessUsage[] }[] = [];
	let agreed: { readonly name: string; readonly checksum: string } | null = null;

	async function run(contender: Compared): Promise<ProcessUsage> {
		rmSync(outFile, { force: true });
		const usage = await runProcess(contender.args(folder, outFile), folder);
		if (contender.counts) {
			const checksum = digestOf(contender.name, readFileSync(outFile, "utf8"));
			agreed ??= { name: contender.name, checksum };
			if (agreed.checksum !== checksum) throw new DifferentCounts(`${contender.name} does not count as ${agreed.name} does.`);
		}
		return usage;
	}

	for (const contender of contenders) {
		try {
			const warmUp = await run(contender);
			const wanted = Math.min(runs, Math.max(MIN_RUNS, Math.floor(PATIENCE_MS / warmUp.wallMs)));
			say(`  warm-up ${contender.name}: ${(warmUp.wallMs / 1000).toFixed(2)} s${wanted < runs ? `, so ${wanted} runs` : ""}`);
			entries.push({ contender, runs: wanted, usages: [] });
		} catch (error) {
			if (error instanceof DifferentCounts) throw error;
			const reason = error instanceof Error ? error.message : String(error);
			say(`  left out ${contender.name}: ${reason}`);
			leftOut.push({ name: contender.name, reason });
		}
	}
	for (let round = 0; round < runs; round++) {
		const due = entries.filter((entry) => round < entry.runs);
		for (const entry of round % 2 === 0 ? due : due.toReversed()) entry.usages.push(await run(entry.contender));
		say(`  round ${round + 1} of ${runs}`);
	}
	rmSync(outFile, { force: true });
	return {
		measured: entries.map(({ contender, usages }) => summarize(contender, usages, baselineOf(contender))),
		leftOut,
		checksum: agreed === null ? null : (agreed as { checksum: string }).checksum,
	};

	function baselineOf(contender: Compared): readonly ProcessUsage[] {
		return entries.find((entry) => entry.contender.name === contender.baseline)?.usages ?? [];
	}
}

/** The longest that the runs of one contender may take together, if it is not to have fewer. */
const PATIENCE_MS = 150_000;

const MIN_RUNS = 1;

class DifferentCounts extends Error {}

function summarize(contender: Compared, usages: readonly ProcessUsage[], baseline: readonly ProcessUsage[]): Measured {
	const of = (pick: (usage: ProcessUsage) => number) => median(usages.map(pick));
	const ratio = (pick: (usage: ProcessUsage) => number) =>
		baseline.length === 0 ? null : median(usages.slice(0, baseline.length).map((usage, round) => pick(usage) / pick(baseline[round]!)));
	return {
		name: contender.name,
		title: contender.title,
		form: contender.form,
		baseline: contender.baseline,
		runs: usages.length,
		wallMs: of(({ wallMs }) => wallMs),
		cpuMs: of(({ cpuMs }) => cpuMs),
		peakBytes: of(({ peakBytes }) => peakBytes),
		wallRatio: ratio(({ wallMs }) => wallMs),
		cpuRatio: ratio(({ cpuMs }) => cpuMs),
		peakRatio: ratio(({ peakBytes }) => peakBytes),
	};
}

/** The same for the same counts per product and outcome, whatever the order of the products. */
export function checksumOf(json: string): string {
	const { byProduct } = JSON.parse(json) as { byProduct: readonly { product: string; counts: readonly number[] }[] };
	const lines = byProduct.map(({ product, counts }) => `${JSON.stringify(product)}\t${counts.join(" ")}\n`);
	return createHash("sha256").update(lines.sort().join("")).digest("hex").slice(0, 16);
}
