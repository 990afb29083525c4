import type { PreviewPolicy } from "../../../../server/protocol/preview-messages.ts";
import type { Localize } from "../../shared/localize.ts";

/** Whether a policy waits for the person at the device. */
export function policyAction({ action }: PreviewPolicy, l10n: Localize): string {
	if (action === "mandatory") return l10n.t("mandatory");
	return action === "optional" ? l10n.t("optional") : action;
}

/** Whether a policy reclaims anything, and if not, why. */
export function policyState({ state, enabled, inForce }: PreviewPolicy, l10n: Localize): string {
	if (inForce) return l10n.t("in force");
	if (!enabled) return l10n.t("switched off");
	return state === "draft" ? l10n.t("draft") : l10n.t("not in force");
}
