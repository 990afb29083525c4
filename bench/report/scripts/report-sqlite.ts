import Database from "better-sqlite3";
import { readArguments } from "../../contenders/contender.ts";
import { REPORT_AS_OF_TEXT, type ServerRow, writeServers } from "../report-rows.ts";

// SQLite's own SQL over its own file, in the same steps as DuckDB. Beside max(), a column is that of the row with the maximum; a median is the mean of the
// one or two rows in the middle.
const { fileOf, outFile } = readArguments();
const database = new Database(fileOf("log.db"), { readonly: true });
database.pragma("temp_store = MEMORY");
database.pragma("cache_size = -262144");
const rows = database
	.prepare<[], ServerRow>(`
	WITH weekly AS MATERIALIZED (
		SELECT server, (unixepoch(loggedAt) + 10800) / 604800 AS week, max(loggedAt) AS lastUpdate, activeRegistered AS registered, activeEnterprise, activeDesigners
		FROM log WHERE loggedAt <= '${REPORT_AS_OF_TEXT}' GROUP BY 1, 2
	),
	differences AS MATERIALIZED (
		SELECT
			*,
			CASE WHEN lag(week) OVER own = week - 1 THEN registered - lag(registered) OVER own END AS difference,
			lag(registered) OVER own AS before,
			max(week) OVER (PARTITION BY server) AS latest
		FROM weekly WINDOW own AS (PARTITION BY server ORDER BY week)
	),
	earlier AS MATERIALIZED (
		SELECT
			server,
			difference,
			row_number() OVER (PARTITION BY server ORDER BY difference) AS place,
			count(*) OVER (PARTITION BY server) AS known
		FROM differences WHERE week < latest AND week >= latest - 25 AND difference IS NOT NULL
	),
	usual AS MATERIALIZED (
		SELECT server, known, avg(difference) AS middle FROM earlier WHERE place IN ((known + 1) / 2, (known + 2) / 2) GROUP BY server
	),
	spread AS MATERIALIZED (
		SELECT server, avg(deviation) AS mad
		FROM (
			SELECT
				earlier.server,
				earlier.known,
				abs(difference - middle) AS deviation,
				row_number() OVER (PARTITION BY earlier.server ORDER BY abs(difference - middle)) AS place
			FROM earlier JOIN usual ON usual.server = earlier.server
		)
		WHERE place IN ((known + 1) / 2, (known + 2) / 2) GROUP BY server
	)
	SELECT
		client,
		s.server,
		registered,
		difference,
		lastUpdate,
		ifnull(
			abs(difference) >= 5 AND abs(difference) * 10 >= before AND (ifnull(known, 0) < 6 OR abs(difference - middle) > 3.5 * 1.4826 * mad),
			0
		)
	FROM subscriptions s
	LEFT JOIN (SELECT * FROM differences WHERE week = latest) d ON d.server = s.server
	LEFT JOIN usual u ON u.server = s.server
	LEFT JOIN spread p ON p.server = s.server
	ORDER BY renewalDate, client, s.server`)
	.raw(true)
	.all();
database.close();
writeServers(outFile, rows);
