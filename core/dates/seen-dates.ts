/** What tells whether one source's dates are written as its `dateFormat` says. */
export interface SeenDates {
	/** Name of the source. */
	readonly source: string;
	/** Texts of the first 1,000 cells that are no dates in the format; long ones are cut. */
	readonly unread: readonly string[];
	/** Dates that were read and counted here; those of devices and installations are not. */
	readonly read: number;
	/** Of these, those whose day is at most 12, so that it could be a month. */
	readonly early: number;
}
