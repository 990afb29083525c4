// What a person should know about the flags of a server. No document is needed here.

import type { Localize } from "../shared/localize.ts";

/** How much a flag asks for: something is wrong, should be looked at, or is worth knowing. */
export type FlagWeight = "alarm" | "warning" | "notice";

/** A flag in words. */
export interface FlagText {
	/** A word or two. */
	readonly label: string;
	/** When a server has it. */
	readonly meaning: string;
	/** What to do about it. */
	readonly advice: string;
}

const WEIGHTS: Readonly<Record<string, FlagWeight>> = {
	"never reported": "alarm",
	stale: "warning",
	"large difference": "warning",
	"over-use": "alarm",
	"under-use": "notice",
	"renewal due": "warning",
	"renewal past": "alarm",
	"server without subscription": "warning",
};

/** Flags that the report can set, in the order in which a row lists them. */
export const KNOWN_FLAGS: readonly string[] = Object.keys(WEIGHTS);

/** The weight of a flag; one that is not known is a notice. */
export function weightOf(name: string): FlagWeight {
	return WEIGHTS[name] ?? "notice";
}

/** Flags in the order in which a row lists them, unknown ones last. */
export function inFlagOrder(names: readonly string[]): readonly string[] {
	const rank = (name: string) => (KNOWN_FLAGS.includes(name) ? KNOWN_FLAGS.indexOf(name) : KNOWN_FLAGS.length);
	return names.toSorted((a, b) => rank(a) - rank(b));
}

/** The words of a flag; one that is not known has its own name and nothing else. */
export function flagText(name: string, l10n: Localize): FlagText {
	switch (name) {
		case "never reported":
			return {
				label: l10n.t("Never reported"),
				meaning: l10n.t("The server has never sent a usage log."),
				advice: l10n.t(
					"Until a log arrives, the use of this server is unknown, not zero. Ask the client for the version of the system and for the state of its timer service.",
				),
			};
		case "stale":
			return {
				label: l10n.t("Stale"),
				meaning: l10n.t("The latest usage log is more than 7 days old. Servers send one every Wednesday at 21:00 UTC."),
				advice: l10n.t("Servers send a log every Wednesday at 21:00 UTC. Until the next one, the figures are those of the last log."),
			};
		case "large difference":
			return {
				label: l10n.t("Large difference"),
				meaning: l10n.t("The number of active Registered users changed within one week far more than is usual for this server."),
				advice: l10n.t(
					"Ask the client what happened: users imported or removed, a merger, a change of the log-in. Then look at the next log.",
				),
			};
		case "over-use":
			return {
				label: l10n.t("Over-use"),
				meaning: l10n.t("More users are active than the client pays for."),
				advice: l10n.t("Talk to the client about more users, or about users who no longer need access, before the renewal."),
			};
		case "under-use":
			return {
				label: l10n.t("Under-use"),
				meaning: l10n.t("Fewer than half of the users that the client pays for are active."),
				advice: l10n.t(
					"Ask what keeps people from using the system: missing training, a roll-out that is not finished, or too large a subscription.",
				),
			};
		case "renewal due":
			return {
				label: l10n.t("Renewal due"),
				meaning: l10n.t("The subscription is renewed today or within 90 days."),
				advice: l10n.t("Prepare the renewal with the figures below: the users paid for, the active users, and where they are heading."),
			};
		case "renewal past":
			return {
				label: l10n.t("Renewal past"),
				meaning: l10n.t("The renewal date passed within the last 90 days."),
				advice: l10n.t("If the subscription was renewed, put its new date into the project file. If not, find out why."),
			};
		case "server without subscription":
			return {
				label: l10n.t("No subscription"),
				meaning: l10n.t("The server sends usage logs, but no subscription names it."),
				advice: l10n.t("Add the server to the subscription that it belongs to, or correct its name in the project file."),
			};
		default:
			return { label: name, meaning: "", advice: "" };
	}
}
