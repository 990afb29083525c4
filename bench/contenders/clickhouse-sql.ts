import { AS_OF_DATE, type CountRow, LIMITS, OUTCOME, REPORTING_DAYS } from "./contender.ts";

const AS_OF = `toDate32('${AS_OF_DATE}')`;

/** Added to an outcome that holds only when the product reports usage somewhere. */
const IF_REPORTED = 100;

/** The decision table for ClickHouse in the same two steps as for DuckDB; an unmatched join has to give NULL, which is not its default. */
export function decideInClickHouse(installs: string, devices: string): string {
	return `
		WITH
			usage AS (SELECT ResourceID AS device, maxIf(LastUsed, LastUsed <= ${AS_OF}) AS latest FROM ${installs} GROUP BY device),
			inventory AS (SELECT ResourceID AS device, max(LastHardwareScan) AS seen FROM ${devices} GROUP BY device),
			known AS (SELECT device, latest, seen FROM usage LEFT JOIN inventory USING (device)),
			(SELECT greatest(
				ifNull((SELECT maxIf(LastUsed, LastUsed <= ${AS_OF}) FROM ${installs}), toDate32('1900-01-01')),
				ifNull((SELECT max(seen) FROM inventory WHERE seen <= ${AS_OF}), toDate32('1900-01-01'))
			)) AS day,
			settled AS (
				SELECT
					device,
					latest,
					ifNull(dateDiff('day', latest, seen) > ${REPORTING_DAYS}, 0) AS silent,
					multiIf(
						seen IS NULL, ${OUTCOME.noInventoryDate},
						seen > ${AS_OF}, ${OUTCOME.invalidInventoryDate},
						latest IS NOT NULL AND dateDiff('day', seen, day) >= ${REPORTING_DAYS}, ${OUTCOME.usageStopped},
						latest IS NULL AND dateDiff('day', seen, day) > ${REPORTING_DAYS}, ${OUTCOME.inventoryTooOld},
						-1
					) AS outcome
				FROM known
			),
			counted AS (
				SELECT
					Product,
					multiIf(
						outcome >= 0, outcome,
						LastUsed > ${AS_OF}, ${OUTCOME.invalidUsageDate},
						LastUsed IS NOT NULL AND silent, ${OUTCOME.usageStopped},
						dateDiff('day', LastUsed, day) <= ${LIMITS.used}, ${OUTCOME.used},
						dateDiff('day', LastUsed, day) >= ${LIMITS.unused}, ${OUTCOME.unused},
						LastUsed IS NOT NULL, ${OUTCOME.rarelyUsed},
						latest IS NULL, ${OUTCOME.noDeviceUsage},
						Installed IS NULL, ${IF_REPORTED + OUTCOME.unused},
						Installed > ${AS_OF}, ${IF_REPORTED + OUTCOME.invalidInstallDate},
						dateDiff('day', Installed, day) < ${LIMITS.install}, ${IF_REPORTED + OUTCOME.recentlyInstalled},
						${IF_REPORTED + OUTCOME.unused}
					) AS decided,
					count() AS installations,
					countIf(LastUsed <= ${AS_OF}) AS usages
				FROM ${installs} AS installs JOIN settled ON settled.device = installs.ResourceID
				GROUP BY Product, decided
			),
			judged AS (SELECT Product, decided, installations, sum(usages) OVER (PARTITION BY Product) > 0 AS reported FROM counted)
		SELECT
			Product,
			multiIf(decided < ${IF_REPORTED}, decided, reported, decided - ${IF_REPORTED}, ${OUTCOME.noProductUsage}) AS outcome,
			toUInt32(sum(installations)) AS installations
		FROM judged GROUP BY Product, outcome
		SETTINGS join_use_nulls = 1`;
}

/** Reads what the query gave as lines of JSON. */
export function* readClickHouseRows(text: string): Iterable<CountRow> {
	for (const line of text.split("\n")) if (line !== "") yield JSON.parse(line) as CountRow;
}

/** The columns of both files where the format does not say their types. */
export const CLICKHOUSE_COLUMNS = {
	devices: "ResourceID String, Name String, LastHardwareScan Nullable(Date32)",
	installs: "ResourceID String, Product String, Publisher String, Version String, Installed Nullable(Date32), LastUsed Nullable(Date32)",
} as const;
