import type { CodeAction, CodeActionParams, Diagnostic, TextEdit } from "vscode-languageserver-protocol";
import type { ConfigFix } from "../../core/problems.ts";
import type { PlacedProblem, WorkspaceFile } from "../../workspace/workspace.ts";
import { editsForFix } from "../../workspace/yaml/edit-config.ts";
import type { FeatureContext } from "../feature-context.ts";
import type { Inspections } from "../inspections.ts";

/** The kind of all actions that this server offers. */
export const QUICK_FIX = "quickfix";

/**
 * The fixes of the diagnostics that the client asks about. They are worked out from the file as it is now, not as it was
 * when the diagnostic was made, so that an edit in between can't lead them astray; a diagnostic that is gone has none.
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
	return diagnostics.flatMap((diagnostic) => {
		const placed = problems.find((candidate) => isSame(context, file, candidate, diagnostic));
		return (placed?.problem.fixes ?? []).flatMap((fix) => {
			const edits = toTextEdits(context, file, fix);
			if (edits.length === 0) return [];
			return [
				{ title: fix.title, kind: QUICK_FIX, diagnostics: [diagnostic], isPreferred: fix.preferred, edit: { changes: { [uri]: edits } } },
			];
		});
	});
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
	return editsForFix(file.parsed, fix).map(({ range, newText }) => ({ range: positions.rangeOf(range), newText }));
}

function pathIn(data: unknown): string | null {
	return typeof data === "object" && data !== null && "path" in data ? JSON.stringify(data.path) : null;
}
