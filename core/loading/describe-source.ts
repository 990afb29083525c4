import type { DataSource } from "../config/model.ts";
import type { LoadOptions, SourceFailure } from "./loaded.ts";
import { openSource } from "./read-source.ts";

/**
 * The column names of a source, as its `columns` may name them, found without reading more than the beginning of it; or why
 * it cannot be opened.
 * @throws the signal's reason once it is aborted, and nothing else.
 */
export async function describeSource(
	source: DataSource,
	options: Pick<LoadOptions, "resolvePath" | "signal">,
): Promise<{ readonly columns: readonly string[] } | { readonly failures: readonly SourceFailure[] }> {
	const opened = await openSource(source, options);
	if ("failures" in opened) return opened;
	await opened.table.close();
	return { columns: opened.table.columns };
}
