import type { SelectionRange, SelectionRangeParams } from "vscode-languageserver-protocol";
import { expandSelection } from "../../workspace/yaml/layout/expand-selection.ts";
import type { FeatureContext } from "../feature-context.ts";

/** What "expand selection" selects around each position, one after the other; of a broken text, as far as it could be understood. */
export function listSelectionRanges(context: FeatureContext, params: SelectionRangeParams): readonly SelectionRange[] | null {
	const file = context.workspace.file(params.textDocument.uri);
	if (file === null) return null;
	const { offsetAt, rangeOf } = context.positionsOf(file);
	return params.positions.map((position) => {
		const largestFirst = expandSelection(file.parsed, offsetAt(position)).toReversed();
		const smallest = largestFirst.reduce<SelectionRange | null>((parent, step) => {
			const range = rangeOf(step);
			return parent === null ? { range } : { range, parent };
		}, null);
		return smallest ?? { range: { start: position, end: position } };
	});
}
