import { fileNameOf } from "../../core/config/file-names.ts";
import { foldName } from "../../core/config/fold-name.ts";
import type { LimitAdvice, Project } from "../../core/config/model.ts";
import { t } from "../../core/texts/translate.ts";
import { DEFAULT_LIMITS, LIMIT_NAMES } from "../../core/usage/limits.ts";
import { listInstances, readProject } from "../entities/instances-of.ts";
import { type Failure, fail } from "../run-failure.ts";
import type { Workspace } from "../workspace.ts";
import { composeConfig } from "./compose-config.ts";
import { configNameFor, findFaultyName, findFreeName, isTaken, uriBeside } from "./new-file-names.ts";

/** A new instance of a project, not written yet. */
export interface NewInstance {
	readonly failed: false;
	/** Of a file beside the project's that does not exist. */
	readonly uri: string;
	readonly fileName: string;
	readonly text: string;
}

/** Why there cannot be such an instance. */
export interface NewInstanceFailure extends Failure {
	/** What a person would change; null when it is neither. */
	readonly about: "name" | "fileName" | null;
}

/** What a person has said of a new instance. */
interface InstanceDraft {
	readonly name: string;
	readonly fileName: string | null;
	readonly dataSources?: readonly Readonly<Record<string, unknown>>[];
}

/**
 * The file of a new instance of a project: a copy of the project's limits as they are now, and of the advice that allows them. Its data sources are left to the
 * person, unless they are given.
 * @param name unique among the project's instances, whatever its case.
 * @param fileName null for one made from the name.
 * @param dataSources entries as they are to be written; none where the person adds them later.
 */
export async function composeNewInstance(
	workspace: Workspace,
	projectUri: string,
	{ name, fileName, dataSources = [] }: InstanceDraft,
): Promise<NewInstance | NewInstanceFailure> {
	const found = await readProject(workspace, projectUri);
	if ("failed" in found) return { ...found, about: null };
	const { file, project } = found;
	const title = name.trim();
	const faultyName = findFaultyTitle(workspace, file.uri, title);
	if (faultyName !== null) return { ...fail(faultyName), about: "name" };
	const chosen = fileName?.trim() ?? (await findFreeName(workspace, file.uri, configNameFor(title)));
	const uri = workspace.canonicalUri(uriBeside(file.uri, chosen));
	const faultyFile =
		findFaultyName(chosen) ?? ((await isTaken(workspace, uri)) ? t`There is a file ${chosen} already. Choose another name.` : null);
	if (faultyFile !== null) return { ...fail(faultyFile), about: "fileName" };
	return { failed: false, uri, fileName: chosen, text: composeText(project, fileNameOf(file.uri), title, dataSources) };
}

function findFaultyTitle(workspace: Workspace, projectUri: string, name: string): string | null {
	if (name === "") return t("An instance needs a name.");
	const twin = listInstances(workspace).find(
		(each) => each.projectUri === projectUri && each.instance.name !== null && foldName(each.instance.name) === foldName(name),
	);
	return twin === undefined ? null : t`${fileNameOf(twin.file.uri)} has this name already. An instance's name is unique in its project.`;
}

function composeText(project: Project, projectFile: string, name: string, dataSources: InstanceDraft["dataSources"] = []): string {
	const limits = LIMIT_NAMES.flatMap((limit) => {
		const days = project.limits?.[limit];
		return days === undefined ? [] : [[limit, days] as const];
	});
	const advice = project.limitAdvice.filter((entry) => isNeeded(entry, project));
	const whose = project.title === null ? projectFile : t`the project ${project.title} (${projectFile})`;
	return composeConfig(
		{
			kind: "instance",
			name,
			project: projectFile,
			usageCategory: limits.length === 0 ? undefined : Object.fromEntries(limits),
			limitAdvice: advice.length === 0 ? undefined : advice.map(copyAdvice),
			dataSources: dataSources.length === 0 ? undefined : dataSources,
		},
		[
			limits.length === 0
				? `A new instance of ${whose}, which has no limits to copy.`
				: `A new instance of ${whose}. Its limits are a copy: when those of the project change, these do not follow.`,
		],
	);
}

/** Advice is needed for a value that is not the vendor's default. */
function isNeeded({ limit, value }: LimitAdvice, { limits }: Project): boolean {
	return limits?.[limit] === value && value !== DEFAULT_LIMITS[limit];
}

function copyAdvice({ limit, value, reference, date }: LimitAdvice): Readonly<Record<string, unknown>> {
	return { limit, value, ...(reference === null ? {} : { reference }), ...(date === null ? {} : { date }) };
}
