/** Names of the three limits, as the vendor's settings tables spell them, in the order I, U, N. */
export const LIMIT_NAMES = ["InstallDateCutOffLimit", "UsedCategoryLimit", "UnusedCategoryLimit"] as const;
export type LimitName = (typeof LIMIT_NAMES)[number];

declare const checked: unique symbol;

/** Three limits in days, each a whole number from 0 to {@link MAX_LIMIT}; made by {@link makeLimits} only. Their order is not assumed. */
export type Limits = { readonly [name in LimitName]: number } & { readonly [checked]: true };

/** Largest accepted limit: a hundred years. */
export const MAX_LIMIT = 36_500;

/** The vendor's defaults, which must not be changed unless the vendor advises it. */
export const DEFAULT_LIMITS: Limits = trusted({ InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 90 });

/** Days after which a device that has sent no inventory or no usage counts as silent; fixed, whatever the limits are. */
export const DEVICE_REPORTING_DAYS = 30;

/** Checked limits, or the names of those that are missing, not whole, or outside 0 to {@link MAX_LIMIT}. */
export function makeLimits(
	values: { readonly [name in LimitName]?: unknown },
): { readonly value: Limits } | { readonly value: null; readonly faulty: readonly LimitName[] } {
	const faulty = LIMIT_NAMES.filter((name) => !isLimit(values[name]));
	if (faulty.length > 0) return { value: null, faulty };
	const [install, used, unused] = LIMIT_NAMES.map((name) => values[name] as number) as [number, number, number];
	return { value: trusted({ InstallDateCutOffLimit: install, UsedCategoryLimit: used, UnusedCategoryLimit: unused }) };
}

/** Whether a value can be a limit: a whole number of days from 0 to {@link MAX_LIMIT}. */
export function isLimit(value: unknown): value is number {
	return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MAX_LIMIT;
}

function trusted(values: { readonly [name in LimitName]: number }): Limits {
	return Object.freeze(values) as Limits;
}
