import { DEFAULT_LIMITS, type LimitName } from "../usage/limits.ts";
import type { WrittenLimits } from "./model.ts";

/** Of two limits that do not go together, the one to mark: the one that was changed from its default; when both were, the second. */
export function findChangedLimit(limits: WrittenLimits, first: LimitName, second: LimitName): LimitName {
	return limits[second] === DEFAULT_LIMITS[second] ? first : second;
}
