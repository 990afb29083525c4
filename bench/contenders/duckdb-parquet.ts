import { DuckDBInstance } from "@duckdb/node-api";
import { type CountRow, readArguments, sqlText, writeCounts } from "./contender.ts";
import { decideInDuckDb } from "./duckdb-sql.ts";

// DuckDB over the Parquet files.
const { fileOf, outFile } = readArguments();
const connection = await (await DuckDBInstance.create(":memory:")).connect();
const table = (name: string) => `read_parquet(${sqlText(fileOf(`${name}.parquet`))})`;
const result = await connection.runAndReadAll(decideInDuckDb(table("installs"), table("devices")));
writeCounts(outFile, result.getRowsJS() as Iterable<CountRow>);
