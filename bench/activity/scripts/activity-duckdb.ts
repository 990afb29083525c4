import { DuckDBInstance } from "@duckdb/node-api";
import { readArguments, sqlText } from "../../contenders/contender.ts";
import { ACTIVE_SECONDS, AS_OF_TEXT, LATEST_WEEK, WEEK_OFFSET, WEEK_SECONDS, type WeekRow, writeWeeks } from "../activity-counts.ts";

// DuckDB over the CSV file as it is. Of the accesses of one user in one week only the latest matters, so there are far fewer rows from
// there on; each makes its user active from its week to the last for which it counts, or to that before the next one.
const { fileOf, outFile } = readArguments();
const connection = await (await DuckDBInstance.create(":memory:")).connect();
const accesses = `read_csv(${sqlText(fileOf("activity.csv"))}, header = true)`;
const result = await connection.runAndReadAll(`
	WITH weekly AS (
		SELECT
			server,
			"user",
			(epoch(accessedAt)::BIGINT + ${WEEK_OFFSET + WEEK_SECONDS - 1}) // ${WEEK_SECONDS} AS week,
			max(accessedAt) AS latest,
			arg_max(userType, accessedAt) AS type
		FROM ${accesses}
		WHERE userType IN ('Registered', 'Enterprise', 'Designer') AND accessedAt <= TIMESTAMP '${AS_OF_TEXT}'
		GROUP BY ALL
	),
	spans AS (
		SELECT
			server,
			type,
			week,
			least(
				(epoch(latest)::BIGINT + CASE type WHEN 'Designer' THEN ${ACTIVE_SECONDS.Designer} ELSE ${ACTIVE_SECONDS.Registered} END + ${WEEK_OFFSET})
					// ${WEEK_SECONDS},
				coalesce(lead(week) OVER (PARTITION BY server, "user" ORDER BY week) - 1, ${LATEST_WEEK})
			) AS last
		FROM weekly
	),
	notes AS (
		SELECT server, type, week, count(*) AS change FROM spans WHERE last >= week GROUP BY ALL
		UNION ALL
		SELECT server, type, last + 1, -count(*) FROM spans WHERE last >= week GROUP BY ALL
	),
	weeks AS (
		SELECT server, unnest(range(min(week), ${LATEST_WEEK} + 1)) AS week FROM weekly GROUP BY server
	),
	changes AS (
		SELECT
			server,
			week,
			sum(change) FILTER (type = 'Registered') AS registered,
			sum(change) FILTER (type = 'Enterprise') AS enterprise,
			sum(change) FILTER (type = 'Designer') AS designers
		FROM notes GROUP BY ALL
	)
	SELECT
		server,
		week::INTEGER,
		coalesce(sum(registered) OVER so_far, 0)::INTEGER,
		coalesce(sum(enterprise) OVER so_far, 0)::INTEGER,
		coalesce(sum(designers) OVER so_far, 0)::INTEGER
	FROM weeks LEFT JOIN changes USING (server, week)
	WINDOW so_far AS (PARTITION BY server ORDER BY week)`);
writeWeeks(outFile, result.getRowsJS() as unknown as Iterable<WeekRow>);
