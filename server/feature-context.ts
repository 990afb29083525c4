import type { Entities } from "../workspace/entities/entities.ts";
import type { EstateFigures } from "../workspace/insights/estate-figures.ts";
import type { Workspace, WorkspaceFile } from "../workspace/workspace.ts";
import { createTextPositions, type PositionEncoding, type TextPositions } from "./text-positions.ts";

/** What every feature of the language server works with. */
export interface FeatureContext {
	readonly workspace: Workspace;
	readonly entities: Entities;
	/** Figures about products, for whatever shows them beside the text. */
	readonly figures: EstateFigures;
	/** The positions of a configuration's current text. */
	readonly positionsOf: (file: WorkspaceFile) => TextPositions;
	/** A file's URI as the client spells it; another spelling would be another file to it. */
	readonly clientUri: (uri: string) => string;
	/** The version of an open document; null for a file that is not open. */
	readonly versionOf: (uri: string) => number | null;
}

/** Positions of configurations, computed once per text. */
export function createPositionLookup(encoding: PositionEncoding): FeatureContext["positionsOf"] {
	const known = new WeakMap<WorkspaceFile, TextPositions>();
	return (file) => {
		let positions = known.get(file);
		if (positions === undefined) {
			positions = createTextPositions(file.parsed.text, encoding, file.parsed.lines);
			known.set(file, positions);
		}
		return positions;
	};
}
