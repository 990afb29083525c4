import type { ImpactResult, PreviewLimits } from "../../../../server/protocol/preview-messages.ts";
import type { PreviewContext } from "../preview-state.ts";
import { createLatest } from "./latest.ts";
import { sameLimits } from "./limit-rules.ts";
import { unchangedImpact } from "./outcomes.ts";

/** The figures of the what-if, as far as they are known. */
export interface WhatIfFigures {
	/** The newest answer, or without a what-if the preview's own figures. It may be that of limits just before, see `isBehind`. */
	readonly impact: ImpactResult;
	/** Whether the answer for the present limits is still to come. */
	readonly isBehind: boolean;
	/** Why there is no answer; null when there is one, or it is still to come. */
	readonly failure: string | null;
	/** Asks anew where the state wants something else; to be called when a tab is updated. */
	follow(): void;
}

/**
 * Follows the what-if limits of the state, one ask per frame at most. Limits that are the file's own, such as after they were applied, are no
 * what-if any more.
 */
export function createWhatIfFigures({ host, state }: PreviewContext, onChange: () => void): WhatIfFigures {
	let impact = unchangedImpact(state.current.summary);
	let shown = "";
	let asked = "";
	let failure: string | null = null;
	const latest = createLatest<{ readonly limits: PreviewLimits; readonly key: string }, ImpactResult>({
		ask: ({ limits }, signal) => host.ask("impact", { limits }, signal),
		schedule: (run) => requestAnimationFrame(run),
		onResult({ key }, result) {
			if (revisionOf(key) !== String(state.current.revision)) return;
			impact = result;
			shown = key;
			failure = null;
			onChange();
		},
		onFailure({ key }, reason) {
			if (key !== asked) return;
			failure = reason instanceof Error ? reason.message : String(reason);
			onChange();
		},
	});

	function follow(): void {
		const { summary, revision, limits } = state.current;
		if (limits !== null && sameLimits(limits, summary.limits)) {
			state.change({ limits: null });
			return;
		}
		const key = `${revision} ${JSON.stringify(limits)}`;
		if (key === asked) return;
		asked = key;
		failure = null;
		if (limits !== null) {
			latest.want({ limits, key });
			return;
		}
		latest.forget();
		impact = unchangedImpact(summary);
		shown = key;
	}

	return {
		get impact() {
			return impact;
		},
		get isBehind() {
			return shown !== asked;
		},
		get failure() {
			return failure;
		},
		follow,
	};
}

function revisionOf(key: string): string {
	return key.slice(0, key.indexOf(" "));
}
