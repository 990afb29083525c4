import { DuckDBInstance } from "@duckdb/node-api";
import { type CountRow, readArguments, sqlText, writeCounts } from "./contender.ts";
import { decideInDuckDb } from "./duckdb-sql.ts";

// DuckDB over the CSV file whose rows are in no order.
const { fileOf, outFile } = readArguments();
const connection = await (await DuckDBInstance.create(":memory:")).connect();
const table = (name: string) => `read_csv(${sqlText(fileOf(`${name}.csv`))}, header = true)`;
const result = await connection.runAndReadAll(decideInDuckDb(table("installs-shuffled"), table("devices")));
writeCounts(outFile, result.getRowsJS() as Iterable<CountRow>);
