import type ExcelJS from "exceljs";
import { looksLikeFormula, toCellText } from "./cell-text.ts";
import { toExcelDay, toExcelInstant } from "./excel-date.ts";

/** How a cell looks; one object per look, because exceljs recognizes a style that it has written before by its identity. */
export type CellStyle = Partial<ExcelJS.Style>;

/** A cell to write: what exceljs takes as a value, and its look. */
export interface StyledCell {
	readonly value: string | number | ExcelJS.CellFormulaValue | null;
	readonly style: CellStyle;
}

/** A cell that is no formula. */
export interface PlainCell extends StyledCell {
	readonly value: string | number | null;
}

/** Colours as ARGB, few and muted: fills must not drown the figures. */
const COLORS = {
	header: "FF1F3A5F",
	onHeader: "FFFFFFFF",
	line: "FFD9DEE5",
	strongLine: "FF7F8FA3",
	total: "FFF1F4F8",
	muted: "FF5F6B7A",
	danger: "FFF8D0CB",
	onDanger: "FF8C1D18",
	warning: "FFFDEBC2",
	onWarning: "FF6B4A00",
	notice: "FFD9E8F6",
	onNotice: "FF1C4A75",
	good: "FFD8EEDD",
	onGood: "FF1E5631",
	plain: "FFE9ECF0",
	onPlain: "FF3D4753",
} as const;

/** What a fill says: wrong, attend to it, worth knowing, fine, unknown. */
export type Tone = "danger" | "warning" | "notice" | "good" | "plain";

/** Number formats, the same in every workbook. */
const FORMATS = {
	count: "#,##0",
	signed: "+#,##0;-#,##0;0",
	share: "0.0%",
	slope: "[>=0.005]+0.00;[<=-0.005]-0.00;0.00",
	day: "yyyy-mm-dd",
	instant: "yyyy-mm-dd hh:mm:ss",
	text: "@",
} as const;

/** Named in every style that says anything about the font: without a name, programs fall back to a font of their own. */
const FONT = { name: "Calibri", family: 2, size: 11 } as const;
/** The indent keeps a text off the figures to its left; Excel heeds an indent only where the side is named. */
const TEXT_ALIGNMENT = { vertical: "top", horizontal: "left", indent: 1 } as const;
const FIGURE_ALIGNMENT = { vertical: "top", horizontal: "right" } as const;

const GROUP_LINE: CellStyle["border"] = {
	bottom: { style: "thin", color: { argb: COLORS.line } },
	left: { style: "thin", color: { argb: COLORS.strongLine } },
};
const LINE: CellStyle = { border: { bottom: { style: "thin", color: { argb: COLORS.line } } } };
const TOP: CellStyle = { ...LINE, alignment: TEXT_ALIGNMENT };
const TOP_RIGHT: CellStyle = { ...LINE, alignment: FIGURE_ALIGNMENT };
const TOP_WRAPPED: CellStyle = { ...LINE, alignment: { ...TEXT_ALIGNMENT, wrapText: true } };

const HEADER: CellStyle = {
	font: { ...FONT, bold: true, color: { argb: COLORS.onHeader } },
	fill: { type: "pattern", pattern: "solid", fgColor: { argb: COLORS.header } },
	alignment: { vertical: "middle", horizontal: "left", wrapText: true, indent: 1 },
};

const TOTAL: CellStyle = {
	font: { ...FONT, bold: true },
	fill: { type: "pattern", pattern: "solid", fgColor: { argb: COLORS.total } },
	alignment: FIGURE_ALIGNMENT,
	border: { top: { style: "thin", color: { argb: COLORS.strongLine } }, bottom: { style: "thin", color: { argb: COLORS.strongLine } } },
};

/** Looks of a cell by what it holds. */
export const STYLES = {
	text: TOP,
	/** Text that stays text even after somebody edits the cell. */
	literalText: { ...TOP, numFmt: FORMATS.text },
	wrappedText: TOP_WRAPPED,
	wrappedLiteralText: { ...TOP_WRAPPED, numFmt: FORMATS.text },
	count: { ...TOP_RIGHT, numFmt: FORMATS.count },
	signed: { ...TOP_RIGHT, numFmt: FORMATS.signed },
	share: { ...TOP_RIGHT, numFmt: FORMATS.share },
	/** A gain or loss in parts of a user. */
	slope: { ...TOP_RIGHT, numFmt: FORMATS.slope },
	/** The same where a group of columns begins. */
	groupSlope: { ...TOP_RIGHT, numFmt: FORMATS.slope, border: GROUP_LINE },
	/** Says why such a group is empty. */
	groupNote: { font: { ...FONT, color: { argb: COLORS.muted } }, alignment: TEXT_ALIGNMENT, border: GROUP_LINE },
	day: { ...TOP_RIGHT, numFmt: FORMATS.day },
	instant: { ...TOP_RIGHT, numFmt: FORMATS.instant },
	header: HEADER,
	numberHeader: { ...HEADER, alignment: { vertical: "middle", horizontal: "right", wrapText: true } },
	/** A date above a narrow column, read from below. */
	dayHeader: { ...HEADER, alignment: { vertical: "middle", horizontal: "center", textRotation: 90 }, numFmt: FORMATS.day },
	totalText: { ...TOTAL, alignment: TEXT_ALIGNMENT },
	totalCount: { ...TOTAL, numFmt: FORMATS.count },
	totalShare: { ...TOTAL, numFmt: FORMATS.share },
	title: { font: { ...FONT, bold: true, size: 16, color: { argb: COLORS.header } }, alignment: TEXT_ALIGNMENT },
	subtitle: { font: { ...FONT, color: { argb: COLORS.muted } }, alignment: TEXT_ALIGNMENT },
	heading: { font: { ...FONT, bold: true, size: 12, color: { argb: COLORS.header } }, alignment: TEXT_ALIGNMENT },
	label: { font: { ...FONT, color: { argb: COLORS.muted } }, alignment: TEXT_ALIGNMENT },
	fact: { alignment: TEXT_ALIGNMENT },
	literalFact: { alignment: TEXT_ALIGNMENT, numFmt: FORMATS.text },
	factCount: { alignment: TEXT_ALIGNMENT, numFmt: FORMATS.count },
	factDay: { alignment: TEXT_ALIGNMENT, numFmt: FORMATS.day },
	factInstant: { alignment: TEXT_ALIGNMENT, numFmt: FORMATS.instant },
} satisfies Record<string, CellStyle>;

/** Fixed fills for legends and the like. */
export const TONE_STYLES: { readonly [tone in Tone]: CellStyle } = {
	danger: toneStyle("danger"),
	warning: toneStyle("warning"),
	notice: toneStyle("notice"),
	good: toneStyle("good"),
	plain: toneStyle("plain"),
};

/** The look that a conditional format gives to a cell; a new object each time, because exceljs may complete it. */
export function conditionalStyle(tone: Tone): CellStyle {
	const { fill, font } = toneColors(tone);
	return { fill: { type: "pattern", pattern: "solid", bgColor: { argb: fill } }, font: { color: { argb: font } } };
}

/** A text cell; null is an empty cell. */
export function textCell(text: string | null, options: { readonly wrap?: boolean } = {}): PlainCell {
	const plain = options.wrap === true ? STYLES.wrappedText : STYLES.text;
	if (text === null) return { value: null, style: plain };
	const literal = options.wrap === true ? STYLES.wrappedLiteralText : STYLES.literalText;
	return { value: toCellText(text), style: looksLikeFormula(text) ? literal : plain };
}

/** A whole number with thousands separators; null is an empty cell. */
export function countCell(value: number | null): PlainCell {
	return { value, style: STYLES.count };
}

/** A date without time; null is an empty cell. */
export function dayCell(day: number | null): PlainCell {
	return { value: day === null ? null : toExcelDay(day), style: STYLES.day };
}

/** A date and time in UTC; null is an empty cell. */
export function instantCell(instant: number | null): StyledCell {
	return { value: instant === null ? null : toExcelInstant(instant), style: STYLES.instant };
}

function toneStyle(tone: Tone): CellStyle {
	const { fill, font } = toneColors(tone);
	return { ...TOP, fill: { type: "pattern", pattern: "solid", fgColor: { argb: fill } }, font: { ...FONT, color: { argb: font } } };
}

function toneColors(tone: Tone): { readonly fill: string; readonly font: string } {
	switch (tone) {
		case "danger":
			return { fill: COLORS.danger, font: COLORS.onDanger };
		case "warning":
			return { fill: COLORS.warning, font: COLORS.onWarning };
		case "notice":
			return { fill: COLORS.notice, font: COLORS.onNotice };
		case "good":
			return { fill: COLORS.good, font: COLORS.onGood };
		case "plain":
			return { fill: COLORS.plain, font: COLORS.onPlain };
	}
}
