import { isLimit, LIMIT_NAMES, type LimitName, type Limits, makeLimits } from "../usage/limits.ts";
import { foldName } from "./fold-name.ts";
import { joinWords } from "./format-count.ts";

/** A deployed setting as a row tells it. */
interface DeployedSetting {
	/** Title of a project or name of an instance. */
	readonly title: string;
	readonly name: string;
	/** As written; null when it is empty. */
	readonly value: string | null;
	readonly instanceId: number | null;
}

/** Deployed limits, or why rows do not give any, as a part of a sentence about them; `noRows` when none is about the instance. */
export type DeployedLimits = { readonly limits: Limits } | { readonly limits: null; readonly noRows: boolean; readonly why: string };

/**
 * The limits that an instance has in the product's database. A row is the instance's when both have a number and the same one, or else by its
 * title; names count whatever their case. Rows of other settings are passed over. The same limit twice must have the same value.
 */
export function findDeployedLimits(
	rows: readonly DeployedSetting[],
	instance: { readonly name: string; readonly instanceId: number | null },
): DeployedLimits {
	const own = rows.filter((row) => isOf(row, instance));
	const found = LIMIT_NAMES.map((limit) => {
		const written = own.filter(({ name }) => foldName(name) === foldName(limit)).map(({ value }) => value?.trim() ?? "");
		return { limit, values: [...new Set(written)] };
	});
	if (found.every(({ values }) => values.length === 0)) {
		return { limits: null, noRows: true, why: `have no limits of "${instance.name}"` };
	}
	const missing = found.filter(({ values }) => values.length === 0);
	if (missing.length > 0) return failed(`lack ${joinWords(missing.map(({ limit }) => limit))} of "${instance.name}"`);
	const several = found.find(({ values }) => values.length > 1);
	if (several !== undefined) return failed(`give ${several.limit} of "${instance.name}" several values: ${joinWords(several.values)}`);
	const faulty = found.find(({ values }) => parseLimit(values[0]!) === null);
	if (faulty !== undefined)
		return failed(`give ${faulty.limit} of "${instance.name}" the value "${faulty.values[0]}", which is not a limit`);
	const days = Object.fromEntries(found.map(({ limit, values }) => [limit, parseLimit(values[0]!)])) as {
		readonly [name in LimitName]: number;
	};
	const limits = makeLimits(days).value;
	return limits === null ? failed("have no limits") : { limits };
}

function isOf(row: DeployedSetting, instance: { readonly name: string; readonly instanceId: number | null }): boolean {
	if (row.instanceId !== null && instance.instanceId !== null) return row.instanceId === instance.instanceId;
	return foldName(row.title) === foldName(instance.name);
}

function parseLimit(text: string): number | null {
	const value = /^\d{1,9}$/.test(text) ? Number(text) : null;
	return isLimit(value) ? value : null;
}

function failed(why: string): DeployedLimits {
	return { limits: null, noRows: false, why };
}
