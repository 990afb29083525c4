import { basename } from "node:path";
import { loadUsageLogs } from "../../../core/loading/load-usage-logs.ts";
import { weekOf } from "../../../core/subscriptions/usage-week.ts";
import { readArguments } from "../../contenders/contender.ts";
import { ACTIVITY_AS_OF, type WeekRow, writeWeeks } from "../activity-counts.ts";
import { makeBenchSource } from "../bench-source.ts";

// Not measured: what our program counts for all weeks, of which its report shows only the latest.
const { fileOf, outFile } = readArguments();
const loaded = await loadUsageLogs([makeBenchSource("activity.csv")], ACTIVITY_AS_OF, {
	resolvePath: (path) => fileOf(basename(path)),
	signal: new AbortController().signal,
});
if (loaded.value === null) throw new Error(JSON.stringify(loaded.failures));
writeWeeks(
	outFile,
	loaded.value.map((log): WeekRow => {
		const { server, loggedAt, activeRegistered, activeEnterprise, activeDesigners } = log;
		return [server, weekOf(loggedAt), activeRegistered, activeEnterprise, activeDesigners];
	}),
);
