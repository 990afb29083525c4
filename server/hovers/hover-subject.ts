import type { DataSource } from "../../core/config/model.ts";
import type { ConfigPath } from "../../core/problems.ts";
import { mark, t } from "../../core/texts/translate.ts";
import type { EstateFigures } from "../../workspace/insights/estate-figures.ts";
import type { FileInsight, InstanceInsight, ProjectInsight } from "../../workspace/insights/insights.ts";
import type { Workspace, WorkspaceFile } from "../../workspace/workspace.ts";

/** What a hover is about, and what may be looked at to say something about it: nothing that would have to be waited for. */
export interface HoverSubject {
	readonly file: WorkspaceFile;
	/** Of the entry whose key or value it is, or of an item of a list. */
	readonly path: ConfigPath;
	readonly insight: FileInsight;
	readonly figures: EstateFigures;
	readonly workspace: Workspace;
}

export type InstanceSubject = HoverSubject & { readonly insight: InstanceInsight };
export type ProjectSubject = HoverSubject & { readonly insight: ProjectInsight };

/** Says that there will be figures when the data is there. */
export const STILL_LOADING = mark("The data is still being loaded.");

/** Why there are no figures of an instance, in a sentence; null when nothing is wrong, such as without data sources. */
export function whyNoFigures({ loaded, limits, complete, instance }: InstanceInsight): string | null {
	if (loaded !== null && loaded.failures.length > 0) return describeFailures(loaded.failures.map(({ sourceName }) => sourceName));
	if (!instance.dataSources.some(providesEstate)) return null;
	if (limits === null) return t("There are no figures, since the limits cannot be used.");
	return complete ? null : t(STILL_LOADING);
}

/** Says which sources stand in the way. */
export function describeFailures(names: readonly string[]): string {
	const [first] = names;
	return names.length === 1
		? t`There are no figures, since "${first}" cannot be read.`
		: t`There are no figures, since ${names.length} data sources cannot be read.`;
}

export function providesEstate({ provides }: DataSource): boolean {
	return provides === "devices" || provides === "installations";
}
