import type { InstantMs } from "../dates/instant.ts";
import type { ActivityTally } from "../subscriptions/activity-tally.ts";
import type { PartRead } from "./load-in-parts.ts";
import type { SourceRequest } from "./source-read.ts";

/** Accesses to read: plain data, so that another thread can be asked for it. */
export interface ActivityRequest extends Pick<SourceRequest, "source" | "path" | "part"> {
	/** Accesses after it lie in the future. */
	readonly asOf: InstantMs;
}

/** What one request for accesses gave. */
export interface ActivityRead extends PartRead {
	/** In the order of rows; none when the source cannot be used. */
	readonly tallies: readonly ActivityTally[];
	/** Records that were read, with those before the first row. */
	readonly records: number;
	/** As in `SeenDates`, save for the source's name; absent when there is nothing to say. */
	readonly dates?: { readonly unread: readonly string[]; readonly read: number; readonly early: number };
}
