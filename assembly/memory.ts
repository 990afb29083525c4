// Memory of the kernel: regions that are handed out one behind the other and given back all at once.

/** Where the next region begins. */
let top: usize = 0;

/** Forgets all regions from an address on. */
export function releaseFrom(address: usize): void {
	top = (address + 63) & ~63;
}

/** A region of bytes that are not cleared; growing the memory is left to the machine, which fails by a trap. */
export function allocate(size: usize): usize {
	const region = top;
	top = (region + size + 63) & ~63;
	const pages = <i32>((top + 0xffff) >> 16);
	const missing = pages - memory.size();
	if (missing > 0) {
		// Growing costs a call of the system and new views outside, so it is done in steps of 4 MiB at least.
		if (memory.grow(max(missing, 64)) < 0 && memory.grow(missing) < 0) unreachable();
	}
	return region;
}

/** A region with the content of another that has become too small. */
export function enlarge(region: usize, used: usize, capacity: usize, size: usize): usize {
	// The last region grows where it is.
	if (((region + capacity + 63) & ~63) == top) {
		top = region;
		return allocate(size);
	}
	const larger = allocate(size);
	memory.copy(larger, region, used);
	return larger;
}
