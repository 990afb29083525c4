import type { DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams } from "vscode-languageserver-protocol";
import type { Mention } from "../../workspace/entities/entities.ts";
import { findAnchorAt } from "../../workspace/yaml/edits/anchor-marks.ts";
import type { FeatureContext } from "../feature-context.ts";

/** Every place of the same file that names what stands at a position: where it is defined as written, where it is named as read. */
export function listDocumentHighlights(context: FeatureContext, params: DocumentHighlightParams): readonly DocumentHighlight[] | null {
	const file = context.workspace.file(params.textDocument.uri);
	if (file === null) return null;
	const { offsetAt, rangeOf } = context.positionsOf(file);
	const offset = offsetAt(params.position);
	const mention = context.entities.findAt(file, offset);
	if (mention !== null) {
		return context.entities.listSameIn(file, { file, mention }).map((same) => ({ range: rangeOf(same.nameRange), kind: KINDS[same.role] }));
	}
	const anchor = findAnchorAt(file.parsed.text, offset);
	return anchor?.all.map(({ sign, range }) => ({ range: rangeOf(range), kind: KINDS[sign === "&" ? "definition" : "reference"] })) ?? null;
}

/** `DocumentHighlightKind`: Write, Read, Text. */
const KINDS: { readonly [role in Mention["role"]]: DocumentHighlightKind } = { definition: 3, reference: 2, pattern: 1 };
