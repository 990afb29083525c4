import type { NameTable } from "../../core/columns/name-table.ts";
import type { DataSource, UnitPrice } from "../../core/config/model.ts";
import type { InstantMs } from "../../core/dates/instant.ts";
import type { HistoryFailure } from "../../core/history/history-failure.ts";
import type { HistoryLogs, WantedLogs } from "../../core/history/read-logs.ts";
import type { StoredLogs, StoreInput } from "../../core/history/store-logs.ts";
import type { ActivityRead, ActivityRequest } from "../../core/loading/activity-read.ts";
import type { PeekedSource } from "../../core/loading/peek-source.ts";
import type { ReadProgress, SourcePart, SourceRead, SourceRequest } from "../../core/loading/source-read.ts";
import type { ActivityTally } from "../../core/subscriptions/activity-tally.ts";
import type { ActivityCounts } from "../../core/subscriptions/count-activity.ts";
import type { BundleDefinition, BundledUsage } from "../../core/usage/bundles.ts";
import type { Categorization } from "../../core/usage/categorize.ts";
import type { Arrangement } from "../../core/usage/consolidate.ts";
import type { DeviceRange } from "../../core/usage/device-range.ts";
import type { Estate } from "../../core/usage/estate.ts";
import type { RangeFacts } from "../../core/usage/estate-facts.ts";
import type { FindNamesInput, FoundNames } from "../../core/usage/find-names.ts";
import type { Limits } from "../../core/usage/limits.ts";
import type { InstallationQuery } from "../../core/usage/order-installations.ts";
import type { CountProductsInput, OrderProductsInput, ProductCounts } from "../../core/usage/order-products.ts";
import type { OrderedRows } from "../../core/usage/ordered-rows.ts";
import type { ProductPrices } from "../../core/usage/product-prices.ts";
import type { DescribedData } from "../../core/usage/source-facts.ts";
import type { SourceTable } from "../../core/usage/source-table.ts";
import type { RowTotals, SumRowsInput } from "../../core/usage/sum-rows.ts";
import type { UsageProfile } from "../../core/usage/usage-profile.ts";

/**
 * Work on whole tables, by name: what goes in and what comes out. Both are plain data, so that another thread can do it; what
 * stands in an answer as it stood in the question keeps its identity.
 */
export interface JobTypes {
	/** Divides a large source into parts that can be read at the same time; null when it is better read in one piece. */
	readonly plan: { readonly input: Pick<SourceRequest, "source" | "path">; readonly output: readonly SourcePart[] | null };
	/** Looks at the beginning of a source; null when it cannot be read. */
	readonly peek: { readonly input: PeekRequest; readonly output: PeekedSource | null };
	/** The lines of a text file on which some rows begin, ascending; null for the file when it cannot be read, and for a row that there is not. */
	readonly findLines: { readonly input: FindLinesRequest; readonly output: readonly (number | null)[] | null };
	/** Reads a source, or a part of one. */
	readonly read: { readonly input: SourceRequest; readonly output: SourceRead };
	/** Reads a source of accesses, or a part of one. */
	readonly readActivity: { readonly input: ActivityRequest; readonly output: ActivityRead };
	/** Counts the active users of all servers by week. */
	readonly countActivity: {
		readonly input: { readonly tallies: readonly ActivityTally[]; readonly asOf: InstantMs };
		readonly output: ActivityCounts;
	};
	/** Reads logs from a history, or stores some there; files are absolute. */
	readonly readHistory: {
		readonly input: { readonly file: string; readonly wanted: WantedLogs | null };
		readonly output: HistoryLogs | HistoryFailure;
	};
	readonly storeLogs: {
		readonly input: { readonly file: string; readonly input: StoreInput };
		readonly output: StoredLogs | HistoryFailure;
	};
	/** Says what the tables of all sources, in the order of the configuration, are like before they are brought together. */
	readonly describe: { readonly input: readonly SourceTable[]; readonly output: DescribedData };
	/** Brings the tables of all sources together, in the order of the configuration. */
	readonly consolidate: { readonly input: readonly SourceTable[]; readonly output: Estate };
	/** Steps of consolidating, the second for some of the devices: it writes the arrangement's columns. */
	readonly arrange: { readonly input: readonly SourceTable[]; readonly output: Arrangement | null };
	readonly fillRows: {
		readonly input: { readonly tables: readonly SourceTable[]; readonly rows: OrderedRows; readonly range: DeviceRange };
		readonly output: Uint32Array | null;
	};
	readonly categorize: { readonly input: CategorizeInput; readonly output: CategorizedEstate };
	/** Steps of categorizing, each for some of the devices, save for bundles. Deciding writes the categorization's rules and counts them. */
	readonly readFacts: {
		readonly input: { readonly estate: Estate; readonly lastPresentDay: Int32Array; readonly range: DeviceRange };
		readonly output: RangeFacts;
	};
	readonly bundleUsage: {
		readonly input: Pick<CategorizeInput, "estate" | "bundles"> & { readonly lastPresentDay: Int32Array };
		readonly output: BundledUsage;
	};
	readonly decide: {
		readonly input: { readonly categorization: Categorization; readonly range: DeviceRange };
		readonly output: Uint32Array;
	};
	/** The installations that a question asks for, in its order. */
	readonly order: {
		readonly input: {
			readonly categorization: Categorization;
			readonly query: InstallationQuery;
			/** As "sortNames" gives them. */
			readonly sortedProducts: Uint32Array;
		};
		readonly output: Uint32Array;
	};
	/** The same estate with other limits. */
	readonly recategorize: {
		readonly input: { readonly categorization: Categorization; readonly limits: Limits };
		readonly output: Categorization;
	};
	/** Totals of some places of an order. */
	readonly sumRows: { readonly input: SumRowsInput; readonly output: RowTotals };
	/** Indices of names in code-unit order. */
	readonly sortNames: { readonly input: NameTable; readonly output: Uint32Array };
	/** Names that have a text. */
	readonly findNames: { readonly input: FindNamesInput; readonly output: FoundNames };
	/** Which price each product has. */
	readonly priceProducts: {
		readonly input: { readonly products: NameTable; readonly prices: readonly UnitPrice[] };
		readonly output: ProductPrices;
	};
	/** Which products some lists of patterns stand for. */
	readonly matchProducts: {
		readonly input: { readonly products: NameTable; readonly patterns: readonly (readonly string[])[] };
		readonly output: readonly Uint8Array[];
	};
	/** What limits make of each product. */
	readonly countProducts: { readonly input: CountProductsInput; readonly output: ProductCounts };
	/** The products that a question asks for, in its order. */
	readonly orderProducts: { readonly input: OrderProductsInput; readonly output: Uint32Array };
	/** From which the counts for any other limits follow. */
	readonly profile: { readonly input: Categorization; readonly output: UsageProfile };
}

/** A source at whose beginning one looks. */
export interface PeekRequest {
	readonly source: DataSource;
	/** Absolute. */
	readonly path: string;
}

/** Rows of a CSV source whose lines are wanted. */
export interface FindLinesRequest {
	readonly source: DataSource;
	/** Absolute. */
	readonly path: string;
	readonly rows: readonly number[];
}

/** How an estate is to be categorized. */
export interface CategorizeInput {
	readonly estate: Estate;
	readonly asOf: InstantMs;
	readonly limits: Limits;
	readonly bundles: readonly BundleDefinition[];
}

/** A categorized estate with the counts of its outcomes. */
export interface CategorizedEstate {
	readonly categorization: Categorization;
	readonly counts: {
		/** Installations per outcome, in the order of `OUTCOMES`. */
		readonly totals: readonly number[];
		/** The same by product × outcome, in shared memory. */
		readonly byProduct: Uint32Array;
	};
}

export type JobKind = keyof JobTypes;
export type JobInput<Kind extends JobKind> = JobTypes[Kind]["input"];
export type JobOutput<Kind extends JobKind> = JobTypes[Kind]["output"];

/** Has a step carried out, by whoever carries out the job that it is a part of. */
export type RunJob = <Kind extends JobKind>(kind: Kind, input: JobInput<Kind>) => Promise<JobOutput<Kind>>;

/** What a job is carried out with. */
export interface JobOptions {
	readonly signal: AbortSignal;
	/** Only reading tells how far it has come. */
	readonly onProgress?: (progress: ReadProgress) => void;
}

/** Carries out jobs, be it here or elsewhere. */
export interface Jobs {
	/**
	 * @throws `signal.reason` as soon as it is aborted, whatever the job is doing.
	 * @throws {JobFailure} when the job could not be finished for a reason that a person can do something about.
	 */
	run<Kind extends JobKind>(kind: Kind, input: JobInput<Kind>, options: JobOptions): Promise<JobOutput<Kind>>;
	/** Says which files will be read soon, so that threads that they need can start meanwhile. */
	prepare?(paths: readonly string[]): Promise<void>;
	/** Ends what is under way, and every thread; nothing may be asked afterwards. Resolves when they have ended, which native code can put off. */
	dispose(): Promise<void>;
}

/** Why a job could not be finished though nothing is wrong with its input, such as a lack of memory; the message is for a person. */
export class JobFailure extends Error {
	constructor(message: string) {
		super(message);
		this.name = "JobFailure";
	}
}
