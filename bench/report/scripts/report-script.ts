import { createReadStream } from "node:fs";
import Papa from "papaparse";
import { readArguments } from "../../contenders/contender.ts";
import { REPORT_AS_OF, type ServerRow, writeServers } from "../report-rows.ts";

// The script that somebody writes for the day: papaparse, a Map of weeks by server, and sorted arrays for the medians.
const { fileOf, outFile } = readArguments();

interface Log {
	readonly text: string;
	readonly at: number;
	readonly active: number;
}

const byServer = new Map<string, Map<number, Log>>();
for (const row of await records("log.csv")) {
	const text = row["loggedAt"]!;
	const at = Date.parse(`${text.replace(" ", "T")}Z`);
	if (at > REPORT_AS_OF) continue;
	const server = row["server"]!;
	const weeks = byServer.get(server) ?? new Map<number, Log>();
	byServer.set(server, weeks);
	const week = Math.floor((at / 1000 + 10_800) / 604_800);
	const known = weeks.get(week);
	if (known === undefined || at >= known.at) weeks.set(week, { text, at, active: Number(row["activeRegistered"]) });
}

const subscriptions = (await records("subscriptions.csv")).map((row) => ({
	client: row["client"]!,
	server: row["server"]!,
	renewal: row["renewalDate"]!,
}));
const rows = subscriptions
	.toSorted((a, b) => compare(a.renewal, b.renewal) || compare(a.client, b.client) || compare(a.server, b.server))
	.map(({ client, server }): ServerRow => {
		const weeks = byServer.get(server) ?? new Map<number, Log>();
		const latest = Math.max(...weeks.keys());
		const log = weeks.get(latest);
		if (log === undefined) return [client, server, null, null, null, false];
		const differenceAt = (week: number) => {
			const [here, before] = [weeks.get(week), weeks.get(week - 1)];
			return here === undefined || before === undefined ? null : here.active - before.active;
		};
		const difference = differenceAt(latest);
		return [client, server, log.active, difference, log.text, difference !== null && isLarge(difference, latest)];

		function isLarge(own: number, week: number): boolean {
			if (Math.abs(own) < 5 || Math.abs(own) * 10 < weeks.get(week - 1)!.active) return false;
			const earlier = Array.from({ length: 25 }, (_, index) => differenceAt(week - 1 - index)).filter((value) => value !== null);
			if (earlier.length < 6) return true;
			const middle = median(earlier);
			return Math.abs(own - middle) > 3.5 * 1.4826 * median(earlier.map((value) => Math.abs(value - middle)));
		}
	});
writeServers(outFile, rows);

function records(name: string): Promise<readonly Readonly<Record<string, string>>[]> {
	return new Promise((resolve, reject) => {
		const rows: Readonly<Record<string, string>>[] = [];
		Papa.parse(createReadStream(fileOf(name)), {
			header: true,
			skipEmptyLines: true,
			step: ({ data }) => rows.push(data),
			complete: () => resolve(rows),
			error: reject,
		});
	});
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const half = sorted.length / 2;
	return (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2;
}
