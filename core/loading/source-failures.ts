import type { DataSource } from "../config/model.ts";
import { closestName } from "../connectors/closest-name.ts";
import { repairTo, SourceError } from "../connectors/connector.ts";
import { makeTimeZone, type TimeZone } from "../dates/time-zone.ts";
import { t } from "../texts/translate.ts";
import type { ColumnFailure } from "./column-mapping.ts";
import type { SourceFailure } from "./loaded.ts";

/**
 * The failure that an error of a connector means.
 * @throws the signal's reason once it is aborted, and errors that are no {@link SourceError}.
 */
export function toFailure(source: DataSource, error: unknown, signal: AbortSignal): SourceFailure {
	signal.throwIfAborted();
	if (error instanceof SourceError) return toSourceFailure(source, error);
	throw error;
}

/** What a source error says of its source. */
export function toSourceFailure(source: DataSource, { code, key, message, repairs }: SourceError): SourceFailure {
	return { sourceIndex: source.index, sourceName: source.name, code, key, message, ...(repairs.length === 0 ? {} : { repairs }) };
}

/** What a failure of the mapping says of its source. */
export function toColumnFailure(source: DataSource, { code, key, message, column, repairs }: ColumnFailure): SourceFailure {
	const failure = toSourceFailure(source, new SourceError(code, key, message, repairs));
	return { ...failure, ...(column === null ? {} : { column }), repairs };
}

/**
 * The time zone that a source names.
 * @throws {SourceError} when there is none of that name.
 */
export function timeZoneOf(source: DataSource): TimeZone {
	const zone = makeTimeZone(source.timeZone);
	if (zone !== null) return zone;
	const meant = closestName(source.timeZone, Intl.supportedValuesOf("timeZone"));
	const advice = meant === null ? t("Use an IANA name such as Europe/London, or UTC.") : t`Did you mean "${meant}"?`;
	const message = t`There is no time zone "${source.timeZone}". ${advice}`;
	throw new SourceError("source/unknown-time-zone", "timeZone", message, repairTo("timeZone", meant));
}
