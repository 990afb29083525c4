import type { ConfigProblem, RelatedPlace } from "../../problems.ts";
import { joinFirstWords, NAMED_AT_MOST } from "../../texts/format-count.ts";
import { t } from "../../texts/translate.ts";
import type { ConfigContext } from "../config-context.ts";
import { fileNameOf, folderOf } from "../file-names.ts";
import type { ConfigFile } from "../model.ts";
import { projectOf } from "../project-of.ts";

/**
 * | two files                                         | with the same | problem, in both files   |
 * |---------------------------------------------------|---------------|--------------------------|
 * | projects in the same folder                       | `projectId`   | `reference/duplicate-id` |
 * | instances in the same folder, or of the same project | `instanceId` | `reference/duplicate-id` |
 *
 * The numbers are keys in a client's own database. A folder holds one client, so other folders may well use the same numbers.
 */
export function checkDuplicateId(context: ConfigContext): readonly ConfigProblem[] {
	const { file, files } = context;
	const own = idOf(file);
	if (own === null) return [];
	const others = files.filter((other) => {
		const id = other.id === file.id ? null : idOf(other);
		return id !== null && id.key === own.key && id.value === own.value && sharesDatabase(context, other);
	});
	if (others.length === 0) return [];
	return [
		{
			code: "reference/duplicate-id",
			severity: "error",
			message: t`The \`${own.key}\` ${own.value} is also that of ${joinFirstWords(others.map((other) => fileNameOf(other.id)))}. Each has a number of its own in the client's database; a settings script would change the wrong one.`,
			path: [own.key],
			anchor: "value",
			related: others
				.slice(0, NAMED_AT_MOST)
				.map((other): RelatedPlace => ({ file: other.id, path: [own.key], anchor: "value", message: t("The same number.") })),
		},
	];
}

function idOf(file: ConfigFile): { readonly key: "projectId" | "instanceId"; readonly value: number } | null {
	if (file.model === null) return null;
	const [key, value] =
		file.model.kind === "project" ? (["projectId", file.model.projectId] as const) : (["instanceId", file.model.instanceId] as const);
	return value === null ? null : { key, value };
}

function sharesDatabase(context: ConfigContext, other: ConfigFile): boolean {
	if (folderOf(other.id) === folderOf(context.file.id)) return true;
	const reference = projectOf(context);
	return reference !== null && projectOf(context, other)?.id === reference.id;
}
