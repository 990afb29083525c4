import { existsSync } from "node:fs";
import { join } from "node:path";
import type Database from "better-sqlite3";
import { t } from "../texts/translate.ts";
import { SourceError } from "./connector.ts";

/** An open SQLite database. */
export type SqliteDatabase = Database.Database;

/** A prepared statement of SQLite. */
export type SqliteStatement = Database.Statement;

/** N-API version that the SQLite library needs; on an older one its first use ends the process. */
const NEEDED_NAPI = 10;

/**
 * Loads the SQLite library, on first use and not before, since it is native code.
 * @throws {SourceError} when this Node cannot run it.
 */
export async function loadSqlite(): Promise<typeof Database> {
	checkRuntime(process.versions.napi, process.versions.node);
	try {
		return (await import("better-sqlite3")).default;
	} catch (error) {
		throw cannotLoad(error);
	}
}

/**
 * Where a bundle keeps the library's native part: `native/better_sqlite3.node` in the folder of the bundled script. Null where
 * there is none, as when the sources run: the package then finds its own.
 */
export function findNativeBinding(): string | null {
	// Bundles are CommonJS, which has __dirname; the sources are ES modules, which do not.
	if (typeof __dirname !== "string") return null;
	const file = join(__dirname, "native", "better_sqlite3.node");
	return existsSync(file) ? file : null;
}

/**
 * Checks that Node can run the SQLite library at all.
 * @param napi as in `process.versions`; undefined on a host without N-API.
 * @throws {SourceError} when it cannot.
 */
export function checkRuntime(napi: string | undefined, node: string): void {
	if (Number(napi) >= NEEDED_NAPI) return;
	const message = t`SQLite files need Node.js 22.14 or newer; this is Node.js ${node}. Install a newer one, or export the table as CSV.`;
	throw new SourceError("source/unsupported-runtime", "type", message);
}

/** The failure for a library that is there but does not load, such as native code for another system. */
export function cannotLoad(error: unknown): SourceError {
	const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
	const message = t`The SQLite library cannot be loaded on this system (${reason}). Install the product for this system again, or export the table as CSV.`;
	return new SourceError("source/unsupported-runtime", "type", message);
}
