import { html, nothing, render, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { PreviewProblem } from "../../../../server/protocol/preview-messages.ts";
import { formatCount } from "../../shared/format.ts";
import type { PreviewContext, PreviewTabView } from "../preview-state.ts";
import { type CodeGroup, groupProblems, type SourceGroup } from "./group-problems.ts";

/** Rows of a group that stand in the document at first, and how many more come with each click. */
const FIRST_ROWS = 50;

/** Groups with at most so many problems are open from the beginning. */
const SMALL_GROUP = 10;

/** What is wrong with the linked data, by source and kind; each problem opens where it is. */
export function createProblemsTab({ host, state, l10n }: PreviewContext): PreviewTabView {
	const element = document.createElement("div");
	element.className = "problems";
	// Names of groups: they stay open or closed and as long as they are while the data changes.
	const toggled = new Map<string, boolean>();
	const lengths = new Map<string, number>();
	const kept = host.kept["problemSource"];
	let source = typeof kept === "string" ? kept : "";
	let failure: string | null = null;

	/** A line that is not known yet, since the file is large, is looked for now. */
	async function open({ uri, line, source: name, row }: PreviewProblem): Promise<void> {
		failure = null;
		try {
			if (uri !== null && line !== null) await host.ask("openPlace", { uri, line });
			else await host.ask("openSource", { source: name, row });
		} catch (error) {
			failure = error instanceof Error ? error.message : String(error);
		}
		draw();
	}

	function choose(name: string): void {
		source = name;
		host.keep({ problemSource: name });
		draw();
	}

	function draw(): void {
		const { problems, problemCount } = state.current.summary;
		if (problemCount === 0) {
			render(
				html`<div class="figure-blank">
					<h2>${l10n.t("The linked data has no problems.")}</h2>
					<p>${l10n.t("Everything that the configuration asks for could be read.")}</p>
				</div>`,
				element,
			);
			return;
		}
		const groups = groupProblems(problems);
		const isKnown = groups.some((group) => group.source === source);
		const shown = isKnown ? groups.filter((group) => group.source === source) : groups;
		render(
			html`<div class="problems-head">
					<p class="problems-count">
						${problemCount === 1 ? l10n.t("1 problem in the linked data.") : l10n.t("{0} problems in the linked data.", formatCount(problemCount))}
						${
							problems.length < problemCount
								? l10n.t(
										"The first {0} are listed and counted here. The Excel file and the command line list the first 1,000 of every kind in every source.",
										formatCount(problems.length),
									)
								: nothing
						}
					</p>
					${
						groups.length < 2
							? nothing
							: html`<label class="problems-filter">
									<span>${l10n.t("Source")}</span>
									<select class="figure-select" .value=${live(isKnown ? source : "")} @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
										<option value="">${l10n.t("All sources ({0})", formatCount(problems.length))}</option>
										${groups.map((group) => html`<option value=${group.source} ?selected=${group.source === source}>${l10n.t("{0} ({1})", group.source, formatCount(group.count))}</option>`)}
									</select>
								</label>`
					}
				</div>
				${failure === null ? nothing : html`<p class="figure-failure" role="alert">${failure}</p>`} ${shown.map(sourceSection)}`,
			element,
		);
	}

	function sourceSection({ source: name, count, codes }: SourceGroup): TemplateResult {
		return html`<section class="problem-source">
			<h2 class="figure-title"><bdi>${name}</bdi> <span>${count === 1 ? l10n.t("1 problem") : l10n.t("{0} problems", formatCount(count))}</span></h2>
			${codes.map((group) => codeGroup(name, group))}
		</section>`;
	}

	function codeGroup(name: string, { code, problems }: CodeGroup): TemplateResult {
		const key = `${name}\n${code}`;
		const isOpen = toggled.get(key) ?? problems.length <= SMALL_GROUP;
		const length = lengths.get(key) ?? FIRST_ROWS;
		const toggle = (event: Event) => {
			const now = (event.target as HTMLDetailsElement).open;
			if (now === isOpen) return;
			toggled.set(key, now);
			draw();
		};
		const more = () => {
			lengths.set(key, length + FIRST_ROWS * 4);
			draw();
		};
		return html`<details class="problem-group" .open=${isOpen} @toggle=${toggle}>
			<summary><span class="problem-kind">${problems[0]?.message ?? ""}</span> <span class="code">${code}</span> <span class="problem-number">${formatCount(problems.length)}</span></summary>
			${
				isOpen
					? html`<ul class="problem-rows">
							${problems.slice(0, length).map((problem) => html`<li>${problemRow(problem)}</li>`)}
						</ul>
						${problems.length > length ? html`<button type="button" class="figure-link problem-more" @click=${more}>${l10n.t("Show more: {0} are left", formatCount(problems.length - length))}</button>` : nothing}`
					: nothing
			}
		</details>`;
	}

	function problemRow(problem: PreviewProblem): TemplateResult {
		const { row, column, message, uri, line } = problem;
		const parts = html`<span class="problem-place">${row === null ? "–" : l10n.t("Row {0}", formatCount(row))}</span>
			<span class="problem-column" dir="auto">${column ?? ""}</span> <span class="problem-message" dir="auto">${message}</span>`;
		if (uri === null) return html`<div class="problem-row">${parts}</div>`;
		const title = line === null ? l10n.t("Open the file at this row") : l10n.t("Open the file at line {0}", formatCount(line));
		return html`<button type="button" class="problem-row" title=${title} @click=${() => void open(problem)}>${parts}</button>`;
	}

	return { element, update: draw };
}
