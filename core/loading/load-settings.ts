import type { DataSource } from "../config/model.ts";
import type { TableRow } from "../connectors/connector.ts";
import { parseCount } from "./cells.ts";
import type { Loaded, LoadOptions, SourceFailure } from "./loaded.ts";
import { createProblemLog } from "./problem-log.ts";
import { readSource } from "./read-source.ts";
import type { RowReader } from "./row-reader.ts";

/** One setting as the product's database has it. */
export interface SettingRow {
	/** Title of the project or name of the instance that it is set for. */
	readonly title: string;
	/** Name of the setting. */
	readonly name: string;
	/** As written; null when it is empty. */
	readonly value: string | null;
	/** Null for a project's setting, and where the source does not tell. */
	readonly instanceId: number | null;
	/** Place of the source in the file's `dataSources`. */
	readonly sourceIndex: number;
	/** Row of the source, as {@link "../problems.ts".DataProblem} counts them. */
	readonly row: number;
}

/**
 * Loads the rows of a file's `settings` sources, in their order; other sources are passed over. A row without a title or a name is left out.
 * @throws the signal's reason once it is aborted, and nothing else.
 */
export async function loadSettings(sources: readonly DataSource[], options: LoadOptions): Promise<Loaded<readonly SettingRow[]>> {
	const log = createProblemLog();
	const failures: SourceFailure[] = [];
	const rows: SettingRow[] = [];
	for (const source of sources) {
		if (source.provides === "settings")
			failures.push(...(await readSource(source, options, log, (reader) => addSettings(reader, source.index, rows))));
	}
	return { value: failures.length === 0 ? rows : null, failures, ...log.summarize() };
}

function addSettings(reader: RowReader, sourceIndex: number, rows: SettingRow[]): (row: TableRow) => void {
	const readTitle = reader.text("title");
	const readName = reader.text("name");
	const readValue = reader.text("value");
	const readInstanceId = reader.text("instanceId");
	return (row) => {
		const title = readTitle(row);
		const name = readName(row);
		if (title === null || name === null) {
			reader.reportMissing(row, title === null ? "title" : "name");
			return;
		}
		const instanceId = parseCount(readInstanceId(row) ?? "");
		rows.push({ title, name, value: readValue(row), instanceId, sourceIndex, row: row.number });
	};
}
