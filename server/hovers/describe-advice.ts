import type { LimitAdvice } from "../../core/config/model.ts";
import { formatCount, formatCounted } from "../../core/texts/format-count.ts";
import { DEFAULT_LIMITS } from "../../core/usage/limits.ts";
import { type Block, paragraph } from "../markup.ts";
import type { HoverSubject } from "./hover-subject.ts";

/** Which limit an advice allows, and whether the limit has that value. */
export function describeAdvice({ insight, file }: HoverSubject, { limit, value }: LimitAdvice): readonly Block[] {
	const days = insight.limits?.[limit] ?? file.config.model?.limits?.[limit];
	const allows = `Allows ${limit} to be ${formatCounted(value, "day")}`;
	if (value === DEFAULT_LIMITS[limit]) return [paragraph(`${allows}, which is the default and needs no advice.`)];
	if (days === undefined) return [paragraph(`${allows}.`)];
	return [
		days === value
			? paragraph(`${allows}, `, { bold: "as it is" }, ".")
			: paragraph(`${allows}. It is not used: the limit is ${formatCount(days)}.`),
	];
}
