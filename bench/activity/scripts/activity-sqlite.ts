import Database from "better-sqlite3";
import { readArguments } from "../../contenders/contender.ts";
import { ACTIVE_SECONDS, AS_OF_TEXT, LATEST_WEEK, WEEK_OFFSET, WEEK_SECONDS, type WeekRow, writeWeeks } from "../activity-counts.ts";

// SQLite's own SQL over its own file, in the same steps as DuckDB. Beside max(), a column is that of the row with the maximum.
const { fileOf, outFile } = readArguments();
const database = new Database(fileOf("activity.db"), { readonly: true });
database.pragma("temp_store = MEMORY");
database.pragma("cache_size = -262144");
database.pragma("mmap_size = 8589934592");
const rows = database
	.prepare<[], WeekRow>(`
	WITH RECURSIVE weekly AS MATERIALIZED (
		SELECT
			server,
			"user",
			(unixepoch(accessedAt) + ${WEEK_OFFSET + WEEK_SECONDS - 1}) / ${WEEK_SECONDS} AS week,
			unixepoch(max(accessedAt)) AS latest,
			userType AS type
		FROM activity
		WHERE userType IN ('Registered', 'Enterprise', 'Designer') AND accessedAt <= '${AS_OF_TEXT}'
		GROUP BY 1, 2, 3
	),
	spans AS MATERIALIZED (
		SELECT
			server,
			type,
			week,
			min(
				(latest + CASE type WHEN 'Designer' THEN ${ACTIVE_SECONDS.Designer} ELSE ${ACTIVE_SECONDS.Registered} END + ${WEEK_OFFSET}) / ${WEEK_SECONDS},
				ifnull(lead(week) OVER (PARTITION BY server, "user" ORDER BY week) - 1, ${LATEST_WEEK})
			) AS last
		FROM weekly
	),
	changes AS (
		SELECT
			server,
			week,
			sum(change * (type = 'Registered')) AS registered,
			sum(change * (type = 'Enterprise')) AS enterprise,
			sum(change * (type = 'Designer')) AS designers
		FROM (
			SELECT server, type, week, count(*) AS change FROM spans WHERE last >= week GROUP BY 1, 2, 3
			UNION ALL
			SELECT server, type, last + 1, -count(*) FROM spans WHERE last >= week GROUP BY 1, 2, 3
		)
		GROUP BY 1, 2
	),
	weeks AS (
		SELECT server, min(week) AS week FROM spans GROUP BY server
		UNION ALL
		SELECT server, week + 1 FROM weeks WHERE week < ${LATEST_WEEK}
	)
	SELECT
		server,
		week,
		ifnull(sum(registered) OVER so_far, 0),
		ifnull(sum(enterprise) OVER so_far, 0),
		ifnull(sum(designers) OVER so_far, 0)
	FROM weeks LEFT JOIN changes USING (server, week)
	WINDOW so_far AS (PARTITION BY server ORDER BY week)`)
	.raw(true)
	.all();
database.close();
writeWeeks(outFile, rows);
