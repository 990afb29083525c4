import type { PreviewLimitName, PreviewLimits } from "../../../../server/protocol/preview-messages.ts";

/** The three limits in the order in which they must rise. */
export const LIMIT_NAMES: readonly PreviewLimitName[] = ["InstallDateCutOffLimit", "UsedCategoryLimit", "UnusedCategoryLimit"];

/** Largest limit that a configuration accepts: a hundred years. */
export const MAX_DAYS = 36_500;

/** Something about three limits that a person should know before applying them. */
export type LimitFault =
	/** `lower` must be less than `upper`, and is not. */
	| { readonly kind: "order"; readonly lower: PreviewLimitName; readonly upper: PreviewLimitName }
	/** The Unused limit is the day after the Used limit: no day is left for Rarely Used. */
	| { readonly kind: "narrow-band" }
	/** What is installed today is at once Unused. */
	| { readonly kind: "zero-cut-off" };

/** What is wrong with limits, in their order; only the order forbids to apply them. */
export function findLimitFaults(limits: PreviewLimits): readonly LimitFault[] {
	const { InstallDateCutOffLimit: install, UsedCategoryLimit: used, UnusedCategoryLimit: unused } = limits;
	const faults: LimitFault[] = [];
	if (install === 0) faults.push({ kind: "zero-cut-off" });
	if (install >= used) faults.push({ kind: "order", lower: "InstallDateCutOffLimit", upper: "UsedCategoryLimit" });
	if (used >= unused) faults.push({ kind: "order", lower: "UsedCategoryLimit", upper: "UnusedCategoryLimit" });
	if (unused === used + 1) faults.push({ kind: "narrow-band" });
	return faults;
}

/** The limits that a fault is about, beside whose fields it is told. */
export function limitsOfFault(fault: LimitFault): readonly PreviewLimitName[] {
	if (fault.kind === "order") return [fault.lower, fault.upper];
	return fault.kind === "zero-cut-off" ? ["InstallDateCutOffLimit"] : ["UsedCategoryLimit", "UnusedCategoryLimit"];
}

export function sameLimits(one: PreviewLimits, other: PreviewLimits): boolean {
	return LIMIT_NAMES.every((name) => one[name] === other[name]);
}

/** Whole days from 0 to {@link MAX_DAYS} as a person writes them, with or without thousands separators; null for anything else. */
export function readDays(text: string): number | null {
	const digits = text.trim().replace(/(?<=\d)[,.\u00A0\u202F' ](?=\d{3}(\D|$))/g, "");
	if (!/^\d{1,9}$/.test(digits)) return null;
	const days = Number(digits);
	return days <= MAX_DAYS ? days : null;
}

/** A value within 0 to {@link MAX_DAYS}, whole. */
export function clampDays(days: number): number {
	return Math.max(0, Math.min(MAX_DAYS, Math.round(days)));
}

/** Lengths that a slider can have, in days. */
const SLIDER_DAYS = [14, 30, 60, 90, 120, 180, 270, 365, 545, 730, 1095, 1825, 3650, 7300, 14_600, MAX_DAYS];

/**
 * Length of a slider: room for every value and about as much again. It never becomes shorter than it was, since a slider whose
 * range changes under the pointer jumps; it grows when a value does not fit.
 * @param before length so far; null at first.
 */
export function sliderLength(values: readonly number[], before: number | null): number {
	const largest = Math.max(0, ...values);
	if (before !== null && largest <= before) return before;
	return SLIDER_DAYS.find((days) => days >= largest * 2) ?? MAX_DAYS;
}
