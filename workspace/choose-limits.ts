import { fileNameOf } from "../core/config/file-names.ts";
import type { ConfigFile, Instance, Project } from "../core/config/model.ts";
import { isNothing, valueAt } from "../core/config/value-at.ts";
import { formatCount } from "../core/texts/format-count.ts";
import { t } from "../core/texts/translate.ts";
import { LIMIT_NAMES, type Limits, MAX_LIMIT, makeLimits } from "../core/usage/limits.ts";
import { type Failure, fail } from "./run-failure.ts";
import type { Workspace } from "./workspace.ts";

/** The limits of an instance, and where they stand. */
export interface ChosenLimits {
	readonly limits: Limits;
	/** True when the instance has none of its own and its project's were taken. */
	readonly fromProject: boolean;
}

/** The limits that an instance has: its own, or its project's where it has none. Limits that are written but can't be used are a failure. */
export function chooseLimits(config: ConfigFile, project: Project | null): ChosenLimits | Failure {
	const written = config.model?.kind === "instance" ? config.model.limits : null;
	const own = makeLimits(written ?? {});
	if (own.value !== null) return { limits: own.value, fromProject: false };
	// Limits that are written but can't be used must not become other limits behind one's back.
	if (!isNothing(valueAt(config.tree, ["usageCategory"]))) {
		return fail(
			t`The limits of ${fileNameOf(config.id)} can't be used: ${own.faulty.join(", ")} must be a whole number of days from 0 to ${formatCount(MAX_LIMIT)}.`,
			t("Correct usageCategory, or remove it to take the limits of the project."),
		);
	}
	const inherited = makeLimits(project?.limits ?? {}).value;
	if (inherited !== null) return { limits: inherited, fromProject: true };
	return fail(
		t`${fileNameOf(config.id)} has no limits, and there is no project that gives them.`,
		t`Add usageCategory with ${LIMIT_NAMES.join(", ")}.`,
	);
}

/** The project that an instance names; null when there is none that can be read. */
export function findProject(workspace: Workspace, uri: string, instance: Instance): Project | null {
	const model = instance.project === null ? null : (workspace.file(workspace.resolve(uri, instance.project))?.steadyConfig.model ?? null);
	return model?.kind === "project" ? model : null;
}
