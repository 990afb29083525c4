import type { ConfigProblem, RelatedPlace } from "../../problems.ts";
import { joinFirstWords, NAMED_AT_MOST } from "../../texts/format-count.ts";
import { t } from "../../texts/translate.ts";
import type { ConfigContext } from "../config-context.ts";
import { fileNameOf } from "../file-names.ts";
import { foldName } from "../fold-name.ts";
import type { ConfigFile } from "../model.ts";
import { projectOf } from "../project-of.ts";

/**
 * | two instances whose `project` leads to the same file | problem, in both files         |
 * |------------------------------------------------------|--------------------------------|
 * | with the same name, whatever its case                | `reference/duplicate-instance` |
 */
export function checkDuplicateInstance(context: ConfigContext): readonly ConfigProblem[] {
	const { file, files } = context;
	const name = nameOf(file);
	const reference = projectOf(context);
	if (name === null || reference === null) return [];
	const others = files.filter((other) => {
		const otherName = nameOf(other);
		return (
			other.id !== file.id && otherName !== null && foldName(otherName) === foldName(name) && projectOf(context, other)?.id === reference.id
		);
	});
	if (others.length === 0) return [];
	return [
		{
			code: "reference/duplicate-instance",
			severity: "error",
			message: t`The name "${name}" is also that of ${joinFirstWords(others.map((other) => fileNameOf(other.id)))}. Each instance of a project needs a name of its own.`,
			path: ["name"],
			anchor: "value",
			related: others
				.slice(0, NAMED_AT_MOST)
				.map(
					(other): RelatedPlace => ({ file: other.id, path: ["name"], anchor: "value", message: t("The same name, in the same project.") }),
				),
		},
	];
}

function nameOf(file: ConfigFile): string | null {
	return file.model?.kind === "instance" ? file.model.name : null;
}
