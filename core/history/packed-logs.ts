import type { UsageLogRow } from "../subscriptions/usage-log.ts";

/** Usage logs as columns in shared memory, so that they go from thread to thread without being copied row by row. */
export interface PackedLogs {
	/** Each once. */
	readonly servers: readonly string[];
	readonly versions: readonly string[];
	/** By row, index in `servers`. */
	readonly serverOf: Uint32Array;
	readonly loggedAt: Float64Array;
	/** Three per row: Registered, Enterprise, Designers. */
	readonly active: Float64Array;
	/** By row, index in `versions` + 1; 0 for none. */
	readonly versionOf: Uint32Array;
	/** By row, 1 for a log that was made from accesses. */
	readonly isComputed: Uint8Array;
}

/** Packs logs in their order. */
export function packLogs(logs: readonly UsageLogRow[]): PackedLogs {
	const servers = createIndex();
	const versions = createIndex();
	const packed = {
		serverOf: new Uint32Array(new SharedArrayBuffer(4 * logs.length)),
		loggedAt: new Float64Array(new SharedArrayBuffer(8 * logs.length)),
		active: new Float64Array(new SharedArrayBuffer(24 * logs.length)),
		versionOf: new Uint32Array(new SharedArrayBuffer(4 * logs.length)),
		isComputed: new Uint8Array(new SharedArrayBuffer(logs.length)),
	};
	for (const [row, log] of logs.entries()) {
		packed.serverOf[row] = servers.indexOf(log.server);
		packed.loggedAt[row] = log.loggedAt;
		packed.active[3 * row] = log.activeRegistered;
		packed.active[3 * row + 1] = log.activeEnterprise;
		packed.active[3 * row + 2] = log.activeDesigners;
		packed.versionOf[row] = log.version === undefined ? 0 : versions.indexOf(log.version) + 1;
		packed.isComputed[row] = log.isComputed === true ? 1 : 0;
	}
	return { servers: servers.names, versions: versions.names, ...packed };
}

/** The logs, in their order. */
export function unpackLogs({ servers, versions, serverOf, loggedAt, active, versionOf, isComputed }: PackedLogs): readonly UsageLogRow[] {
	const logs: UsageLogRow[] = [];
	for (const [row, server] of serverOf.entries()) {
		const version = versionOf[row] === 0 ? undefined : versions[versionOf[row]! - 1];
		logs.push({
			server: servers[server]!,
			loggedAt: loggedAt[row]!,
			activeRegistered: active[3 * row]!,
			activeEnterprise: active[3 * row + 1]!,
			activeDesigners: active[3 * row + 2]!,
			...(version === undefined ? {} : { version }),
			...(isComputed[row] === 1 ? { isComputed: true } : {}),
		});
	}
	return logs;
}

function createIndex(): { readonly names: string[]; readonly indexOf: (name: string) => number } {
	const names: string[] = [];
	const indices = new Map<string, number>();
	return {
		names,
		indexOf(name) {
			const known = indices.get(name);
			if (known !== undefined) return known;
			indices.set(name, names.length);
			return names.push(name) - 1;
		},
	};
}
