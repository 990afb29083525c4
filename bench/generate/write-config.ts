import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { AS_OF } from "./synthetic-estate.ts";

/** How our command line is told of the estate: each is one instance file of its own. */
export const INSTANCES = {
	csv: "csv.usage.yaml",
	/** Also the columns that only views show. */
	"csv-all-columns": "csv-all-columns.usage.yaml",
	"csv-shuffled": "csv-shuffled.usage.yaml",
	parquet: "parquet.usage.yaml",
	sqlite: "sqlite.usage.yaml",
} as const;

/** Writes the project and its instances into the folder of the data. */
export function writeConfigs(folder: string): void {
	const write = (name: string, lines: readonly string[]) => writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
	write("bench.usage.yaml", ["kind: project", "title: Benchmark", ...LIMITS]);
	write(INSTANCES.csv, instance("CSV", file("csv", "devices.csv"), file("csv", "installs.csv"), []));
	write(INSTANCES["csv-all-columns"], instance("CSV with all columns", file("csv", "devices.csv"), file("csv", "installs.csv"), SHOWN));
	write(INSTANCES["csv-shuffled"], instance("Shuffled CSV", file("csv", "devices.csv"), file("csv", "installs-shuffled.csv"), []));
	write(INSTANCES.parquet, instance("Parquet", file("parquet", "devices.parquet"), file("parquet", "installs.parquet"), []));
	write(INSTANCES.sqlite, instance("SQLite", table("devices"), table("installs"), []));
}

const LIMITS = ["usageCategory:", "  InstallDateCutOffLimit: 7", "  UsedCategoryLimit: 30", "  UnusedCategoryLimit: 90"];

const SHOWN = ["publisher: Publisher", "version: Version"];

function instance(name: string, devices: readonly string[], installations: readonly string[], more: readonly string[]): readonly string[] {
	const deviceColumns = ["device: ResourceID", "inventoryDate: LastHardwareScan", ...(more.length > 0 ? ["deviceName: Name"] : [])];
	const columns = ["device: ResourceID", "product: Product", "installDate: Installed", "lastUsageDate: LastUsed", ...more];
	return [
		"kind: instance",
		`name: ${name}`,
		"project: bench.usage.yaml",
		`asOf: ${AS_OF}`,
		...LIMITS,
		"dataSources:",
		"  - name: devices",
		"    provides: devices",
		...devices,
		`    columns: { ${deviceColumns.join(", ")} }`,
		"  - name: installations",
		"    provides: installations",
		...installations,
		`    columns: { ${columns.join(", ")} }`,
	];
}

function file(type: string, path: string): readonly string[] {
	return [`    type: ${type}`, `    path: ${path}`];
}

function table(name: string): readonly string[] {
	return ["    type: sqlite", "    path: estate.db", `    table: ${name}`];
}
