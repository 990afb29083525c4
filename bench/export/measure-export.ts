import { mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { readPackage } from "../../core/workbook/package/read-package.ts";
import { describeMachine, type Machine } from "../measure/machine.ts";
import { median } from "../measure/median.ts";
import { runProcess } from "../measure/run-process.ts";
import type { ExportRun } from "./export-script.ts";

/** What was measured of one writer on one size; medians over the runs. */
export interface ExportEntry {
	readonly name: string;
	readonly title: string;
	readonly rows: number;
	readonly runs: number;
	/** From the categorized estate in memory until the file is closed. */
	readonly exportMs: number;
	/** Of the whole process, with the estate. */
	readonly peakBytes: number;
	readonly fileBytes: number;
	/** The longest turn of the event loop. */
	readonly blockedMs: number;
	/** Medians of the ratios of neighbouring runs to the baseline's. */
	readonly timeRatio: number;
	readonly peakRatio: number;
}

/** Everything that was measured of exports. */
export interface ExportMeasured {
	readonly machine: Machine;
	readonly entries: readonly ExportEntry[];
	/** From a cancel in the middle of the largest export until it has ended; the longest of all runs. */
	readonly cancelMs: number;
}

/** A way to a workbook of one long sheet. */
interface Writer {
	/** Also the name of its script, behind `export-`. */
	readonly name: string;
	readonly title: string;
	/** Beyond this many rows it would not fit into memory. */
	readonly maxRows: number;
}

/** Everything that is measured; all are set against {@link BASELINE}. */
export const WRITERS: readonly Writer[] = [
	{ name: "ours", title: "usage-report, all four sheets", maxRows: Number.POSITIVE_INFINITY },
	{ name: "exceljs-stream", title: "exceljs, streaming", maxRows: Number.POSITIVE_INFINITY },
	{ name: "hucre", title: "hucre, streaming", maxRows: Number.POSITIVE_INFINITY },
	{ name: "exceljs-memory", title: "exceljs, in memory", maxRows: 100_000 },
];

const BASELINE = "exceljs-stream";

/** Numbers of rows that are exported unless others are asked for. */
export const EXPORT_SIZES: readonly number[] = [100_000, 1_000_000];

interface RunFigures {
	readonly run: ExportRun;
	readonly peakBytes: number;
	readonly fileBytes: number;
}

/**
 * Measures all writers on each size in turns, forwards and backwards, after a warm-up of each on the smallest one. The workbooks of the first round are checked for their rows.
 * @param scripts folder of the scripts as plain JavaScript.
 * @throws when a workbook does not have every row.
 */
export async function measureExport(
	{ scripts, dataFolder, sizes, runs }: { scripts: string; dataFolder: string; sizes: readonly number[]; runs: number },
	say: (line: string) => void,
): Promise<ExportMeasured> {
	const folder = join(dataFolder, "export");
	mkdirSync(folder, { recursive: true });
	try {
		const entries: ExportEntry[] = [];
		for (const rows of sizes) entries.push(...(await measureSize(rows)));
		const cancels: number[] = [];
		for (let round = 0; round < runs; round++) cancels.push((await run("cancel", Math.max(...sizes))).run.cancelMs ?? Number.NaN);
		return { machine: describeMachine(["exceljs", "yazl", "hucre"]), entries, cancelMs: Math.max(...cancels) };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}

	async function measureSize(rows: number): Promise<readonly ExportEntry[]> {
		say(`  ${rows.toLocaleString("en")} rows`);
		const due = WRITERS.filter(({ maxRows }) => rows <= maxRows).map((writer) => ({ writer, figures: [] as RunFigures[] }));
		// What a first run pays for, the reading of the packages, does not depend on the size.
		if (rows === sizes[0]) for (const { writer } of due) await run(writer.name, rows, false);
		for (let round = 0; round < runs; round++) {
			for (const { writer, figures } of round % 2 === 0 ? due : due.toReversed()) {
				const figure = await run(writer.name, rows, round === 0);
				figures.push(figure);
				say(`  round ${round + 1} of ${runs}, ${writer.name}: ${(figure.run.exportMs / 1000).toFixed(2)} s`);
			}
		}
		const baseline = due.find(({ writer }) => writer.name === BASELINE)!.figures;
		return due.map(({ writer, figures }) => summarize(writer, rows, figures, baseline));
	}

	async function run(name: string, rows: number, isChecked = false): Promise<RunFigures> {
		const [file, outFile] = [join(folder, "export.xlsx"), join(folder, "run.json")];
		rmSync(file, { force: true });
		const { peakBytes } = await runProcess([join(scripts, `export-${name}.mjs`), String(rows), file, outFile], folder);
		if (isChecked) await checkRows(name, file, rows);
		const fileBytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
		return { run: JSON.parse(readFileSync(outFile, "utf8")) as ExportRun, peakBytes, fileBytes };
	}
}

function summarize({ name, title }: Writer, rows: number, figures: readonly RunFigures[], baseline: readonly RunFigures[]): ExportEntry {
	const of = (pick: (figures: RunFigures) => number) => median(figures.map(pick));
	const ratio = (pick: (figures: RunFigures) => number) => median(figures.map((one, round) => pick(one) / pick(baseline[round]!)));
	return {
		...{ name, title, rows, runs: figures.length },
		exportMs: of(({ run }) => run.exportMs),
		peakBytes: of(({ peakBytes }) => peakBytes),
		fileBytes: of(({ fileBytes }) => fileBytes),
		blockedMs: of(({ run }) => run.blockedMs),
		timeRatio: ratio(({ run }) => run.exportMs),
		peakRatio: ratio(({ peakBytes }) => peakBytes),
	};
}

/** Counts the rows of the longest sheet: header and data. */
async function checkRows(name: string, file: string, rows: number): Promise<void> {
	const workbook = await readPackage(readFileSync(file));
	let most = 0;
	for (const part of workbook.names.filter((candidate) => candidate.startsWith("xl/worksheets/sheet"))) {
		const sheet = await workbook.read(part);
		let count = 0;
		for (let place = sheet.indexOf(ROW); place >= 0; place = sheet.indexOf(ROW, place + ROW.length)) count++;
		most = Math.max(most, count);
	}
	if (most !== rows + 1) throw new Error(`${name} wrote ${most} rows with its header, and ${rows + 1} were wanted.`);
}

const ROW = "<row ";
