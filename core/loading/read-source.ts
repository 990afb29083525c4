import type { DataSource } from "../config/model.ts";
import { closestName } from "../connectors/closest-name.ts";
import { type OpenTable, SourceError, type TableRow } from "../connectors/connector.ts";
import { connectorOf, READABLE_TYPES } from "../connectors/connectors.ts";
import { makeTimeZone, type TimeZone } from "../dates/time-zone.ts";
import { type ColumnFailure, mapColumns } from "./column-mapping.ts";
import type { LoadOptions, SourceFailure } from "./loaded.ts";
import type { ProblemLog } from "./problem-log.ts";
import { createRowReader, type RowReader } from "./row-reader.ts";

/**
 * Reads one source to its end and hands each row to the function that `start` makes once the columns are known. Answers why the
 * source cannot be used, which may show after some rows; an empty list when it was read completely. Cells beyond the
 * last column are reported here.
 * @throws the signal's reason once it is aborted, and nothing else.
 */
export async function readSource(
	source: DataSource,
	options: LoadOptions,
	log: ProblemLog,
	start: (reader: RowReader) => (row: TableRow) => void,
): Promise<readonly SourceFailure[]> {
	const opened = await openSource(source, options);
	if ("failures" in opened) return opened.failures;
	const { table, zone } = opened;
	try {
		const mapping = mapColumns(source.provides, source.columns, table.columns, source.type);
		if (mapping.failures.length > 0) return mapping.failures.map((failure) => columnFailureOf(source, failure));
		const readRow = start(createRowReader(source, mapping.indices, table.columns, zone, log));
		let rows = 0;
		for await (const batch of table.batches) {
			options.signal.throwIfAborted();
			for (const row of batch) {
				if (row.surplusCells > 0) reportSurplus(source, row, log);
				readRow(row);
			}
			rows += batch.length;
			options.onProgress?.({ sourceName: source.name, rows });
		}
		return [];
	} catch (error) {
		return [toFailure(source, error, options.signal)];
	} finally {
		await table.close();
	}
}

/** Opens a source's table with its time zone; the caller closes it. */
export async function openSource(
	source: DataSource,
	options: Pick<LoadOptions, "resolvePath" | "signal">,
): Promise<{ readonly table: OpenTable; readonly zone: TimeZone } | { readonly failures: readonly SourceFailure[] }> {
	options.signal.throwIfAborted();
	try {
		const connector = connectorOf(source.type);
		if (connector === null) throw unsupportedType(source);
		const zone = makeTimeZone(source.timeZone);
		if (zone === null) throw unknownTimeZone(source);
		const path = source.path === null ? null : options.resolvePath(source.path);
		return { table: await connector.open(source, path, options.signal), zone };
	} catch (error) {
		return { failures: [toFailure(source, error, options.signal)] };
	}
}

function reportSurplus(source: DataSource, row: TableRow, log: ProblemLog): void {
	log.add(source, "source/surplus-cells", row.number, null, () => {
		const cells = row.surplusCells === 1 ? "One cell stands" : `${row.surplusCells.toLocaleString("en")} cells stand`;
		return `${cells} beyond the last column, without effect; check the quotes and the delimiter of this row.`;
	});
}

function unsupportedType(source: DataSource): SourceError {
	const message = `The type "${source.type}" is not read by this version, which reads ${READABLE_TYPES.join(" and ")}. Export the table as CSV.`;
	return new SourceError("source/unsupported-type", "type", message);
}

function unknownTimeZone(source: DataSource): SourceError {
	const meant = closestName(source.timeZone, Intl.supportedValuesOf("timeZone"));
	const advice = meant === null ? "Use an IANA name such as Europe/London, or UTC." : `Did you mean "${meant}"?`;
	return new SourceError("source/unknown-time-zone", "timeZone", `There is no time zone "${source.timeZone}". ${advice}`);
}

function toFailure(source: DataSource, error: unknown, signal: AbortSignal): SourceFailure {
	signal.throwIfAborted();
	if (error instanceof SourceError) return failureOf(source, error);
	throw error;
}

function columnFailureOf(source: DataSource, { code, key, message, column, repairs }: ColumnFailure): SourceFailure {
	return { ...failureOf(source, new SourceError(code, key, message)), ...(column === null ? {} : { column }), repairs };
}

function failureOf(source: DataSource, { code, key, message }: SourceError): SourceFailure {
	return { sourceIndex: source.index, sourceName: source.name, code, key, message };
}
