// What the benchmark uses of the packages that it compares with. They are installed by the benchmark itself, below this folder; so
// that the project's types can be checked without them, these declarations stand in for theirs.

declare module "@duckdb/node-api" {
	export class DuckDBInstance {
		static create(path: string): Promise<DuckDBInstance>;
		connect(): Promise<DuckDBConnection>;
		closeSync(): void;
	}
	export class DuckDBConnection {
		run(sql: string): Promise<unknown>;
		runAndReadAll(sql: string): Promise<{ getRowsJS(): unknown[][] }>;
		closeSync(): void;
	}
}

declare module "chdb" {
	export function query(sql: string, format: string): { toString(): string };
}

declare module "papaparse" {
	interface Config {
		readonly header: true;
		readonly skipEmptyLines: boolean;
		readonly step: (result: { readonly data: Readonly<Record<string, string>> }) => void;
		readonly complete: () => void;
		readonly error: (error: Error) => void;
	}
	const Papa: { parse(input: NodeJS.ReadableStream, config: Config): void };
	export = Papa;
}

declare module "hucre/xlsx" {
	type Cell = string | number | Date | null;
	export function writeXlsxStream(
		rows: Iterable<Cell[]>,
		options: {
			readonly name: string;
			readonly columns: readonly { readonly header: string; readonly width: number; readonly numFmt?: string }[];
			readonly freezePane: { readonly rows: number; readonly columns: number };
		},
	): ReadableStream<Uint8Array>;
}
