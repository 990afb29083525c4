import { DuckDBInstance } from "@duckdb/node-api";
import { readArguments, sqlText } from "../../contenders/contender.ts";
import { REPORT_AS_OF_TEXT, type ServerRow, writeServers } from "../report-rows.ts";

// DuckDB over the CSV files as they are: the latest log of each week, differences of neighbouring weeks, and what is usual among those of the 25 weeks before.
const { fileOf, outFile } = readArguments();
const connection = await (await DuckDBInstance.create(":memory:")).connect();
const table = (name: string) => `read_csv(${sqlText(fileOf(name))}, header = true)`;
const result = await connection.runAndReadAll(`
	WITH weekly AS (
		SELECT
			server,
			(epoch(loggedAt)::BIGINT + 10800) // 604800 AS week,
			max(loggedAt) AS lastUpdate,
			arg_max(activeRegistered, loggedAt) AS registered,
			arg_max(activeEnterprise, loggedAt) AS enterprise,
			arg_max(activeDesigners, loggedAt) AS designers
		FROM ${table("log.csv")} WHERE loggedAt <= TIMESTAMP '${REPORT_AS_OF_TEXT}' GROUP BY ALL
	),
	differences AS (
		SELECT
			*,
			CASE WHEN lag(week) OVER own = week - 1 THEN registered - lag(registered) OVER own END AS difference,
			lag(registered) OVER own AS before,
			max(week) OVER (PARTITION BY server) AS latest
		FROM weekly WINDOW own AS (PARTITION BY server ORDER BY week)
	),
	earlier AS (SELECT server, difference FROM differences WHERE week < latest AND week >= latest - 25 AND difference IS NOT NULL),
	usual AS (SELECT server, count(*) AS known, median(difference) AS middle FROM earlier GROUP BY server),
	spread AS (SELECT server, median(abs(difference - middle)) AS mad FROM earlier JOIN usual USING (server) GROUP BY server)
	SELECT
		client,
		s.server,
		registered::INTEGER,
		difference::INTEGER,
		strftime(lastUpdate, '%Y-%m-%d %H:%M:%S'),
		coalesce(
			abs(difference) >= 5 AND abs(difference) * 10 >= before AND (coalesce(known, 0) < 6 OR abs(difference - middle) > 3.5 * 1.4826 * mad),
			false
		)
	FROM ${table("subscriptions.csv")} s
	LEFT JOIN (SELECT * FROM differences WHERE week = latest) d ON d.server = s.server
	LEFT JOIN usual u ON u.server = s.server
	LEFT JOIN spread p ON p.server = s.server
	ORDER BY renewalDate, client, s.server`);
writeServers(outFile, result.getRowsJS() as unknown as Iterable<ServerRow>);
