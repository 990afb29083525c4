import Database from "better-sqlite3";
import { AS_OF_DATE, type CountRow, LIMITS, OUTCOME, REPORTING_DAYS, readArguments, writeCounts } from "./contender.ts";

// SQLite's own SQL, tuned: dates are compared as the text that they are, so no row pays for date arithmetic; devices and counts are
// small tables that are looked up and updated in place, so nothing is sorted that has as many rows as the installations.
const { fileOf, outFile } = readArguments();
const database = new Database(fileOf("estate.db"));
database.pragma("temp_store = MEMORY");
database.pragma("cache_size = -262144");
database.pragma("mmap_size = 8589934592");

database.exec(`
	CREATE TEMP TABLE facts (device TEXT PRIMARY KEY, latest TEXT, seen TEXT, silent INTEGER, outcome INTEGER) WITHOUT ROWID;
	INSERT INTO facts (device, latest)
		SELECT ResourceID, CASE WHEN LastUsed <= '${AS_OF_DATE}' THEN LastUsed END FROM installs WHERE true
		ON CONFLICT DO UPDATE SET latest = excluded.latest WHERE excluded.latest > ifnull(latest, '');
	CREATE TEMP TABLE inventory (device TEXT PRIMARY KEY, seen TEXT) WITHOUT ROWID;
	INSERT INTO inventory SELECT ResourceID, max(LastHardwareScan) FROM devices GROUP BY ResourceID;
	UPDATE facts SET seen = inventory.seen FROM inventory WHERE inventory.device = facts.device;
`);
const sync = database
	.prepare<[], string>(
		`SELECT max(day) FROM (SELECT max(latest) AS day FROM facts UNION ALL SELECT max(seen) FROM inventory WHERE seen <= '${AS_OF_DATE}')`,
	)
	.pluck()
	.get()!;
const daysBefore = (days: number) => `date('${sync}', '-${days} days')`;
database.exec(`
	UPDATE facts SET
		silent = ifnull(latest < date(seen, '-${REPORTING_DAYS} days'), 0),
		outcome = CASE
			WHEN seen IS NULL THEN ${OUTCOME.noInventoryDate}
			WHEN seen > '${AS_OF_DATE}' THEN ${OUTCOME.invalidInventoryDate}
			WHEN latest IS NOT NULL AND seen <= ${daysBefore(REPORTING_DAYS)} THEN ${OUTCOME.usageStopped}
			WHEN latest IS NULL AND seen < ${daysBefore(REPORTING_DAYS)} THEN ${OUTCOME.inventoryTooOld}
		END;
	CREATE TEMP TABLE counts (product TEXT, decided INTEGER, installations INTEGER, usages INTEGER, PRIMARY KEY (product, decided)) WITHOUT ROWID;
	INSERT INTO counts
		SELECT
			Product,
			CASE
				WHEN outcome IS NOT NULL THEN outcome
				WHEN LastUsed > '${AS_OF_DATE}' THEN ${OUTCOME.invalidUsageDate}
				WHEN LastUsed IS NOT NULL AND silent THEN ${OUTCOME.usageStopped}
				WHEN LastUsed >= ${daysBefore(LIMITS.used)} THEN ${OUTCOME.used}
				WHEN LastUsed <= ${daysBefore(LIMITS.unused)} THEN ${OUTCOME.unused}
				WHEN LastUsed IS NOT NULL THEN ${OUTCOME.rarelyUsed}
				WHEN latest IS NULL THEN ${OUTCOME.noDeviceUsage}
				WHEN Installed > '${AS_OF_DATE}' THEN ${100 + OUTCOME.invalidInstallDate}
				WHEN Installed > ${daysBefore(LIMITS.install)} THEN ${100 + OUTCOME.recentlyInstalled}
				ELSE ${100 + OUTCOME.unused}
			END,
			1,
			LastUsed IS NOT NULL AND LastUsed <= '${AS_OF_DATE}'
		FROM installs JOIN facts ON device = ResourceID
		WHERE true
		ON CONFLICT DO UPDATE SET installations = installations + 1, usages = usages + excluded.usages;
`);
const rows = database
	.prepare<[], CountRow>(
		`SELECT
			product,
			CASE WHEN decided < 100 THEN decided WHEN sum(usages) OVER (PARTITION BY product) > 0 THEN decided - 100 ELSE ${OUTCOME.noProductUsage} END,
			installations
		FROM counts`,
	)
	.raw(true)
	.all() as unknown as readonly CountRow[];
database.close();
writeCounts(outFile, rows);
