import { childOf, childrenOf, elementsOf, type XmlElement } from "../xml-tree.ts";

/** What is wrong with the styles of a workbook. */
export function styleFaults(styles: XmlElement): readonly string[] {
	const lists = LISTS.flatMap((name) => childOf(styles, name) ?? []);
	const looks = [...childrenOf(childOf(styles, "cellXfs"), "xf"), ...childrenOf(childOf(styles, "cellStyleXfs"), "xf")];
	const formats = formatCodes(styles);
	return [
		...lists
			.filter(({ attributes, children }) => Number(attributes["count"]) !== children.length)
			.map(({ name }) => `The list ${name} of the styles has another count.`),
		...looks.flatMap(({ attributes }) => [
			...REFERENCES.filter(([attribute, list]) => Number(attributes[attribute] ?? 0) >= (childOf(styles, list)?.children.length ?? 0)).map(
				([attribute]) => `A style has the ${attribute} ${attributes[attribute]}.`,
			),
			...(Number(attributes["numFmtId"] ?? 0) >= FIRST_OWN_FORMAT && !formats.has(attributes["numFmtId"] ?? "")
				? [`A style has the numFmtId ${attributes["numFmtId"]}.`]
				: []),
		]),
		...elementsOf(styles, "font")
			.map(({ children }) => children.map(({ name }) => name))
			.filter((names) => names.some((name, index) => index > 0 && FONT_ORDER.indexOf(name) <= FONT_ORDER.indexOf(names[index - 1] ?? "")))
			.map((names) => `A font has its elements in the order ${names.join(", ")}.`),
	];
}

/** Whether each style of a cell shows a date. */
export function dateStyles(styles: XmlElement): readonly boolean[] {
	const formats = formatCodes(styles);
	return childrenOf(childOf(styles, "cellXfs"), "xf").map(({ attributes }) =>
		(formats.get(attributes["numFmtId"] ?? "") ?? "").includes("y"),
	);
}

/** Number of styles for conditional formats. */
export function conditionalStyleCount(styles: XmlElement): number {
	return childOf(styles, "dxfs")?.children.length ?? 0;
}

const LISTS = ["numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"];
const REFERENCES = [
	["fontId", "fonts"],
	["fillId", "fills"],
	["borderId", "borders"],
	["xfId", "cellStyleXfs"],
] as const;
const FONT_ORDER = [
	...["b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign"],
	...["sz", "color", "name", "family", "charset", "scheme"],
];
/** Formats below it are built in. */
const FIRST_OWN_FORMAT = 164;

function formatCodes(styles: XmlElement): ReadonlyMap<string, string> {
	const formats = childrenOf(childOf(styles, "numFmts"), "numFmt");
	return new Map(formats.map(({ attributes }) => [attributes["numFmtId"] ?? "", attributes["formatCode"] ?? ""]));
}
