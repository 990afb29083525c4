import type { InstantMs } from "../../core/dates/instant.ts";
import { composeNewProject } from "../../workspace/edits/new-project.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import type { NewProjectFailure, NewProjectParams, NewProjectResult } from "../protocol/client-messages.ts";

/** The file of a new project. Nothing is written; a client also asks while a person types, to say what is wrong. */
export async function proposeProject(
	workspace: Workspace,
	now: () => InstantMs,
	params: NewProjectParams,
): Promise<NewProjectResult | NewProjectFailure> {
	return composeNewProject(workspace, now(), params);
}
