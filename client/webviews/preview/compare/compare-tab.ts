import "@vscode-elements/elements/dist/vscode-button/index.js";
import { html, nothing, render, type TemplateResult } from "lit";
import type { ImpactResult, PreviewLimits } from "../../../../server/protocol/preview-messages.ts";
import { formatCount, formatDifference } from "../../shared/format.ts";
import { swatch } from "../categories.ts";
import { formatMoney } from "../figures/amounts.ts";
import { LIMIT_NAMES, sameLimits } from "../figures/limit-rules.ts";
import { explainReference, formatLimits, limitTitle, referenceName } from "../figures/limit-texts.ts";
import { unchangedImpact } from "../figures/outcomes.ts";
import type { PreviewContext, PreviewTabView } from "../preview-state.ts";
import { type ComparedRow, compareRows } from "./compare-rows.ts";
import { createDifferingProducts } from "./differing-products.ts";

/** One column of the comparison. */
interface ComparedColumn {
	readonly key: string;
	readonly name: string;
	readonly explanation: string;
	readonly limits: PreviewLimits;
}

/** All limits that there are to compare with, side by side on this estate, and the products that differ. */
export function createCompareTab(context: PreviewContext): PreviewTabView {
	const { host, state, l10n } = context;
	const element = document.createElement("div");
	element.className = "compare";
	const products = createDifferingProducts(context);
	// Answers for the present revision by limits; null while they are asked for.
	let impacts = new Map<string, ImpactResult | null>();
	let revision = -1;
	let failure: string | null = null;
	let onlyDifferences = host.kept["compareAll"] !== true;
	let against = typeof host.kept["compareAgainst"] === "string" ? host.kept["compareAgainst"] : "";

	/** The file's own, the references, and the what-if. */
	function columns(): readonly ComparedColumn[] {
		const { summary, limits } = state.current;
		const own = {
			key: "own",
			name: summary.limitsFromProject ? l10n.t("In use (the project's)") : l10n.t("File"),
			explanation: l10n.t("The limits that are in use now."),
			limits: summary.limits,
		};
		const references = summary.references.map((reference) => ({
			key: `${reference.kind} ${reference.name ?? ""}`,
			name: reference.kind === "instance" ? l10n.t("Instance {0}", reference.name ?? "") : referenceName(reference, l10n),
			explanation: explainReference(reference, l10n),
			limits: reference.limits,
		}));
		const tried =
			limits === null ? [] : [{ key: "what-if", name: l10n.t("What if"), explanation: l10n.t("The limits of the tab What If."), limits }];
		return [own, ...references, ...tried];
	}

	const keyOf = (limits: PreviewLimits) => formatLimits(limits);

	function impactOf(limits: PreviewLimits): ImpactResult | null {
		const { summary } = state.current;
		return sameLimits(limits, summary.limits) ? unchangedImpact(summary) : (impacts.get(keyOf(limits)) ?? null);
	}

	async function follow(): Promise<void> {
		const { summary } = state.current;
		if (revision !== state.current.revision) {
			revision = state.current.revision;
			impacts = new Map();
		}
		const answers = impacts;
		for (const { limits } of columns()) {
			const key = keyOf(limits);
			if (sameLimits(limits, summary.limits) || answers.has(key)) continue;
			answers.set(key, null);
			try {
				answers.set(key, await host.ask("impact", { limits }));
				failure = null;
			} catch (error) {
				answers.delete(key);
				failure = error instanceof Error ? error.message : String(error);
			}
			// The data may have changed meanwhile: then these answers are nobody's any more.
			if (answers !== impacts) return;
			draw();
			if (failure !== null) return;
		}
	}

	function setAgainst(key: string): void {
		against = key;
		host.keep({ compareAgainst: key });
		draw();
	}

	function draw(): void {
		const all = columns();
		const others = all.slice(1);
		const chosen =
			others.find(({ key }) => key === against) ??
			others.find(({ limits }) => !sameLimits(limits, state.current.summary.limits)) ??
			others[0] ??
			null;
		products.show(chosen === null ? null : chosen.limits);
		render(
			html`${failure === null ? nothing : html`<div class="figure-failure" role="alert"><span>${failure}</span><vscode-button secondary @click=${retry}>${l10n.t("Try Again")}</vscode-button></div>`}
				${others.length === 0 ? html`<p class="figure-empty">${l10n.t("There are no other limits to compare with.")}</p>` : table(all)}
				${chosen === null ? nothing : differing(others, chosen)}`,
			element,
		);
	}

	function retry(): void {
		failure = null;
		void follow();
		draw();
	}

	function table(everything: readonly ComparedColumn[]): TemplateResult {
		const { summary } = state.current;
		const same = everything.slice(1).filter(({ limits }) => sameLimits(limits, summary.limits));
		const all = onlyDifferences ? everything.filter((column) => !same.includes(column)) : everything;
		const rows = compareRows(
			summary,
			all.map(({ limits }) => ({ limits, impact: impactOf(limits) })),
		);
		const shown = rows.filter((row) => row.kind === "limit" || !onlyDifferences || row.differs);
		const isWaiting = rows.some(({ values }) => values.includes(null));
		const groups = [
			{ title: l10n.t("Limits in days"), rows: shown.filter(({ kind }) => kind === "limit") },
			{ title: l10n.t("Installations"), rows: shown.filter(({ kind }) => kind === "category" || kind === "reason") },
			{ title: l10n.t("Reclaimed by policies"), rows: shown.filter(({ kind }) => kind === "policy") },
			{ title: l10n.t("Worth"), rows: shown.filter(({ kind }) => kind === "worth") },
		].filter((group) => group.rows.length > 0);
		const toggle = (event: Event) => {
			onlyDifferences = (event.target as HTMLInputElement).checked;
			host.keep({ compareAll: !onlyDifferences });
			draw();
		};
		return html`<div class="compare-tools">
				<h2 class="figure-title" id="compare">${l10n.t("Limits side by side")} <span>${l10n.t("what each would make of this estate")}</span></h2>
				<label class="compare-check"><input type="checkbox" .checked=${onlyDifferences} @change=${toggle} />${l10n.t("Differences only")}</label>
			</div>
			<div class="figure-scroll" role="region" tabindex="0" aria-labelledby="compare"><table class="figure-table compare-table" aria-labelledby="compare">
				<thead>
					<tr>
						<td></td>
						${all.map((column, index) => html`<th scope="col" class="numeric" title=${column.explanation}>${head(column, index)}</th>`)}
					</tr>
				</thead>
				${groups.map(
					(group) => html`<tbody>
						<tr class="compare-group"><th scope="rowgroup" colspan=${all.length + 1}>${group.title}</th></tr>
						${group.rows.map((row) => drawRow(row))}
					</tbody>`,
				)}
			</table></div>
			${onlyDifferences && same.length > 0 ? html`<p class="figure-empty">${l10n.t("The same as the file: {0}.", same.map(({ name }) => name).join(", "))}</p>` : nothing}
			${all.length > 1 && onlyDifferences && !isWaiting && shown.length === LIMIT_NAMES.length ? html`<p class="figure-empty">${l10n.t("The limits differ, but on this estate they come to the same counts.")}</p>` : nothing}`;
	}

	function head({ key, name, limits }: ComparedColumn, index: number): TemplateResult {
		const { summary } = state.current;
		const take = () => state.change({ limits: sameLimits(limits, summary.limits) ? null : limits, tab: "what-if" });
		const isOwn = index === 0 || key === "what-if";
		return html`<div>
			<span dir="auto">${name}</span>
			${isOwn ? nothing : html`<vscode-button secondary title=${l10n.t("Take over {0} into What If", formatLimits(limits))} @click=${take}>${l10n.t("Take Over")}</vscode-button>`}
		</div>`;
	}

	function drawRow(row: ComparedRow): TemplateResult {
		const own = row.values[0] ?? null;
		return html`<tr class=${row.kind === "reason" ? "reason-row" : ""}>
			<th scope="row" dir="auto">${rowName(row)}</th>
			${row.values.map((value, index) => {
				if (value === null) return html`<td class="numeric zero">…</td>`;
				const differs = index > 0 && own !== null && value !== own;
				const [text, difference] =
					row.kind === "worth"
						? [formatMoney(value, row.currency), formatMoney(value - (own ?? 0), row.currency, true)]
						: [formatCount(value), formatDifference(value - (own ?? 0))];
				return html`<td class="numeric ${differs ? "differs" : ""}">${text}${differs ? html`<span class="compare-difference">${difference}</span>` : nothing}</td>`;
			})}
		</tr>`;
	}

	function rowName(row: ComparedRow): TemplateResult | string {
		switch (row.kind) {
			case "limit":
				return limitTitle(row.name, l10n);
			case "policy":
				return row.inForce ? row.name : l10n.t("{0} (not in force)", row.name);
			case "category":
			case "worth":
				return html`${swatch(row.name)}${row.name}`;
			case "reason":
				return row.name;
		}
	}

	function differing(others: readonly ComparedColumn[], chosen: ComparedColumn): TemplateResult {
		return html`<section class="compare-products">
			<h2 class="figure-title" id="differing">${l10n.t("Products that differ")}</h2>
			<div class="compare-against">
				<label for="against">${l10n.t("Compared with")}</label>
				<select class="figure-select" id="against" @change=${(event: Event) => setAgainst((event.target as HTMLSelectElement).value)}>
					${others.map(({ key, name, limits }) => html`<option value=${key} ?selected=${key === chosen.key}>${l10n.t("{0} ({1})", name, formatLimits(limits))}</option>`)}
				</select>
			</div>
			${sameLimits(chosen.limits, state.current.summary.limits) ? html`<p class="figure-empty">${l10n.t("These limits are the same, so no product differs.")}</p>` : products.element}
		</section>`;
	}

	return {
		element,
		update() {
			void follow();
			draw();
		},
	};
}
