import type { LimitName } from "../usage/limits.ts";
import { foldName } from "./fold-name.ts";
import type { WrittenLimits } from "./model.ts";

/** One deployed limit, as a row tells it. */
export interface DeployedLimitRow {
	/** Null when the row does not tell whether it is about a project or an instance. */
	readonly kind: "project" | "instance" | null;
	/** Title of the project or name of the instance. */
	readonly title: string;
	readonly instanceId: number | null;
	readonly limit: LimitName;
	/** Days. */
	readonly days: number;
	/** Place in the table, for messages. */
	readonly row: number;
}

/** A project or an instance with its deployed limits. */
export interface DeployedOwner {
	/** Null when no row tells. */
	readonly kind: "project" | "instance" | null;
	/** As the first row has it. */
	readonly title: string;
	readonly instanceId: number | null;
	/** Those that rows tell, and tell alike. */
	readonly limits: WrittenLimits;
	/** Limits of which rows tell different values. */
	readonly contradictory: readonly LimitName[];
	/** The first row about it. */
	readonly row: number;
}

/**
 * Puts rows together by whom they are about, in the order of their first rows: by the number of the instance where there is one, else by kind and title,
 * whatever its case. A limit of which rows tell different values is none.
 */
export function groupOwners(rows: readonly DeployedLimitRow[]): readonly DeployedOwner[] {
	const groups = new Map<string, [DeployedLimitRow, ...DeployedLimitRow[]]>();
	for (const row of rows) {
		const key = row.instanceId === null ? `${row.kind} ${foldName(row.title)}` : `#${row.instanceId}`;
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [row]);
		else group.push(row);
	}
	return [...groups.values()].map((group) => {
		const values = new Map<LimitName, Set<number>>();
		for (const { limit, days } of group) values.set(limit, (values.get(limit) ?? new Set()).add(days));
		const [{ kind, title, instanceId, row }] = group;
		return {
			kind: instanceId === null ? kind : "instance",
			title,
			instanceId,
			limits: Object.fromEntries([...values].flatMap(([limit, days]) => (days.size === 1 ? [[limit, [...days][0]!]] : []))),
			contradictory: [...values].flatMap(([limit, days]) => (days.size > 1 ? [limit] : [])),
			row,
		};
	});
}
