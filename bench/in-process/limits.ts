import { writeFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";
import { nameAt } from "../../core/columns/name-table.ts";
import { categorize, countByProduct, recategorize } from "../../core/usage/categorize.ts";
import { type Limits, makeLimits } from "../../core/usage/limits.ts";
import { buildUsageProfile, countWithLimits, profileBytes, totalsWithLimits } from "../../core/usage/usage-profile.ts";
import { createNodeFileAccess } from "../../workspace/node-file-access.ts";
import { runCategorize } from "../../workspace/runs/run-categorize.ts";
import { createWorkspace } from "../../workspace/workspace.ts";
import { type CountRow, readArguments, sqlText } from "../contenders/contender.ts";
import { countingSteps, decideInDuckDb, deviceSteps } from "../contenders/duckdb-sql.ts";
import { INSTANCES } from "../generate/write-config.ts";
import type { LimitsMeasured } from "../measure/limits-measured.ts";
import { median } from "../measure/median.ts";

// Other limits on an estate that is loaded: ours from the usage profile and from the columns, DuckDB from a table in memory, in
// turns and with the same counts. DuckDB is asked in two ways: the whole question, and only the part that depends on limits.
const ROUNDS = 9;
const CHEAP_ROUNDS = 200;
const OUTCOMES = 12;

const { fileOf, outFile } = readArguments();
const started = process.hrtime.bigint();
const categorized = await loadEstate();
const loadMs = elapsedMs(started);
const { estate } = categorized;
const products = Array.from({ length: estate.products.ends.length }, (_, product) => nameAt(estate.products, product));

const builds: number[] = [];
let profile = buildUsageProfile(categorized);
for (let round = 0; round < 3; round++) builds.push(timed(() => (profile = buildUsageProfile(categorized))).ms);

const connection = await (await DuckDBInstance.create(":memory:")).connect();
await connection.run(
	`CREATE TABLE devices AS SELECT ResourceID, LastHardwareScan FROM read_csv(${sqlText(fileOf("devices.csv"))}, header = true)`,
);
await connection.run(
	`CREATE TABLE installs AS SELECT ResourceID, Product, Installed, LastUsed FROM read_csv(${sqlText(fileOf("installs.csv"))}, header = true)`,
);
await connection.run(`CREATE TABLE settled AS WITH ${deviceSteps("installs", "devices")} SELECT * FROM settled`);
await connection.run(`CREATE TABLE sync AS WITH ${deviceSteps("installs", "devices")} SELECT day FROM sync`);

const times = { categorize: [] as number[], recategorize: [] as number[], whole: [] as number[], counting: [] as number[] };
for (let round = -1; round < ROUNDS; round++) {
	const limits = limitsOf(round + 1);
	const plain = { install: limits.InstallDateCutOffLimit, used: limits.UsedCategoryLimit, unused: limits.UnusedCategoryLimit };
	const again = timed(() => countByProduct(recategorize(categorized, limits)));
	const counting = await timedQuery(`WITH ${countingSteps("installs", "settled", "sync", plain)}`);
	const anew = timed(() => countByProduct(categorize(estate, categorized.asOf, limits, [])));
	const whole = await timedQuery(decideInDuckDb("installs", "devices", plain));
	const fromProfile = countWithLimits(profile, limits).byProduct;
	for (const counts of [anew.value, fromProfile, countsOf(counting.value), countsOf(whole.value)]) checkSame(again.value, counts);
	// The first round is the warm-up.
	if (round < 0) continue;
	times.recategorize.push(again.ms);
	times.categorize.push(anew.ms);
	times.counting.push(counting.ms);
	times.whole.push(whole.ms);
}

const perProduct: number[] = [];
const totals: number[] = [];
for (let round = 0; round < CHEAP_ROUNDS; round++) {
	const limits = limitsOf(round);
	perProduct.push(timed(() => countWithLimits(profile, limits)).ms);
	totals.push(timed(() => totalsWithLimits(profile, limits)).ms);
}

const measured: LimitsMeasured = {
	loadMs,
	profileBytes: profileBytes(profile),
	profileBuildMs: median(builds),
	countPerProductMs: median(perProduct),
	totalsMs: median(totals),
	recategorizeMs: median(times.recategorize),
	categorizeMs: median(times.categorize),
	duckdbCountingMs: median(times.counting),
	duckdbWholeMs: median(times.whole),
	recategorizeRatio: median(times.recategorize.map((ms, round) => ms / times.counting[round]!)),
	categorizeRatio: median(times.categorize.map((ms, round) => ms / times.whole[round]!)),
};
writeFileSync(outFile, JSON.stringify(measured));

async function loadEstate() {
	const access = createNodeFileAccess();
	const workspace = createWorkspace(access, Date.now);
	const uri = access.toUri(fileOf(INSTANCES.csv));
	await workspace.addFile(uri);
	const run = await runCategorize(workspace, uri, { signal: new AbortController().signal });
	if (run.failed) throw new Error(run.message);
	return run.categorization;
}

/** Other limits in every round, all in their order. */
function limitsOf(round: number): Limits {
	const made = makeLimits({
		InstallDateCutOffLimit: 1 + (round % 29),
		UsedCategoryLimit: 30 + (round % 31),
		UnusedCategoryLimit: 90 + ((round * 7) % 200),
	});
	if (made.value === null) throw new Error("These are no limits.");
	return made.value;
}

function timed<Value>(work: () => Value): { readonly value: Value; readonly ms: number } {
	const from = process.hrtime.bigint();
	const value = work();
	return { value, ms: elapsedMs(from) };
}

async function timedQuery(sql: string): Promise<{ readonly value: Iterable<CountRow>; readonly ms: number }> {
	const from = process.hrtime.bigint();
	const result = await connection.runAndReadAll(sql);
	const ms = elapsedMs(from);
	return { value: result.getRowsJS() as unknown as Iterable<CountRow>, ms };
}

function elapsedMs(from: bigint): number {
	return Number(process.hrtime.bigint() - from) / 1e6;
}

function countsOf(rows: Iterable<CountRow>): Uint32Array {
	const indexOf = new Map(products.map((product, index) => [product, index]));
	const counts = new Uint32Array(products.length * OUTCOMES);
	for (const [product, outcome, count] of rows) counts[indexOf.get(product)! * OUTCOMES + outcome]! += count;
	return counts;
}

function checkSame(expected: Uint32Array, counts: Uint32Array): void {
	if (counts.length !== expected.length || counts.some((count, cell) => count !== expected[cell])) {
		throw new Error("Two ways to count with other limits differ.");
	}
}
