/**
 * The objects, views and buffers of a value, each once, in an order that a structured clone of it has as well. So two threads can
 * speak of a part of a message by its number.
 */
export function listParts(value: unknown): readonly object[] {
	const parts = new Set<object>();
	const visit = (part: unknown): void => {
		if (typeof part !== "object" || part === null || parts.has(part)) return;
		parts.add(part);
		if (ArrayBuffer.isView(part)) visit(part.buffer);
		else if (!isBuffer(part)) for (const child of Object.values(part)) visit(child);
	};
	visit(value);
	return [...parts];
}

/** The value with numbers in place of the parts that the other thread has: it gets back its own instead of a copy. */
export function numberParts(value: unknown, parts: readonly object[]): unknown {
	const numbers = new Map(parts.map((part, number) => [part, number]));
	const replace = (part: unknown): unknown => {
		if (typeof part !== "object" || part === null) return part;
		const number = numbers.get(part);
		if (number !== undefined) return { [PART]: number };
		if (ArrayBuffer.isView(part)) {
			const buffer = numbers.get(part.buffer);
			if (buffer === undefined) return part;
			const { byteOffset, length } = part as Uint8Array;
			return { [PART]: buffer, view: part.constructor.name, byteOffset, length };
		}
		if (isBuffer(part)) return part;
		if (Array.isArray(part)) return part.map(replace);
		return Object.fromEntries(Object.entries(part).map(([key, child]) => [key, replace(child)]));
	};
	return replace(value);
}

/** Undoes {@link numberParts} with this thread's own parts; the value itself may be changed. */
export function restoreParts(value: unknown, parts: readonly object[]): unknown {
	if (typeof value !== "object" || value === null || ArrayBuffer.isView(value) || isBuffer(value)) return value;
	if (PART in value) {
		const { [PART]: number, ...rest } = value as PartNumber;
		return rest.view === undefined
			? parts[number]
			: new VIEWS[rest.view]!(parts[number] as SharedArrayBuffer, rest.byteOffset, rest.length);
	}
	const owner = value as Record<string, unknown>;
	for (const key of Object.keys(owner)) {
		const child = owner[key];
		if (typeof child === "object" && child !== null) owner[key] = restoreParts(child, parts);
	}
	return value;
}

/** No value of ours has such a key. */
const PART = "$part";

interface PartNumber {
	readonly [PART]: number;
	readonly view?: string;
	readonly byteOffset?: number;
	readonly length?: number;
}

const VIEWS: Readonly<Record<string, new (buffer: SharedArrayBuffer, byteOffset?: number, length?: number) => object>> = {
	Uint8Array,
	Uint16Array,
	Uint32Array,
	Int32Array,
	Float64Array,
};

function isBuffer(value: object): value is ArrayBufferLike {
	return value instanceof SharedArrayBuffer || value instanceof ArrayBuffer;
}
