/** The four usage categories, in the order in which totals list them. */
export const CATEGORIES = ["Used", "Rarely Used", "Unused", "Unreported"] as const;
export type Category = (typeof CATEGORIES)[number];

/** The nine reasons why an installation is Unreported, in the order in which totals list them. */
export const REASONS = [
	"Device stopped reporting usage",
	"Invalid usage date",
	"Recently installed",
	"Invalid install date",
	"No Product Usage",
	"No Device usage",
	"Device Inventory too old",
	"Invalid Device Inventory date",
	"No Device Inventory date",
] as const;
export type Reason = (typeof REASONS)[number];

/** A category and, exactly when it is Unreported, the reason. */
export interface Outcome {
	readonly category: Category;
	readonly reason: Reason | null;
}

/** All twelve outcomes in the order of every list of totals. */
export const OUTCOMES: readonly Outcome[] = [
	{ category: "Used", reason: null },
	{ category: "Rarely Used", reason: null },
	{ category: "Unused", reason: null },
	...REASONS.map((reason): Outcome => ({ category: "Unreported", reason })),
];
