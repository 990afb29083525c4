import { stat } from "node:fs/promises";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { type Texts, t } from "../../core/texts/translate.ts";
import { carryOutJob } from "./carry-out-job.ts";
import { categorizeInHalves } from "./categorize-in-halves.ts";
import { consolidateInHalves } from "./consolidate-in-halves.ts";
import type { JobInput, JobKind, JobOutput, Jobs, RunJob } from "./job.ts";
import type { WorkerData } from "./worker-messages.ts";
import { createWorkerPool, type WorkerPool } from "./worker-pool.ts";

/**
 * Carries out jobs in worker threads, save for those that are over sooner than a message would take; long ones in halves, at the same time.
 * @param muchRows from how many rows on a job is divided.
 * @param texts of the language in which the threads say what is wrong; none for English.
 */
export function createWorkerJobs({ muchRows = MUCH_ROWS, texts = {} }: { readonly muchRows?: number; readonly texts?: Texts } = {}): Jobs {
	const pool = createWorkerPool({ start: () => startWorker(texts) });
	const watch = watchEnd(pool);
	return {
		async run(kind, input, options) {
			if (await IS_LITTLE[kind](input)) return carryOutJob(kind, input, options);
			const inThread = (step: JobKind, stepInput: unknown) => pool.run(step, stepInput, PURPOSES[kind](input), options);
			watch.begin();
			try {
				const divided = DIVIDED[kind]?.(input, muchRows, inThread as RunJob) ?? null;
				return (await (divided ?? inThread(kind, input))) as JobOutput<typeof kind>;
			} finally {
				watch.settle();
			}
		},
		async prepare(paths) {
			const sizes = await Promise.all(paths.map(sizeOf));
			if (sizes.some((size) => size > LITTLE_BYTES)) pool.prepare();
		},
		dispose: pool.dispose,
	};
}

/** Bytes of a file that are read at once, without another thread; packed formats hold several times as many. */
const LITTLE_BYTES = 2 * 1024 * 1024;
const LITTLE_PACKED_BYTES = 256 * 1024;

/** Rows that are gone through within a few milliseconds. */
const LITTLE_ROWS = 100_000;

/** Users and servers whose weeks are counted within a few milliseconds. */
const LITTLE_PAIRS = 5_000;

/** Names that are decoded or compared within a few milliseconds. */
const LITTLE_NAMES = 20_000;

/** Rows of which two threads go through one half each sooner than one through all. */
const MUCH_ROWS = 1_000_000;

type ByKind<Result> = { readonly [Kind in JobKind]: (input: JobInput<Kind>) => Result };

const IS_LITTLE: ByKind<boolean | Promise<boolean>> = {
	// Text is cut by its size alone; asking a thread first would only keep the second one from starting.
	plan: (input) => input.source.type === "csv" || isLittleSource(input),
	// Of a text little is read, however long it is.
	peek: (input) => input.source.type === "csv" || isLittleSource(input),
	findLines: isLittleSource,
	read: isLittleSource,
	readActivity: isLittleSource,
	countActivity: ({ tallies }) => tallies.reduce((sum, { newest }) => sum + newest.length, 0) <= LITTLE_PAIRS,
	readHistory: async ({ file }) => (await sizeOf(file)) <= LITTLE_PACKED_BYTES,
	// Another program may be writing, for whose end the thread waits.
	storeLogs: () => false,
	describe: (tables) => countRows(tables) <= LITTLE_ROWS,
	consolidate: (tables) => countRows(tables) <= LITTLE_ROWS,
	arrange: () => false,
	fillRows: () => false,
	categorize: ({ estate }) => estate.productOf.length <= LITTLE_ROWS,
	readFacts: () => false,
	bundleUsage: () => false,
	decide: () => false,
	order: ({ categorization }) => categorization.rule.length <= LITTLE_ROWS,
	recategorize: ({ categorization }) => categorization.rule.length <= LITTLE_ROWS,
	sumRows: ({ categorization }) => categorization.rule.length <= LITTLE_ROWS,
	sortNames: ({ ends }) => ends.length <= LITTLE_NAMES,
	findNames: ({ names }) => names.ends.length <= LITTLE_NAMES,
	priceProducts: ({ products, prices }) => products.ends.length * prices.length <= LITTLE_NAMES,
	matchProducts: ({ products, patterns }) => products.ends.length * patterns.length <= LITTLE_NAMES,
	countProducts: ({ profile }) => profile.products <= LITTLE_ROWS,
	orderProducts: ({ sorted }) => sorted.length <= LITTLE_NAMES,
	profile: ({ rule }) => rule.length <= LITTLE_ROWS,
};

/** Jobs that can be divided, for as many rows as that; null for fewer. */
const DIVIDED: {
	readonly [Kind in JobKind]?: (input: JobInput<Kind>, muchRows: number, run: RunJob) => Promise<JobOutput<Kind>> | null;
} = {
	consolidate: (tables, muchRows, run) => (countRows(tables) < muchRows ? null : consolidateInHalves(tables, run)),
	categorize: (input, muchRows, run) => (input.estate.productOf.length < muchRows ? null : categorizeInHalves(input, run)),
};

function countRows(tables: JobInput<"consolidate">): number {
	return tables.reduce((sum, { rows }) => sum + rows, 0);
}

async function isLittleSource({ source, path }: JobInput<"plan">): Promise<boolean> {
	if (path === null) return true;
	// Nobody can know how long a query takes, and while it runs it cannot be interrupted.
	if (source.query !== null) return false;
	return (await sizeOf(path)) <= (source.type === "csv" || source.type === "sqlite" ? LITTLE_BYTES : LITTLE_PACKED_BYTES);
}

/** Bytes of a file; 0 when there is none. */
async function sizeOf(path: string): Promise<number> {
	return (await stat(path).catch(() => null))?.size ?? 0;
}

const PURPOSES: ByKind<string> = {
	plan: ({ source }) => t`read ${source.name}`,
	peek: ({ source }) => t`look into ${source.name}`,
	read: ({ source }) => t`read ${source.name}`,
	readActivity: ({ source }) => t`read ${source.name}`,
	countActivity: () => t("count the active users"),
	readHistory: () => t("read the history"),
	storeLogs: () => t("write the history"),
	findLines: ({ source }) => t`find the rows of ${source.name}`,
	describe: () => t("look through the rows of all sources"),
	arrange: () => t("bring the rows of all sources together"),
	fillRows: () => t("bring the rows of all sources together"),
	consolidate: () => t("bring the rows of all sources together"),
	categorize: () => t("categorize the installations"),
	readFacts: () => t("categorize the installations"),
	bundleUsage: () => t("categorize the installations"),
	decide: () => t("categorize the installations"),
	order: () => t("order the installations"),
	recategorize: () => t("categorize the installations"),
	sumRows: () => t("add up the installations"),
	sortNames: () => t("order the names"),
	findNames: () => t("look for names"),
	priceProducts: () => t("find the prices of the products"),
	matchProducts: () => t("find the products of policies"),
	countProducts: () => t("count the installations by product"),
	orderProducts: () => t("order the products"),
	profile: () => t("count the installations by age"),
};

/**
 * A process that exits waits for its threads, and for ever when native code holds one: as long as a thread may be busy, an exit ends
 * the process as if nobody had caught a Ctrl+C.
 */
function watchEnd(pool: WorkerPool) {
	let isWatching = false;
	const onExit = () => {
		if (!pool.isBusy()) return;
		process.removeAllListeners("SIGINT");
		process.kill(process.pid, "SIGINT");
	};
	return {
		begin(): void {
			if (!isWatching) process.on("exit", onExit);
			isWatching = true;
		},
		settle(): void {
			if (pool.isBusy()) return;
			process.off("exit", onExit);
			isWatching = false;
		},
	};
}

/** Bundles are CommonJS and have `__dirname`, with the worker's own bundle beside them; the sources are ES modules, which have not. */
function startWorker(texts: Texts): Worker {
	const program = typeof __dirname === "string" ? join(__dirname, "worker.cjs") : new URL("./worker.ts", import.meta.url);
	// What a package might print in there may not get among the messages of a language server on standard output.
	return new Worker(program, { name: "usage-report", stdout: true, workerData: { texts } satisfies WorkerData });
}
