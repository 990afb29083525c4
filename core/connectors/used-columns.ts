import type { DataSource } from "../config/model.ts";
import { mapColumns } from "../loading/column-mapping.ts";

/** What a column of ours is read as. */
export type ColumnUse = "text" | "date" | "count";

/** Which columns of a table are read, by their index, and as what; empty when the mapping fails, which the loader says. */
export function findUsedColumns(source: DataSource, columns: readonly string[]): ReadonlyMap<number, ColumnUse> {
	const { indices, failures } = mapColumns(source.provides, source.columns, columns, source.type);
	if (failures.length > 0) return new Map();
	return new Map(Object.entries(indices).map(([name, index]) => [index, columnUse(name)]));
}

/** What one of our columns is read as. */
export function columnUse(ours: string): ColumnUse {
	return USES[ours] ?? "text";
}

const USES: Readonly<Record<string, ColumnUse>> = {
	inventoryDate: "date",
	installDate: "date",
	lastUsageDate: "date",
	loggedAt: "date",
	accessedAt: "date",
	activeRegistered: "count",
	activeEnterprise: "count",
	activeDesigners: "count",
};
