import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ActivityMeasured } from "./activity/measure-activity.ts";
import type { EditorMeasured } from "./editor/measure-editor.ts";
import type { ExportMeasured } from "./export/measure-export.ts";
import type { LeftOut, Measured } from "./measure/compare.ts";
import type { HoverMeasured } from "./measure/hover-latency.ts";
import type { LimitsMeasured } from "./measure/limits-measured.ts";
import type { Machine } from "./measure/machine.ts";
import type { ReportMeasured } from "./report/measure-report.ts";
import type { ViewsMeasured } from "./views/measure-views.ts";

/** Everything that was measured on an estate of one size. */
export interface Results {
	readonly rows: number;
	/** Of the installations' CSV; null when it was not made. */
	readonly csvBytes: number | null;
	readonly machine: Machine;
	readonly checksum: string | null;
	readonly measured: readonly Measured[];
	readonly leftOut: readonly LeftOut[];
	readonly limits: LimitsMeasured | null;
	readonly hover: HoverMeasured | null;
}

/**
 * Keeps results, by size, for the pages that are written from them. What this run did not measure stays as an earlier run on the
 * same machine left it.
 */
export function keepResults(folder: string, results: Results): void {
	mkdirSync(folder, { recursive: true });
	const earlier = readResults(folder).find(
		({ rows, machine }) => rows === results.rows && JSON.stringify(machine) === JSON.stringify(results.machine),
	);
	const kept: Results =
		earlier === undefined || earlier.checksum !== (results.checksum ?? earlier.checksum)
			? results
			: {
					...results,
					csvBytes: results.csvBytes ?? earlier.csvBytes,
					checksum: results.checksum ?? earlier.checksum,
					measured: mergeByName(earlier.measured, results.measured),
					limits: results.limits ?? earlier.limits,
					hover: results.hover ?? earlier.hover,
				};
	writeFileSync(join(folder, `${results.rows}.json`), `${JSON.stringify(kept, null, "\t")}\n`);
}

/** All kept results, the smallest estate first. */
export function readResults(folder: string): readonly Results[] {
	mkdirSync(folder, { recursive: true });
	return readdirSync(folder)
		.filter((name) => /^\d+\.json$/.test(name))
		.map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Results)
		.sort((a, b) => a.rows - b.rows);
}

/** Keeps what was measured of the language servers; whole or not at all. */
export function keepEditorResults(folder: string, measured: EditorMeasured): void {
	keep(folder, EDITOR_FILE, measured);
}

/** Null when they were not measured yet. */
export function readEditorResults(folder: string): EditorMeasured | null {
	return readKept(folder, EDITOR_FILE);
}

/** Keeps what was measured of the views; whole or not at all. */
export function keepViewsResults(folder: string, measured: ViewsMeasured): void {
	keep(folder, VIEWS_FILE, measured);
}

/** Null when they were not measured yet. */
export function readViewsResults(folder: string): ViewsMeasured | null {
	return readKept(folder, VIEWS_FILE);
}

/** Keeps what was measured of accesses; what this run did not measure stays as an earlier run on the same machine left it. */
export function keepActivityResults(folder: string, results: ActivityMeasured): void {
	const earlier = readActivityResults(folder);
	const isSame = earlier?.rows === results.rows && JSON.stringify(earlier.machine) === JSON.stringify(results.machine);
	keep(folder, ACTIVITY_FILE, isSame ? { ...results, measured: mergeByName(earlier.measured, results.measured) } : results);
}

/** Null when they were not measured yet. */
export function readActivityResults(folder: string): ActivityMeasured | null {
	return readKept(folder, ACTIVITY_FILE);
}

/** Keeps what was measured of exports; whole or not at all. */
export function keepExportResults(folder: string, measured: ExportMeasured): void {
	keep(folder, EXPORT_FILE, measured);
}

/** Null when they were not measured yet. */
export function readExportResults(folder: string): ExportMeasured | null {
	return readKept(folder, EXPORT_FILE);
}

/** Keeps what was measured of the report; whole or not at all. */
export function keepReportResults(folder: string, measured: ReportMeasured): void {
	keep(folder, REPORT_FILE, measured);
}

/** Null when it was not measured yet. */
export function readReportResults(folder: string): ReportMeasured | null {
	return readKept(folder, REPORT_FILE);
}

const ACTIVITY_FILE = "activity.json";
const EDITOR_FILE = "language-servers.json";
const EXPORT_FILE = "export.json";
const REPORT_FILE = "report.json";
const VIEWS_FILE = "views.json";

function keep(folder: string, name: string, measured: unknown): void {
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, name), `${JSON.stringify(measured, null, "\t")}\n`);
}

function readKept<Measured>(folder: string, name: string): Measured | null {
	const file = join(folder, name);
	return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Measured) : null;
}

function mergeByName(earlier: readonly Measured[], later: readonly Measured[]): readonly Measured[] {
	const names = new Set(later.map(({ name }) => name));
	return [...later, ...earlier.filter(({ name }) => !names.has(name))];
}
