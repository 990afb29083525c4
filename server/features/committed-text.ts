import { t } from "../../core/texts/translate.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import type { Failure } from "../protocol/requests.ts";
import type { CommittedTextParams, CommittedTextResult } from "../protocol/settings-messages.ts";

/** What the last commit has of a configuration, or why there is nothing. */
export async function readCommitted(
	workspace: Workspace,
	{ uri }: CommittedTextParams,
	signal: AbortSignal,
): Promise<CommittedTextResult | Failure> {
	const file = workspace.file(uri);
	if (file === null) return { failed: true, message: t("There is no such configuration in the workspace.") };
	const found = await workspace.committed.find(file.uri, signal);
	return "failed" in found ? found : { failed: false, text: found.text };
}
