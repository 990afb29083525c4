import { t } from "../../texts/translate.ts";
/** What a reader of a part of a workbook is told, in the order of the document. Names of elements come without their prefix. */
export interface XmlHandler {
	/** @param attributes valid during the call. */
	open?(name: string, attributes: XmlAttributes): void;
	/** The characters between two tags, in one piece. Those of long documents are in memory as long as the text is kept: see {@link detach}. */
	text?(text: string): void;
	close?(name: string): void;
}

/** The attributes of one element. */
export interface XmlAttributes {
	/** The value of an attribute, given by its name without a prefix; null when there is none. */
	get(name: string): string | null;
}

/** Reads XML in pieces. */
export interface XmlReader {
	/** @throws {Error} at what is not well-formed, or could fill the memory. */
	write(bytes: Uint8Array): void;
	/** @throws {Error} when the document is not complete. */
	end(): void;
}

/** Characters without an end of a text or tag: far more than a cell may have. */
const MAX_PENDING = 4 * 1024 * 1024;

/** Characters of one tag; a workbook has some hundred. */
const MAX_TAG = 64 * 1024;

/** Elements within elements; a workbook has about ten. */
const MAX_DEPTH = 256;

/**
 * A reader of the XML that workbooks consist of, which has no document type and so no entities of its own. It holds no more of the
 * document than one tag or text. Written for sheets of a gigabyte: it looks for the ends of tags and makes strings of what is asked for only.
 */
export function createXmlReader(handler: XmlHandler): XmlReader {
	const open: string[] = [];
	const attributes = createAttributes();
	let decoder: InstanceType<typeof TextDecoder> | null = null;
	let pending = "";
	let hasRoot = false;

	/** False when the `>` that ended the tag stands in a value of it. */
	function openTag(tag: string): boolean {
		if (tag.length > MAX_TAG) throw new Error(t("a tag in it is too long"));
		const isEmpty = tag.endsWith("/");
		const nameEnd = endOfName(tag);
		const name = tag.slice(0, nameEnd);
		if (name === "") throw new Error(t("a tag without a name"));
		if (open.length === 0 && hasRoot) throw new Error(t("more than one root element"));
		if (open.length === MAX_DEPTH) throw new Error(t("its elements are nested too deeply"));
		if (!attributes.read(tag, nameEnd, isEmpty ? tag.length - 1 : tag.length)) return false;
		hasRoot = true;
		const local = localName(name);
		handler.open?.(local, attributes);
		if (isEmpty) handler.close?.(local);
		else open.push(name);
		return true;
	}

	function closeTag(tag: string): void {
		const name = tag.trimEnd();
		if (open.pop() !== name) throw new Error(t`</${name.slice(0, 40)}> closes nothing`);
		handler.close?.(localName(name));
	}

	function addText(text: string): void {
		if (open.length > 0) handler.text?.(text);
		else if (text.trim() !== "") throw new Error(t("text outside of the root element"));
	}

	/** Reads all whole tags and texts, and answers where the rest begins. */
	function read(text: string): number {
		for (let at = 0; ; ) {
			const tag = text.indexOf("<", at);
			if (tag < 0) return at;
			if (tag > at) addText(decodeEntities(text.slice(at, tag)));
			const kind = text.charCodeAt(tag + 1);
			if (kind === SLASH) {
				const end = text.indexOf(">", tag);
				if (end < 0) return tag;
				closeTag(text.slice(tag + 2, end));
				at = end + 1;
			} else if (kind === QUESTION) {
				const end = text.indexOf("?>", tag);
				if (end < 0) return tag;
				at = end + 2;
			} else if (kind === EXCLAMATION) {
				const end = readSpecial(text, tag);
				if (end < 0) return tag;
				at = end;
			} else {
				let end = text.indexOf(">", tag);
				while (end >= 0 && !openTag(text.slice(tag + 1, end))) end = text.indexOf(">", end + 1);
				if (end < 0) return tag;
				at = end + 1;
			}
		}
	}

	/** Where a comment or a CDATA section is over; -1 when its end has not come yet. */
	function readSpecial(text: string, start: number): number {
		if (text.startsWith("<!--", start)) {
			const end = text.indexOf("-->", start + 4);
			return end < 0 ? -1 : end + 3;
		}
		if (text.startsWith(CDATA, start)) {
			const end = text.indexOf("]]>", start);
			if (end < 0) return -1;
			addText(text.slice(start + CDATA.length, end));
			return end + 3;
		}
		if (text.length - start >= CDATA.length) throw new Error(t("it has a document type"));
		return -1;
	}

	return {
		write(bytes) {
			decoder ??= new TextDecoder(encodingOf(bytes), { fatal: true });
			const text = pending + decoder.decode(bytes, { stream: true });
			pending = text.slice(read(text));
			if (pending.length > MAX_PENDING) throw new Error(t("a text in it is too long"));
		},
		end() {
			const text = pending + (decoder?.decode() ?? "");
			const rest = text.slice(read(text));
			if (!hasRoot || open.length > 0 || rest.trim() !== "") throw new Error(t("it is cut off"));
		},
	};
}

/** A text of its own: as a piece of a longer one it would keep all of that in memory. */
export function detach(text: string): string {
	// V8 copies short pieces by itself.
	return text.length < 13 ? text : ` ${text}`.slice(1);
}

/** Whether an attribute of XML Schema's type boolean is true. */
export function isTrue(value: string | null): boolean {
	return value === "1" || value === "true";
}

const SLASH = 0x2f;
const QUESTION = 0x3f;
const EXCLAMATION = 0x21;
const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;
const CDATA = "<![CDATA[";

interface AttributeReader extends XmlAttributes {
	/** Reads those in a piece of a tag; false when the last one is not over. */
	read(tag: string, start: number, end: number): boolean;
}

function createAttributes(): AttributeReader {
	// Used again for each tag: a large sheet has tens of millions.
	const names: string[] = [];
	const values: string[] = [];
	let count = 0;
	return {
		read(tag, start, end) {
			count = 0;
			for (let at = start; ; ) {
				while (at < end && isSpace(tag.charCodeAt(at))) at++;
				if (at >= end) return true;
				const equals = tag.indexOf("=", at);
				if (equals < 0 || equals >= end) throw new Error(t("an attribute without a value"));
				let opening = equals + 1;
				while (isSpace(tag.charCodeAt(opening))) opening++;
				const quote = tag.charCodeAt(opening);
				if (quote !== DOUBLE_QUOTE && quote !== SINGLE_QUOTE) throw new Error(t("an attribute without quotes"));
				const closing = tag.indexOf(quote === DOUBLE_QUOTE ? '"' : "'", opening + 1);
				if (closing < 0 || closing >= end) return false;
				names[count] = tag.slice(at, equals).trimEnd();
				values[count++] = tag.slice(opening + 1, closing);
				at = closing + 1;
			}
		},
		get(name) {
			for (let index = 0; index < count; index++) {
				if (names[index] === name) return decodeEntities(values[index]!);
			}
			for (let index = 0; index < count; index++) {
				if (names[index]!.endsWith(`:${name}`)) return decodeEntities(values[index]!);
			}
			return null;
		},
	};
}

function endOfName(tag: string): number {
	for (let at = 0; at < tag.length; at++) {
		const code = tag.charCodeAt(at);
		if (code === SLASH || isSpace(code)) return at;
	}
	return tag.length;
}

function isSpace(code: number): boolean {
	return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function localName(name: string): string {
	const colon = name.indexOf(":");
	return colon < 0 ? name : name.slice(colon + 1);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decodeEntities(text: string): string {
	const plain = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
	if (!plain.includes("&")) return plain;
	return plain.replace(/&([^;&]*);?/g, (written, name: string) => {
		if (!written.endsWith(";")) throw new Error("an & that begins no entity");
		if (!name.startsWith("#")) return ENTITIES[name] ?? unknownEntity(name);
		const code = name.startsWith("#x") ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
		return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : unknownEntity(name);
	});
}

function unknownEntity(name: string): never {
	throw new Error(t`it has an entity &${name.slice(0, 40)};`);
}

/** The encodings that a part may have. */
function encodingOf(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
	return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
}
