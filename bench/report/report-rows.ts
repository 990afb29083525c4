import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";

/** Instant of the report: an hour after the latest logs. */
export const REPORT_AS_OF = Date.UTC(2026, 10, 4, 22);

/** The same as SQL has it. */
export const REPORT_AS_OF_TEXT = "2026-11-04 22:00:00";

/** What every contender finds out about a server: the figures of its latest log, its weekly difference, and whether that is a large one. */
export type ServerRow = readonly [
	client: string,
	server: string,
	active: number | null,
	difference: number | null,
	lastUpdate: string | null,
	isLarge: number | boolean,
];

/** Leaves what a script has found, in any order; instants as SQL writes them. */
export function writeServers(file: string, rows: Iterable<ServerRow>): void {
	writeFileSync(file, JSON.stringify(Array.from(rows, lineOf)));
}

/** The same for the same rows. */
export function digestOfScript(json: string): string {
	return digestOf(JSON.parse(json) as readonly string[]);
}

/** The same as {@link digestOfScript} of the JSON that our report writes. */
export function digestOfReport(json: string): string {
	const { rows } = JSON.parse(json) as { readonly rows: readonly ReportRow[] };
	return digestOf(
		rows.map(({ client, server, activeRegistered, weeklyDifference, lastUpdate, flags }) => {
			const instant = lastUpdate === null ? null : lastUpdate.replace("T", " ").replace("Z", "");
			return lineOf([client, server, activeRegistered, weeklyDifference, instant, flags.includes("large difference")]);
		}),
	);
}

/** A row of the report's JSON, as far as all contenders find it out. */
interface ReportRow {
	readonly client: string;
	readonly server: string;
	readonly activeRegistered: number | null;
	readonly weeklyDifference: number | null;
	readonly lastUpdate: string | null;
	readonly flags: readonly string[];
}

function lineOf([client, server, active, difference, lastUpdate, isLarge]: ServerRow): string {
	return [client, server, active, difference, lastUpdate?.slice(0, "yyyy-MM-dd HH:mm:ss".length), Number(isLarge)].join("\t");
}

function digestOf(lines: readonly string[]): string {
	return createHash("sha256").update(lines.toSorted().join("\n")).digest("hex").slice(0, 16);
}
