import { query } from "chdb";
import { decideInClickHouse, readClickHouseRows } from "./clickhouse-sql.ts";
import { readArguments, sqlText, writeCounts } from "./contender.ts";

// ClickHouse, in this process, over the Parquet files.
const { fileOf, outFile } = readArguments();
const table = (name: string) => `file(${sqlText(fileOf(`${name}.parquet`))}, Parquet)`;
const result = query(decideInClickHouse(table("installs"), table("devices")), "JSONCompactEachRow");
writeCounts(outFile, readClickHouseRows(String(result)));
