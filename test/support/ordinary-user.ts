/**
 * Does work without the rights of a superuser, who may read and write everywhere: as another user where this process is one,
 * otherwise as it is.
 */
export async function asOrdinaryUser<Value>(work: () => Promise<Value>): Promise<Value> {
	if (process.getuid?.() !== 0) return work();
	process.seteuid?.(65_534);
	try {
		return await work();
	} finally {
		process.seteuid?.(0);
	}
}
