import type { FoldingRange } from "vscode-languageserver-protocol";
import { listFolds } from "../../workspace/yaml/layout/list-folds.ts";
import type { Client } from "../client-capabilities.ts";
import type { FeatureContext } from "../feature-context.ts";

/** What can be folded; of a text that does not parse, as far as it could be understood. For a client that shows only so many, the outer ones. */
export function listFoldingRanges(context: FeatureContext, uri: string, client: Client["folding"]): readonly FoldingRange[] {
	const file = context.workspace.file(uri);
	if (file === null) return [];
	const { positionAt } = context.positionsOf(file);
	const folds = listFolds(file.parsed);
	const limit = client.limit ?? folds.length;
	const shown =
		folds.length <= limit
			? folds
			: folds
					.toSorted((left, right) => left.depth - right.depth)
					.slice(0, limit)
					.toSorted((left, right) => left.start - right.start);
	return shown.flatMap((fold) => {
		const start = positionAt(fold.start);
		const end = positionAt(fold.end);
		// A closing bracket that has a line of its own stays to be seen.
		const endLine = client.linesOnly && fold.closesOnOwnLine ? end.line - 1 : end.line;
		if (endLine <= start.line) return [];
		return [
			{
				startLine: start.line,
				endLine,
				...(client.linesOnly ? {} : { startCharacter: start.character, endCharacter: end.character }),
				...(fold.kind === null ? {} : { kind: fold.kind }),
			},
		];
	});
}
