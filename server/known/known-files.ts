import { FILE_TYPES, typeOfFile } from "../../core/config/file-types.ts";
import type { SourceType } from "../../core/config/model.ts";
import { mark, t } from "../../core/texts/translate.ts";
import type { FolderEntry } from "../../workspace/file-access.ts";
import type { KnownPlace, KnownValue } from "./known.ts";

/** Files in folders below are offered at once, unless there are more of them. */
const MAX_BELOW = 100;

/**
 * Files that a source may be read from, relative to the configuration: those of the source's type first, then folders, then other files. Hidden
 * files, configurations and what packages bring are left out.
 * @param typed the part of the path before the caret.
 * @param type of the source; null while that is not written.
 */
export async function knownFiles({ context, file }: KnownPlace, typed: string, type: SourceType | null): Promise<readonly KnownValue[]> {
	const { sources } = context.workspace;
	const folder = typed.slice(0, typed.lastIndexOf("/") + 1);
	const list = async (where: string) =>
		(await sources.listFolder(file, where))
			.filter(({ name }) => isOffered(name))
			.map(({ name, isFolder }) => ({ name: where + name, isFolder }));
	const entries = await list(folder);
	const folders = entries.filter(({ isFolder }) => isFolder);
	// From a folder beside the configuration one mostly wants what is in it.
	const below = folder === "" ? (await Promise.all(folders.slice(0, 20).map(({ name }) => list(`${name}/`)))).flat() : [];
	const files = [...entries, ...below.slice(0, MAX_BELOW)].filter(({ isFolder }) => !isFolder);
	const fits = ({ name }: FolderEntry) => (type === null ? typeOfFile(name) !== null : typeOfFile(name) === type);
	const goesUp = /^(\.\.\/)*$/.test(folder) && (await sources.listFolder(file, `${folder}..`)).length > 0;
	return [
		...files.filter(fits).map(({ name }) => asFile(name)),
		...folders.map(({ name }): KnownValue => ({ value: `${name}/`, detail: t("folder"), kind: "folder" })),
		...entries.filter((entry) => !entry.isFolder && !fits(entry)).map(({ name }) => asFile(name)),
		...(goesUp ? [{ value: `${folder}../`, detail: t("folder above"), kind: "folder" as const }] : []),
	];
}

function isOffered(name: string): boolean {
	return (
		!name.startsWith(".") &&
		name !== "node_modules" &&
		!/\.usage\.ya?ml$/i.test(name) &&
		!/[\r\n]/.test(name) &&
		!name.endsWith("-wal") &&
		!name.endsWith("-shm")
	);
}

function asFile(name: string): KnownValue {
	const type = typeOfFile(name);
	return { value: name, detail: type === null ? t("not a file that can be read") : t(DESCRIPTIONS.get(type) ?? type), kind: "file" };
}

const DESCRIPTIONS: ReadonlyMap<SourceType, string> = new Map([
	["csv", mark("text file")],
	["excel", mark("Excel workbook")],
	["sqlite", mark("SQLite database")],
	["parquet", mark("Parquet file")],
]);

/** The type of source that a path speaks for; none when its end says nothing. */
export function knownTypes(path: string | null): readonly KnownValue[] {
	const type = path === null ? null : typeOfFile(path);
	const extension = FILE_TYPES.flatMap(({ extensions }) => extensions).find((end) => path?.toLowerCase().endsWith(end));
	return type === null ? [] : [{ value: type, detail: t`what ${extension} stands for` }];
}
