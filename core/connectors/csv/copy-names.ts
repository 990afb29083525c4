import type { NameTable } from "../../columns/name-table.ts";
import { sharedUint8, sharedUint32 } from "../../columns/shared-array.ts";

/** A copy of a kernel's names in memory that threads share. */
export function copyNames({ bytes, ends }: NameTable): NameTable {
	const sharedBytes = sharedUint8(bytes.length);
	sharedBytes.set(bytes);
	const sharedEnds = sharedUint32(ends.length);
	sharedEnds.set(ends);
	return { bytes: sharedBytes, ends: sharedEnds };
}
