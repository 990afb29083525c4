import { isDeepStrictEqual } from "node:util";
import { fileNameOf } from "../../core/config/file-names.ts";
import type { LimitAdvice, WrittenLimits } from "../../core/config/model.ts";
import { isNothing, valueAt } from "../../core/config/value-at.ts";
import type { ConfigFix } from "../../core/problems.ts";
import { t } from "../../core/texts/translate.ts";
import { DEFAULT_LIMITS, LIMIT_NAMES, type LimitName, type Limits } from "../../core/usage/limits.ts";
import { findProject } from "../choose-limits.ts";
import { type Failure, fail, readRunnable } from "../run-failure.ts";
import type { Workspace, WorkspaceFile } from "../workspace.ts";
import { readConfig } from "../workspace-file.ts";
import type { TextEdit } from "../yaml/text-edit.ts";
import { applyEdits, carryOutFix } from "./carry-out-fix.ts";

/** An entry of `limitAdvice` to record. */
export type NewAdvice = Required<Pick<LimitAdvice, "limit" | "value">> & { readonly reference: string; readonly date: string };

/** Limits as a change of a configuration; nothing is written yet. */
export interface AppliedLimits {
	readonly failed: false;
	readonly file: WorkspaceFile;
	/** None overlaps another; empty while advice is missing, and when the file says all of it already. */
	readonly edits: readonly TextEdit[];
	/** Limits that differ from the defaults, and that no entry of `limitAdvice` allows; empty when the file stays as it is. */
	readonly missing: readonly MissingAdvice[];
	/** True when the file has these very limits. */
	readonly unchanged: boolean;
}

/** A limit that needs advice. */
export interface MissingAdvice {
	readonly limit: LimitName;
	readonly value: number;
	/** What the project has recorded for this very value; null when there is nothing. */
	readonly known: { readonly reference: string | null; readonly date: string | null } | null;
}

/**
 * Works out how a configuration gets other limits, with the advice for those that are not the defaults. Comments stay, and so does all else: an edit that
 * would change more, since something else refers to the limits, is refused.
 * @param advice what a person has recorded; entries that the limits do not need are not written.
 */
export async function applyLimits(
	workspace: Workspace,
	uri: string,
	limits: Limits,
	advice: readonly NewAdvice[],
): Promise<AppliedLimits | Failure> {
	const file = await readRunnable(workspace, uri);
	if ("failed" in file) return file;
	const own: WrittenLimits = file.config.model?.limits ?? {};
	const differing = LIMIT_NAMES.filter((name) => own[name] !== limits[name]);
	if (differing.length === 0) return { failed: false, file, edits: [], missing: [], unchanged: true };
	const needed = findMissing(workspace, file, limits);
	const given = needed.map(({ limit, value }) => advice.find((entry) => entry.limit === limit && entry.value === value));
	const missing = needed.filter((_, place) => given[place] === undefined);
	if (missing.length > 0) return { failed: false, file, edits: [], missing, unchanged: false };

	const edits = carryOutFix(
		file.parsed,
		composeFix(
			file,
			limits,
			differing,
			given.filter((entry) => entry !== undefined),
		),
	);
	if (edits.length > 0 && hasOnlyLimits(file, edits, limits)) return { failed: false, file, edits, missing: [], unchanged: false };
	return fail(
		t`${fileNameOf(file.uri)} writes its limits in a way that can't be changed here without changing something else.`,
		t`Set ${differing.map((name) => t`${name} to ${limits[name]}`).join(", ")} by hand.`,
	);
}

function findMissing(workspace: Workspace, file: WorkspaceFile, limits: Limits): readonly MissingAdvice[] {
	const model = file.config.model;
	const project = model?.kind === "instance" ? findProject(workspace, file.uri, model) : null;
	return LIMIT_NAMES.flatMap((limit) => {
		const value = limits[limit];
		const allows = (entry: LimitAdvice) => entry.limit === limit && entry.value === value;
		if (value === DEFAULT_LIMITS[limit] || (model?.limitAdvice.some(allows) ?? false)) return [];
		const known = project?.limitAdvice.find(allows);
		return [{ limit, value, known: known === undefined ? null : { reference: known.reference, date: known.date } }];
	});
}

function composeFix(file: WorkspaceFile, limits: Limits, differing: readonly LimitName[], advice: readonly NewAdvice[]): ConfigFix {
	const step = { title: "", preferred: false };
	const set = (name: LimitName): ConfigFix => ({ ...step, kind: "set", path: ["usageCategory", name], value: limits[name] });
	const [first, ...rest]: readonly ConfigFix[] = isNothing(valueAt(file.config.tree, ["usageCategory"]))
		? [{ ...step, kind: "set", path: ["usageCategory"], value: Object.fromEntries(LIMIT_NAMES.map((name) => [name, limits[name]])) }]
		: differing.map(set);
	const recorded = advice.map(
		({ limit, value, reference, date }): ConfigFix => ({
			...step,
			kind: "append",
			path: ["limitAdvice"],
			value: { limit, value, reference, date },
		}),
	);
	return { ...first!, further: [...rest, ...recorded] };
}

/** Whether a file has the limits and the advice for them after some edits, and is otherwise what it was. */
function hasOnlyLimits(file: WorkspaceFile, edits: readonly TextEdit[], limits: Limits): boolean {
	const edited = readConfig(file.uri, applyEdits(file.parsed.text, edits), null);
	const { model } = edited.config;
	return (
		edited.parsed.parsedCleanly &&
		LIMIT_NAMES.every((name) => model?.limits?.[name] === limits[name]) &&
		LIMIT_NAMES.every(
			(name) =>
				limits[name] === DEFAULT_LIMITS[name] ||
				model?.limitAdvice.some((entry) => entry.limit === name && entry.value === limits[name]) === true,
		) &&
		isDeepStrictEqual(restOf(file.config.tree), restOf(edited.config.tree))
	);
}

/** What of a configuration is neither limits nor advice, and the advice that it had. */
function restOf(tree: unknown): unknown {
	if (typeof tree !== "object" || tree === null) return tree;
	return Object.fromEntries(Object.entries(tree).filter(([key]) => key !== "usageCategory" && key !== "limitAdvice"));
}
