import type { CodeAction, CodeActionParams, Diagnostic, Range } from "vscode-languageserver-protocol";
import { t } from "../../core/texts/translate.ts";
import { describeAllowFix } from "../../workspace/checks/allow-fix.ts";
import { carryOutFix } from "../../workspace/edits/carry-out-fix.ts";
import { listSyntaxFixes } from "../../workspace/edits/syntax-fixes.ts";
import type { PlacedProblem, WorkspaceFile } from "../../workspace/workspace.ts";
import type { TextEdit } from "../../workspace/yaml/text-edit.ts";
import { type EditStyle, toWorkspaceEdit } from "../document-edits.ts";
import type { FeatureContext } from "../feature-context.ts";
import { fixAll, hasSureFix } from "../fix-all.ts";
import type { Inspections } from "../inspections.ts";

/** The kind of what mends single problems. */
export const QUICK_FIX = "quickfix";

/** The kind of what mends a whole file, as editors do on saving. */
export const FIX_ALL = "source.fixAll.usageReport";

/** What a client does with actions, and how long it may be kept waiting. */
export interface CodeActionsOptions {
	readonly edits: EditStyle;
	/** Whether it asks for the edit of an action when it needs it. */
	readonly resolves: boolean;
	readonly patience: () => Promise<void>;
}

/**
 * The fixes of the diagnostics that the client asks about, or, when it names none, of those in its range. They are worked out from the file as it is now, not as it
 * was when the diagnostic was made, so that an edit in between can't lead them astray; a diagnostic that is gone has none. What
 * would do the same for several diagnostics is offered once. What takes long to work out is left to {@link resolveCodeAction} if the client allows it.
 */
export async function listCodeActions(
	context: FeatureContext,
	inspections: Inspections,
	params: CodeActionParams,
	options: CodeActionsOptions,
): Promise<readonly CodeAction[]> {
	const { only } = params.context;
	const wantsFixes = wants(only, QUICK_FIX) || only === undefined;
	if (!wantsFixes && !wants(only, FIX_ALL)) return [];
	const { file, problems } = await inspections.inspect(params.textDocument.uri, options.patience(), true);
	if (file === null) return [];
	const situation: Situation = { context, inspections, options, file, problems };
	const asked = askedProblems(situation, params);
	return [
		...(wantsFixes ? mergeEqual(asked.flatMap((each) => offerFixes(situation, each)).sort(byPreference)) : []),
		...(wantsFixes ? offerFixesOfCode(situation, asked) : []),
		...(wantsFixes ? mergeEqual(asked.flatMap((each) => offerAllowing(situation, each))) : []),
		...(wants(only, FIX_ALL) ? offerFixAll(situation) : []),
	].map(({ action }) => action);
}

/** The action with its edit, by the file as it is now; without one when the problem is gone. */
export async function resolveCodeAction(
	context: FeatureContext,
	inspections: Inspections,
	action: CodeAction,
	options: CodeActionsOptions,
): Promise<CodeAction> {
	const data = readData(action.data);
	if (data === null || action.edit !== undefined) return action;
	const { file, problems } = await inspections.inspect(data.uri, options.patience(), true);
	if (file === null) return action;
	const situation: Situation = { context, inspections, options, file, problems };
	const edits = data.single === null ? editsForAll(situation, data.code) : editsForSingle(situation, data.code, data.single);
	return edits.length === 0 ? action : { ...action, edit: toWorkspaceEdit(context, file, edits, options.edits) };
}

/** What actions are made from. */
interface Situation {
	readonly context: FeatureContext;
	readonly inspections: Inspections;
	readonly options: CodeActionsOptions;
	readonly file: WorkspaceFile;
	readonly problems: readonly PlacedProblem[];
}

/** A problem that the client asks about, with its diagnostic if it has named one. */
interface Asked {
	readonly placed: PlacedProblem;
	readonly diagnostic: Diagnostic | null;
}

interface Offer {
	readonly action: CodeAction;
	/** Equal for offers that do the same. */
	readonly key: string;
}

/** What a client brings back to have an action resolved. */
interface ActionData {
	readonly uri: string;
	/** Of the problem, or of all that are mended together; null for all of the file. */
	readonly code: string | null;
	/** The one fix of one problem that is meant; null for all sure fixes. */
	readonly single: { readonly path: string; readonly message: string; readonly title: string } | null;
}

function offerFixes(situation: Situation, asked: Asked): Offer[] {
	const { file, options } = situation;
	const { problem, textFixes = [] } = asked.placed;
	const fixes = (problem.fixes ?? []).flatMap((fix) => {
		const { title, preferred, ...step } = fix;
		// Further steps are carried out on the text that the first one leaves, which has to be read anew.
		if (fix.further !== undefined && options.resolves) {
			const single = { path: JSON.stringify(problem.path), message: problem.message, title };
			return [lazyOffer(situation, title, preferred, asked, JSON.stringify(step), { code: problem.code, single })];
		}
		return offerEdits(situation, title, preferred, asked, carryOutFix(file.parsed, fix));
	});
	const ofText = [...textFixes, ...listSyntaxFixes(file.parsed, asked.placed)];
	return [...fixes, ...ofText.flatMap(({ title, preferred, edits }) => offerEdits(situation, title, preferred, asked, edits))];
}

/** What mends all problems of a kind, where there are several. */
function offerFixesOfCode(situation: Situation, asked: readonly Asked[]): Offer[] {
	const codes = [...new Set(asked.filter(({ placed }) => hasSureFix(placed)).map(({ placed }) => placed.problem.code))];
	return codes.flatMap((code) => {
		const count = situation.problems.filter((placed) => placed.problem.code === code && hasSureFix(placed)).length;
		if (count < 2) return [];
		const title = t`Fix all ${count} problems of this file with the code ${code}`;
		const ofCode = asked.filter(({ placed }) => placed.problem.code === code);
		return offerTogether(situation, title, QUICK_FIX, code, ofCode);
	});
}

function offerAllowing(situation: Situation, asked: Asked): Offer[] {
	const fix = describeAllowFix(situation.file.parsed, asked.placed);
	return fix === null ? [] : offerEdits(situation, fix.title, fix.preferred, asked, fix.edits);
}

function offerFixAll(situation: Situation): Offer[] {
	if (!situation.problems.some(hasSureFix)) return [];
	return offerTogether(situation, t("Fix all problems that need no decision"), FIX_ALL, null, []);
}

function offerTogether(situation: Situation, title: string, kind: string, code: string | null, asked: readonly Asked[]): Offer[] {
	const { context, file, options } = situation;
	const diagnostics = asked.flatMap(({ diagnostic }) => diagnostic ?? []);
	const action: CodeAction = { title, kind, ...(diagnostics.length === 0 ? {} : { diagnostics }) };
	if (options.resolves) {
		const data: ActionData = { uri: context.clientUri(file.uri), code, single: null };
		return [{ action: { ...action, data }, key: title }];
	}
	const edits = editsForAll(situation, code);
	return edits.length === 0 ? [] : [{ action: { ...action, edit: toWorkspaceEdit(context, file, edits, options.edits) }, key: title }];
}

function offerEdits(
	{ context, file, options }: Situation,
	title: string,
	preferred: boolean,
	asked: Asked,
	edits: readonly TextEdit[],
): Offer[] {
	if (edits.length === 0) return [];
	const edit = toWorkspaceEdit(context, file, edits, options.edits);
	return [{ action: { ...singleAction(title, preferred, asked), edit }, key: JSON.stringify(edit) }];
}

function lazyOffer(
	{ context, file }: Situation,
	title: string,
	preferred: boolean,
	asked: Asked,
	key: string,
	wanted: Omit<ActionData, "uri">,
): Offer {
	const data: ActionData = { uri: context.clientUri(file.uri), ...wanted };
	return { action: { ...singleAction(title, preferred, asked), data }, key };
}

function singleAction(title: string, isPreferred: boolean, { diagnostic }: Asked): CodeAction {
	return { title, kind: QUICK_FIX, ...(diagnostic === null ? {} : { diagnostics: [diagnostic] }), isPreferred };
}

function editsForAll({ inspections, file, problems }: Situation, code: string | null): readonly TextEdit[] {
	const isWanted = ({ problem }: PlacedProblem) => code === null || problem.code === code;
	return fixAll({ file, problems }, isWanted, (text) => inspections.imagine(file, text));
}

function editsForSingle(
	{ file, problems }: Situation,
	code: string | null,
	wanted: NonNullable<ActionData["single"]>,
): readonly TextEdit[] {
	const placed = problems.find(
		({ problem }) => problem.code === code && problem.message === wanted.message && JSON.stringify(problem.path) === wanted.path,
	);
	const fix = placed?.problem.fixes?.find(({ title }) => title === wanted.title);
	return fix === undefined ? [] : carryOutFix(file.parsed, fix);
}

/** One action for those that do the same; of their titles that of the preferred one, else the first. */
function mergeEqual(offers: readonly Offer[]): Offer[] {
	const merged = new Map<string, Offer>();
	for (const offer of offers) {
		const first = merged.get(offer.key);
		if (first === undefined) merged.set(offer.key, offer);
		else {
			const diagnostics = [...new Set([...(first.action.diagnostics ?? []), ...(offer.action.diagnostics ?? [])])];
			merged.set(offer.key, diagnostics.length === 0 ? first : { ...first, action: { ...first.action, diagnostics } });
		}
	}
	return [...merged.values()];
}

function byPreference(left: Offer, right: Offer): number {
	return Number(right.action.isPreferred === true) - Number(left.action.isPreferred === true);
}

/** Whether a client that asks for some kinds of actions, or their families, wants this one. */
function wants(only: readonly string[] | undefined, kind: string): boolean {
	return only?.some((wanted) => wanted === "" || kind === wanted || kind.startsWith(`${wanted}.`)) ?? false;
}

function askedProblems(situation: Situation, { context: { diagnostics }, range }: CodeActionParams): readonly Asked[] {
	if (diagnostics.length === 0) {
		return situation.problems
			.filter((placed) => touches(rangeOf(situation, placed), range))
			.map((placed) => ({ placed, diagnostic: null }));
	}
	return diagnostics.flatMap((diagnostic) => {
		const placed = findProblem(situation, diagnostic);
		return placed === null ? [] : [{ placed, diagnostic }];
	});
}

/** A client may leave out `data`; then the place tells problems of one code and wording apart. */
function findProblem(situation: Situation, diagnostic: Diagnostic): PlacedProblem | null {
	const alike = situation.problems.filter(({ problem }) => problem.code === diagnostic.code && problem.message === diagnostic.message);
	const path = pathIn(diagnostic.data);
	const samePath = alike.filter(({ problem }) => JSON.stringify(problem.path) === path);
	// What has no place in the tree has an empty path, as others of its kind have.
	if (path !== NO_PATH && samePath[0] !== undefined) return samePath[0];
	const { start } = diagnostic.range;
	const here = alike.find((placed) => {
		const range = rangeOf(situation, placed);
		return range.start.line === start.line && range.start.character === start.character;
	});
	return here ?? (samePath.length === 1 ? samePath[0]! : null);
}

function rangeOf({ context, file }: Situation, { range }: PlacedProblem): Range {
	return context.positionsOf(file).rangeOf(range);
}

/** Whether ranges have a place in common, be it their ends. */
function touches(left: Range, right: Range): boolean {
	return isUpTo(left.start, right.end) && isUpTo(right.start, left.end);
}

function isUpTo(left: Range["start"], right: Range["start"]): boolean {
	return left.line < right.line || (left.line === right.line && left.character <= right.character);
}

function pathIn(data: unknown): string | null {
	return typeof data === "object" && data !== null && "path" in data ? JSON.stringify(data.path) : null;
}

const NO_PATH = "[]";

/** Null for what is not ours. */
function readData(data: unknown): ActionData | null {
	if (typeof data !== "object" || data === null || !("uri" in data) || typeof data.uri !== "string") return null;
	const code = "code" in data && typeof data.code === "string" ? data.code : null;
	const single = "single" in data ? (data.single as ActionData["single"]) : null;
	return { uri: data.uri, code, single };
}
