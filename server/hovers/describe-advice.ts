import type { LimitAdvice } from "../../core/config/model.ts";
import { formatCount, formatCounted } from "../../core/texts/format-count.ts";
import { t } from "../../core/texts/translate.ts";
import { DEFAULT_LIMITS } from "../../core/usage/limits.ts";
import { type Block, paragraph } from "../markup.ts";
import type { HoverSubject } from "./hover-subject.ts";

/** Which limit an advice allows, and whether the limit has that value. */
export function describeAdvice({ insight, file }: HoverSubject, { limit, value }: LimitAdvice): readonly Block[] {
	const days = insight.limits?.[limit] ?? file.config.model?.limits?.[limit];
	const allows = t`Allows ${limit} to be ${formatCounted(value, "day")}`;
	if (value === DEFAULT_LIMITS[limit]) return [paragraph(t`${allows}, which is the default and needs no advice.`)];
	if (days === undefined) return [paragraph(`${allows}.`)];
	return [
		days === value
			? paragraph(`${allows}, `, { bold: t("as it is") }, ".")
			: paragraph(t`${allows}. It is not used: the limit is ${formatCount(days)}.`),
	];
}
