import { t } from "../../core/texts/translate.ts";
import { runSettings } from "../../workspace/runs/run-settings.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { type ProgressReporter, withProgress } from "../progress.ts";
import type { Failure } from "../protocol/requests.ts";
import type { SettingsScriptParams, SettingsScriptResult } from "../protocol/settings-messages.ts";

/** The T-SQL of a configuration's limits, from its text as it is now. Its changes depend on the linked data, which is waited for. */
export async function writeScript(
	workspace: Workspace,
	{ uri }: SettingsScriptParams,
	signal: AbortSignal,
	progress: ProgressReporter,
): Promise<SettingsScriptResult | Failure> {
	return withProgress(progress, t("Writing the settings script"), async () => {
		const run = await runSettings(workspace, uri, { signal });
		return run.failed ? run : { failed: false, text: run.text, leftOut: run.leftOut };
	});
}
