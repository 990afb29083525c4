import { writeFileSync } from "node:fs";
import { type DayColumn, dayAt } from "../../core/columns/day-column.ts";
import { nameAt, namesOf } from "../../core/columns/name-table.ts";
import { NO_DAY } from "../../core/dates/day-number.ts";
import type { Categorization } from "../../core/usage/categorization.ts";
import { OUTCOMES } from "../../core/usage/category.ts";
import { outcomeIndexOfRule } from "../../core/usage/count-outcomes.ts";
import { createInstallationNames } from "../../core/usage/installation-names.ts";
import { orderByDeviceAndProduct } from "../../core/usage/order-installations.ts";
import type { NameColumn } from "../../core/usage/source-table.ts";
import { makeExportEstate } from "./export-estate.ts";

/** What a script of the export says about itself. */
export interface ExportRun {
	/** From the categorized estate in memory until the file is closed. */
	readonly exportMs: number;
	/** The longest that nothing else could have had a turn in the thread. */
	readonly blockedMs: number;
	/** From a cancel in the middle until the export has ended; null for a run that was not cancelled. */
	readonly cancelMs: number | null;
}

/** Makes the estate and exports it as the process's arguments say: the number of rows, the workbook, and the file for the {@link ExportRun}. */
export async function runExport(write: (file: string, categorization: Categorization) => Promise<void>): Promise<void> {
	const { rows, file, outFile } = readArguments();
	const categorization = makeExportEstate(rows);
	const turns = watchTurns();
	const started = performance.now();
	await write(file, categorization);
	const exportMs = performance.now() - started;
	writeRun(outFile, { exportMs, blockedMs: turns.longestMs(), cancelMs: null });
}

/** Measures turns of the event loop by what the thread computes in them, so that other work on the machine does not count. */
function watchTurns(): { longestMs(): number } {
	const threadMs = () => {
		const { user, system } = process.threadCpuUsage();
		return (user + system) / 1000;
	};
	let longest = 0;
	let last = threadMs();
	const look = () => {
		const now = threadMs();
		longest = Math.max(longest, now - last);
		last = now;
	};
	const timer = setInterval(look, 1);
	return {
		longestMs() {
			clearInterval(timer);
			look();
			return longest;
		},
	};
}

/** What the process was started with. */
export function readArguments(): { readonly rows: number; readonly file: string; readonly outFile: string } {
	const [rows, file, outFile] = process.argv.slice(2);
	if (file === undefined || outFile === undefined) throw new Error("Arguments: rows, the workbook, and the file for the figures.");
	return { rows: Number(rows), file, outFile };
}

/** Leaves the figures of a run. */
export function writeRun(outFile: string, run: ExportRun): void {
	writeFileSync(outFile, JSON.stringify(run));
}

/** Ten columns as a script would list them: headers, and the width of each. */
export const HEADERS: readonly (readonly [header: string, width: number])[] = [
	["Device", 30],
	["Device Name", 30],
	["Product", 44],
	["Publisher", 28],
	["Version", 14],
	["Install Date", 14],
	["Last Usage Date", 14],
	["Category", 14],
	["Reason", 32],
	["Rule", 8],
];

/** Places of the dates among the columns. */
export const DATE_COLUMNS: readonly number[] = [5, 6];

/** A row's cells; dates as whole days since 1970-01-01. */
export type ExportRow = readonly (string | number | null)[];

/** The cells of a row with dates as libraries want them. */
export function toDates(row: ExportRow): (string | number | Date | null)[] {
	return row.map((cell, index) => (DATE_COLUMNS.includes(index) && cell !== null ? new Date(Number(cell) * 86_400_000) : cell));
}

/** The rows in the order of our export, with names that are decoded once, so that the libraries are measured and not this. */
export function* listRows(categorization: Categorization): Generator<ExportRow> {
	const { estate, rule, effectiveUsage } = categorization;
	const names = createInstallationNames(estate);
	const publishers = namesOf(estate.publisher!.names);
	const versions = namesOf(estate.version!.names);
	const deviceNames = deviceNamesByDevice(categorization);
	for (const installation of orderByDeviceAndProduct(categorization)) {
		const outcome = OUTCOMES[outcomeIndexOfRule(rule[installation]!)]!;
		const device = names.device(installation);
		yield [
			device,
			deviceNames.get(device) ?? null,
			names.product(installation),
			nameOrNull(estate.publisher!, publishers, installation),
			nameOrNull(estate.version!, versions, installation),
			dayOrNull(estate.installDay, installation),
			dayOrNull(effectiveUsage, installation),
			outcome.category,
			outcome.reason,
			rule[installation]!,
		];
	}
}

function deviceNamesByDevice({ estate: { devices, deviceName } }: Categorization): ReadonlyMap<string, string> {
	const byDevice = new Map<string, string>();
	for (const [index, device] of namesOf(devices).entries()) {
		const place = deviceName!.indices[index]!;
		if (place > 0) byDevice.set(device, nameAt(deviceName!.names, place - 1));
	}
	return byDevice;
}

function nameOrNull({ indices }: NameColumn, names: readonly string[], row: number): string | null {
	return indices[row] === 0 ? null : names[indices[row]! - 1]!;
}

function dayOrNull(column: DayColumn, row: number): number | null {
	const day = dayAt(column, row);
	return day === NO_DAY ? null : day;
}
