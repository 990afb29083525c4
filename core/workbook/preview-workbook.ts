import { formatInstant } from "../dates/instant.ts";
import { formatCount, formatCounted } from "../texts/format-count.ts";
import type { Categorization } from "../usage/categorization.ts";
import { OUTCOMES } from "../usage/category.ts";
import { countOutcomes } from "../usage/count-outcomes.ts";
import { LIMIT_NAMES } from "../usage/limits.ts";
import { orderByDeviceAndProduct } from "../usage/order-installations.ts";
import { addAboutSheet } from "./about-sheet.ts";
import { countCell, STYLES, textCell } from "./cell-styles.ts";
import { categoryFills, identifyingColumns, installationColumns } from "./installation-columns.ts";
import { addLongSheet, type PendingRows } from "./long-sheet.ts";
import { packWorkbook } from "./package/pack-workbook.ts";
import { addSummarySheet, describeLimit, type PreviewAbout } from "./summary-sheet.ts";
import { addTableSheet, MAX_DATA_ROWS, type TableColumn } from "./table-sheet.ts";
import { setProperties } from "./workbook-properties.ts";
import { type WorkbookDraft, type WriteResult, writeWorkbook } from "./write-workbook.ts";

export type { PreviewAbout };

/**
 * Writes a categorized instance as an Excel file with the sheets "Summary" (which it opens on), "Products", "Installations"
 * and "About". The first two are about all installations; which of them are listed is for `about` to say. Installations beyond what a sheet holds continue on "Installations 2" and so on. The number of rows in the
 * result is that of the installations listed.
 *
 * @param file absolute name; an older file is replaced only when the new one is complete.
 * @param rowsPerSheet installations per sheet; smaller than what Excel can hold only in tests.
 */
export async function writePreviewWorkbook(
	file: string,
	categorization: Categorization,
	about: PreviewAbout,
	signal: AbortSignal,
	rowsPerSheet: number = MAX_DATA_ROWS,
): Promise<WriteResult> {
	const installations = about.shown?.order.length ?? categorization.rule.length;
	const footer = `${about.title} · as of ${formatInstant(categorization.asOf)}`;
	const sheetCount = Math.max(1, Math.ceil(installations / rowsPerSheet));
	const pending: PendingRows[] = [];
	const fill = async (draft: WorkbookDraft) => {
		const { totals, byProduct } = countOutcomes(categorization);
		await draft.flush();
		setProperties(draft, {
			title: `Installations by usage category: ${about.title}`,
			subject: "What is installed, and whether it is used",
			description: `As of ${formatInstant(categorization.asOf)}; installations listed: ${formatCount(installations)}`,
			keywords: ["usage report", "installations", "usage categories"],
		});
		await addSummarySheet(draft, categorization, totals, about, sheetCount);
		await addTableSheet(draft, {
			name: "Products",
			footer,
			columns: productColumns(totals),
			rows: byProduct,
			frozenColumns: 1,
			headerHeight: 64,
		});
		const order = about.shown?.order ?? about.order ?? orderByDeviceAndProduct(categorization);
		const columns = installationColumns(categorization);
		const fills = categoryFills(columns);
		for (let index = 0; index < sheetCount; index++) {
			const rows = order.subarray(index * rowsPerSheet, (index + 1) * rowsPerSheet);
			const name = index === 0 ? "Installations" : `Installations ${index + 1}`;
			const added = await addLongSheet(draft, { name, footer, columns, rows, frozenColumns: identifyingColumns(columns), fills });
			pending.push({ ...added, onWritten: (written) => about.onRows?.(index * rowsPerSheet + written, installations) });
		}
		await addPreviewAbout(draft, categorization, about);
		return installations;
	};
	return writeWorkbook(file, about.madeAt, fill, signal, (archive, target) => packWorkbook(archive, pending, about.madeAt, target, signal));
}

interface ProductRow {
	readonly product: string;
	readonly counts: readonly number[];
}

function productColumns(totals: readonly number[]): readonly TableColumn<ProductRow>[] {
	const all = sumOf(totals);
	const letterOf = (index: number) => String.fromCharCode("C".charCodeAt(0) + index);
	const totalOf = (letter: string, sum: number) => (lastRow: number) => ({
		value: lastRow === 1 ? 0 : { formula: `SUBTOTAL(109,${letter}2:${letter}${lastRow})`, result: sum },
		style: STYLES.totalCount,
	});
	return [
		{ header: "Product", width: 44, cell: (row) => textCell(row.product), total: () => ({ value: "Total", style: STYLES.totalText }) },
		{ header: "Installations", width: 13, rightAligned: true, cell: (row) => countCell(sumOf(row.counts)), total: totalOf("B", all) },
		...OUTCOMES.map(
			(outcome, index): TableColumn<ProductRow> => ({
				header: outcome.reason === null ? outcome.category : `${outcome.category}: ${outcome.reason}`,
				width: outcome.reason === null ? 10 : 15,
				rightAligned: true,
				cell: (row) => countCell(row.counts[index] ?? 0),
				total: totalOf(letterOf(index), totals[index] ?? 0),
			}),
		),
	];
}

async function addPreviewAbout(
	draft: WorkbookDraft,
	{ asOf, endOfSync, limits, rule }: Categorization,
	about: PreviewAbout,
): Promise<void> {
	const facts = [
		{ label: "As of (UTC)", value: { instant: asOf } },
		{ label: "End of Sync", value: endOfSync === null ? { text: "none: no usable date in any source" } : { day: endOfSync } },
		...LIMIT_NAMES.map((name) => ({ label: name, value: { text: describeLimit(limits[name], name, about) } })),
	];
	const listed = about.shown
		? [
				{
					heading: "Installations listed",
					lines: [
						{
							label: "How many",
							text: `${formatCount(about.shown.order.length)} of ${formatCount(rule.length)}. The sheets "Summary" and "Products" count all of them.`,
						},
						...about.shown.inWords.map((text, index) => ({ label: index === 0 ? "Which" : "", text })),
					],
				},
			]
		: [];
	const tried = about.ownLimits
		? [
				{
					heading: "Limits that were tried",
					lines: LIMIT_NAMES.filter((name) => limits[name] !== about.ownLimits?.[name]).map((name) => ({
						label: name,
						text: `${formatCounted(limits[name], "day")} were tried here. The configuration of the instance says ${formatCounted(about.ownLimits![name], "day")}.`,
					})),
				},
			]
		: [];
	const sections = [
		...tried,
		...listed,
		{
			heading: "How to read it",
			lines: [
				{
					label: "Last Usage Date",
					text: "The date that the rule looked at: for a bundle the latest of its own and its components' on the device.",
				},
				{
					label: "Ages",
					text: "Counted in whole days back from End of Sync, the latest inventory or usage date that is not in the future.",
				},
				{ label: "Used", text: "Last used no longer ago than the limit for Used." },
				{ label: "Rarely Used", text: "Last used between the limit for Used and the limit for Unused." },
				{
					label: "Unused",
					text: "Last used at least as long ago as the limit for Unused, or never although its use would have been seen.",
				},
				{ label: "Unreported", text: "Nothing can be said about its use; the reason says why." },
				{ label: "Rule", text: "Number of the rule of the decision table, 1 to 15, that decided." },
			],
		},
	];
	await addAboutSheet(draft, "Categorized installations", facts, sections, about);
}

function sumOf(counts: readonly number[]): number {
	return counts.reduce((sum, count) => sum + count, 0);
}
