import { html, type TemplateResult } from "lit";
import type { ImpactResult } from "../../../../server/protocol/preview-messages.ts";
import { type BarSegment, stackedBar } from "../../shared/charts/stacked-bar.ts";
import { formatCount, formatShare } from "../../shared/format.ts";
import { placesOf, sumCategories } from "../figures/outcomes.ts";
import { showInstallations } from "../figures/show-installations.ts";
import type { PreviewContext } from "../preview-state.ts";

/** Three bars, each splitting a part of the one above: what is reported, how it is used, and why the rest is unreported. */
export function outcomeBars(context: PreviewContext, { totals }: ImpactResult): TemplateResult {
	const { state, l10n } = context;
	const { summary } = state.current;
	const own = summary.totals;
	const isWhatIf = state.current.limits !== null;
	const after = sumCategories(own, totals);
	const before = sumCategories(
		own,
		own.map(({ count }) => count),
	);
	const [used = 0, rarely = 0, unused = 0, unreported = 0] = after;
	const reported = used + rarely + unused;
	const pick =
		(...places: readonly number[]) =>
		() =>
			showInstallations(state, { outcomes: places });
	const was = (count: number) => (isWhatIf ? { before: count } : {});
	const category = (name: string, colour: string, index: number): BarSegment => ({
		name,
		colour,
		count: after[index] ?? 0,
		...was(before[index] ?? 0),
		onPick: pick(...placesOf(own, name)),
	});
	const unreportedPlaces = placesOf(own, "Unreported");
	const reportedPlaces = own.flatMap((outcome, index) => (outcome.category === "Unreported" ? [] : [index]));
	const levels = [
		{
			title: l10n.t("All installations"),
			note: formatCount(summary.installations),
			segments: [
				{
					name: l10n.t("Reported"),
					colour: "reported pattern-1",
					count: reported,
					...was(summary.installations - (before[3] ?? 0)),
					onPick: pick(...reportedPlaces),
				},
				{
					name: "Unreported",
					colour: "unreported pattern-4",
					count: unreported,
					...was(before[3] ?? 0),
					onPick: pick(...unreportedPlaces),
				},
			],
		},
		{
			title: l10n.t("How the reported ones are used"),
			note: l10n.t("{0}, {1} of all", formatCount(reported), formatShare(reported, summary.installations)),
			segments: [
				category("Used", "used pattern-1", 0),
				category("Rarely Used", "rarely pattern-2", 1),
				category("Unused", "unused pattern-3", 2),
			],
		},
		{
			title: l10n.t("Why the others are unreported"),
			note: l10n.t("{0}, {1} of all", formatCount(unreported), formatShare(unreported, summary.installations)),
			segments: unreportedPlaces.map((place, index) => ({
				name: own[place]?.reason ?? "",
				number: index + 1,
				colour: `reason-${index + 1}`,
				count: totals[place] ?? 0,
				...was(own[place]?.count ?? 0),
				onPick: pick(place),
			})),
		},
	];
	return html`<div class="overview-bars">
		${levels.map(
			({ title, note, segments }) => html`<section>
				<h2 class="figure-title">${title} <span>${note}</span></h2>
				${stackedBar({ label: title, segments, action: l10n.t("Show in the table"), l10n })}
			</section>`,
		)}
	</div>`;
}
