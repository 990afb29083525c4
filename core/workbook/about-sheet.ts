import type { InstantMs } from "../dates/instant.ts";
import type { DataProblem } from "../problems.ts";
import { formatCount } from "../texts/format-count.ts";
import { countCell, STYLES, type StyledCell, TONE_STYLES, type Tone, textCell } from "./cell-styles.ts";
import { looksLikeFormula, toCellText } from "./cell-text.ts";
import { toExcelDay, toExcelInstant } from "./excel-date.ts";
import { heightOf, pageFooter, pageSetup, setWidths, writeRow } from "./table-sheet.ts";
import type { WorkbookDraft } from "./write-workbook.ts";

/** Where the figures of a workbook come from. */
export interface WorkbookAbout {
	/** What the workbook is about: the instance's name, or the clients'. */
	readonly title: string;
	readonly madeAt: InstantMs;
	/** One line per data source or file that was read. */
	readonly sources: readonly string[];
	/** The data problems to list; the first {@link MAX_LISTED_PROBLEMS} are. */
	readonly problems: readonly DataProblem[];
	/** All data problems, also those that are not in `problems`. */
	readonly problemCount: number;
}

/** Data problems that a workbook lists at most; it always says how many there are. */
const MAX_LISTED_PROBLEMS = 100_000;

const ABOUT_WIDTHS = [28, 30, 10, 22, 90];

/** One line of the sheet: a label and what it says; a value of null leaves the line out. */
export interface AboutFact {
	readonly label: string;
	readonly value: { readonly text: string } | { readonly count: number } | { readonly day: number } | { readonly instant: number } | null;
}

/** Lines under a heading. */
export interface AboutSection {
	readonly heading: string;
	readonly lines: readonly { readonly label: string; readonly text: string; readonly tone?: Tone }[];
}

/** Adds the sheet "About": facts, sources, explanations, and last the data problems, which may be long. */
export async function addAboutSheet(
	draft: WorkbookDraft,
	heading: string,
	facts: readonly AboutFact[],
	sections: readonly AboutSection[],
	about: WorkbookAbout,
): Promise<void> {
	const sheet = draft.workbook.addWorksheet("About", {
		views: [{ state: "normal", showGridLines: false }],
		pageSetup: pageSetup(null),
		headerFooter: { oddFooter: pageFooter(about.title) },
	});
	setWidths(sheet, ABOUT_WIDTHS);
	let rowNumber = 0;
	const add = (cells: readonly (StyledCell | null)[], height?: number) => {
		rowNumber++;
		writeRow(sheet, rowNumber, cells, height);
	};
	const skipRow = () => {
		rowNumber++;
	};

	add([{ value: heading, style: STYLES.title }], 24);
	add([{ value: toCellText(about.title), style: looksLikeFormula(about.title) ? STYLES.literalFact : STYLES.subtitle }]);
	skipRow();
	for (const fact of [...facts, { label: "Made at (UTC)", value: { instant: about.madeAt } }]) {
		if (fact.value !== null) add([{ value: fact.label, style: STYLES.label }, factCell(fact.value)]);
	}
	for (const [index, source] of about.sources.entries()) {
		add([{ value: index === 0 ? "Made from" : null, style: STYLES.label }, factCell({ text: source })]);
	}
	for (const section of sections) {
		skipRow();
		add([{ value: section.heading, style: STYLES.heading }], 20);
		for (const line of section.lines) {
			add([{ value: line.label, style: line.tone === undefined ? STYLES.label : TONE_STYLES[line.tone] }, factCell({ text: line.text })]);
		}
	}

	skipRow();
	add([{ value: "Data problems", style: STYLES.heading }], 20);
	const listed = about.problems.slice(0, MAX_LISTED_PROBLEMS);
	add([{ value: describeProblems(about.problemCount, listed.length), style: STYLES.fact }]);
	if (listed.length > 0) {
		skipRow();
		add(
			["Code", "Source", "Row", "Column", "Message"].map((name) => ({
				value: name,
				style: name === "Row" ? STYLES.numberHeader : STYLES.header,
			})),
		);
		const headerRow = rowNumber;
		sheet.pageSetup.printTitlesRow = `${headerRow}:${headerRow}`;
		for (const problem of listed) {
			const place = [textCell(problem.source), countCell(problem.row), textCell(problem.column)];
			const cells = [textCell(problem.code), ...place, textCell(problem.message, { wrap: true })];
			add(cells, heightOf(cells, ABOUT_WIDTHS));
			if (rowNumber % 200 === 0) await draft.flush();
		}
		sheet.autoFilter = { from: { row: headerRow, column: 1 }, to: { row: rowNumber, column: 5 } };
	}
	sheet.commit();
	await draft.flush();
}

function describeProblems(all: number, listed: number): string {
	if (all === 0) return "None: every row of every source could be read.";
	const found = all === 1 ? "1 problem was found." : `${formatCount(all)} problems were found.`;
	return listed >= all ? found : `${found} ${formatCount(listed)} of them are listed here.`;
}

function factCell(value: NonNullable<AboutFact["value"]>): StyledCell {
	if ("count" in value) return { value: value.count, style: STYLES.factCount };
	if ("day" in value) return { value: toExcelDay(value.day), style: STYLES.factDay };
	if ("instant" in value) return { value: toExcelInstant(value.instant), style: STYLES.factInstant };
	return { value: toCellText(value.text), style: looksLikeFormula(value.text) ? STYLES.literalFact : STYLES.fact };
}
