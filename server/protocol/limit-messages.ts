// What messages say of limits and money.

/** The three limits by name, in whole days from 0. */
export interface PreviewLimits {
	readonly InstallDateCutOffLimit: number;
	readonly UsedCategoryLimit: number;
	readonly UnusedCategoryLimit: number;
}
export type PreviewLimitName = keyof PreviewLimits;

/** An amount by currency, as written in `unitPrices`; empty where nothing has a price. */
export type Money = Readonly<Record<string, number>>;

/** Worth of what is not used enough. */
export interface UnusedWorth {
	readonly unused: Money;
	readonly rarelyUsed: Money;
}
