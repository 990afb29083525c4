/**
 * The later value, or the earlier one where they are equal; within lists and mappings that differ, the earlier parts that are equal. So who
 * remembers something of a value by its identity finds it again after an edit elsewhere.
 */
export function shareEqual(before: unknown, after: unknown): unknown {
	if (Object.is(before, after)) return before;
	if (typeof before !== "object" || typeof after !== "object" || before === null || after === null) return after;
	if (Array.isArray(before)) return Array.isArray(after) ? shareList(before, after) : after;
	return Array.isArray(after) ? after : shareMap(before as PlainMap, after as PlainMap);
}

type PlainMap = Readonly<Record<string, unknown>>;

function shareList(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
	const shared = after.map((value, index) => (index < before.length ? shareEqual(before[index], value) : value));
	return shared.length === before.length && shared.every((value, index) => Object.is(value, before[index])) ? before : shared;
}

function shareMap(before: PlainMap, after: PlainMap): PlainMap {
	const keys = Object.keys(after);
	const keysBefore = Object.keys(before);
	const shared: Record<string, unknown> = {};
	let isSame = keys.length === keysBefore.length;
	for (const [index, key] of keys.entries()) {
		const value = Object.hasOwn(before, key) ? shareEqual(before[key], after[key]) : after[key];
		// A key such as `__proto__` must become an ordinary property.
		Object.defineProperty(shared, key, { value, enumerable: true, writable: true, configurable: true });
		isSame &&= keysBefore[index] === key && Object.is(value, before[key]);
	}
	return isSame ? before : shared;
}

/** Whether two plain values are equal; parts that are the very same are not looked into. */
export function areEqual(one: unknown, other: unknown): boolean {
	if (Object.is(one, other)) return true;
	if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
	if (Array.isArray(one) || Array.isArray(other)) {
		if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
		return one.every((value, index) => areEqual(value, other[index]));
	}
	const keys = Object.keys(one);
	if (keys.length !== Object.keys(other).length) return false;
	return keys.every((key) => Object.hasOwn(other, key) && areEqual((one as PlainMap)[key], (other as PlainMap)[key]));
}
