import type { Location, ReferenceParams } from "vscode-languageserver-protocol";
import type { WorkspaceFile } from "../../workspace/workspace.ts";
import { findAnchorAt } from "../../workspace/yaml/edits/anchor-marks.ts";
import type { OffsetRange } from "../../workspace/yaml/parse-config.ts";
import type { FeatureContext } from "../feature-context.ts";

/** Every place of the workspace that names what stands at a position, patterns that match it included; of an anchor, every place of its file. */
export function listReferences(context: FeatureContext, params: ReferenceParams): readonly Location[] | null {
	const file = context.workspace.file(params.textDocument.uri);
	if (file === null) return null;
	const offset = context.positionsOf(file).offsetAt(params.position);
	const withDefinitions = params.context.includeDeclaration;
	const mention = context.entities.findAt(file, offset);
	if (mention !== null) {
		return context.entities
			.listSame({ file, mention })
			.filter((placed) => withDefinitions || placed.mention.role !== "definition")
			.map((placed) => toLocation(context, placed.file, placed.mention.nameRange));
	}
	const anchor = findAnchorAt(file.parsed.text, offset);
	if (anchor === null) return null;
	return anchor.all.filter(({ sign }) => withDefinitions || sign === "*").map(({ range }) => toLocation(context, file, range));
}

function toLocation(context: FeatureContext, file: WorkspaceFile, range: OffsetRange): Location {
	return { uri: context.clientUri(file.uri), range: context.positionsOf(file).rangeOf(range) };
}
