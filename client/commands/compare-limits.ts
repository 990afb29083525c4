import type { CommandContext } from "./command-context.ts";
import { previewInstalls } from "./preview-installs.ts";

/**
 * Shows what other limits would make of the installations of an instance: its preview on the tab of the limits.
 * @param tab `"compare"` for what the limits are compared with instead.
 * @returns false when no instance was chosen.
 */
export async function compareLimits(context: CommandContext, argument: unknown, tab: unknown): Promise<boolean> {
	const uri = await previewInstalls(context, argument);
	if (uri === null) return false;
	context.previews.tell([uri.toString()], { type: "show", tab: tab === "compare" ? "compare" : "what-if", installation: null });
	return true;
}
