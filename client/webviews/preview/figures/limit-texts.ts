import type { LimitReference, PreviewLimitName, PreviewLimits } from "../../../../server/protocol/preview-messages.ts";
import { formatCount } from "../../shared/format.ts";
import type { Localize } from "../../shared/localize.ts";
import type { LimitFault } from "./limit-rules.ts";

/** Title of a limit. */
export function limitTitle(name: PreviewLimitName, l10n: Localize): string {
	switch (name) {
		case "InstallDateCutOffLimit":
			return l10n.t("Install date cut-off");
		case "UsedCategoryLimit":
			return l10n.t("Used limit");
		case "UnusedCategoryLimit":
			return l10n.t("Unused limit");
	}
}

/** What a limit does, in one plain sentence with its value. */
export function explainLimit(name: PreviewLimitName, limits: PreviewLimits, l10n: Localize): string {
	const days = formatCount(limits[name]);
	switch (name) {
		case "InstallDateCutOffLimit":
			return l10n.t("Never used and installed less than {0} days ago: Recently installed. From {0} days on: Unused.", days);
		case "UsedCategoryLimit":
			return l10n.t("Last used at most {0} days before End of Sync: Used.", days);
		case "UnusedCategoryLimit":
			return l10n.t("Last used {0} days or more before End of Sync: Unused. Between the two limits: Rarely Used.", days);
	}
}

/** Where limits come from, as buttons, columns and marks call it. */
export function referenceName(reference: Pick<LimitReference, "kind" | "name">, l10n: Localize): string {
	switch (reference.kind) {
		case "default":
			return l10n.t("Default");
		case "committed":
			return l10n.t("Committed");
		case "deployed":
			return l10n.t("Deployed");
		case "project":
			return l10n.t("Project");
		case "instance":
			return reference.name ?? l10n.t("Other instance");
	}
}

/** What a reference is, in one plain sentence. */
export function explainReference(reference: Pick<LimitReference, "kind" | "name">, l10n: Localize): string {
	switch (reference.kind) {
		case "default":
			return l10n.t("The vendor's defaults, which only the vendor's advice may change.");
		case "committed":
			return l10n.t("The limits of this file in the last commit.");
		case "deployed":
			return l10n.t("The limits that the database had when its settings were imported.");
		case "project":
			return l10n.t("The limits of the project, which new instances take over.");
		case "instance":
			return l10n.t("The limits of the instance {0} of the same project.", reference.name ?? "");
	}
}

/** `7 / 30 / 90`. */
export function formatLimits(limits: PreviewLimits): string {
	return [limits.InstallDateCutOffLimit, limits.UsedCategoryLimit, limits.UnusedCategoryLimit].map(formatCount).join(" / ");
}

/** What is wrong, and what to do. */
export function describeFault(fault: LimitFault, limits: PreviewLimits, l10n: Localize): string {
	switch (fault.kind) {
		case "order": {
			const names = [
				limitTitle(fault.lower, l10n),
				formatCount(limits[fault.lower]),
				limitTitle(fault.upper, l10n),
				formatCount(limits[fault.upper]),
			];
			return l10n.t("The limits must rise: {0} ({1}) must be less than {2} ({3}).", ...names);
		}
		case "narrow-band":
			return l10n.t(
				"No day is left for Rarely Used: up to {0} days is Used, and from {1} days on is Unused. Set the two limits further apart.",
				formatCount(limits.UsedCategoryLimit),
				formatCount(limits.UnusedCategoryLimit),
			);
		case "zero-cut-off":
			return l10n.t("With 0 days, what is installed today and not yet used is at once Unused, and within reach of reclaim policies.");
	}
}
