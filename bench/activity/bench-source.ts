import type { DataSource } from "../../core/config/model.ts";

/** A CSV source of accesses with all defaults. */
export function makeBenchSource(path: string): DataSource {
	return {
		index: 0,
		name: "activity",
		provides: "userActivity",
		type: "csv",
		connector: null,
		path,
		connection: null,
		table: null,
		query: null,
		sheet: null,
		columns: {},
		dateFormat: "iso",
		timeZone: "UTC",
		delimiter: ",",
		encoding: "utf-8",
		header: true,
	};
}
