import { fileNameOf } from "../../core/config/file-names.ts";
import type { DataSource, Provides } from "../../core/config/model.ts";
import { readHalfWrittenSource } from "../../core/config/read-data-sources.ts";
import { listAt, readText, valueAt } from "../../core/config/value-at.ts";
import { OUR_COLUMNS } from "../../core/loading/column-mapping.ts";
import type { PeekedSource } from "../../core/loading/peek-source.ts";
import { t } from "../../core/texts/translate.ts";
import type { Peeked } from "../../workspace/data/source-peek.ts";
import type { WorkspaceFile } from "../../workspace/workspace.ts";
import type { FeatureContext } from "../feature-context.ts";
import type { Known, KnownPlace, KnownValue } from "./known.ts";
import { knownColumns, knownDateFormats, knownMapping } from "./known-columns.ts";
import { knownFiles, knownTypes } from "./known-files.ts";

/** What an entry of `dataSources` may say, by the beginning of its file and by what other entries say. */
export async function knownOfSource(at: KnownPlace): Promise<Known> {
	const { context, file, place, patience } = at;
	const key = place.path[2];
	const entry = entryOf(file, place.path[1]);
	const written = readHalfWrittenSource(entry);
	const isAskedFor = (name: string) => key === name || (place.typing === "key" && place.path.length === 2);
	const type = valueAt(entry, ["type"]) === undefined ? null : (written?.type ?? null);
	const files = isAskedFor("path") ? await knownFiles(at, key === "path" ? place.typed : "", type) : [];
	const isPeeked = typeof key !== "string" || PEEKED_KEYS.has(key);
	const nothing: Peeked = { source: null, complete: true };
	const peeked = isPeeked ? await context.workspace.sources.peek(file, withoutTyped(entry, place), patience) : nothing;
	const found: readonly (readonly [string, readonly KnownValue[]])[] = [
		["type", knownTypes(written?.path ?? null)],
		["connection", isAskedFor("connection") ? usedElsewhere(context, place, file, ({ connection }) => connection) : []],
		["timeZone", isAskedFor("timeZone") ? usedElsewhere(context, place, file, timeZoneOf) : []],
		["path", files],
		...(peeked.source === null ? [] : knownByPeek(at, entry, peeked.source)),
	];
	const known = new Map(found.filter(([name, values]) => values.length > 0 || name === "path"));
	// An invented path leads nowhere, and an invented column would vanish again as soon as the file is read.
	const lookedFor = key === "columns" ? place.path[3] : key;
	if (!peeked.complete && place.typing === "value" && typeof lookedFor === "string" && !known.has(lookedFor)) known.set(lookedFor, []);
	return { values: known, complete: peeked.complete };
}

/** What the beginning of an entry's file tells. */
function knownByPeek(
	{ file, place }: KnownPlace,
	entry: unknown,
	peeked: PeekedSource,
): readonly (readonly [string, readonly KnownValue[]])[] {
	const written = readHalfWrittenSource(entry);
	const path = written?.path ?? "";
	const name = path.slice(path.lastIndexOf("/") + 1);
	const sameFile = listAt(file.config.tree, ["dataSources"]).filter(
		(other, index) => index !== place.path[1] && readText(valueAt(other, ["path"])) === path,
	);
	const isUsed = (part: string) => (wanted: string) => sameFile.some((other) => readText(valueAt(other, [part])) === wanted);
	const { tables, sheets, delimiter, encoding, columns } = peeked;
	const provides = providesOf(entry);
	const mapped = written?.columns ?? {};
	const ours = place.path[2] === "columns" ? place.path[3] : null;
	return [
		["table", unusedFirst(tables, isUsed("table"), t`in ${name}`)],
		["sheet", unusedFirst(sheets, isUsed("sheet"), t`in ${name}`)],
		["delimiter", delimiter === null ? [] : [knownDelimiter(delimiter, name)]],
		["encoding", encoding === null ? [] : [{ value: encoding, detail: t`${name} is not in the stated encoding` }]],
		...(provides === null || columns.length === 0
			? []
			: [
					...OUR_COLUMNS[provides].map((own) => [own.name, knownColumns(provides, own.name, columns, without(mapped, ours))] as const),
					["columns", knownMapping(provides, columns)] as const,
					["dateFormat", knownDateFormats(provides, columns, mapped)] as const,
				]),
	];
}

function timeZoneOf({ timeZone }: DataSource): string | null {
	return timeZone === "UTC" ? null : timeZone;
}

/** Keys for whose values one has to look into the file; and of the entry itself, for what is written with its keys. */
const PEEKED_KEYS: ReadonlySet<string> = new Set(["table", "sheet", "columns", "dateFormat", "delimiter", "encoding"]);

/** As it is now or, where the text is too broken to tell, as it was when it was read last. */
function entryOf(file: WorkspaceFile, index: string | number | undefined): unknown {
	const entries = [file.config.tree, file.lastGood?.tree].map((tree) => listAt(tree, ["dataSources"])[Number(index)]);
	return entries.find((entry) => readText(valueAt(entry, ["path"])) !== null) ?? entries[0];
}

/** Of a value that is still being typed nobody can say what it will be. */
function withoutTyped(entry: unknown, { path }: KnownPlace["place"]): unknown {
	const key = path[2];
	if (typeof entry !== "object" || entry === null || typeof key !== "string" || key === "columns") return entry;
	return Object.fromEntries(Object.entries(entry).filter(([name]) => name !== key));
}

function without(mapped: Readonly<Record<string, string>>, ours: unknown): Readonly<Record<string, string>> {
	return Object.fromEntries(Object.entries(mapped).filter(([name]) => name !== ours));
}

function providesOf(entry: unknown): Provides | null {
	const written = valueAt(entry, ["provides"]);
	return Object.keys(OUR_COLUMNS).find((provides): provides is Provides => provides === written) ?? null;
}

function knownDelimiter(delimiter: string, name: string): KnownValue {
	return { value: delimiter, detail: t`as in ${name}`, ...(delimiter === "\t" ? { label: '"\\t"' } : {}) };
}

function unusedFirst(names: readonly string[], isUsed: (name: string) => boolean, detail: string): readonly KnownValue[] {
	const used = names.filter(isUsed).map((value) => ({ value, detail: t`${detail}; another source reads it` }));
	return [...names.filter((name) => !isUsed(name)).map((value) => ({ value, detail })), ...used];
}

/** What sources of the workspace have, each with the first file that has it, except for the entry of the place. */
function usedElsewhere(
	{ workspace }: FeatureContext,
	{ path }: KnownPlace["place"],
	file: WorkspaceFile,
	read: (source: DataSource) => string | null,
): readonly KnownValue[] {
	const found = new Map<string, KnownValue>();
	for (const uri of [file.uri, ...workspace.uris()]) {
		for (const source of workspace.file(uri)?.steadyConfig.model?.dataSources ?? []) {
			const value = uri === file.uri && source.index === path[1] ? null : read(source);
			if (value !== null && !found.has(value)) found.set(value, { value, detail: t`as in ${fileNameOf(uri)}` });
		}
	}
	return [...found.values()];
}
