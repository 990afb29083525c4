import type { ConfigFix, ConfigPath } from "../core/problems.ts";
import { applyEdits, carryOutFix, differenceOf } from "../workspace/edits/carry-out-fix.ts";
import type { PlacedProblem, WorkspaceFile } from "../workspace/workspace.ts";
import type { TextEdit } from "../workspace/yaml/text-edit.ts";

/** A text with what is wrong with it, as far as that can be told at once. */
export interface CheckedText {
	readonly file: WorkspaceFile;
	readonly problems: readonly PlacedProblem[];
}

/** Times that the text is looked at again: a repair can bring to light what it had covered up. */
const MAX_ROUNDS = 5;

/** Problems that are mended one by one where mending them together went wrong; beyond, nothing is worth the time that it takes. */
const MAX_SINGLE = 50;

/**
 * The edits that carry out all fixes that are clearly right: the preferred ones, unless they change a limit or say that there is advice for one.
 * Those that get into each other's way are carried out one after the other, as far as they still fit. None is carried out that
 * leaves the text with more errors than before, other than those in a place that could not be looked into until then.
 * @param start the file as it is, with its problems.
 * @param isWanted says which problems are to be mended.
 * @param check what is wrong with the file if it had another text.
 */
export function fixAll(
	start: CheckedText,
	isWanted: (placed: PlacedProblem) => boolean,
	check: (text: string) => CheckedText,
): readonly TextEdit[] {
	let current = start;
	let edits: readonly TextEdit[] = [];
	for (let round = 0; round < MAX_ROUNDS; round++) {
		const wanted = current.problems.filter(isWanted);
		const batch = mendTogether(current, wanted, check) ?? mendSingly(current, wanted, check);
		if (batch === null) break;
		edits = round === 0 ? batch.edits : [differenceOf(start.file.parsed.text, batch.after.file.parsed.text)];
		current = batch.after;
	}
	return edits;
}

/** Whether a problem has a fix that needs nobody's decision. */
export function hasSureFix(placed: PlacedProblem): boolean {
	return sureFixOf(placed) !== null;
}

interface Batch {
	readonly edits: readonly TextEdit[];
	readonly after: CheckedText;
}

function mendTogether(current: CheckedText, wanted: readonly PlacedProblem[], check: (text: string) => CheckedText): Batch | null {
	const edits: TextEdit[] = [];
	const opened: ConfigPath[] = [];
	for (const placed of wanted) {
		const fix = sureFixOf(placed);
		const more = fix?.editsIn(current.file) ?? [];
		if (fix === null || !more.every((edit) => edits.every((other) => isApart(edit, other)))) continue;
		edits.push(...more);
		opened.push(...fix.opens);
	}
	return carryOut(current, { edits, opened }, check);
}

function mendSingly(start: CheckedText, wanted: readonly PlacedProblem[], check: (text: string) => CheckedText): Batch | null {
	let current = start;
	for (const placed of wanted.slice(0, MAX_SINGLE)) {
		// What was mended before may have moved it, so it is looked up anew.
		const same = current.problems.find(({ problem }) => isSameProblem(problem, placed.problem));
		const fix = same === undefined ? null : sureFixOf(same);
		if (fix === null) continue;
		current = carryOut(current, { edits: fix.editsIn(current.file), opened: fix.opens }, check)?.after ?? current;
	}
	if (current === start) return null;
	return { edits: [differenceOf(start.file.parsed.text, current.file.parsed.text)], after: current };
}

/** A change of the text, with the places that are looked into only because of it. */
interface Repair {
	readonly edits: readonly TextEdit[];
	readonly opened: readonly ConfigPath[];
}

/** Null when there is nothing to do, or the text would be worse than before. */
function carryOut(current: CheckedText, { edits, opened }: Repair, check: (text: string) => CheckedText): Batch | null {
	if (edits.length === 0) return null;
	const { text } = current.file.parsed;
	const before = countErrors(check(text).problems, []);
	const after = check(applyEdits(text, edits));
	const isWorse = [...countErrors(after.problems, opened)].some(([code, count]) => count > (before.get(code) ?? 0));
	return isWorse ? null : { edits, after };
}

/** Errors by code. What was wrong all along in a place that nobody could look into does not count. */
function countErrors(problems: readonly PlacedProblem[], opened: readonly ConfigPath[]): ReadonlyMap<string, number> {
	const counts = new Map<string, number>();
	for (const { problem } of problems) {
		const isOld = !problem.code.startsWith("yaml/") && opened.some((place) => isUnder(problem.path, place));
		if (problem.severity === "error" && !isOld) counts.set(problem.code, (counts.get(problem.code) ?? 0) + 1);
	}
	return counts;
}

/** What mends a problem without anybody's decision. */
interface SureFix {
	readonly editsIn: (file: WorkspaceFile) => readonly TextEdit[];
	/** Places that have a meaning only after it. */
	readonly opens: readonly ConfigPath[];
}

function sureFixOf({ problem, textFixes = [] }: PlacedProblem): SureFix | null {
	const fix = (problem.fixes ?? []).find((candidate) => candidate.preferred);
	if (fix !== undefined)
		return decidesLimits(fix) ? null : { editsIn: (file) => carryOutFix(file.parsed, fix), opens: placesOpenedBy(fix) };
	const textFix = textFixes.find((candidate) => candidate.preferred);
	return textFix === undefined ? null : { editsIn: () => textFix.edits, opens: [] };
}

/** What stands under a misspelt key was not looked into; nor was anything in a file of no known kind. */
function placesOpenedBy(fix: ConfigFix): readonly ConfigPath[] {
	if (fix.path[0] === "kind") return [[]];
	return fix.kind === "rename-key" ? [fix.newKey === "kind" ? [] : [...fix.path.slice(0, -1), fix.newKey]] : [];
}

function isUnder(path: ConfigPath, place: ConfigPath): boolean {
	return place.every((segment, index) => path[index] === segment);
}

/** Whether a fix, or a step of it, changes what a limit is, or what advice there is. A key that is only spelled rightly decides nothing. */
function decidesLimits(fix: ConfigFix): boolean {
	const isAboutLimits = fix.path[0] === "usageCategory" || fix.path[0] === "limitAdvice" || fix.path.length === 0;
	return (isAboutLimits && fix.kind !== "rename-key") || (fix.further ?? []).some(decidesLimits);
}

/** Two insertions at one place are not apart: which comes first is a matter of the text after the first. */
function isApart({ range: left }: TextEdit, { range: right }: TextEdit): boolean {
	return left.end < right.start || right.end < left.start;
}

function isSameProblem(left: PlacedProblem["problem"], right: PlacedProblem["problem"]): boolean {
	return left.code === right.code && left.message === right.message && JSON.stringify(left.path) === JSON.stringify(right.path);
}
