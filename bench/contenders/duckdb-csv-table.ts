import { DuckDBInstance } from "@duckdb/node-api";
import { type CountRow, readArguments, sqlText, writeCounts } from "./contender.ts";
import { decideInDuckDb } from "./duckdb-sql.ts";

// DuckDB with the needed columns of the CSV files in tables first: it reads each file once, and needs memory for all rows.
const { fileOf, outFile } = readArguments();
const connection = await (await DuckDBInstance.create(":memory:")).connect();
const load = (name: string, columns: string) =>
	connection.run(`CREATE TABLE ${name} AS SELECT ${columns} FROM read_csv(${sqlText(fileOf(`${name}.csv`))}, header = true)`);
await load("installs", "ResourceID, Product, Installed, LastUsed");
await load("devices", "ResourceID, LastHardwareScan");
const result = await connection.runAndReadAll(decideInDuckDb("installs", "devices"));
writeCounts(outFile, result.getRowsJS() as Iterable<CountRow>);
