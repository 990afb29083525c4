import type { DayNumber } from "../dates/day-number.ts";
import type { InstantMs } from "../dates/instant.ts";
import type { DatedColumn, Estate } from "./estate.ts";
import type { Limits } from "./limits.ts";

/** An estate with the rule that decides each installation, and what the rules looked at. */
export interface Categorization {
	readonly estate: Estate;
	/** Dates after it are in the future. */
	readonly asOf: InstantMs;
	readonly limits: Limits;
	/** Latest inventory or usage date that is not in the future; null when there is none. */
	readonly endOfSync: DayNumber | null;
	/** Number of the deciding rule by installation, 1 to 15; in shared memory. */
	readonly rule: Uint8Array;
	/** Last usage date by installation as the rules see it: a bundle has taken over its components'. The estate's own column when no bundle changes it. */
	readonly effectiveUsage: DatedColumn;
	readonly facts: EstateFacts;
}

/** What the rules need to know beyond one installation, in shared memory; dates in the future count for none of it. */
export interface EstateFacts {
	/** Latest usage date by device; `NO_DAY` when the device does not report usage. */
	readonly latestDeviceUsage: Int32Array;
	/** 1 by product that has a usage date anywhere, or is a bundle with a component that has. */
	readonly productReportsUsage: Uint8Array;
	/** By zone set of the estate, the last day that is not in the future. */
	readonly lastPresentDay: Int32Array;
}
