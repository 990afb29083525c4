import { childOf, elementsOf, type XmlElement } from "../xml-tree.ts";
import { columnOf, isAddress, isRange, MAX_COLUMNS, MAX_ROWS } from "./addresses.ts";

/** What a sheet refers to outside of its part. */
export interface SheetContext {
	readonly sheetNames: readonly string[];
	/** The shared texts. */
	readonly texts: readonly string[];
	/** Whether each style shows a date. */
	readonly isDate: readonly boolean[];
	/** Number of styles for conditional formats. */
	readonly conditionalStyles: number;
}

/** What a worksheet breaks of the rules of its format, a sentence each. */
export function sheetFaults(sheet: XmlElement, context: SheetContext): readonly string[] {
	return [
		...orderFaults(sheet),
		...columnFaults(sheet),
		...rowFaults(sheet, context),
		...conditionFaults(sheet, context),
		...elementsOf(sheet, "x14:sparkline").flatMap((line) => lineFaults(line, context)),
		...["dimension", "autoFilter", "mergeCell"].flatMap((name) =>
			elementsOf(sheet, name).flatMap(({ attributes }) =>
				isRange(attributes["ref"] ?? "") ? [] : [`${name} has the range "${attributes["ref"]}".`],
			),
		),
		...elementsOf(sheet, "oddFooter").flatMap(({ text }) => (text.length > 255 ? ["The footer is longer than 255 characters."] : [])),
	];
}

const ELEMENT_ORDER = [
	...["sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection", "protectedRanges"],
	...["scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting"],
	...["dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks"],
	...["customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "picture", "oleObjects", "controls"],
	...["webPublishItems", "tableParts", "extLst"],
];

function orderFaults({ children }: XmlElement): readonly string[] {
	return children.flatMap(({ name }, index) => {
		const before = children[index - 1]?.name ?? "";
		const step = ELEMENT_ORDER.indexOf(name) - ELEMENT_ORDER.indexOf(before);
		return step > 0 || (step === 0 && name === "conditionalFormatting") ? [] : [`${name} stands after ${before}.`];
	});
}

function columnFaults(sheet: XmlElement): readonly string[] {
	let last = 0;
	return elementsOf(sheet, "col").flatMap(({ attributes }) => {
		const [min, max] = [Number(attributes["min"]), Number(attributes["max"])];
		const fits = min > last && max >= min && max <= MAX_COLUMNS;
		last = max;
		return fits ? [] : [`The columns ${min} to ${max} are out of order.`];
	});
}

function rowFaults(sheet: XmlElement, context: SheetContext): readonly string[] {
	let lastRow = 0;
	return (childOf(sheet, "sheetData")?.children ?? []).flatMap((row) => {
		const number = Number(row.attributes["r"]);
		const faults = number > lastRow && number <= MAX_ROWS ? [] : [`Row ${number} stands after row ${lastRow}.`];
		lastRow = number;
		let lastColumn = 0;
		return [
			...faults,
			...row.children.flatMap((cell) => {
				const address = cell.attributes["r"] ?? "";
				const column = columnOf(address);
				const inOrder = isAddress(address) && address.replace(/^[A-Z]+/, "") === String(number) && column > lastColumn;
				lastColumn = column;
				return [
					...(inOrder ? [] : [`The cell ${address} is out of order in row ${number}.`]),
					...cellFaults(cell, context).map((fault) => `${address} ${fault}.`),
				];
			}),
		];
	});
}

function cellFaults(cell: XmlElement, { texts, isDate, sheetNames }: SheetContext): readonly string[] {
	const style = Number(cell.attributes["s"] ?? 0);
	const type = cell.attributes["t"] ?? "n";
	const value = childOf(cell, "v")?.text;
	const formula = childOf(cell, "f")?.text;
	const faults: string[] = [];
	if (!(style < isDate.length)) faults.push(`has the style ${style}`);
	if (!["n", "s", "str"].includes(type)) faults.push(`is of the type ${type}`);
	if (type === "s" && !(Number(value) < texts.length)) faults.push(`has the shared text ${value}`);
	if (type === "n" && value !== undefined) {
		if (!/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value)) faults.push(`has the number "${value}"`);
		else if (isDate[style] && !(Number(value) >= FIRST_TRUE_DATE && Number(value) < END_OF_DATES)) faults.push(`has the date ${value}`);
	}
	return formula === undefined ? faults : [...faults, ...formulaFaults(formula, sheetNames)];
}

function formulaFaults(formula: string, sheetNames: readonly string[]): readonly string[] {
	const isFormula = /^[^=]/.test(formula) && formula.length <= 8192;
	const quoted = [...formula.matchAll(/'([^']+)'!/g)].map(([, name]) => name ?? "");
	return [
		...(isFormula ? [] : [`has the formula "${formula.slice(0, 40)}"`]),
		...quoted.filter((name) => !sheetNames.includes(name)).map((name) => `refers to the sheet "${name}", which is not there`),
	];
}

function conditionFaults(sheet: XmlElement, { conditionalStyles, sheetNames }: SheetContext): readonly string[] {
	const rules = elementsOf(sheet, "cfRule");
	const priorities = rules.map(({ attributes }) => attributes["priority"]);
	return [
		...(new Set(priorities).size === priorities.length ? [] : ["Two conditional formats have the same priority."]),
		...elementsOf(sheet, "conditionalFormatting").flatMap(({ attributes }) =>
			isRange(attributes["sqref"] ?? "") ? [] : [`A conditional format is for "${attributes["sqref"]}".`],
		),
		...rules.flatMap((rule) => [
			...(Number(rule.attributes["dxfId"]) < conditionalStyles ? [] : [`A conditional format has the style ${rule.attributes["dxfId"]}.`]),
			...elementsOf(rule, "formula").flatMap(({ text }) =>
				formulaFaults(text, sheetNames).map((fault) => `A conditional format ${fault}.`),
			),
		]),
	];
}

function lineFaults(line: XmlElement, { sheetNames }: SheetContext): readonly string[] {
	const from = childOf(line, "xm:f")?.text ?? "";
	const at = childOf(line, "xm:sqref")?.text ?? "";
	const [sheet = "", range = ""] = from.split("!");
	return isAddress(at) && sheetNames.includes(sheet) && isRange(range) ? [] : [`A line at "${at}" shows "${from}".`];
}

/** 1900-03-01, and the day after 9999-12-31. */
const FIRST_TRUE_DATE = 61;
const END_OF_DATES = 2_958_466;
