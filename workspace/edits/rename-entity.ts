import { fileNameOf } from "../../core/config/file-names.ts";
import { foldName } from "../../core/config/fold-name.ts";
import { matchesPattern, parsePattern } from "../../core/config/pattern.ts";
import { mark, t } from "../../core/texts/translate.ts";
import type { Entities, Mention, PlacedMention } from "../entities/entities.ts";
import { isReadable, type WorkspaceFile } from "../workspace-file.ts";
import { renderName } from "../yaml/edits/render-name.ts";
import type { TextEdit } from "../yaml/text-edit.ts";

/** What a rename would do, or why there is none. */
export type RenamePlan =
	| { readonly refusal: Refusal }
	| { readonly refusal: null; readonly files: readonly RenamedFile[]; readonly data: string | null };

/** Why something cannot be renamed, in words for the person who asked. */
export interface Refusal {
	/** Whether it is the new name that cannot be used; otherwise no name could be. */
	readonly about: "name" | "place";
	readonly message: string;
}

/** The edits of one file, in the order of its text. */
export interface RenamedFile {
	readonly file: WorkspaceFile;
	readonly edits: readonly TextEdit[];
}

/** Why what is mentioned has no name that could be changed; null when it can be renamed. */
export function refuseRename({ mention }: PlacedMention): string | null {
	if (mention.kind === "limit") return t`\`${mention.name}\` is the vendor's own name for this limit, so it cannot be changed.`;
	if (mention.kind === "project" && mention.role === "reference")
		return t("This is the path of the project's file. To rename the project, change the `title` in that file.");
	if (mention.kind === "file") return t("This is the path of a file with data. Rename the file itself, and then change the path.");
	if (mention.role === "pattern" && mention.name.includes("*"))
		return t`"${mention.name}" is a pattern that stands for many products, so there is no one product to rename.`;
	return null;
}

/**
 * Renames what is mentioned wherever it is named. A pattern without `*` counts as the name of one product.
 * @returns beside the edits, what has to be changed in the linked data by hand: a sentence, or null when nothing has.
 */
export function planRename(entities: Entities, one: PlacedMention, newName: string): RenamePlan {
	const place = refuseRename(one);
	if (place !== null) return refuse("place", place);
	const name = newName.trim();
	const fault = faultOf(name, one.mention);
	if (fault !== null) return refuse("name", fault);
	const same = entities.listSame(one);
	const renamed = same.filter(isName);
	const broken = renamed.find(({ file }) => !isReadable(file.parsed));
	if (broken !== undefined)
		return refuse("place", t`${fileNameOf(broken.file.uri)} has a syntax error. Correct it first, so that no mention is missed.`);
	const taken = findTaken(entities, one, renamed, name);
	if (taken !== null) return refuse("name", taken);
	return { refusal: null, files: editsByFile(renamed, name), data: dataLeftBehind(entities, one, same, name) };
}

/** Whether a mention writes the name out; a path to a project and a pattern with `*` do not. */
function isName({ mention }: PlacedMention): boolean {
	return mention.role === "pattern" ? !mention.name.includes("*") : mention.kind !== "project" || mention.role === "definition";
}

function refuse(about: Refusal["about"], message: string): RenamePlan {
	return { refusal: { about, message } };
}

function faultOf(name: string, mention: Mention): string | null {
	if (name === "") return t("Give a name: it cannot be empty.");
	if (/[\p{Cc}\u2028\u2029]/u.test(name)) return t("A name stands on one line and has no tabs or other control characters.");
	if (mention.kind === "product" && name.includes("*"))
		return t("In policies and prices a `*` stands for any run of characters, so the name of a product cannot have one.");
	return null;
}

/** Who has the new name already, in words; null when it is free. */
function findTaken(entities: Entities, one: PlacedMention, renamed: readonly PlacedMention[], name: string): string | null {
	const { kind } = one.mention;
	if (kind === "product") return findProductTwin(entities, renamed, name);
	const isSame = kind === "client" ? (other: string) => other === name : (other: string) => foldName(other) === foldName(name);
	const own = new Set(renamed.map(({ mention }) => mention));
	const twin = entities.listRivals(one).find(({ mention }) => mention.role === "definition" && !own.has(mention) && isSame(mention.name));
	if (twin === undefined) return null;
	const where = twin.file === one.file ? t("this file") : fileNameOf(twin.file.uri);
	return t`There is already ${t(NOUNS[kind])} "${twin.mention.name}", in ${where}.`;
}

/** Two products may become one only where that leaves no list with the same name twice. */
function findProductTwin(entities: Entities, renamed: readonly PlacedMention[], name: string): string | null {
	const own = new Set(renamed.map(({ mention }) => mention));
	for (const { file, mention } of renamed) {
		const list = listOf(mention);
		const twin = entities
			.listIn(file)
			.find((other) => other.kind === "product" && !own.has(other) && listOf(other) === list && isSameProduct(other, name));
		if (twin === undefined) continue;
		const where = fileNameOf(file.uri);
		if (mention.role === "definition") return t`There is already a bundle "${twin.name}", in ${where}.`;
		return t`"${twin.name}" already stands in the same list as "${mention.name}", in ${where}.`;
	}
	return null;
}

/** Bundles are one list by their names; components and patterns stand in lists of their own. */
function listOf({ path, role }: Mention): string {
	return JSON.stringify(role === "definition" ? [path[0]] : path.slice(0, -1));
}

function isSameProduct(mention: Mention, name: string): boolean {
	return mention.role === "pattern" ? foldName(mention.name) === foldName(name) : mention.name === name;
}

function editsByFile(renamed: readonly PlacedMention[], name: string): readonly RenamedFile[] {
	const files = new Map<WorkspaceFile, Map<number, TextEdit>>();
	for (const { file, mention } of renamed) {
		const edits = files.get(file) ?? new Map<number, TextEdit>();
		files.set(file, edits.set(mention.range.start, { range: mention.range, newText: renderName(name, mention) }));
	}
	return [...files].map(([file, edits]) => ({
		file,
		edits: [...edits.values()].sort((left, right) => left.range.start - right.range.start),
	}));
}

/** What the rename cannot reach, so that the data and the configuration would speak of different things. */
function dataLeftBehind(entities: Entities, one: PlacedMention, same: readonly PlacedMention[], name: string): string | null {
	const old = one.mention.name;
	switch (one.mention.kind) {
		case "product": {
			const lost = same.filter(({ mention }) => mention.role === "pattern" && !matchesPattern(parsePattern(mention.name), name));
			const patterns = [...new Set(lost.filter(({ mention }) => mention.name.includes("*")).map(({ mention }) => `"${mention.name}"`))];
			const also = patterns.length === 0 ? "" : t` The new name no longer fits ${patterns.join(", ")}.`;
			return t`Installations in the linked data are still of "${old}".${also}`;
		}
		case "server":
			return t`Usage logs in the linked data are still of "${old}".`;
		case "project":
		case "instance":
			return hasSettings(entities, one) ? t`Deployed settings in the linked data are still those of "${old}".` : null;
		default:
			return null;
	}
}

/** Whether settings rows, which name projects and instances, are linked to the file, its project or its instances. */
function hasSettings(entities: Entities, { file }: PlacedMention): boolean {
	return entities
		.listFamily(file)
		.some(({ steadyConfig }) => steadyConfig.model?.dataSources.some((source) => source.provides === "settings"));
}

const NOUNS: { readonly [kind in Exclude<Mention["kind"], "product">]: string } = {
	project: mark("a project"),
	instance: mark("an instance of this project"),
	client: mark("a client"),
	server: mark("a server"),
	dataSource: mark("a data source"),
	policy: mark("a reclaim policy"),
	limit: mark("a limit"),
	file: mark("a file"),
};
