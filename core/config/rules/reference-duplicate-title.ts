import type { ConfigProblem, RelatedPlace } from "../../problems.ts";
import { joinFirstWords, NAMED_AT_MOST } from "../../texts/format-count.ts";
import { t } from "../../texts/translate.ts";
import type { ConfigContext } from "../config-context.ts";
import { fileNameOf } from "../file-names.ts";
import { foldName } from "../fold-name.ts";

/**
 * | two projects of the workspace   | problem, in both files      |
 * |---------------------------------|-----------------------------|
 * | with the same title, whatever its case | `reference/duplicate-title` |
 */
export function checkDuplicateTitle(context: ConfigContext): readonly ConfigProblem[] {
	const { file, files } = context;
	const title = file.model?.kind === "project" ? file.model.title : null;
	if (title === null) return [];
	const others = files.filter(
		(other) =>
			other.id !== file.id &&
			other.model?.kind === "project" &&
			other.model.title !== null &&
			foldName(other.model.title) === foldName(title),
	);
	if (others.length === 0) return [];
	return [
		{
			code: "reference/duplicate-title",
			severity: "error",
			message: t`The title "${title}" is also that of ${joinFirstWords(others.map((other) => fileNameOf(other.id)))}. Each project of a workspace needs a title of its own.`,
			path: ["title"],
			anchor: "value",
			related: others
				.slice(0, NAMED_AT_MOST)
				.map((other): RelatedPlace => ({ file: other.id, path: ["title"], anchor: "value", message: t("The same title.") })),
		},
	];
}
