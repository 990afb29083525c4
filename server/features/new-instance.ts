import { composeNewInstance } from "../../workspace/edits/new-instance.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { type DescribedDataFile, describeDataFile } from "../known/describe-data-file.ts";
import type { NewInstanceFailure, NewInstanceParams, NewInstanceResult } from "../protocol/settings-messages.ts";

/**
 * The file of a new instance of a project. Nothing is written; a client also asks while a person types, to say what is wrong.
 * @param patience makes a promise that resolves when the look into the data has taken long enough.
 */
export async function proposeInstance(
	workspace: Workspace,
	{ project, name, fileName, data = [] }: NewInstanceParams,
	patience: () => Promise<void>,
): Promise<NewInstanceResult | NewInstanceFailure> {
	const file = workspace.file(project);
	const described: DescribedDataFile[] = [];
	for (const each of file === null ? [] : data) {
		const found = await describeDataFile(workspace, file!, each, patience());
		if (typeof found === "string") return { failed: true, message: found, about: "data" };
		described.push(found);
	}
	const composed = await composeNewInstance(workspace, project, {
		name,
		fileName: fileName ?? null,
		dataSources: described.map(({ entry }) => entry),
	});
	return composed.failed ? composed : { ...composed, open: described.flatMap(({ open }) => open) };
}
