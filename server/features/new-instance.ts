import { composeNewInstance } from "../../workspace/edits/new-instance.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import type { NewInstanceFailure, NewInstanceParams, NewInstanceResult } from "../protocol/settings-messages.ts";

/** The file of a new instance of a project. Nothing is written; a client also asks while a person types, to say what is wrong. */
export async function proposeInstance(
	workspace: Workspace,
	{ project, name, fileName }: NewInstanceParams,
): Promise<NewInstanceResult | NewInstanceFailure> {
	return composeNewInstance(workspace, project, { name, fileName: fileName ?? null });
}
