import { joinWords } from "../texts/format-count.ts";
import { t } from "../texts/translate.ts";
import { isLimit, LIMIT_NAMES, type LimitName, type Limits, makeLimits } from "../usage/limits.ts";
import { foldName } from "./fold-name.ts";

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
export type DeployedLimits<Row = unknown> =
	| {
			readonly limits: Limits;
			/** The first row that tells of each limit. */
			readonly rows: { readonly [name in LimitName]: Row };
	  }
	| {
			readonly limits: null;
			readonly noRows: boolean;
			readonly why: string;
			/** The rows that contradict each other or hold what is no limit; of one that lacks, those of the others. */
			readonly faulty: readonly Row[];
	  };

/**
 * The limits that an instance has in the product's database. A row is the instance's when both have a number and the same one, or else by its
 * title; names count whatever their case. Rows of other settings are passed over. The same limit twice must have the same value.
 */
export function findDeployedLimits<Row extends DeployedSetting>(
	rows: readonly Row[],
	instance: { readonly name: string; readonly instanceId: number | null },
): DeployedLimits<Row> {
	const own = rows.filter((row) => isOf(row, instance));
	const found = LIMIT_NAMES.map((limit) => {
		const telling = own.filter(({ name }) => foldName(name) === foldName(limit));
		return { limit, telling, row: telling[0], values: [...new Set(telling.map(({ value }) => value?.trim() ?? ""))] };
	});
	if (found.every(({ values }) => values.length === 0)) {
		return { limits: null, noRows: true, why: t`have no limits of "${instance.name}"`, faulty: [] };
	}
	const missing = found.filter(({ values }) => values.length === 0);
	if (missing.length > 0) {
		const others = found.flatMap(({ row }) => row ?? []);
		return failed(t`lack ${joinWords(missing.map(({ limit }) => limit))} of "${instance.name}"`, others);
	}
	const several = found.find(({ values }) => values.length > 1);
	if (several !== undefined) {
		return failed(
			t`give ${several.limit} of "${instance.name}" several values: ${joinWords(several.values)}`,
			firstOfEach(several.telling),
		);
	}
	const faulty = found.find(({ values }) => parseLimit(values[0]!) === null);
	if (faulty !== undefined) {
		return failed(t`give ${faulty.limit} of "${instance.name}" the value "${faulty.values[0]}", which is not a limit`, [faulty.row!]);
	}
	const days = Object.fromEntries(found.map(({ limit, values }) => [limit, parseLimit(values[0]!)])) as {
		readonly [name in LimitName]: number;
	};
	const limits = makeLimits(days).value;
	if (limits === null) return failed(t("have no limits"), []);
	return { limits, rows: Object.fromEntries(found.map(({ limit, row }) => [limit, row!])) as { readonly [name in LimitName]: Row } };
}

function isOf(row: DeployedSetting, instance: { readonly name: string; readonly instanceId: number | null }): boolean {
	if (row.instanceId !== null && instance.instanceId !== null) return row.instanceId === instance.instanceId;
	return foldName(row.title) === foldName(instance.name);
}

function parseLimit(text: string): number | null {
	const value = /^\d{1,9}$/.test(text) ? Number(text) : null;
	return isLimit(value) ? value : null;
}

/** The first row with each value, in their order. */
function firstOfEach<Row extends DeployedSetting>(rows: readonly Row[]): readonly Row[] {
	const writtenIn = ({ value }: Row) => value?.trim() ?? "";
	return rows.filter((row, index) => rows.findIndex((other) => writtenIn(other) === writtenIn(row)) === index);
}

function failed<Row>(why: string, faulty: readonly Row[]): DeployedLimits<Row> {
	return { limits: null, noRows: false, why, faulty };
}
