/** What other limits cost on an estate that is loaded; times are medians in milliseconds. */
export interface LimitsMeasured {
	/** From the files to the categorized estate, in this thread. */
	readonly loadMs: number;
	readonly profileBytes: number;
	readonly profileBuildMs: number;
	/** Counts per product and outcome from the profile. */
	readonly countPerProductMs: number;
	/** Counts per outcome of the whole estate from the profile. */
	readonly totalsMs: number;
	/** All rows decided anew and counted per product, what does not depend on limits being known. */
	readonly recategorizeMs: number;
	/** The same from the columns alone. */
	readonly categorizeMs: number;
	/** DuckDB, table in memory: the counterpart of `recategorizeMs`. */
	readonly duckdbCountingMs: number;
	/** DuckDB, table in memory: the counterpart of `categorizeMs`. */
	readonly duckdbWholeMs: number;
	/** Medians of the ratios of neighbouring runs to their counterparts. */
	readonly recategorizeRatio: number;
	readonly categorizeRatio: number;
}
