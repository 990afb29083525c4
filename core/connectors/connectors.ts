import type { SourceType } from "../config/model.ts";
import type { Connector } from "./connector.ts";
import { csvConnector } from "./csv.ts";
import { excelConnector } from "./excel/excel.ts";
import { parquetConnector } from "./parquet/parquet.ts";
import { sqliteConnector } from "./sqlite.ts";

/** The source types that this version reads, in the order in which messages list them. */
export const READABLE_TYPES: readonly SourceType[] = ["csv", "excel", "sqlite", "parquet"];

/** The connector of a source type; null for the types that are known but not read yet, i.e. all but {@link READABLE_TYPES}. */
export function connectorOf(type: SourceType): Connector | null {
	switch (type) {
		case "csv":
			return csvConnector;
		case "sqlite":
			return sqliteConnector;
		case "excel":
			return excelConnector;
		case "parquet":
			return parquetConnector;
		case "postgres":
		case "sqlserver":
		case "clickhouse":
			return null;
	}
}
