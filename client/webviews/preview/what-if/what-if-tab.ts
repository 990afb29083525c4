import "@vscode-elements/elements/dist/vscode-button/index.js";
import { html, nothing, render, type TemplateResult } from "lit";
import type { PreviewLimits, SensitivityCurve } from "../../../../server/protocol/preview-messages.ts";
import { formatCount, formatDifference, formatShare } from "../../shared/format.ts";
import { CATEGORIES, swatch } from "../categories.ts";
import { createLatest } from "../figures/latest.ts";
import { findLimitFaults, LIMIT_NAMES, sameLimits } from "../figures/limit-rules.ts";
import { describeFault, explainReference, formatLimits, referenceName } from "../figures/limit-texts.ts";
import { placesOf, sumCategories } from "../figures/outcomes.ts";
import { showInstallations } from "../figures/show-installations.ts";
import { createWhatIfFigures } from "../figures/what-if-figures.ts";
import type { PreviewContext, PreviewTabView } from "../preview-state.ts";
import { createLimitCard } from "./limit-card.ts";
import { effectsSection } from "./what-if-effects.ts";

/** Time that the curves of a limit wait for the next move of another slider, in milliseconds. */
const CURVE_WAIT_MS = 60;

/** Three limits to play with, and all that they would change. */
export function createWhatIfTab(context: PreviewContext): PreviewTabView {
	const { host, state, l10n } = context;
	const element = document.createElement("div");
	element.className = "what-if";
	const figures = createWhatIfFigures(context, draw);
	const cards = LIMIT_NAMES.map((name) => createLimitCard(name, l10n, (days) => set({ ...limitsNow(), [name]: days })));
	let curves: readonly SensitivityCurve[] = [];
	let curvesAsked = "";
	let message: { readonly text: string; readonly isFailure: boolean } | null = null;
	let isApplying = false;
	const latest = createLatest({
		ask: ({ limits }: { readonly limits: PreviewLimits; readonly revision: number }, signal) => host.ask("sensitivity", { limits }, signal),
		schedule: (run) => void setTimeout(run, CURVE_WAIT_MS),
		onResult({ revision }, result) {
			if (revision !== state.current.revision) return;
			curves = result.curves;
			draw();
		},
		onFailure(_, reason) {
			curvesAsked = "";
			message = { text: l10n.t("The curves could not be drawn. {0}", textOf(reason)), isFailure: true };
			draw();
		},
	});

	const limitsNow = (): PreviewLimits => state.current.limits ?? state.current.summary.limits;

	function set(limits: PreviewLimits): void {
		message = null;
		state.change({ limits: sameLimits(limits, state.current.summary.limits) ? null : limits });
		draw();
	}

	function followCurves(): void {
		const limits = limitsNow();
		const { revision } = state.current;
		const key = `${revision} ${JSON.stringify(limits)}`;
		if (key === curvesAsked) return;
		curvesAsked = key;
		latest.want({ limits, revision });
	}

	async function apply(): Promise<void> {
		const limits = limitsNow();
		isApplying = true;
		message = null;
		draw();
		try {
			const { applied } = await host.ask("applyLimits", { limits });
			message = applied
				? {
						text: l10n.t("The limits {0} stand in the file now. Undo in its editor takes them back.", formatLimits(limits)),
						isFailure: false,
					}
				: { text: l10n.t("Nothing was written."), isFailure: false };
		} catch (error) {
			message = { text: textOf(error), isFailure: true };
		}
		isApplying = false;
		// Once the preview has followed the file the limits are its own; until then they stay what they are, so that nothing jumps.
		figures.follow();
		draw();
	}

	function draw(): void {
		const { summary, limits: whatIf } = state.current;
		const limits = limitsNow();
		for (const [index, card] of cards.entries()) card.show({ summary, limits, isWhatIf: whatIf !== null, curve: curves[index] ?? null });
		render(
			html`${strip()}
				${message === null ? nothing : html`<p class=${message.isFailure ? "figure-failure" : "figure-done"} role=${message.isFailure ? "alert" : "status"}>${message.text}</p>`}
				${figures.failure === null ? nothing : html`<p class="figure-failure" role="alert">${figures.failure}</p>`} ${presets()}
				<div class="what-if-columns">
					<div class="limit-cards">${cards.map((card) => card.element)}</div>
					<div class="what-if-effects" aria-busy=${figures.isBehind ? "true" : "false"}>${effectsSection(context, figures.impact)}</div>
				</div>`,
			element,
		);
	}

	/** The four categories and what can be done; it stays in sight while the page is scrolled. */
	function strip(): TemplateResult {
		const { summary, limits: whatIf } = state.current;
		const before = sumCategories(
			summary.totals,
			summary.totals.map(({ count }) => count),
		);
		const after = sumCategories(summary.totals, figures.impact.totals);
		const reason = whyNotApply();
		return html`<div class="what-if-strip">
			<ul class="strip-figures" aria-label=${l10n.t("Installations by category")}>
				${CATEGORIES.map(({ name }, index) => {
					const count = after[index] ?? 0;
					const difference = count - (before[index] ?? 0);
					return html`<li>
						<button type="button" class="strip-figure" title=${l10n.t("Show in the table")} @click=${() => showInstallations(state, { outcomes: placesOf(summary.totals, name) })}>
							<span class="strip-name">${swatch(name)}${name}</span>
							<span class="strip-count">${formatCount(count)}</span>
							<span class="strip-share">${formatShare(count, summary.installations)}</span>
							<span class="strip-difference ${difference === 0 ? "zero" : ""}">${formatDifference(difference)}</span>
						</button>
					</li>`;
				})}
			</ul>
			<div class="strip-actions">
				<div class="buttons">
					<vscode-button secondary ?disabled=${whatIf === null} @click=${() => set(summary.limits)}>${l10n.t("Reset")}</vscode-button>
					<vscode-button ?disabled=${reason !== null || isApplying} aria-describedby="why-not-apply" @click=${() => void apply()}>${l10n.t("Apply to YAML")}</vscode-button>
				</div>
				<p class="strip-note" id="why-not-apply">
					${reason ?? (figures.impact.moved === 1 ? l10n.t("1 installation changes category.") : l10n.t("{0} installations change category.", formatCount(figures.impact.moved)))}
				</p>
			</div>
		</div>`;
	}

	function whyNotApply(): string | null {
		const { summary, limits } = state.current;
		if (limits === null)
			return summary.limitsFromProject
				? l10n.t("These are the project's limits. Move one to see what changes.")
				: l10n.t("The file has these limits. Move one to see what changes.");
		const broken = findLimitFaults(limits).find(({ kind }) => kind === "order");
		return broken === undefined ? null : describeFault(broken, limits, l10n);
	}

	function presets(): TemplateResult {
		const { summary } = state.current;
		const limits = limitsNow();
		const own = {
			key: "own",
			name: summary.limitsFromProject ? l10n.t("In use") : l10n.t("File"),
			limits: summary.limits,
			explanation: l10n.t("The limits that are in use now."),
		};
		const others = summary.references.map((reference) => ({
			key: `${reference.kind} ${reference.name ?? ""}`,
			name: referenceName(reference, l10n),
			limits: reference.limits,
			explanation: explainReference(reference, l10n),
		}));
		return html`<div class="presets" role="group" aria-label=${l10n.t("Take limits from")}>
			<span class="presets-title">${l10n.t("Take limits from")}</span>
			${[own, ...others].map(
				(preset) => html`<button
					type="button"
					class="preset"
					aria-pressed=${sameLimits(limits, preset.limits) ? "true" : "false"}
					title=${preset.explanation}
					@click=${() => set(preset.limits)}
				>
					<span dir="auto">${preset.name}</span> <span class="preset-limits">${formatLimits(preset.limits)}</span>
				</button>`,
			)}
		</div>`;
	}

	return {
		element,
		update() {
			figures.follow();
			followCurves();
			draw();
		},
	};
}

function textOf(reason: unknown): string {
	return reason instanceof Error ? reason.message : String(reason);
}
