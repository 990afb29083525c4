import type { DayNumber } from "../dates/day-number.ts";
import type { SeenDates } from "../dates/seen-dates.ts";
import type { ConfigProblem } from "../problems.ts";
import type { UsageReport } from "../subscriptions/usage-report.ts";
import type { LoneDevice } from "../usage/end-of-sync.ts";
import type { Limits } from "../usage/limits.ts";
import type { DateColumnName, DeviceKeyFacts, SourceFacts } from "../usage/source-facts.ts";
import type { ConfigFile, DataSource, DateFormat } from "./model.ts";

/** What a rule about the products of an instance may look at. It is only asked when all data of the file could be read. */
export interface DataContext {
	readonly file: ConfigFile;
	/** Names of all products with an installation in the file's data; not empty. */
	readonly products: readonly string[];
	/** The product that was probably meant by a name; null when none is near. */
	readonly closestProduct: (name: string) => string | null;
	/** Whether there is a product that a pattern stands for. */
	readonly matchesProduct: (pattern: string) => boolean;
}

/** What a rule about the rows of an instance's sources may look at. It is only asked when all of them could be read. */
export interface SourcesContext {
	/** Sources of devices and installations that may be judged, with what their rows say. */
	readonly sources: readonly DescribedSource[];
	/** Null without a source of devices or one of installations. */
	readonly deviceKeys: DeviceKeyFacts | null;
	/** Null when several devices set End of Sync, or none does. */
	readonly loneDevice: LoneDevice | null;
	/** Null when no limits apply. */
	readonly limits: Limits | null;
	/** Null when there is none, or nobody had to know it. */
	readonly endOfSync: DayNumber | null;
	/** The latest day that a clock on earth shows at the instant at which the data is judged. */
	readonly today: DayNumber;
	/** How many installations have their category by one day of a column. */
	readonly countDecidedBy: (column: Exclude<DateColumnName, "installDate">, day: DayNumber) => number;
}

/** A data source with what its rows say on their own. */
export interface DescribedSource {
	readonly source: DataSource;
	readonly facts: SourceFacts;
	/** Cells that are no dates in its format. */
	readonly unreadDates: number;
}

/** What tells in which format the dates of one source are written. */
export interface WrittenDates {
	readonly source: DataSource;
	/** Null where nothing was noted. */
	readonly seen: SeenDates | null;
	/** Cells that are no dates in its format. */
	readonly unread: number;
	/** What its rows say; null for anything but devices and installations. */
	readonly facts: SourceFacts | null;
	/** As in {@link SourcesContext.today}. */
	readonly today: DayNumber;
	/** The formats in which texts are dates; empty when they are none. */
	readonly detectFormats: (texts: readonly string[]) => readonly DateFormat[];
}

/** What a rule about subscriptions may look at. It is only asked when all usage logs of the project could be read. */
export interface ReportContext {
	readonly file: ConfigFile;
	/** Of this project alone, as of now. */
	readonly report: UsageReport;
	/** Sources of usage logs and accesses. */
	readonly sources: readonly DataSource[];
	/** Servers with logs that no subscription of any project names. */
	readonly unknownServers: readonly string[];
	/** The one of them that was probably meant by a name; null when none is near. */
	readonly closestServer: (name: string) => string | null;
}

/** Finds one kind of fault that shows only beside the data. Pure; faulty parts of the tree are passed over. */
export type DataRule<Context> = (context: Context) => readonly ConfigProblem[];
