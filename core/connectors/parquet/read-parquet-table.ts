import type { SchemaTree } from "hyparquet";
import type { DataSource } from "../../config/model.ts";
import { NO_DAY } from "../../dates/day-number.ts";
import type { TimeZone } from "../../dates/time-zone.ts";
import { mapColumns, wantedIndices } from "../../loading/column-mapping.ts";
import { NOT_A_DAY } from "../../loading/day-reader.ts";
import type { SourceFailure } from "../../loading/loaded.ts";
import { createProblemLog } from "../../loading/problem-log.ts";
import { describeMissingKey } from "../../loading/problem-texts.ts";
import { timeZoneOf, toColumnFailure, toSourceFailure } from "../../loading/source-failures.ts";
import { foundIn, type ReadProgress, type SourceRead, type SourceRequest } from "../../loading/source-read.ts";
import { SourceError } from "../connector.ts";
import { columnNamesOf, refuseNested } from "./parquet.ts";
import { openParquetFile, type ParquetFile, type RowGroup } from "./parquet-file.ts";
import { createDayFiller, createNameFiller, type DayFiller, type NameFiller, NO_NAME } from "./parquet-fillers.ts";
import { createTableColumns, type TableColumns, type TableRows } from "./table-columns.ts";

/**
 * Reads the devices or installations of a Parquet file straight into typed columns: each word of a dictionary is read once, and no
 * cell becomes an object. The same rows and problems as the connector's cells would give. A part is a range of row groups.
 * @throws the signal's reason once it is aborted, and nothing else.
 */
export async function readParquetTable(
	{ source, path, part, viewColumns = true }: SourceRequest,
	{ signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (progress: ReadProgress) => void },
): Promise<SourceRead> {
	signal.throwIfAborted();
	try {
		const zone = timeZoneOf(source);
		const file = await openParquetFile(source, path, signal);
		try {
			const names = columnNamesOf(file);
			const mapping = mapColumns(source.provides, source.columns, names, source.type);
			if (mapping.failures.length > 0) return failed(mapping.failures.map((failure) => toColumnFailure(source, failure)));
			const indices = wantedIndices(mapping, viewColumns);
			for (const index of Object.values(indices)) refuseNested(file, file.columns[index]!);
			const reader = createGroupReader(source, file, indices, zone);
			return await readGroups(file, part, reader, { source, signal, onProgress });
		} finally {
			await file.close();
		}
	} catch (error) {
		return failed([failureOf(source, error, signal)]);
	}
}

async function readGroups(
	file: ParquetFile,
	part: SourceRequest["part"],
	reader: GroupReader,
	{ source, signal, onProgress }: ReadContext,
): Promise<SourceRead> {
	const groups = file.groups.slice(part?.from ?? 0, part?.to ?? undefined);
	const total = groups.reduce((sum, group) => sum + group.rows, 0);
	try {
		for (const group of groups) {
			await reader.read(group, signal);
			const bytes = total === 0 ? file.bytes : Math.round((file.bytes * reader.records()) / total);
			onProgress({ rows: reader.records(), bytes, totalBytes: file.bytes });
		}
		await file.checkUnchanged();
		return reader.finish();
	} catch (error) {
		return { ...reader.finish(), table: null, failures: [failureOf(source, error, signal)] };
	}
}

interface ReadContext {
	readonly source: DataSource;
	readonly signal: AbortSignal;
	readonly onProgress: (progress: ReadProgress) => void;
}

/** @throws whatever is no failure of the source. */
function failureOf(source: DataSource, error: unknown, signal: AbortSignal): SourceFailure {
	signal.throwIfAborted();
	if (error instanceof SourceError) return toSourceFailure(source, error);
	throw error;
}

function failed(failures: readonly SourceFailure[]): SourceRead {
	return { table: null, failures, problems: [], counts: [], range: null };
}

interface GroupReader {
	read(group: RowGroup, signal: AbortSignal): Promise<void>;
	/** Rows of the file so far, also those that were left out. */
	records(): number;
	finish(): SourceRead;
}

function createGroupReader(source: DataSource, file: ParquetFile, indices: Readonly<Record<string, number>>, zone: TimeZone): GroupReader {
	const isDevices = source.provides === "devices";
	const log = createProblemLog();
	const column = (name: string): SchemaTree | null => (indices[name] === undefined ? null : file.columns[indices[name]]!);
	const names = (name: string, first: 0 | 1): NameFiller | null =>
		fillerOf(column(name), (found) => createNameFiller(file, found, zone, first));
	const days = (name: string): DayFiller | null => fillerOf(column(name), (found) => createDayFiller(file, found, source.dateFormat, zone));
	const device = names("device", 0)!;
	const product = isDevices ? null : names("product", 0)!;
	const dates = (isDevices ? ["inventoryDate"] : ["installDate", "lastUsageDate"]).map((name) => ({ name, filler: days(name) }));
	const texts = (isDevices ? ["deviceName"] : ["publisher", "version"]).map((name) => ({ name, filler: names(name, 1) }));
	const columns: TableColumns = createTableColumns(
		dates.map(({ filler }) => filler !== null),
		texts.map(({ filler }) => filler?.names ?? null),
		device.names,
		product?.names ?? null,
	);
	let records = 0;

	const shownName = (name: string) => columnNamesOf(file)[indices[name]!]!;
	function reportMissing(row: number, name: string): void {
		log.add(source, "source/missing-key", row, shownName(name), () => describeMissingKey(name));
	}
	function reportDate(row: number, name: string, written: string): void {
		log.addUnreadDate(source, row, shownName(name), () => written, "row is kept");
	}

	function addRows(length: number): void {
		const rows: TableRows = {
			numbers: [{ first: records + 1, length }],
			devices: device.indices(),
			products: product?.indices() ?? null,
			days: dates.map(({ filler }) => filler?.days() ?? null),
			texts: texts.map(({ filler }) => filler?.indices() ?? null),
		};
		const lacksKeys = rows.devices.includes(NO_NAME) || rows.products?.includes(NO_NAME) === true;
		columns.add(lacksKeys || rows.days.some((days) => days?.includes(NOT_A_DAY)) ? leaveOut(rows) : rows);
		records += length;
	}

	/** Reports what is wrong with rows, and answers those that stay, with `NO_DAY` for what is no date; the values are moved in place. */
	function leaveOut({ devices, products, days, texts }: TableRows): TableRows {
		const numbers: { readonly first: number; length: number }[] = [];
		let kept = 0;
		for (let index = 0; index < devices.length; index++) {
			const row = records + index + 1;
			if (devices[index] === NO_NAME || products?.[index] === NO_NAME) {
				// One problem for the row, whichever keys it lacks: it is left out once.
				reportMissing(row, devices[index] === NO_NAME ? "device" : "product");
				continue;
			}
			devices[kept] = devices[index]!;
			if (products !== null) products[kept] = products[index]!;
			for (let place = 0; place < days.length; place++)
				if (days[place]) days[place]![kept] = dayOrReport(days[place]![index]!, row, index, place);
			for (let place = 0; place < texts.length; place++) if (texts[place]) texts[place]![kept] = texts[place]![index]!;
			const last = numbers.at(-1);
			if (last !== undefined && last.first + last.length === row) last.length++;
			else numbers.push({ first: row, length: 1 });
			kept++;
		}
		const cut = <Values extends Uint32Array | Int32Array>(values: Values | null) => (values?.subarray(0, kept) ?? null) as Values | null;
		return { numbers, devices: cut(devices)!, products: cut(products), days: days.map(cut), texts: texts.map(cut) };
	}

	function dayOrReport(day: number, row: number, index: number, place: number): number {
		if (day !== NOT_A_DAY) return day;
		const { name, filler } = dates[place]!;
		reportDate(row, name, filler!.textAt(index));
		return NO_DAY;
	}

	return {
		async read(group, signal) {
			for (const filler of [device, product, ...texts.map((text) => text.filler), ...dates.map((date) => date.filler)]) {
				await filler?.fill(group);
				signal.throwIfAborted();
			}
			addRows(group.rows);
		},
		records: () => records,
		finish() {
			return { table: columns.finish(source, records), failures: [], ...foundIn(log), range: null };
		},
	};
}

function fillerOf<Filler>(column: SchemaTree | null, make: (column: SchemaTree) => Filler): Filler | null {
	return column === null ? null : make(column);
}
