import type { PreviewSummary } from "../../../server/protocol/preview-messages.ts";
import { element } from "../shared/dom.ts";
import { formatCount, formatShare } from "../shared/format.ts";
import type { Localize } from "../shared/localize.ts";
import { CATEGORIES, countsByCategory, swatch } from "./categories.ts";

/** The totals: a tile per category, one bar of their shares, and the reasons of what is unreported. */
export function summarySection(summary: PreviewSummary, l10n: Localize): HTMLElement {
	const counts = countsByCategory(
		summary.totals,
		summary.totals.map((outcome) => outcome.count),
	);
	const reasons = summary.totals.filter((outcome) => outcome.reason !== null);
	return element(
		"div",
		{ class: "summary" },
		element(
			"section",
			{ attributes: { "aria-label": l10n.t("Totals") } },
			element("h2", {}, l10n.t("{0} installations", formatCount(summary.installations))),
			element(
				"ul",
				{ class: "tiles" },
				...CATEGORIES.map((category, index) => tile(category.name, category.class, counts[index] ?? 0, summary.installations)),
			),
			bar(
				counts,
				reasons.map(({ reason, count }) => ({ name: reason ?? "", class: "reason", count })),
				summary.installations,
				l10n,
			),
		),
		element(
			"section",
			{},
			element("h2", { attributes: { id: "reasons" } }, l10n.t("Why unreported")),
			reasonsTable(reasons, summary.installations, l10n),
		),
	);
}

function tile(name: string, colour: string, count: number, total: number): HTMLElement {
	return element(
		"li",
		{ class: `tile ${colour}` },
		element("span", { class: "tile-name" }, swatch(name), name),
		element("span", { class: "tile-count" }, formatCount(count)),
		element("span", { class: "tile-share" }, formatShare(count, total)),
	);
}

interface Segment {
	readonly name: string;
	readonly class: string;
	readonly count: number;
}

/**
 * One bar in three levels, each splitting the one above it: reported or not, the categories, and the reasons. The tiles and
 * the table beside it say the same in words.
 */
function bar(counts: readonly number[], reasons: readonly Segment[], total: number, l10n: Localize): HTMLElement {
	const categories = CATEGORIES.map(({ name, class: colour }, index) => ({ name, class: colour, count: counts[index] ?? 0 }));
	const unreported = counts[3] ?? 0;
	const label = categories.map(({ name, count }) => `${name} ${formatShare(count, total)}`).join(", ");
	return element(
		"div",
		{ class: "bar", attributes: { role: "img", "aria-label": label } },
		branch(l10n.t("Reported"), total - unreported, total, [categories.slice(0, 3)]),
		branch("Unreported", unreported, total, [categories.slice(3), reasons]),
	);
}

/** One side of the bar, as wide as its share: its caption, and the levels below it. */
function branch(name: string, count: number, total: number, levels: readonly (readonly Segment[])[]): HTMLElement | null {
	if (count === 0) return null;
	const caption = `${name} ${formatShare(count, total)}`;
	const made = element(
		"div",
		{ class: "branch" },
		element("span", { class: "caption", attributes: { title: caption } }, caption),
		...levels.map((segments) =>
			element("div", { class: "level" }, ...segments.filter((segment) => segment.count > 0).map((segment) => segmentOf(segment, total))),
		),
	);
	made.style.flexGrow = String(count);
	return made;
}

function segmentOf({ name, class: colour, count }: Segment, total: number): HTMLElement {
	const segment = element("span", {
		class: `segment ${colour}`,
		attributes: { title: `${name}: ${formatCount(count)} (${formatShare(count, total)})` },
	});
	segment.style.flexGrow = String(count);
	return segment;
}

function reasonsTable(reasons: PreviewSummary["totals"], total: number, l10n: Localize): HTMLElement {
	const rows = reasons.map(({ reason, count }) =>
		element(
			"tr",
			{ class: count === 0 ? "none" : "" },
			element("th", { attributes: { scope: "row" } }, reason ?? ""),
			element("td", { class: "numeric" }, formatCount(count)),
			element("td", { class: "numeric share" }, formatShare(count, total)),
		),
	);
	return element(
		"table",
		{ class: "plain reasons", attributes: { "aria-labelledby": "reasons" } },
		element(
			"thead",
			{ class: "sr-only" },
			element(
				"tr",
				{},
				...[l10n.t("Reason"), l10n.t("Installations"), l10n.t("Share")].map((name) =>
					element("th", { attributes: { scope: "col" } }, name),
				),
			),
		),
		element("tbody", {}, ...rows),
	);
}
