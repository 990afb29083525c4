import type { SourceType } from "./model.ts";

/** Types of data source that are files, with the ends of names that such files usually have. */
export const FILE_TYPES: readonly { readonly type: SourceType; readonly extensions: readonly string[] }[] = [
	{ type: "csv", extensions: [".csv", ".txt", ".tsv", ".tab"] },
	{ type: "excel", extensions: [".xlsx", ".xlsm"] },
	{ type: "sqlite", extensions: [".db", ".sqlite", ".sqlite3", ".db3"] },
	{ type: "parquet", extensions: [".parquet", ".pq"] },
];

/** The type that a file's name speaks for; null when it speaks for none. */
export function typeOfFile(name: string): SourceType | null {
	const lower = name.toLowerCase();
	return FILE_TYPES.find(({ extensions }) => extensions.some((extension) => lower.endsWith(extension)))?.type ?? null;
}
