import type { PreviewProblem } from "../../../server/protocol/preview-messages.ts";
import { element } from "./dom.ts";
import { formatCount } from "./format.ts";
import type { Localize } from "./localize.ts";

/** What was wrong with the linked data: the first problems as a table, and how many there are in all. */
export function problemList(problems: readonly PreviewProblem[], problemCount: number, l10n: Localize): HTMLElement {
	if (problemCount === 0) return element("p", { class: "empty" }, l10n.t("The linked data has no problems."));
	const heads = [
		{ text: l10n.t("Source"), class: "" },
		{ text: l10n.t("Row"), class: "numeric" },
		{ text: l10n.t("Column"), class: "" },
		{ text: l10n.t("Problem"), class: "" },
		{ text: l10n.t("Code"), class: "" },
	];
	const rows = problems.map((problem) =>
		element(
			"tr",
			{},
			element("td", { class: "keep" }, problem.source),
			element("td", { class: "numeric" }, formatCount(problem.row)),
			element("td", { class: "keep" }, problem.column ?? "–"),
			element("td", { class: "wide" }, problem.message),
			element("td", { class: "code" }, problem.code),
		),
	);
	const note =
		problems.length < problemCount
			? l10n.t(
					"The first {0} of {1} problems. The Excel file and the command line list more.",
					formatCount(problems.length),
					formatCount(problemCount),
				)
			: null;
	return element(
		"div",
		{ class: "scroll", attributes: { role: "region", "aria-label": l10n.t("Data problems"), tabindex: "0" } },
		note === null ? null : element("p", { class: "note" }, note),
		element(
			"table",
			{ class: "plain", attributes: { "aria-label": l10n.t("Data problems") } },
			element(
				"thead",
				{},
				element("tr", {}, ...heads.map((head) => element("th", { class: head.class, attributes: { scope: "col" } }, head.text))),
			),
			element("tbody", {}, ...rows),
		),
	);
}
