import { DuckDBInstance } from "@duckdb/node-api";

/** Turns a CSV file into Parquet as DuckDB writes it without being asked for anything special. */
export async function writeParquet(csvFile: string, file: string): Promise<void> {
	const instance = await DuckDBInstance.create(":memory:");
	const connection = await instance.connect();
	await connection.run(`COPY (FROM read_csv(${quote(csvFile)}, header = true)) TO ${quote(file)} (FORMAT parquet)`);
	connection.closeSync();
	instance.closeSync();
}

function quote(text: string): string {
	return `'${text.replaceAll("'", "''")}'`;
}
