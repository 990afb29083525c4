import { fileNameOf } from "../core/config/file-names.ts";
import type { Provides } from "../core/config/model.ts";
import { valueAt } from "../core/config/value-at.ts";
import { OUR_COLUMNS } from "../core/loading/column-mapping.ts";
import type { SourceFailure } from "../core/loading/loaded.ts";
import { t } from "../core/texts/translate.ts";
import type { Workspace, WorkspaceFile } from "./workspace.ts";

/** Why a run could not be carried out, in words for the person who asked. */
export interface Failure {
	readonly failed: true;
	/** What is wrong and what to do; several sentences may stand on lines of their own. */
	readonly message: string;
}

/** A failure with one message line per argument. */
export function fail(...lines: readonly string[]): Failure {
	return { failed: true, message: lines.join("\n") };
}

/** The configuration to run on, or why there is none that can be read. */
export async function readRunnable(workspace: Workspace, uri: string): Promise<WorkspaceFile | Failure> {
	const file = workspace.file(uri);
	if (file === null) return fail(await explainMissing(workspace, uri));
	const fault = file.parsed.problems.find((problem) => problem.severity === "error");
	if (fault !== undefined) {
		const line = file.parsed.text.slice(0, fault.range.start).split("\n").length;
		return fail(t`${fileNameOf(uri)} is not valid YAML. Line ${line}: ${fault.message}`, t("Correct it and run again."));
	}
	const kind = file.config.model?.kind;
	if (kind === undefined) return fail(t`${fileNameOf(uri)} does not say what it is. Begin it with "kind: instance" or "kind: project".`);
	return file;
}

/**
 * Why the figures would be wrong: entries of `dataSources` that cannot be used as they are written. Null when all can that
 * provide what the figures are made of, or may provide it.
 */
export function findFaultyEntries(file: WorkspaceFile, needed: readonly Provides[]): Failure | null {
	const tree = file.config.tree;
	const written: unknown = typeof tree === "object" && tree !== null && "dataSources" in tree ? tree.dataSources : null;
	if (written === null || written === undefined) return null;
	if (!Array.isArray(written)) return fail(t`dataSources of ${fileNameOf(file.uri)} is not a list.`);
	const usable = new Set(file.config.model?.dataSources.map((source) => source.index));
	const faulty = written.flatMap((entry: unknown, index) =>
		usable.has(index) || isNotNeeded(entry, needed) ? [] : [describeEntry(entry, index)],
	);
	if (faulty.length === 0) return null;
	return fail(
		t`These entries of dataSources in ${fileNameOf(file.uri)} can't be used:`,
		...faulty,
		t("Check the file for what is wrong with them: figures from a part of the data would be wrong."),
	);
}

/** All sources that could not be read. */
export function failedSources(file: WorkspaceFile, failures: readonly SourceFailure[]): Failure {
	return fail(
		t`${fileNameOf(file.uri)}: its data can't be read.`,
		...failures.map((failure) => `${failure.sourceName}: ${failure.message}`),
	);
}

/** Whether an entry surely provides something else; one whose `provides` cannot be read may be needed. */
function isNotNeeded(entry: unknown, needed: readonly Provides[]): boolean {
	const provides = (Object.keys(OUR_COLUMNS) as Provides[]).find((known) => known === valueAt(entry, ["provides"]));
	return provides !== undefined && !needed.includes(provides);
}

function describeEntry(entry: unknown, index: number): string {
	const name: unknown = typeof entry === "object" && entry !== null && "name" in entry ? entry.name : null;
	return typeof name === "string" ? t`entry ${index + 1} (${name})` : t`entry ${index + 1}`;
}

async function explainMissing(workspace: Workspace, uri: string): Promise<string> {
	const { access } = workspace;
	if (!access.isOnDisk(uri)) return t`There is no configuration ${uri}.`;
	const path = access.toPath(uri);
	switch (await access.kindOf(path)) {
		case "folder":
			return t`${path} is a folder. Name one configuration in it.`;
		case "file":
			return t`${path} can't be read as a configuration: it is too large, not readable, or not a part of the workspace.`;
		case "nothing":
			return t`There is no file ${path}.`;
	}
}
