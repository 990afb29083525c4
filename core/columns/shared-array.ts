/** Zeros in memory that threads share. */
export function sharedUint8(length: number): Uint8Array<SharedArrayBuffer> {
	return new Uint8Array(new SharedArrayBuffer(length));
}

/** Zeros in memory that threads share. */
export function sharedUint16(length: number): Uint16Array<SharedArrayBuffer> {
	return new Uint16Array(new SharedArrayBuffer(2 * length));
}

/** Zeros in memory that threads share. */
export function sharedUint32(length: number): Uint32Array<SharedArrayBuffer> {
	return new Uint32Array(new SharedArrayBuffer(4 * length));
}

/** Zeros in memory that threads share. */
export function sharedInt32(length: number): Int32Array<SharedArrayBuffer> {
	return new Int32Array(new SharedArrayBuffer(4 * length));
}

/** Zeros for indices below a number of values: 2 bytes each where that suffices, otherwise 4. */
export function sharedIndices(length: number, values: number): Uint16Array<SharedArrayBuffer> | Uint32Array<SharedArrayBuffer> {
	return values <= NARROW_VALUES ? sharedUint16(length) : sharedUint32(length);
}

/** How many different values 2 bytes hold. */
export const NARROW_VALUES = 65_536;
