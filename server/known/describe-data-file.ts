import { fileNameOf, relativePathOf } from "../../core/config/file-names.ts";
import { typeOfFile } from "../../core/config/file-types.ts";
import { mapColumns, OUR_COLUMNS } from "../../core/loading/column-mapping.ts";
import type { PeekedSource } from "../../core/loading/peek-source.ts";
import { t } from "../../core/texts/translate.ts";
import type { Workspace, WorkspaceFile } from "../../workspace/workspace.ts";
import type { NewInstanceData } from "../protocol/settings-messages.ts";
import { knownDateFormats, knownMapping } from "./known-columns.ts";

/** A file as an entry of `dataSources`. */
export interface DescribedDataFile {
	readonly entry: Readonly<Record<string, unknown>>;
	/** What could not be found out, in sentences. */
	readonly open: readonly string[];
}

/**
 * What a file is as a data source, by its name and its beginning: type, table or sheet, delimiter, encoding, columns and date format.
 * @param file a configuration of the folder that the entry is for.
 * @param patience resolves when nobody waits any longer; then what is in the file stays open.
 * @returns a sentence where the file cannot be a data source at all.
 */
export async function describeDataFile(
	workspace: Workspace,
	file: WorkspaceFile,
	data: NewInstanceData,
	patience: Promise<void>,
): Promise<DescribedDataFile | string> {
	const fileName = fileNameOf(data.file);
	const path = relativePathOf(file.uri, workspace.canonicalUri(data.file));
	if (path === null) return t`${fileName} is on another drive than the project. Copy it to a folder beside the project.`;
	const type = typeOfFile(fileName);
	if (type === null)
		return t`${fileName} is of no known type. Choose a text file (.csv, .tsv, .txt), a workbook (.xlsx), a SQLite file (.db) or a Parquet file.`;
	const basis = { name: data.provides, provides: data.provides, type, path };
	const look = async (entry: object) => (await workspace.sources.peek(file, entry, patience)).source;
	const first = await look(basis);
	if (first === null)
		return {
			entry: basis,
			open: [t`${fileName} could not be looked into. Complete its data source by hand: the file's completion helps.`],
		};
	const chosen = { ...basis, ...chooseTable(first, type) };
	const peeked = first.columns.length > 0 ? first : ((await look(chosen)) ?? first);
	return { entry: { ...chosen, ...describeContent(peeked, data.provides) }, open: findOpen(peeked, data.provides, fileName) };
}

/** The only table or sheet, or the first of several. */
function chooseTable({ tables, sheets }: PeekedSource, type: string): Readonly<Record<string, string>> {
	if (type === "sqlite") return tables[0] === undefined ? {} : { table: tables[0] };
	return type === "excel" && sheets[0] !== undefined ? { sheet: sheets[0] } : {};
}

function describeContent(
	{ columns, delimiter, encoding }: PeekedSource,
	provides: NewInstanceData["provides"],
): Readonly<Record<string, unknown>> {
	const mapping = knownMapping(provides, columns)[0]?.value;
	const mapped = isMapping(mapping) ? mapping : {};
	const dateFormat = knownDateFormats(provides, columns, mapped)[0]?.value;
	return {
		...(delimiter === null || delimiter === "," ? {} : { delimiter }),
		...(encoding === null ? {} : { encoding }),
		...(dateFormat === undefined || dateFormat === "iso" ? {} : { dateFormat }),
		...(Object.keys(mapped).length === 0 ? {} : { columns: mapped }),
	};
}

/** The columns that a source must have and that nothing in the file looks like, and the choice between several tables. */
function findOpen(peeked: PeekedSource, provides: NewInstanceData["provides"], fileName: string): readonly string[] {
	const names = peeked.columns.map(({ name }) => name);
	const mapping = knownMapping(provides, peeked.columns)[0]?.value;
	const found = mapColumns(provides, isMapping(mapping) ? mapping : {}, names).indices;
	const missing = OUR_COLUMNS[provides].filter(({ name, required }) => required && !Object.hasOwn(found, name));
	const others = [...peeked.tables, ...peeked.sheets];
	return [
		...(others.length > 1
			? [t`${fileName} has ${others.length} tables. The first one, ${others[0]}, was taken: check that it is the right one.`]
			: []),
		...missing.map(({ name }) => t`In ${fileName} no column looks like ${name}. Name it under columns.`),
	];
}

function isMapping(value: unknown): value is Readonly<Record<string, string>> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
