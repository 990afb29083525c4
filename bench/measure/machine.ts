import { readFileSync } from "node:fs";
import { arch, cpus, platform, totalmem } from "node:os";
import { join } from "node:path";

/** What was measured on, and with which versions. */
export interface Machine {
	readonly cpu: string;
	readonly cores: number;
	readonly memoryBytes: number;
	readonly system: string;
	readonly node: string;
	/** Versions by package name. */
	readonly packages: Readonly<Record<string, string>>;
}

/**
 * Describes this machine without saying whose it is.
 * @param packages whose versions are told.
 */
export function describeMachine(packages: readonly string[] = PACKAGES): Machine {
	const processors = cpus();
	return {
		cpu: processors[0]?.model.trim() ?? "unknown",
		cores: processors.length,
		memoryBytes: totalmem(),
		system: `${platform()} ${arch()}`,
		node: process.versions.node,
		packages: Object.fromEntries(packages.map((name) => [name, versionOf(name)])),
	};
}

const PACKAGES = ["@duckdb/node-api", "chdb", "better-sqlite3", "csv-parse", "papaparse", "hyparquet"];

function versionOf(name: string): string {
	for (const folder of ["..", "../.."]) {
		try {
			const file = join(import.meta.dirname, folder, "node_modules", name, "package.json");
			return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
		} catch {}
	}
	return "not installed";
}
