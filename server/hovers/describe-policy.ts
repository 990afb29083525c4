import type { ReclaimPolicy } from "../../core/config/model.ts";
import { formatCount, formatCounted } from "../../core/texts/format-count.ts";
import { formatAmounts } from "../../core/texts/format-money.ts";
import { t } from "../../core/texts/translate.ts";
import { isInForce } from "../../core/usage/reclaim.ts";
import type { InstanceFigures } from "../../workspace/insights/estate-figures.ts";
import { describeLimitChange } from "../../workspace/insights/limit-change.ts";
import { type Block, type Part, paragraph } from "../markup.ts";
import { describePolicyImpact } from "./describe-change.ts";
import type { InstanceSubject } from "./hover-subject.ts";
import { countCategory, countInstallations, describeProducts, noProduct } from "./product-table.ts";

/** What a reclaim policy takes now, or would take, what that is worth, and what the present change of limits adds to it. */
export function describePolicy(subject: InstanceSubject, figures: InstanceFigures, policy: ReclaimPolicy): readonly Block[] {
	const products = figures.match(policy.products);
	if (products.length === 0) return [noProduct(policy.products.length === 1 ? t("this product") : t("these products"))];
	return [
		paragraph(...describeReclaimed(figures, policy)),
		...(policy.categories.length < 2
			? []
			: [
					paragraph(policy.categories.map((category) => `${category}: ${formatCount(reclaimedOf(figures, policy, category))}`).join(" · ")),
				]),
		paragraph(
			t`Its patterns match ${formatCounted(products.length, "product")} with ${formatCounted(countInstallations(products), "installation")}:`,
		),
		...describeProducts(products),
		...describeNewly(subject, policy),
	];
}

/** What a policy takes, or would take if it were in force, as one sentence. */
export function describeReclaimed(figures: InstanceFigures, policy: ReclaimPolicy): readonly Part[] {
	const { count, worth } = figures.reclaimed(policy);
	const amounts = worth.size === 0 ? "" : t`, worth ${formatAmounts(worth)}`;
	const installations = { bold: `${formatCounted(count, "installation")}${amounts}` };
	if (isInForce(policy)) return [t("Reclaims "), installations, policy.action === "mandatory" ? "." : t(", unless their users keep them.")];
	return [t("Would reclaim "), installations, policy.enabled ? t(", but is a draft.") : t(", but is off.")];
}

function reclaimedOf(figures: InstanceFigures, policy: ReclaimPolicy, category: ReclaimPolicy["categories"][number]): number {
	return figures.match(policy.products).reduce((sum, { counts }) => sum + countCategory(counts, category), 0);
}

function describeNewly({ insight }: InstanceSubject, policy: ReclaimPolicy): readonly Block[] {
	const change = describeLimitChange(insight);
	const impact = change?.effect?.policies.find((candidate) => candidate.policy.index === policy.index);
	if (change === null || impact === undefined || impact.newlyReclaimed + impact.noLongerReclaimed === 0) return [];
	const since = change.basis === "committed" ? t("Since the last commit: ") : t("Against the deployed limits: ");
	return [paragraph(since, { bold: describePolicyImpact(impact) }, ".")];
}
