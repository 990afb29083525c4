import { query } from "chdb";
import { CLICKHOUSE_COLUMNS, decideInClickHouse, readClickHouseRows } from "./clickhouse-sql.ts";
import { readArguments, sqlText, writeCounts } from "./contender.ts";

// ClickHouse, in this process, over the CSV files, told of their columns.
const { fileOf, outFile } = readArguments();
const table = (name: "devices" | "installs") =>
	`file(${sqlText(fileOf(`${name}.csv`))}, CSVWithNames, ${sqlText(CLICKHOUSE_COLUMNS[name])})`;
const result = query(decideInClickHouse(table("installs"), table("devices")), "JSONCompactEachRow");
writeCounts(outFile, readClickHouseRows(String(result)));
