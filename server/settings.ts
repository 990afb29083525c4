import { type InstantMs, parseInstant } from "../core/dates/instant.ts";

/** The settings that the server follows. */
export interface Settings {
	/** `usageReport.asOf`: what counts as now; null for the real one. */
	readonly asOf: InstantMs | null;
}

/** Settings as long as the client has said nothing. */
export const DEFAULT_SETTINGS: Settings = { asOf: null };

/** Reads the section `usageReport`; what can't be used is replaced by its default, and told of in words. */
export function readSettings(section: unknown): { readonly settings: Settings; readonly problems: readonly string[] } {
	const asOf: unknown = typeof section === "object" && section !== null && "asOf" in section ? section.asOf : null;
	if (asOf === null || asOf === undefined || asOf === "") return { settings: DEFAULT_SETTINGS, problems: [] };
	const instant = typeof asOf === "string" ? parseInstant(asOf) : null;
	if (instant !== null) return { settings: { asOf: instant }, problems: [] };
	const problem = `The setting usageReport.asOf is not an instant such as 2026-11-04T21:00:00Z, so the current time is used: ${JSON.stringify(asOf)}`;
	return { settings: DEFAULT_SETTINGS, problems: [problem] };
}
