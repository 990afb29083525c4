import { formatCount } from "../format.ts";
import { messageOf } from "../host.ts";
import type { RowRange } from "./row-ranges.ts";
import type { DataColumn, DataTableOptions } from "./table-options.ts";
import { toTsv } from "./to-tsv.ts";

/** Puts rows with a line of headers on the clipboard, and answers in words what came of it. */
export async function copyRows<Row>(
	{ host, l10n, copy }: DataTableOptions<Row>,
	local: readonly Row[] | null,
	columns: readonly DataColumn<Row>[],
	ranges: readonly RowRange[],
): Promise<string> {
	const headers = columns.map(({ header }) => header);
	try {
		let copied: number;
		if (copy !== undefined) {
			const ids = columns.map(({ id }) => id);
			copied = await copy(ranges, ids, headers);
		} else {
			const rows = ranges.flatMap(([first, last]) => (local ?? []).slice(first, last + 1));
			await host.ask("copyText", { text: toTsv([headers, ...rows.map((row) => columns.map((column) => column.text(row)))]) });
			copied = rows.length;
		}
		return copied === 1 ? l10n.t("1 row copied") : l10n.t("{0} rows copied", formatCount(copied));
	} catch (error) {
		return l10n.t("Nothing was copied: {0}", messageOf(error));
	}
}
