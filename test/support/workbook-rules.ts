import { packageFaults } from "./workbook-rules/package-rules.ts";
import { type SheetContext, sheetFaults } from "./workbook-rules/sheet-rules.ts";
import { conditionalStyleCount, dateStyles, styleFaults } from "./workbook-rules/style-rules.ts";
import { childrenOf, elementsOf, parseXml, type XmlElement } from "./xml-tree.ts";

/**
 * What a workbook's parts break of the rules of its format: those whose breach makes Excel offer a repair, and some that make it show
 * something else than was meant. A sentence for each fault; none for a workbook in order.
 * @param parts text by name, as `readPackageParts` answers them.
 */
export function workbookFaults(parts: ReadonlyMap<string, string>): readonly string[] {
	const trees = new Map<string, XmlElement>();
	const faults: string[] = [];
	for (const [name, content] of parts) {
		try {
			trees.set(name, parseXml(content));
		} catch (error) {
			faults.push(`${name} is no XML: ${(error as Error).message}`);
		}
	}
	const workbook = trees.get("xl/workbook.xml");
	const styles = trees.get("xl/styles.xml");
	const types = trees.get("[Content_Types].xml");
	// There is nothing to hold the others against.
	if (workbook === undefined || styles === undefined || types === undefined)
		return [...faults, "A part that every workbook has is missing."];
	const names = elementsOf(workbook, "sheet").map((sheet) => sheet.attributes["name"] ?? "");
	const context: SheetContext = {
		sheetNames: names,
		texts: childrenOf(trees.get("xl/sharedStrings.xml"), "si").map(textOf),
		isDate: dateStyles(styles),
		conditionalStyles: conditionalStyleCount(styles),
	};
	const sheets = [...trees].filter(([name]) => name.startsWith("xl/worksheets/") && name.endsWith(".xml"));
	return [
		...faults,
		...packageFaults(types, trees, [...parts.keys()]),
		...nameFaults(names),
		...definedNameFaults(workbook, names),
		...filterFaults(workbook, sheets),
		...styleFaults(styles),
		...context.texts.filter((text) => text.length > 32_767).map((text) => `The text "${text.slice(0, 40)}" is too long for a cell.`),
		...sheets.flatMap(([name, sheet]) => sheetFaults(sheet, context).map((fault) => `${name}: ${fault}`)),
	];
}

function nameFaults(names: readonly string[]): readonly string[] {
	const same = names.filter((name, index) => names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) < index);
	return [
		...same.map((name) => `Two sheets are called ${name}.`),
		...names
			.filter((name) => name === "" || name.length > 31 || /[\\/?*[\]:]|^'|'$/.test(name) || name.toLowerCase() === "history")
			.map((name) => `"${name}" is no name of a sheet.`),
	];
}

function definedNameFaults(workbook: XmlElement, names: readonly string[]): readonly string[] {
	const seen = new Set<string>();
	return elementsOf(workbook, "definedName").flatMap(({ attributes, text }) => {
		const sheet = names[Number(attributes["localSheetId"])];
		const key = `${attributes["name"]} of the sheet ${sheet}`;
		const isRange = text.startsWith(`'${sheet}'!`) && /!(?:\$[A-Z]+\$\d+:\$[A-Z]+\$\d+|\$\d+:\$\d+)$/.test(text);
		const isNew = !seen.has(key);
		seen.add(key);
		return isNew && isRange ? [] : [`${key} is ${text}${isNew ? "" : ", and something else too"}.`];
	});
}

/** Excel gives the name by itself; LibreOffice shows no filter without. */
function filterFaults(workbook: XmlElement, sheets: readonly (readonly [string, XmlElement])[]): readonly string[] {
	const named = elementsOf(workbook, "definedName")
		.filter(({ attributes }) => attributes["name"] === "_xlnm._FilterDatabase")
		.map(
			({ attributes, text }) =>
				`xl/worksheets/sheet${Number(attributes["localSheetId"]) + 1}.xml: ${text.replace(/.*!/, "").replaceAll("$", "")}`,
		);
	const filtered = sheets.flatMap(([part, sheet]) =>
		childrenOf(sheet, "autoFilter").map(({ attributes }) => `${part}: ${attributes["ref"]}`),
	);
	return [
		...named.filter((filter) => !filtered.includes(filter)).map((filter) => `There is a name for no filter, ${filter}.`),
		...filtered.filter((filter) => !named.includes(filter)).map((filter) => `There is no name for the filter ${filter}.`),
	];
}

function textOf(element: XmlElement): string {
	const text = elementsOf(element, "t").map((part) => part.text);
	return text.join("").replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
