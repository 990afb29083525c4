import { writeZip } from "../../support/write-zip.ts";

/** What a workbook for a test consists of, as XML. */
export interface WorkbookParts {
	/** Content of `sheetData` by sheet name; a name with `!` at its end is a hidden sheet. */
	readonly sheets: Readonly<Record<string, string>>;
	readonly strings?: readonly string[];
	/** Number formats of the cells' styles, by number or as their code; style 0 is General. */
	readonly formats?: readonly (number | string)[];
	readonly date1904?: boolean;
	/** Prefix of all elements, as some programs write one. */
	readonly prefix?: string;
	/** Other parts, or other content of these. */
	readonly parts?: Readonly<Record<string, string | Uint8Array>>;
	/** Sizes that entries claim to unpack to. */
	readonly claim?: Readonly<Record<string, number>>;
}

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships";

/** The bytes of a workbook that consists of these parts and nothing else. */
export function writeWorkbook({
	sheets,
	strings = [],
	formats = [],
	date1904,
	prefix = "",
	parts = {},
	claim = {},
}: WorkbookParts): Buffer {
	const names = Object.keys(sheets);
	const p = prefix === "" ? "" : `${prefix}:`;
	const root = prefix === "" ? `xmlns="${MAIN}"` : `xmlns:${prefix}="${MAIN}"`;
	const tag = (name: string, content: string, attributes = "") => `<${p}${name} ${attributes}>${content}</${p}${name}>`;
	const links = names.map((_, index) => `<Relationship Id="r${index}" Type="${LINKS}/worksheet" Target="worksheets/sheet${index}.xml"/>`);
	const listed = names.map((name, index) => {
		const state = name.endsWith("!") ? 'state="hidden"' : "";
		return `<${p}sheet name="${name.replace(/!$/, "")}" sheetId="${index + 1}" ${state} xmlns:r="${LINKS}" r:id="r${index}"/>`;
	});
	const custom = formats.map((format, index) =>
		typeof format === "number" ? "" : `<numFmt numFmtId="${200 + index}" formatCode="${escapeXml(format)}"/>`,
	);
	const styles = formats.map((format, index) => `<xf numFmtId="${typeof format === "number" ? format : 200 + index}"/>`);
	return writeZip(
		{
			"[Content_Types].xml": "<Types/>",
			"_rels/.rels": `<Relationships xmlns="${PACKAGE}"><Relationship Id="a" Type="${LINKS}/officeDocument" Target="/xl/workbook.xml"/></Relationships>`,
			"xl/workbook.xml": `<?xml version="1.0"?>${tag("workbook", `<${p}workbookPr date1904="${date1904 === true ? 1 : 0}"/><${p}sheets>${listed.join("")}</${p}sheets>`, root)}`,
			"xl/_rels/workbook.xml.rels": `<Relationships xmlns="${PACKAGE}">${links.join("")}<Relationship Id="s" Type="${LINKS}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="t" Type="${LINKS}/styles" Target="styles.xml"/></Relationships>`,
			"xl/sharedStrings.xml": `<sst xmlns="${MAIN}">${strings.map((text) => (text.startsWith("<") ? `<si>${text}</si>` : `<si><t>${escapeXml(text)}</t></si>`)).join("")}</sst>`,
			"xl/styles.xml": `<styleSheet xmlns="${MAIN}"><numFmts>${custom.join("")}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${styles.join("")}</cellXfs></styleSheet>`,
			...Object.fromEntries(
				names.map((name, index) => [
					`xl/worksheets/sheet${index}.xml`,
					`<?xml version="1.0" encoding="UTF-8"?>\n${tag("worksheet", tag("sheetData", sheets[name]!), root)}`,
				]),
			),
			...parts,
		},
		claim,
	);
}

export function escapeXml(text: string): string {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
