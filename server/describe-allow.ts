import { DIAGNOSTIC_CODES } from "../core/config/diagnostic-codes.ts";
import { t } from "../core/texts/translate.ts";
import { readAllowComments } from "../workspace/checks/allow-comments.ts";
import type { OffsetRange, ParsedConfig } from "../workspace/yaml/parse-config.ts";
import { type Block, paragraph } from "./markup.ts";

/** What a comment that allows something is about, for a person who points at it; null where there is no such comment. */
export function describeAllow(
	parsed: ParsedConfig,
	offset: number,
): { readonly range: OffsetRange; readonly blocks: readonly Block[] } | null {
	const comment = readAllowComments(parsed).find(({ range }) => range.start <= offset && offset <= range.end);
	if (comment === undefined) return null;
	const { code, reason, range } = comment;
	const known = DIAGNOSTIC_CODES.find((candidate) => candidate.code === code?.text);
	const blocks: Block[] = [];
	if (known !== undefined) blocks.push(paragraph({ bold: known.code }, ` (${known.severity}): ${t(known.summary)}.`));
	switch (comment.fault) {
		case null:
			blocks.push(paragraph(t`Allowed on the next line: ${reason}`));
			break;
		case "no-reason":
			blocks.push(paragraph(t("Not allowed yet: the reason is missing. Write it behind "), { code: "--" }, "."));
			break;
		case "unknown-code":
			blocks.push(paragraph(t("There is no such code, so nothing is allowed.")));
			break;
		case "error":
			blocks.push(paragraph(t("An error cannot be allowed.")));
			break;
		case "about-comments":
			blocks.push(paragraph(t("What is said of such comments cannot be allowed.")));
			break;
		case "not-alone":
			blocks.push(paragraph(t("Without effect: it belongs on a line of its own, above the line that it is about.")));
			break;
		default:
			blocks.push(paragraph(t("Not understood. Write "), { code: "# usage-report: allow <code> -- <reason>" }, "."));
	}
	return { range, blocks };
}
