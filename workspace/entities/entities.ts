import { foldName } from "../../core/config/fold-name.ts";
import { matchesPattern, parsePattern } from "../../core/config/pattern.ts";
import type { Workspace } from "../workspace.ts";
import { isReadable, type WorkspaceFile } from "../workspace-file.ts";
import { carryOver } from "../yaml/edits/carry-over.ts";
import { isPlaceOfName, listMentions, type Mention } from "./entity-places.ts";

export type { EntityKind, Mention } from "./entity-places.ts";

/** A mention with the file that it is in. */
export interface PlacedMention {
	readonly file: WorkspaceFile;
	readonly mention: Mention;
}

/**
 * What the configurations of a workspace define, and where it is named. Of a file that does not parse the last good text counts, as far as its
 * places still stand; every file is looked through once per text.
 */
export interface Entities {
	/** All mentions of a file, in the order of its text. */
	listIn(file: WorkspaceFile): readonly Mention[];
	/** The mention at an offset of a file, its end included; null when there is none. */
	findAt(file: WorkspaceFile, offset: number): Mention | null;
	/**
	 * Every mention of what one is about, that one included; files in code-unit order, places in the order of the text. The entities that
	 * live in a file alone are looked for there alone.
	 *
	 * | entity                 | is named in                                              | and is the same by                                        |
	 * |------------------------|----------------------------------------------------------|-----------------------------------------------------------|
	 * | project                | its file, its instances                                  | the file that `project` leads to                          |
	 * | instance, data source, reclaim policy | the file                                  | name, whatever its case                                   |
	 * | file of linked data    | all configurations                                       | what its path leads to                                    |
	 * | client                 | all projects                                             | name, exactly, as the usage report adds up clients        |
	 * | server                 | all projects                                             | name, whatever its case                                   |
	 * | product                | the instances of the project; without one, the file      | name, exactly; patterns of policies and prices by what they match |
	 * | limit                  | the project, its instances                               | name                                                      |
	 */
	listSame(one: PlacedMention): readonly PlacedMention[];
	/** Those of {@link listSame} that are in one file, without a look at the others. */
	listSameIn(file: WorkspaceFile, one: PlacedMention): readonly Mention[];
	/** Where what is meant is defined; the mention itself when it defines it. Empty when no configuration does. */
	listDefinitions(one: PlacedMention): readonly PlacedMention[];
	/** Mentions of everything of the same kind whose name may not be the same: those of the places that {@link listSame} names, of titles and instances more. */
	listRivals(one: PlacedMention): readonly PlacedMention[];
	/** The project that a file belongs to, with its instances; the file alone when it belongs to none. */
	listFamily(file: WorkspaceFile): readonly WorkspaceFile[];
	/** The file of the project that an instance names, also when it is no project; null for every other file, and when there is none. */
	findProject(file: WorkspaceFile): WorkspaceFile | null;
}

/** The entities of one workspace. */
export function createEntities(workspace: Workspace): Entities {
	// By file object, which a changed text replaces, so that nothing has to be forgotten by hand.
	const known = new WeakMap<WorkspaceFile, readonly Mention[]>();

	function listIn(file: WorkspaceFile): readonly Mention[] {
		let mentions = known.get(file);
		if (mentions === undefined) {
			mentions = mentionsOf(file);
			known.set(file, mentions);
		}
		return mentions;
	}

	/** URI of the project that an instance names; of a project, its own. */
	function projectOf(file: WorkspaceFile): string | null {
		const model = file.steadyConfig.model;
		if (model?.kind === "project") return file.uri;
		return model?.kind === "instance" && model.project !== null ? workspace.resolve(file.uri, model.project) : null;
	}

	function allFiles(): readonly WorkspaceFile[] {
		return workspace.uris().flatMap((uri) => workspace.file(uri) ?? []);
	}

	function projects(): readonly WorkspaceFile[] {
		return allFiles().filter((file) => file.steadyConfig.model?.kind === "project");
	}

	function listFamily(file: WorkspaceFile): readonly WorkspaceFile[] {
		const project = projectOf(file);
		return project === null ? [file] : allFiles().filter((other) => projectOf(other) === project);
	}

	function filesOf(kind: Mention["kind"], file: WorkspaceFile): readonly WorkspaceFile[] {
		switch (kind) {
			case "instance":
			case "dataSource":
			case "policy":
				return [file];
			case "file":
				return allFiles();
			case "client":
			case "server":
				return projects();
			case "project":
			case "limit":
			case "product":
				return listFamily(file);
		}
	}

	function mentionsIn(files: readonly WorkspaceFile[], holds: (candidate: Mention) => boolean): readonly PlacedMention[] {
		return files.flatMap((file) =>
			listIn(file)
				.filter(holds)
				.map((mention) => ({ file, mention })),
		);
	}

	function listSame(one: PlacedMention, files = filesOf(one.mention.kind, one.file)): readonly PlacedMention[] {
		const { file, mention } = one;
		if (mention.kind === "file") {
			const uri = workspace.resolve(file.uri, mention.name);
			return mentionsIn(files, ({ kind }) => kind === "file").filter(
				(placed) => workspace.resolve(placed.file.uri, placed.mention.name) === uri,
			);
		}
		const isSame = sameAs(mention);
		return mentionsIn(files, (candidate) => candidate.kind === mention.kind && isSame(candidate));
	}

	return {
		listIn,
		findAt(file, offset) {
			if (isReadable(file.parsed) && !isNear(file, offset)) return null;
			return listIn(file).find(({ range }) => offset >= range.start && offset <= range.end) ?? null;
		},
		listSame: (one) => listSame(one),
		listSameIn: (file, one) => listSame(one, [file]).map(({ mention }) => mention),
		listDefinitions(one) {
			const { file, mention } = one;
			if (mention.role === "definition" && mention.kind !== "server") return [one];
			const found = listSame(one).filter(({ mention: candidate }) => candidate.role === "definition");
			// Of a product each file has bundles of its own, which say nothing about another instance.
			if (mention.kind === "product") return found.filter((placed) => placed.file === file);
			if (mention.kind !== "limit") return found;
			// Advice is about a limit of its own file, if that is written there.
			const own = listIn(file).filter((candidate) => isLimitKey(candidate) && candidate.name === mention.name);
			return !isLimitKey(mention) && own.length > 0 ? own.map((candidate) => ({ file, mention: candidate })) : found;
		},
		listRivals({ file, mention: { kind } }) {
			const files = kind === "project" ? projects() : kind === "instance" ? listFamily(file) : filesOf(kind, file);
			return mentionsIn(files, (candidate) => candidate.kind === kind);
		},
		listFamily,
		findProject(file) {
			const project = file.steadyConfig.model?.kind === "instance" ? projectOf(file) : null;
			return project === null ? null : workspace.file(project);
		},
	};
}

/** Whether a mention is a limit itself, and not advice about it. */
function isLimitKey(mention: Mention): boolean {
	return mention.kind === "limit" && mention.path[0] === "usageCategory";
}

/** Cheaper than looking through the whole file, which happens as often as the caret moves. */
function isNear(file: WorkspaceFile, offset: number): boolean {
	const kind = file.config.model?.kind;
	if (kind === undefined) return false;
	const { path, on } = file.parsed.nodeAt(offset);
	// A name that an alias brings in is written at its anchor, which may be in any place.
	return isPlaceOfName(kind, path) || (on === "value" && file.parsed.text.includes("&"));
}

function mentionsOf(file: WorkspaceFile): readonly Mention[] {
	const { parsed, lastGood } = file;
	if (isReadable(parsed) || lastGood === null) return listMentions(parsed.root);
	const carry = carryOver(lastGood.text, parsed.text);
	return listMentions(lastGood.root).flatMap((mention) => {
		const range = carry(mention.range);
		const nameRange = carry(mention.nameRange);
		return range === null || nameRange === null ? [] : [{ ...mention, range, nameRange, around: carry(mention.around) ?? range }];
	});
}

function sameAs(mention: Mention): (candidate: Mention) => boolean {
	switch (mention.kind) {
		// Only mentions of one project are asked about.
		case "project":
			return () => true;
		case "client":
		case "limit":
			return (candidate) => candidate.name === mention.name;
		case "product":
			return sameProduct(mention);
		default: {
			const folded = foldName(mention.name);
			return (candidate) => foldName(candidate.name) === folded;
		}
	}
}

function sameProduct(mention: Mention): (candidate: Mention) => boolean {
	if (mention.role !== "pattern")
		return (candidate) =>
			candidate.role === "pattern" ? matchesPattern(parsePattern(candidate.name), mention.name) : candidate.name === mention.name;
	const pattern = parsePattern(mention.name);
	const folded = foldName(mention.name);
	const isOneName = pattern.suffix === null;
	return (candidate) => {
		if (candidate.role !== "pattern") return matchesPattern(pattern, candidate.name);
		return foldName(candidate.name) === folded || (isOneName && matchesPattern(parsePattern(candidate.name), mention.name));
	};
}
