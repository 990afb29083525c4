import type { DataSource } from "../config/model.ts";
import { type OpenTable, type RowRange, SourceError } from "../connectors/connector.ts";
import { connectorOf, READABLE_TYPES } from "../connectors/connectors.ts";
import type { TimeZone } from "../dates/time-zone.ts";
import { joinWords } from "../texts/format-count.ts";
import { t } from "../texts/translate.ts";
import type { SourceFailure } from "./loaded.ts";
import { timeZoneOf, toFailure } from "./source-failures.ts";

/**
 * Opens a source's table with its time zone; the caller closes it.
 * @throws the signal's reason once it is aborted, and nothing else.
 */
export async function openSource(
	source: DataSource,
	path: string | null,
	signal: AbortSignal,
	range: RowRange | null = null,
): Promise<{ readonly table: OpenTable; readonly zone: TimeZone } | { readonly failures: readonly SourceFailure[] }> {
	signal.throwIfAborted();
	try {
		const connector = connectorOf(source.type);
		if (connector === null) throw unsupportedType(source);
		const zone = timeZoneOf(source);
		return { table: await connector.open(source, path, signal, range), zone };
	} catch (error) {
		return { failures: [toFailure(source, error, signal)] };
	}
}

function unsupportedType(source: DataSource): SourceError {
	const message = t`The type "${source.type}" is not read by this version, which reads ${joinWords(READABLE_TYPES)}. Export the table as CSV.`;
	return new SourceError("source/unsupported-type", "type", message);
}
