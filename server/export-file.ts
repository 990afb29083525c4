import { extname, isAbsolute } from "node:path";
import { findTarget } from "../core/output/find-target.ts";
import { joinChoices } from "../core/texts/format-count.ts";
import { t } from "../core/texts/translate.ts";
import { isInput } from "../workspace/runs/overwritten-input.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { Failure } from "./protocol/requests.ts";

/** What an export can be written as; the ending of its file's name says which. */
export type ExportFormat = "xlsx" | "csv" | "ndjson";

/** The format of a file that is to be written, by its name's ending; a failure for a file that cannot be meant or written. */
export async function chooseFormat<Format extends ExportFormat>(
	workspace: Workspace,
	file: string,
	formats: readonly Format[],
): Promise<{ readonly failed: false; readonly format: Format } | Failure> {
	if (!isAbsolute(file)) return fail(t`"${file}" is not a full file name.`);
	const ending = extname(file).slice(1).toLowerCase();
	const format = formats.find((name) => name === ending);
	if (format === undefined) {
		const endings = joinChoices(formats.map((name) => `.${name}`));
		return fail(t`The ending of ${file} does not say what to write. Choose a name that ends in ${endings}.`);
	}
	if (await isInput(workspace, file)) return fail(t`${file} is read for this result. Choose another name.`);
	// What would otherwise come out only after the whole work.
	const target = await findTarget(file);
	return target.usable ? { failed: false, format } : fail(target.message);
}

function fail(message: string): Failure {
	return { failed: true, message };
}
