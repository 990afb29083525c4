import { GOALS } from "./goals.ts";
import type { Measured } from "./measure/compare.ts";
import type { Machine } from "./measure/machine.ts";
import type { Results } from "./results.ts";

/** A table of texts; numbers stand to the right. */
export interface Table {
	readonly head: readonly string[];
	readonly rows: readonly (readonly string[])[];
}

/** One line per contender, in groups that are set against the same baseline. */
export function contendersTable({ measured, rows }: Results): Table {
	const baselines = [...new Set(measured.map(({ baseline }) => baseline))];
	return {
		head: ["contender", "time", "to baseline", "CPU", "to baseline", "peak memory", "to baseline", "ns per row", "bytes per row", "runs"],
		rows: baselines.flatMap((baseline) =>
			measured
				.filter((entry) => entry.baseline === baseline)
				.toSorted((a, b) => a.wallMs - b.wallMs)
				.map((entry) => contenderRow(entry, rows)),
		),
	};
}

function contenderRow(entry: Measured, rows: number): readonly string[] {
	return [
		entry.title,
		formatMs(entry.wallMs),
		entry.name === entry.baseline ? "1" : formatRatio(entry.wallRatio),
		formatMs(entry.cpuMs),
		entry.name === entry.baseline ? "1" : formatRatio(entry.cpuRatio),
		formatBytes(entry.peakBytes),
		entry.name === entry.baseline ? "1" : formatRatio(entry.peakRatio),
		round((entry.wallMs * 1e6) / rows),
		round(entry.peakBytes / rows),
		String(entry.runs),
	];
}

/** Our command line over all sizes: what a row costs, and what each further row costs beyond the next smaller estate. */
export function growthTable(all: readonly Results[]): Table {
	const names = [...new Set(all.flatMap(({ measured }) => measured))].filter(({ name }) => name.startsWith("cli-")).map(({ name }) => name);
	return {
		head: ["contender", "rows", "ns per row", "bytes per row", "ns per further row", "bytes per further row"],
		rows: [...new Set(names)].flatMap((name) => {
			const sizes = all.flatMap(({ rows, measured }) => measured.filter((entry) => entry.name === name).map((entry) => ({ rows, entry })));
			return sizes.map(({ rows, entry }, place) => {
				const before = sizes[place - 1];
				const further = before === undefined ? null : rows - before.rows;
				return [
					entry.title,
					formatRows(rows),
					round((entry.wallMs * 1e6) / rows),
					round(entry.peakBytes / rows),
					further === null ? "" : round(((entry.wallMs - before!.entry.wallMs) * 1e6) / further),
					further === null ? "" : round((entry.peakBytes - before!.entry.peakBytes) / further),
				];
			});
		}),
	};
}

/** Other limits on estates that are loaded. */
export function limitsTable(all: readonly Results[]): Table {
	return {
		head: [
			"rows",
			"profile",
			"built in",
			"totals",
			"counts per product",
			"all rows again",
			"DuckDB, the same part",
			"ratio",
			"all rows from the columns",
			"DuckDB, whole query",
			"ratio",
		],
		rows: all.flatMap(({ rows, limits }) =>
			limits === null
				? []
				: [
						[
							formatRows(rows),
							formatBytes(limits.profileBytes),
							formatMs(limits.profileBuildMs),
							formatMs(limits.totalsMs),
							formatMs(limits.countPerProductMs),
							formatMs(limits.recategorizeMs),
							formatMs(limits.duckdbCountingMs),
							formatRatio(limits.recategorizeRatio),
							formatMs(limits.categorizeMs),
							formatMs(limits.duckdbWholeMs),
							formatRatio(limits.categorizeRatio),
						],
					],
		),
	};
}

/** The language server while it loads. */
export function hoverTable(all: readonly Results[]): Table {
	return {
		head: ["rows", "preview", "hovers", "median", "95th percentile", "longest", "95th percentile when idle"],
		rows: all.flatMap(({ rows, hover }) =>
			hover === null
				? []
				: [
						[
							formatRows(rows),
							formatMs(hover.previewMs),
							String(hover.hovers),
							formatMs(hover.p50Ms),
							formatMs(hover.p95Ms),
							formatMs(hover.maxMs),
							formatMs(hover.idleP95Ms),
						],
					],
		),
	};
}

/** Which goals are reached, by size. */
export function goalsTable(all: readonly Results[]): Table {
	return {
		head: ["goal", "at most", ...all.map(({ rows }) => formatRows(rows))],
		rows: GOALS.map(({ text, most, unit, measure }) => [
			text,
			`${round(most)} ${unit}`,
			...all.map((results) => {
				const value = measure(results);
				return value === null || Number.isNaN(value) ? "" : `${round(value)} ${unit}${value <= most ? "" : " (missed)"}`;
			}),
		]),
	};
}

/** One sentence on what was measured on. */
export function describeMachineInWords(machine: Machine): string {
	const packages = Object.entries(machine.packages).map(([name, version]) => `${name} ${version}`);
	const hardware = `${machine.cores} cores (${machine.cpu}), ${Math.round(machine.memoryBytes / 2 ** 30)} GiB of memory`;
	return `${[`${hardware}, ${machine.system}, Node.js ${machine.node}`, ...(packages.length > 0 ? [packages.join(", ")] : [])].join("; ")}.`;
}

/** A number of rows in millions. */
export function formatRows(rows: number): string {
	return rows % 100_000 === 0 ? `${rows / 1e6} M` : String(rows);
}

/** Columns in line, for a terminal. */
export function toText({ head, rows }: Table): string {
	return layOut(head, rows, "  ", "").join("\n");
}

/** A table of Markdown. */
export function toMarkdown({ head, rows }: Table): string {
	return [row(head), row(head.map((_, column) => (column === 0 ? "---" : "--:"))), ...rows.map(row)].join("\n");

	function row(cells: readonly string[]): string {
		return `| ${cells.join(" | ")} |`;
	}
}

function layOut(head: readonly string[], rows: readonly (readonly string[])[], gap: string, margin: string): readonly string[] {
	const lines = [head, ...rows];
	const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
	return lines.map(
		(line) => margin + line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join(gap),
	);
}

/** A time in the unit that suits it. */
export function formatMs(ms: number): string {
	if (ms >= 1000) return `${round(ms / 1000)} s`;
	return ms >= 1 ? `${round(ms)} ms` : `${round(ms * 1000)} µs`;
}

/** A number of bytes in megabytes or less. */
export function formatBytes(bytes: number): string {
	return `${Math.round(bytes / 1e6).toLocaleString("en")} MB`;
}

/** How many times one figure is another; a dash where there is none. */
export function formatRatio(ratio: number | null): string {
	return ratio === null ? "" : round(ratio);
}

/** Two or three significant digits, never an exponent. */
export function round(value: number): string {
	const size = Math.abs(value);
	return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3);
}
