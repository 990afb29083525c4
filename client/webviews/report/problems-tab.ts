import { html, nothing, type TemplateResult } from "lit";
import type { ReportResult } from "../../../server/protocol/report-messages.ts";
import { formatCount } from "../shared/format.ts";
import type { Localize } from "../shared/localize.ts";

/** What was wrong with the linked data: the first problems as a table, and how many there are in all. */
export function problemsTable({ problems, problemCount }: ReportResult, l10n: Localize): TemplateResult {
	if (problemCount === 0) return html`<p class="empty">${l10n.t("The linked data has no problems.")}</p>`;
	return html`${
		problems.length < problemCount
			? html`<p class="note">
						${l10n.t(
							"The first {0} of {1} problems. The Excel file and the command line list more.",
							formatCount(problems.length),
							formatCount(problemCount),
						)}
					</p>`
			: nothing
	}
		<div class="table-room" tabindex="0" role="region" aria-label=${l10n.t("Data problems")}>
			<table class="plain">
				<thead>
					<tr>
						<th scope="col">${l10n.t("Source")}</th>
						<th scope="col" class="numeric">${l10n.t("Row")}</th>
						<th scope="col">${l10n.t("Column")}</th>
						<th scope="col">${l10n.t("Problem")}</th>
						<th scope="col">${l10n.t("Code")}</th>
					</tr>
				</thead>
				<tbody>
					${problems.map(
						({ source, row, column, message, code }) =>
							html`<tr>
								<td class="keep">${source}</td>
								<td class="numeric">${formatCount(row)}</td>
								<td class="keep">${column ?? "–"}</td>
								<td class="wide">${message}</td>
								<td class="code">${code}</td>
							</tr>`,
					)}
				</tbody>
			</table>
		</div>`;
}
