import { type InstantMs, parseInstant } from "../core/dates/instant.ts";
import { t } from "../core/texts/translate.ts";
import { readSeverities, type Severities } from "./severities.ts";

/** The settings that the server follows. */
export interface Settings {
	/** `usageReport.asOf`: what counts as now; null for the real one. */
	readonly asOf: InstantMs | null;
	/** `usageReport.history`: a file, absolute or relative to the workspace's folder, or `off`; null for the one beside each project. */
	readonly history: string | null;
	/** `usageReport.memory`: megabytes of loaded data that are kept. */
	readonly memory: number;
	/** `usageReport.reclaimExposure`: up to how many installations a change of limits may newly expose to mandatory policies. */
	readonly reclaimExposure: number;
	/** `usageReport.severities`: by code, families resolved. */
	readonly severities: Severities;
}

/** Settings as long as the client has said nothing. */
export const DEFAULT_SETTINGS: Settings = { asOf: null, history: null, memory: 1024, reclaimExposure: 0, severities: {} };

/** The smallest `usageReport.memory`. */
export const MIN_MEMORY = 64;

/** Reads the section `usageReport`; what can't be used is replaced by its default, and told of in words. */
export function readSettings(section: unknown): { readonly settings: Settings; readonly problems: readonly string[] } {
	const given: { readonly [name in keyof Settings]?: unknown } = typeof section === "object" && section !== null ? section : {};
	const problems: string[] = [];
	const read = <Value>(name: keyof Settings, fallback: Value, parse: (written: unknown) => Value | null, advice: string): Value => {
		const written = given[name];
		if (written === undefined || written === null || written === "") return fallback;
		const value = parse(written);
		if (value === null) problems.push(t`The setting usageReport.${name} is ${advice}: ${JSON.stringify(written)}`);
		return value ?? fallback;
	};
	const severities = readSeverities(given.severities);
	problems.push(...severities.problems);
	return {
		settings: {
			asOf: read("asOf", DEFAULT_SETTINGS.asOf, parseAsOf, t("not an instant such as 2026-11-04T21:00:00Z, so the current time is used")),
			history: read(
				"history",
				DEFAULT_SETTINGS.history,
				parseHistory,
				t("not the name of a file, nor off, so the history beside each project is used"),
			),
			memory: read(
				"memory",
				DEFAULT_SETTINGS.memory,
				parseMemory,
				t`not a whole number of megabytes from ${MIN_MEMORY}, so ${DEFAULT_SETTINGS.memory} are used`,
			),
			reclaimExposure: read(
				"reclaimExposure",
				DEFAULT_SETTINGS.reclaimExposure,
				parseExposure,
				t`not a whole number from 0, so ${DEFAULT_SETTINGS.reclaimExposure} is used`,
			),
			severities: severities.severities,
		},
		problems,
	};
}

function parseAsOf(written: unknown): InstantMs | null {
	return typeof written === "string" ? parseInstant(written) : null;
}

function parseHistory(written: unknown): string | null {
	// Nothing but white space is no name, and no system takes a NUL in one.
	return typeof written === "string" && written.trim() !== "" && !written.includes("\0") ? written.trim() : null;
}

function parseMemory(written: unknown): number | null {
	return typeof written === "number" && Number.isSafeInteger(written) && written >= MIN_MEMORY ? written : null;
}

function parseExposure(written: unknown): number | null {
	return typeof written === "number" && Number.isSafeInteger(written) && written >= 0 ? written : null;
}
