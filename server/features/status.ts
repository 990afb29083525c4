import type { Workspace } from "../../workspace/workspace.ts";
import { countProblems } from "../count-problems.ts";
import type { FaultLog } from "../fault-log.ts";
import type { Inspections } from "../inspections.ts";
import type { LoadedAmount, ProblemCounts, StatusResult } from "../protocol/client-messages.ts";

/** What the server knows, holds in memory, and does at this moment; nothing is loaded for it. */
export function describeStatus(workspace: Workspace, inspections: Inspections, faults: FaultLog): StatusResult {
	const kinds = workspace.uris().map((uri) => workspace.file(uri)?.steadyConfig.model?.kind ?? null);
	const { bytes, loading } = workspace.cache.usage();
	return {
		failed: false,
		clients: kinds.filter((kind) => kind === "project").length,
		instances: kinds.filter((kind) => kind === "instance").length,
		...countAll(workspace, inspections),
		loaded: { ...countLoaded(workspace), bytes },
		loading,
		lastError: faults.last(),
	};
}

function countAll(workspace: Workspace, inspections: Inspections): ProblemCounts {
	const counts = workspace.uris().map((uri) => countProblems(inspections.peek(uri).problems));
	return {
		errors: counts.reduce((sum, { errors }) => sum + errors, 0),
		warnings: counts.reduce((sum, { warnings }) => sum + warnings, 0),
	};
}

function countLoaded(workspace: Workspace): Omit<LoadedAmount, "bytes"> {
	const sizes = workspace.uris().flatMap((uri) => {
		const insight = workspace.insights.recall(uri);
		const estate = insight?.kind === "instance" ? (insight.loaded?.value ?? null) : null;
		return estate === null ? [] : [estate.productOf.length];
	});
	return { instances: sizes.length, installations: sizes.reduce((sum, size) => sum + size, 0) };
}
