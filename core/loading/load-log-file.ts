import type { DataSource } from "../config/model.ts";
import { foldColumnName, listNames } from "../connectors/closest-name.ts";
import type { TableRow } from "../connectors/connector.ts";
import type { UsageLogRow } from "../subscriptions/usage-log.ts";
import { joinWords } from "../texts/format-count.ts";
import { t } from "../texts/translate.ts";
import { quoteCell } from "./cells.ts";
import { type ColumnFailure, type ColumnMapping, mapColumns, OUR_COLUMNS } from "./column-mapping.ts";
import { addLogs } from "./load-usage-logs.ts";
import type { Loaded, LoadOptions, SourceFailure } from "./loaded.ts";
import { looksLikeData } from "./looks-like-data.ts";
import { openSource } from "./open-source.ts";
import { createProblemLog, type ProblemLog } from "./problem-log.ts";
import { describeSurplusCells } from "./problem-texts.ts";
import { createRowReader } from "./row-reader.ts";
import { toColumnFailure, toFailure } from "./source-failures.ts";

/** The column that says where a log comes from; a file without it has logs that servers sent. */
export const ORIGIN_COLUMN = "origin";

/** What the column {@link ORIGIN_COLUMN} says, in small letters. An empty cell means the first. */
export const ORIGINS = ["sent", "computed"] as const;

/**
 * Reads a file of usage logs that are to be kept: the columns of a `usageLog` source, and where there is a column `origin`, whether each
 * log was sent or computed. In the order of the rows. A row with a faulty cell is left out and told of.
 * @throws the signal's reason once it is aborted, and nothing else.
 */
export async function loadLogFile(source: DataSource, options: LoadOptions): Promise<Loaded<readonly UsageLogRow[]>> {
	const log = createProblemLog();
	const logs: UsageLogRow[] = [];
	const failures = await readLogs(source, options, log, logs);
	options.signal.throwIfAborted();
	return { value: failures.length > 0 ? null : logs, failures, ...log.summarize() };
}

async function readLogs(source: DataSource, options: LoadOptions, log: ProblemLog, logs: UsageLogRow[]): Promise<readonly SourceFailure[]> {
	const path = source.path === null ? null : options.resolvePath(source.path);
	const opened = await openSource(source, path, options.signal);
	if ("failures" in opened) return opened.failures;
	const { table, zone } = opened;
	try {
		const mapping = mapColumns(source.provides, source.columns, table.columns, source.type);
		if (mapping.failures.length > 0)
			return mapping.failures.map((failure) => toColumnFailure(source, sayNothingOfSettings(failure, mapping.indices, table.columns)));
		const origin = table.columns.findIndex((column) => foldColumnName(column) === ORIGIN_COLUMN);
		const indices = origin === -1 ? mapping.indices : { ...mapping.indices, [ORIGIN_COLUMN]: origin };
		const reader = createRowReader(source, indices, table.columns, zone, log);
		const readOrigin = reader.text(ORIGIN_COLUMN);
		const add = addLogs(reader, logs);
		const readRow = (row: TableRow) => {
			const written = readOrigin(row) ?? ORIGINS[0];
			const known = ORIGINS.find((candidate) => candidate === written.toLowerCase());
			if (known === undefined) {
				reader.report(row.number, "history/unknown-origin", ORIGIN_COLUMN, () => describeUnknownOrigin(written));
				return;
			}
			const before = logs.length;
			add(row);
			if (known === "computed" && logs.length > before) logs.push({ ...logs.pop()!, isComputed: true });
		};
		let rows = 0;
		for await (const batch of table.batches) {
			options.signal.throwIfAborted();
			for (const row of batch) {
				if (row.surplusCells > 0) log.add(source, "source/surplus-cells", row.number, null, () => describeSurplusCells(row.surplusCells));
				readRow(row);
			}
			rows += batch.length;
			options.onProgress?.({ sourceName: source.name, rows, bytes: null, totalBytes: null });
		}
		return [];
	} catch (error) {
		return [toFailure(source, error, options.signal)];
	} finally {
		await table.close();
	}
}

/** A source's failure advises what to write into its entry; a file that is imported has none. */
function sayNothingOfSettings(failure: ColumnFailure, indices: ColumnMapping["indices"], columns: readonly string[]): ColumnFailure {
	if (failure.code !== "source/missing-column" || failure.key !== "columns" || failure.column !== null) return failure;
	const missing = OUR_COLUMNS.usageLog.filter(({ name, required }) => required && !Object.hasOwn(indices, name));
	const names = joinWords(missing.map(({ name }) => `"${name}"`));
	const found = looksLikeData(columns)
		? t("The first row does not look like names of columns.")
		: t`The columns are: ${listNames(columns)}.`;
	const absence = missing.length === 1 ? t`There is no column for ${names}` : t`There are no columns for ${names}`;
	return { ...failure, message: t`${absence}. ${found}` };
}

function describeUnknownOrigin(written: string): string {
	return t`${quoteCell(written)} is neither "sent" nor "computed"; the row is left out.`;
}
