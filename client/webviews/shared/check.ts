/** Tells at run time whether a value, which came from another process, is what its type says. */
export type Check<Value> = (value: unknown) => value is Value;

/** An object with at least these properties, each passing its check; other properties are let through. */
export function object<Shape extends object>(checks: { readonly [Key in keyof Shape]-?: Check<Shape[Key]> }): Check<Shape> {
	const entries = Object.entries(checks) as [string, Check<unknown>][];
	return (value): value is Shape => {
		if (typeof value !== "object" || value === null) return false;
		const record = value as Record<string, unknown>;
		return entries.every(([key, check]) => check(record[key]));
	};
}

/** A list in which every element passes. */
export function listOf<Item>(check: Check<Item>): Check<readonly Item[]> {
	return (value): value is readonly Item[] => Array.isArray(value) && value.every((item) => check(item));
}

/** Null, or what passes. */
export function nullable<Value>(check: Check<Value>): Check<Value | null> {
	return (value): value is Value | null => value === null || check(value);
}

/** A property that may be left out; where it is there, it passes. For properties of {@link object} only. */
export function optional<Value>(check: Check<Value>): Check<Value> {
	return (value): value is Value => value === undefined || check(value);
}

/** A list of exactly two, each passing its own check. */
export function pairOf<First, Second>(first: Check<First>, second: Check<Second>): Check<readonly [First, Second]> {
	return (value): value is readonly [First, Second] => Array.isArray(value) && value.length === 2 && first(value[0]) && second(value[1]);
}

/** An object that has any keys, every value of which passes. */
export function recordOf<Value>(check: Check<Value>): Check<Readonly<Record<string, Value>>> {
	return (value): value is Readonly<Record<string, Value>> =>
		typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every((item) => check(item));
}

/** Exactly one of some constants. */
export function oneOf<const Value extends string | number | boolean>(...values: readonly Value[]): Check<Value> {
	return (value): value is Value => values.includes(value as Value);
}

/** What passes at least one check. */
export function anyOf<Value>(...checks: readonly Check<Value>[]): Check<Value> {
	return (value): value is Value => checks.some((check) => check(value));
}

/** Any text. */
export const text: Check<string> = (value): value is string => typeof value === "string";

/** A whole number that is not negative. */
export const count: Check<number> = (value): value is number => typeof value === "number" && Number.isSafeInteger(value) && value >= 0;

/** A finite number. */
export const finite: Check<number> = (value): value is number => typeof value === "number" && Number.isFinite(value);

/** True or false. */
export const flag: Check<boolean> = (value): value is boolean => typeof value === "boolean";
