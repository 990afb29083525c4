import { formatCount, formatCounted } from "../texts/format-count.ts";
import type { Categorization } from "../usage/categorization.ts";
import { OUTCOMES } from "../usage/category.ts";
import { deviceCount, installationCount, productCount } from "../usage/estate-lookups.ts";
import { LIMIT_NAMES, type LimitName, type Limits } from "../usage/limits.ts";
import type { WorkbookAbout } from "./about-sheet.ts";
import { CATEGORY_TONES } from "./category-tones.ts";
import { countCell, STYLES, type StyledCell, TONE_STYLES, textCell } from "./cell-styles.ts";
import { looksLikeFormula, toCellText } from "./cell-text.ts";
import { toExcelDay, toExcelInstant } from "./excel-date.ts";
import { pageFooter, pageSetup, setWidths, writeRow } from "./table-sheet.ts";
import type { WorkbookDraft } from "./write-workbook.ts";

/** Where the figures of a preview workbook come from; `title` is the instance's name. */
export interface PreviewAbout extends WorkbookAbout {
	/** True when the instance has no limits of its own and its project's were taken. */
	readonly limitsFromProject: boolean;
	/** The instance's limits, when the workbook is made with others that somebody tries; null or absent when it is made with the instance's. */
	readonly ownLimits?: Limits | null;
	/** Which installations are listed, in which order, and that in sentences; null or absent when it is all of them by device, then product. */
	readonly shown?: { readonly order: Uint32Array; readonly inWords: readonly string[] } | null;
	/** All installations by device, then product, which takes long to find out; absent when it is to be found out here, or when only some are shown. */
	readonly order?: Uint32Array;
	/** Told now and then how many of the installations that are listed have been written, and how many these are. */
	readonly onRows?: (written: number, total: number) => void;
}

/** Adds the sheet "Summary": what was categorized with which limits, and the twelve outcomes with their shares. */
export async function addSummarySheet(
	draft: WorkbookDraft,
	categorization: Categorization,
	totals: readonly number[],
	about: PreviewAbout,
	installationSheets: number,
): Promise<void> {
	const sheet = draft.workbook.addWorksheet("Summary", {
		views: [{ state: "normal", showGridLines: false }],
		pageSetup: pageSetup(null),
		headerFooter: { oddFooter: pageFooter(about.title) },
	});
	setWidths(sheet, [26, 34, 16, 12, 40]);
	let rowNumber = 0;
	const add = (cells: readonly (StyledCell | null)[], height?: number) => {
		rowNumber++;
		writeRow(sheet, rowNumber, cells, height);
	};
	const skipRow = () => {
		rowNumber++;
	};

	add([{ value: toCellText(about.title), style: looksLikeFormula(about.title) ? { ...STYLES.title, numFmt: "@" } : STYLES.title }], 26);
	add([{ value: "Installations by usage category", style: STYLES.subtitle }]);
	skipRow();
	for (const [label, cell] of listFacts(categorization, about, installationSheets)) add([{ value: label, style: STYLES.label }, cell]);
	skipRow();

	add([
		{ value: "Category", style: STYLES.header },
		{ value: "Reason", style: STYLES.header },
		{ value: "Installations", style: STYLES.numberHeader },
		{ value: "Share", style: STYLES.numberHeader },
	]);
	const first = rowNumber + 1;
	const totalRow = first + OUTCOMES.length;
	const all = totals.reduce((sum, count) => sum + count, 0);
	for (const [index, outcome] of OUTCOMES.entries()) {
		const count = totals[index] ?? 0;
		const share = shareCell(rowNumber + 1, totalRow, count, all, STYLES.share);
		add([
			{ value: outcome.category, style: TONE_STYLES[CATEGORY_TONES[outcome.category]] },
			textCell(outcome.reason),
			countCell(count),
			share,
		]);
	}
	add([
		{ value: "Total", style: STYLES.totalText },
		{ value: null, style: STYLES.totalText },
		{ value: { formula: `SUM(C${first}:C${totalRow - 1})`, result: all }, style: STYLES.totalCount },
		shareCell(totalRow, totalRow, all, all, STYLES.totalShare),
	]);
	// The outcomes begin with those of reported use; the rest are the reasons for Unreported.
	const reportedOutcomes = OUTCOMES.findIndex((outcome) => outcome.reason !== null);
	const reported = totals.slice(0, reportedOutcomes).reduce((sum, count) => sum + count, 0);
	for (const [label, from, to, count] of [
		["of which reported", first, first + reportedOutcomes - 1, reported],
		["of which Unreported", first + reportedOutcomes, totalRow - 1, all - reported],
	] as const) {
		const sum: StyledCell = { value: { formula: `SUM(C${from}:C${to})`, result: count }, style: STYLES.count };
		add([textCell(label), textCell(null), sum, shareCell(rowNumber + 1, totalRow, count, all, STYLES.share)]);
	}
	sheet.commit();
	await draft.flush();
}

/** A limit in words, with its origin where it is not the instance's own. */
export function describeLimit(days: number, name: LimitName, { limitsFromProject, ownLimits }: PreviewAbout): string {
	const length = formatCounted(days, "day");
	if (ownLimits) return `${length} (tried: the instance has ${formatCounted(ownLimits[name], "day")})`;
	return limitsFromProject ? `${length} (the project's: the instance has none of its own)` : length;
}

function listFacts(
	{ estate, asOf, endOfSync, limits }: Categorization,
	about: PreviewAbout,
	installationSheets: number,
): readonly (readonly [label: string, cell: StyledCell])[] {
	const endOfSyncValue = endOfSync === null ? "none: no usable date in any source" : toExcelDay(endOfSync);
	const problems = about.problemCount === 0 ? "None" : `${formatCount(about.problemCount)}, see the sheet "About"`;
	const facts: (readonly [label: string, cell: StyledCell])[] = [
		["As of (UTC)", { value: toExcelInstant(asOf), style: STYLES.factInstant }],
		["End of Sync", { value: endOfSyncValue, style: STYLES.factDay }],
		...LIMIT_NAMES.map((name) => [name, { value: describeLimit(limits[name], name, about), style: STYLES.fact }] as const),
		["Installations", { value: installationCount(estate), style: STYLES.factCount }],
		["Devices", { value: deviceCount(estate), style: STYLES.factCount }],
		["Products", { value: productCount(estate), style: STYLES.factCount }],
		["Data problems", { value: problems, style: STYLES.fact }],
	];
	if (about.shown) facts.push(describeShown(about.shown, installationCount(estate)));
	if (installationSheets === 1) return facts;
	const note = `Too many for one sheet: they continue up to "Installations ${installationSheets}".`;
	return [...facts, ["Sheets", { value: note, style: STYLES.fact }]];
}

function describeShown({ order }: NonNullable<PreviewAbout["shown"]>, all: number): readonly [label: string, cell: StyledCell] {
	const value = `${formatCount(order.length)} of ${formatCount(all)}: those of a filter, see the sheet "About"`;
	return ["Installations listed", { value, style: STYLES.fact }];
}

function shareCell(row: number, totalRow: number, count: number, all: number, style: StyledCell["style"]): StyledCell {
	return { value: { formula: `IF(C$${totalRow}=0,0,C${row}/C$${totalRow})`, result: all === 0 ? 0 : count / all }, style };
}
