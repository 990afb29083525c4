/** A piece of a text that can be parsed alone: what it means does not depend on the text around it, save for anchors. */
export interface Span {
	readonly start: number;
	readonly end: number;
	/** `entry`: keys of the file itself with their values; `head`: a key whose items follow; `item`: one item of that key's list. */
	readonly role: ChunkRole;
	/** Column of an item's dash; 0 otherwise. */
	readonly column: number;
}

export type ChunkRole = "entry" | "head" | "item";

/**
 * Cuts a text at the keys of the file itself and, where such a key holds a list in block style and nothing else, at the dashes of that list.
 * Looks at the beginnings of lines alone, which is enough: no value of a key goes on in the column of that key, and no item of a list in
 * the column of its dashes or left of it, unless the text is faulty. Comments and blank lines belong to what is before them. Null for texts
 * whose first line of content is no key in the first column, and for those with directives, several documents or keys marked by `?`.
 */
export function splitText(text: string): readonly Span[] | null {
	const spans: Span[] = [];
	const key = new RegExp(KEY, "y");
	let section: Section | null = null;
	let offset = text.charCodeAt(0) === BOM ? 1 : 0;
	while (offset < text.length) {
		const newline = text.indexOf("\n", offset);
		const next = newline < 0 ? text.length : newline + 1;
		let at = offset;
		while (text.charCodeAt(at) === SPACE) at++;
		if (hasContent(text, at)) {
			const column = at - offset;
			if (column === 0 && isDocumentMark(text, at, section === null)) {
				if (section !== null || !text.startsWith("---", at)) return null;
			} else if (isDash(text, at)) {
				if (section === null) return null;
				enterDash(section, offset, column);
			} else if (column > 0 || text.charCodeAt(at) === TAB) {
				if (section === null) return null;
				section.hasContent = true;
			} else if (isKeyMark(text, at)) {
				return null;
			} else {
				key.lastIndex = at;
				if (key.test(text)) {
					if (section !== null) closeSection(section, offset, spans);
					section = {
						start: section === null ? 0 : offset,
						isBare: isBareBehind(text, key.lastIndex),
						hasContent: false,
						column: 0,
						dashes: [],
					};
				} else if (section === null) return null;
				else section.hasContent = true;
			}
		}
		offset = next;
	}
	if (section === null) return null;
	closeSection(section, text.length, spans);
	return spans;
}

/** A key of the file itself with all that is below it. */
interface Section {
	readonly start: number;
	/** Whether its value can only be on the lines below. */
	readonly isBare: boolean;
	/** Whether its value has begun. */
	hasContent: boolean;
	column: number;
	/** Where the lines of its items begin; empty for a value of another kind. */
	readonly dashes: number[];
}

function enterDash(section: Section, lineStart: number, column: number): void {
	if (!section.hasContent && section.isBare) {
		section.column = column;
		section.dashes.push(lineStart);
	} else if (section.dashes.length > 0 && section.column === column) section.dashes.push(lineStart);
	section.hasContent = true;
}

function closeSection({ start, column, dashes }: Section, end: number, spans: Span[]): void {
	const [first] = dashes;
	if (first === undefined) {
		spans.push({ start, end, role: "entry", column: 0 });
		return;
	}
	spans.push({ start, end: first, role: "head", column: 0 });
	for (let index = 0; index < dashes.length; index++)
		spans.push({ start: dashes[index]!, end: dashes[index + 1] ?? end, role: "item", column });
}

const BOM = 0xfeff;
const SPACE = 0x20;
const TAB = 0x09;

/**
 * A key with its colon, perhaps with an anchor or a tag. A line in the first column that is none either belongs to the value before it or is
 * faulty.
 */
const KEY =
	/(?:[&!]\S*[ \t]+)*(?:"(?:[^"\\\n]|\\[^\n])*"|'(?:[^'\n]|'')*'|[^\s"'#[\]{},](?:[^\n#:]|(?<=\S)#|:(?![\s]|$))*?)[ \t]*:(?=\s|$)/;

function hasContent(text: string, at: number): boolean {
	let offset = at;
	while (text.charCodeAt(offset) === TAB || text.charCodeAt(offset) === SPACE) offset++;
	return !isEnd(text.charCodeAt(offset)) && text[offset] !== "#";
}

function isDash(text: string, at: number): boolean {
	return text[at] === "-" && isBlankOrEnd(text.charCodeAt(at + 1));
}

function isKeyMark(text: string, at: number): boolean {
	return (text[at] === "?" || text[at] === ":") && isBlankOrEnd(text.charCodeAt(at + 1));
}

function isDocumentMark(text: string, at: number, isFirst: boolean): boolean {
	const first = text[at];
	if (first === "%") return true;
	if (!text.startsWith("---", at) && !text.startsWith("...", at)) return false;
	return isFirst ? isBareBehind(text, at + 3) || isBlankOrEnd(text.charCodeAt(at + 3)) : isBlankOrEnd(text.charCodeAt(at + 3));
}

/** Whether nothing but a comment follows on the line. */
function isBareBehind(text: string, end: number): boolean {
	let offset = end;
	while (text.charCodeAt(offset) === SPACE || text.charCodeAt(offset) === TAB) offset++;
	return isEnd(text.charCodeAt(offset)) || (text[offset] === "#" && offset > end);
}

function isBlankOrEnd(code: number): boolean {
	return code === SPACE || code === TAB || isEnd(code);
}

/** The end of a line or of the text. */
function isEnd(code: number): boolean {
	return code === 0x0a || code === 0x0d || Number.isNaN(code);
}
