import { AS_OF_DATE, LIMITS, OUTCOME, REPORTING_DAYS } from "./contender.ts";

const AS_OF = `DATE '${AS_OF_DATE}'`;

/** Added to an outcome that holds only when the product reports usage somewhere. */
const IF_REPORTED = 100;

/**
 * The decision table for DuckDB: rows of (product, outcome, count) from two expressions for tables. Which devices report usage is found in
 * a first step; the second counts by product and outcome, as if every product reported usage, and notes how much usage there is, so that
 * it needs no join with the products. Every other plan that was tried is slower.
 * @param installs a FROM item with ResourceID, Product, Installed and LastUsed.
 * @param devices a FROM item with ResourceID and LastHardwareScan.
 */
export function decideInDuckDb(installs: string, devices: string, limits: Readonly<Record<keyof typeof LIMITS, number>> = LIMITS): string {
	return `WITH ${deviceSteps(installs, devices)}, ${countingSteps(installs, "settled", "sync", limits)}`;
}

/** The first step alone, as named queries: `settled` by device, and `sync` with End of Sync as its only `day`. */
export function deviceSteps(installs: string, devices: string): string {
	return `
		usage AS MATERIALIZED (
			SELECT ResourceID AS device, max(LastUsed) FILTER (LastUsed <= ${AS_OF}) AS latest FROM ${installs} GROUP BY ALL
		),
		inventory AS MATERIALIZED (SELECT ResourceID AS device, max(LastHardwareScan) AS seen FROM ${devices} GROUP BY ALL),
		sync AS MATERIALIZED (
			SELECT greatest((SELECT max(latest) FROM usage), (SELECT max(seen) FROM inventory WHERE seen <= ${AS_OF})) AS day
		),
		settled AS (
			SELECT
				device,
				latest,
				coalesce(seen - latest > ${REPORTING_DAYS}, false) AS silent,
				CASE
					WHEN seen IS NULL THEN ${OUTCOME.noInventoryDate}
					WHEN seen > ${AS_OF} THEN ${OUTCOME.invalidInventoryDate}
					WHEN latest IS NOT NULL AND day - seen >= ${REPORTING_DAYS} THEN ${OUTCOME.usageStopped}
					WHEN latest IS NULL AND day - seen > ${REPORTING_DAYS} THEN ${OUTCOME.inventoryTooOld}
				END AS outcome
			FROM usage LEFT JOIN inventory USING (device), sync
		)`;
}

/** The second step, as the end of a WITH clause, over what {@link deviceSteps} found. */
export function countingSteps(
	installs: string,
	settled: string,
	sync: string,
	limits: Readonly<Record<keyof typeof LIMITS, number>>,
): string {
	return `
		counted AS (
			SELECT
				Product,
				CASE
					WHEN outcome IS NOT NULL THEN outcome
					WHEN LastUsed > ${AS_OF} THEN ${OUTCOME.invalidUsageDate}
					WHEN LastUsed IS NOT NULL AND silent THEN ${OUTCOME.usageStopped}
					WHEN day - LastUsed <= ${limits.used} THEN ${OUTCOME.used}
					WHEN day - LastUsed >= ${limits.unused} THEN ${OUTCOME.unused}
					WHEN LastUsed IS NOT NULL THEN ${OUTCOME.rarelyUsed}
					WHEN latest IS NULL THEN ${OUTCOME.noDeviceUsage}
					WHEN Installed IS NULL THEN ${IF_REPORTED + OUTCOME.unused}
					WHEN Installed > ${AS_OF} THEN ${IF_REPORTED + OUTCOME.invalidInstallDate}
					WHEN day - Installed < ${limits.install} THEN ${IF_REPORTED + OUTCOME.recentlyInstalled}
					ELSE ${IF_REPORTED + OUTCOME.unused}
				END AS decided,
				count(*) AS installations,
				count(LastUsed) FILTER (LastUsed <= ${AS_OF}) AS usages
			FROM ${installs} JOIN ${settled} ON device = ResourceID, ${sync}
			GROUP BY ALL
		),
		judged AS (SELECT Product, decided, installations, sum(usages) OVER (PARTITION BY Product) > 0 AS reported FROM counted)
		SELECT
			Product,
			CASE WHEN decided < ${IF_REPORTED} THEN decided WHEN reported THEN decided - ${IF_REPORTED} ELSE ${OUTCOME.noProductUsage} END AS outcome,
			sum(installations)::INTEGER AS installations
		FROM judged GROUP BY ALL`;
}
