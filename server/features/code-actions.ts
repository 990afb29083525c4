import type { CodeAction, CodeActionParams, Diagnostic, TextEdit, WorkspaceEdit } from "vscode-languageserver-protocol";
import type { ConfigFix } from "../../core/problems.ts";
import { carryOutFix } from "../../workspace/carry-out-fix.ts";
import type { PlacedProblem, WorkspaceFile } from "../../workspace/workspace.ts";
import type { FeatureContext } from "../feature-context.ts";
import type { Inspections } from "../inspections.ts";

/** The kind of all actions that this server offers. */
export const QUICK_FIX = "quickfix";

/**
 * The fixes of the diagnostics that the client asks about. They are worked out from the file as it is now, not as it was
 * when the diagnostic was made, so that an edit in between can't lead them astray; a diagnostic that is gone has none. What
 * would do the same for several diagnostics is offered once.
 */
export async function listCodeActions(
	context: FeatureContext,
	inspections: Inspections,
	params: CodeActionParams,
	patience: Promise<void>,
): Promise<readonly CodeAction[]> {
	const { only, diagnostics } = params.context;
	if (only !== undefined && !only.some((kind) => kind === "" || kind === QUICK_FIX)) return [];
	const { file, problems } = await inspections.inspect(params.textDocument.uri, patience, true);
	if (file === null) return [];
	const uri = context.clientUri(file.uri);
	const actions = new Map<string, CodeAction>();
	for (const diagnostic of diagnostics) {
		const placed = problems.find((candidate) => isSame(context, file, candidate, diagnostic));
		for (const fix of placed?.problem.fixes ?? []) {
			const edits = toTextEdits(context, file, fix);
			if (edits.length === 0) continue;
			const key = JSON.stringify(edits);
			actions.set(key, merge(actions.get(key), toAction(fix, diagnostic, { changes: { [uri]: edits } })));
		}
	}
	return [...actions.values()];
}

function toAction(fix: ConfigFix, diagnostic: Diagnostic, edit: WorkspaceEdit): CodeAction {
	return { title: fix.title, kind: QUICK_FIX, diagnostics: [diagnostic], isPreferred: fix.preferred, edit };
}

/** One action for two that do the same; of their titles that of the preferred one, else the first. */
function merge(first: CodeAction | undefined, second: CodeAction): CodeAction {
	if (first === undefined) return second;
	const main = second.isPreferred === true && first.isPreferred !== true ? second : first;
	return { ...main, diagnostics: [...new Set([...(first.diagnostics ?? []), ...(second.diagnostics ?? [])])] };
}

/** A client may leave out `data`; then the place tells problems of one code and wording apart. */
function isSame(context: FeatureContext, file: WorkspaceFile, placed: PlacedProblem, diagnostic: Diagnostic): boolean {
	if (placed.problem.code !== diagnostic.code || placed.problem.message !== diagnostic.message) return false;
	if (pathIn(diagnostic.data) === JSON.stringify(placed.problem.path)) return true;
	const range = context.positionsOf(file).rangeOf(placed.range);
	return range.start.line === diagnostic.range.start.line && range.start.character === diagnostic.range.start.character;
}

function toTextEdits(context: FeatureContext, file: WorkspaceFile, fix: ConfigFix): TextEdit[] {
	const positions = context.positionsOf(file);
	return carryOutFix(file.parsed, fix).map(({ range, newText }) => ({ range: positions.rangeOf(range), newText }));
}

function pathIn(data: unknown): string | null {
	return typeof data === "object" && data !== null && "path" in data ? JSON.stringify(data.path) : null;
}
