import { t } from "../../texts/translate.ts";
import type { SourceError } from "../connector.ts";
import { SourceError as Failure } from "../connector.ts";
import { isDateFormat } from "./number-formats.ts";
import { damagedWorkbook, resolvePart, type WorkbookFile } from "./workbook-file.ts";
import { isTrue, type XmlHandler } from "./xml-reader.ts";

/** What a workbook says of itself. */
export interface Workbook {
	/** Sheets with cells, in their order; sheets that are a chart are none. */
	readonly sheets: readonly Sheet[];
	/** Whether days are counted from 1904, as Excel for Macintosh did. */
	readonly startsIn1904: boolean;
	/** Part with the texts that cells refer to; null when there is none. */
	readonly stringsPart: string | null;
	/** By number of a cell's style: whether it shows a number as a date. */
	readonly dateStyles: readonly boolean[];
}

/** One sheet of a workbook. */
export interface Sheet {
	readonly name: string;
	readonly part: string;
	readonly hidden: boolean;
}

/**
 * Reads what stands beside the cells of a workbook.
 * @throws {SourceError} when it is damaged, or a document of another kind.
 */
export async function readWorkbook(file: WorkbookFile): Promise<Workbook> {
	const part = await findWorkbookPart(file);
	const listed: { readonly name: string; readonly id: string; readonly hidden: boolean }[] = [];
	let startsIn1904 = false;
	await readAll(file, part, {
		open(name, attributes) {
			if (name === "workbookPr") startsIn1904 = isTrue(attributes.get("date1904"));
			if (name !== "sheet") return;
			const state = attributes.get("state");
			listed.push({
				name: attributes.get("name") ?? "",
				id: attributes.get("id") ?? "",
				hidden: state === "hidden" || state === "veryHidden",
			});
		},
	});
	const links = await readLinks(file, part);
	const partOf = (kind: string) => links.find((link) => link.type.endsWith(kind))?.part ?? null;
	const sheets = listed.flatMap(({ name, id, hidden }) => {
		const link = links.find((candidate) => candidate.id === id && candidate.type.endsWith("/worksheet"));
		return link === undefined ? [] : [{ name, part: link.part, hidden }];
	});
	if (sheets.length === 0) throw damagedWorkbook(file.shown, t("it has no sheet"));
	const stylesPart = partOf("/styles");
	return {
		sheets,
		startsIn1904,
		stringsPart: partOf("/sharedStrings"),
		dateStyles: stylesPart === null || !file.has(stylesPart) ? [] : await readDateStyles(file, stylesPart),
	};
}

/** Reads a part to its end. */
export async function readAll(file: WorkbookFile, part: string, handler: XmlHandler): Promise<void> {
	for await (const _ of file.read(part, handler));
}

interface Link {
	readonly id: string;
	readonly type: string;
	readonly part: string;
}

async function findWorkbookPart(file: WorkbookFile): Promise<string> {
	const links = file.has("_rels/.rels") ? await readLinks(file, "") : [];
	const part = links.find((link) => link.type.endsWith("/officeDocument"))?.part ?? "xl/workbook.xml";
	if (part.endsWith(".bin")) throw otherKind(file, t("a binary workbook (.xlsb)"));
	if (file.has(part) && /(?:^|\/)xl\/|workbook/i.test(part)) return part;
	if (file.has("content.xml") && file.has("META-INF/manifest.xml")) throw otherKind(file, t("an OpenDocument file, such as .ods"));
	if (file.has("word/document.xml")) throw otherKind(file, t("a Word document"));
	if (file.has("ppt/presentation.xml")) throw otherKind(file, t("a presentation"));
	throw otherKind(file, t("an archive of other files, or a damaged one"));
}

function otherKind(file: WorkbookFile, what: string): SourceError {
	return new Failure(
		"source/damaged-file",
		"path",
		t`${file.shown} is not an Excel workbook. This is ${what}. Save the table as .xlsx or CSV.`,
	);
}

async function readLinks(file: WorkbookFile, part: string): Promise<readonly Link[]> {
	const slash = part.lastIndexOf("/") + 1;
	const linksPart = `${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`;
	const links: Link[] = [];
	await readAll(file, linksPart, {
		open(name, attributes) {
			if (name !== "Relationship") return;
			const target = attributes.get("Target") ?? "";
			links.push({ id: attributes.get("Id") ?? "", type: attributes.get("Type") ?? "", part: resolvePart(part, target) });
		},
	});
	return links;
}

async function readDateStyles(file: WorkbookFile, part: string): Promise<readonly boolean[]> {
	const codes = new Map<number, string>();
	const styles: boolean[] = [];
	let inCellFormats = false;
	await readAll(file, part, {
		open(name, attributes) {
			const id = Number(attributes.get("numFmtId") ?? 0);
			if (name === "cellXfs") inCellFormats = true;
			// Formats with a name of their own stand before the cells' styles.
			if (name === "numFmt") codes.set(id, attributes.get("formatCode") ?? "");
			if (name === "xf" && inCellFormats) styles.push(isDateFormat(id, codes.get(id) ?? null));
		},
		close(name) {
			if (name === "cellXfs") inCellFormats = false;
		},
	});
	return styles;
}
