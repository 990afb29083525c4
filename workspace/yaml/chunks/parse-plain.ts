import type { ConfigNode, ListItem, ListNode, MapEntry, MapNode, ScalarNode, ScalarStyle } from "../config-node.ts";

/**
 * Parses a piece in the plain style that most lines of most files are written in, many times as fast as the general parser: keys of letters, values on
 * the line of their key, lists with a dash and a value on each line, comments on lines of their own. Null for everything else, which the general parser
 * then decides: what this one answers is what that one would.
 */
export function parsePlain(text: string): MapNode | ListNode | null {
	const reader = createReader(text);
	if (!nextLine(reader)) return null;
	const root = readNode(reader);
	return root === null || root.type === "scalar" || root.type === "alias" || reader.at < text.length ? null : root;
}

interface Reader {
	readonly text: string;
	/** Where the current line begins, and the one after it. */
	lineStart: number;
	lineEnd: number;
	next: number;
	/** Where its unread part begins. */
	at: number;
	/** The column of the deepest comment between it and the last line of content; -1 when there is none. */
	commentColumn: number;
	readonly key: RegExp;
	readonly value: RegExp;
}

function createReader(text: string): Reader {
	return {
		text,
		lineStart: 0,
		lineEnd: 0,
		next: 0,
		at: 0,
		commentColumn: -1,
		key: new RegExp(KEY, "y"),
		value: new RegExp(VALUE, "yu"),
	};
}

const KEY = /([A-Za-z_][\w-]*):(?=[ \r\n]|$)/;

/** A text that begins with a letter or digit, one in quotes, or a list of such in brackets, up to the end of the line. */
const VALUE =
	/ *(?:([A-Za-z0-9](?:[^:#\p{Cc}\p{Z}\u{FEFF}\p{Cs}]| (?=[^ #\r\n]))*)|"([^"\\\p{Cc}\u{2028}\u{2029}\u{FEFF}\p{Cs}]+)"|'([^'\p{Cc}\u{2028}\u{2029}\u{FEFF}\p{Cs}]+)'|(\[(?:[\w./+*() -]|"[\w./+*(): -]*"|,)*\]))\r?(?=\n|$)/u;

/** Goes to the next line with content; false when there is none, or one that is not plain. */
function nextLine(reader: Reader): boolean {
	const { text } = reader;
	reader.commentColumn = -1;
	for (let start = reader.next; start < text.length; ) {
		const newline = text.indexOf("\n", start);
		const end = newline < 0 ? text.length : newline;
		let at = start;
		while (text.charCodeAt(at) === SPACE) at++;
		const first = text[at];
		const isBlank = at >= end || (first === "\r" && at + 1 === end);
		if (!isBlank && first !== "#") {
			Object.assign(reader, { lineStart: start, lineEnd: end, next: end + 1, at });
			return true;
		}
		if (!isBlank) reader.commentColumn = Math.max(reader.commentColumn, at - start);
		start = end + 1;
	}
	reader.next = text.length;
	reader.lineStart = text.length;
	reader.at = text.length;
	return false;
}

const SPACE = 0x20;

/** What begins at the current place. */
function readNode(reader: Reader): ConfigNode | null {
	if (isDash(reader)) return readList(reader);
	reader.key.lastIndex = reader.at;
	return reader.key.test(reader.text) ? readMap(reader) : readValue(reader);
}

function isDash({ text, at }: Reader): boolean {
	return text[at] === "-" && text[at + 1] === " ";
}

function columnOf({ at, lineStart }: Reader): number {
	return at - lineStart;
}

function readList(reader: Reader): ListNode | null {
	const column = columnOf(reader);
	const start = reader.at;
	const items: ListItem[] = [];
	const value: unknown[] = [];
	let size = 1;
	for (;;) {
		const dash = reader.at;
		reader.at += 2;
		while (reader.text.charCodeAt(reader.at) === SPACE) reader.at++;
		const node = readNode(reader);
		if (node === null) return null;
		items.push({ dash, node });
		value.push(node.value);
		size += node.size;
		const further = goesOn(reader, column);
		if (further === null) return null;
		if (further && isDash(reader)) continue;
		if (reader.commentColumn >= column) return null;
		break;
	}
	return { type: "list", range: { start, end: items.at(-1)!.node.range.end }, value, anchor: null, size, flow: false, items };
}

function readMap(reader: Reader): MapNode | null {
	const { text, key: pattern } = reader;
	const column = columnOf(reader);
	const start = reader.at;
	const entries: MapEntry[] = [];
	const byKey = new Map<string, MapEntry>();
	const value: Record<string, unknown> = {};
	let size = 1;
	for (;;) {
		pattern.lastIndex = reader.at;
		const key = pattern.exec(text)?.[1];
		if (key === undefined || key === "__proto__" || byKey.has(key)) return null;
		const keyRange = { start: reader.at, end: reader.at + key.length };
		const colonEnd = keyRange.end + 1;
		reader.at = colonEnd;
		const node = isAtEnd(reader) ? readBelow(reader, column) : readValue(reader);
		if (node === null) return null;
		const entry: MapEntry = { key, keyRange, colonEnd, node, mergedAt: null };
		entries.push(entry);
		byKey.set(key, entry);
		value[key] = node.value;
		size += node.size;
		const further = goesOn(reader, column);
		if (further === null) return null;
		if (!further || isDash(reader)) break;
	}
	return { type: "map", range: { start, end: entries.at(-1)!.node.range.end }, value, anchor: null, size, flow: false, entries, byKey };
}

/**
 * Whether the current line begins in the column of a list or mapping; otherwise that ends. Null when it begins deeper, or a comment counts as
 * a part of what ends.
 */
function goesOn(reader: Reader, column: number): boolean | null {
	const own = reader.at >= reader.text.length ? -1 : columnOf(reader);
	if (own === column) return true;
	return own > column || reader.commentColumn >= column ? null : false;
}

function isAtEnd({ text, at, lineEnd }: Reader): boolean {
	return at === lineEnd || (text[at] === "\r" && at + 1 === lineEnd);
}

/** The value of a key on the lines below it; a value that is not there is not plain. */
function readBelow(reader: Reader, column: number): ConfigNode | null {
	if (!nextLine(reader) || reader.commentColumn >= 0) return null;
	const own = columnOf(reader);
	if (isDash(reader) ? own < column : own <= column) return null;
	const node = readNode(reader);
	return node?.type === "scalar" ? null : node;
}

/** A value up to the end of the line. */
function readValue(reader: Reader): ConfigNode | null {
	const { text, value: pattern } = reader;
	pattern.lastIndex = reader.at;
	const found = pattern.exec(text);
	if (found === null) return null;
	const end = pattern.lastIndex - (found[0].endsWith("\r") ? 1 : 0);
	const [, plain, double, single, flow] = found;
	const node =
		plain !== undefined
			? plainScalar(plain, end - plain.length)
			: double !== undefined
				? scalar(double, "double", end - double.length - 2, end)
				: single !== undefined
					? scalar(single, "single", end - single.length - 2, end)
					: flowList(flow!, end - flow!.length);
	if (node !== null) nextLine(reader);
	return node;
}

function scalar(value: unknown, style: ScalarStyle, start: number, end: number): ScalarNode {
	return { type: "scalar", range: { start, end }, value, anchor: null, size: 1, style };
}

/** Null for what may be a number or something else that only the general parser knows. */
function plainScalar(text: string, start: number): ScalarNode | null {
	const code = text.charCodeAt(0);
	if (code <= 0x39) {
		const isCount = /^\d{1,15}$/.test(text);
		if (!isCount && !/^\d{4}-\d\d-\d\d$/.test(text)) return null;
		return scalar(isCount ? Number(text) : text, "plain", start, start + text.length);
	}
	return scalar(text.length > 5 ? text : wordValue(text), "plain", start, start + text.length);
}

function wordValue(word: string): unknown {
	switch (word) {
		case "true":
		case "True":
		case "TRUE":
			return true;
		case "false":
		case "False":
		case "FALSE":
			return false;
		case "null":
		case "Null":
		case "NULL":
			return null;
		default:
			return word;
	}
}

/** A list in brackets whose items are plain words or in double quotes. */
function flowList(text: string, start: number): ListNode | null {
	const items: ListItem[] = [];
	const value: unknown[] = [];
	const item = /^( *)(?:"([^"]+)"|([A-Za-z][\w./+*()-]*(?: [\w./+*()-]+)*|\d+))( *)$/;
	let at = start + 1;
	for (const part of splitItems(text.slice(1, -1))) {
		const found = item.exec(part);
		if (found === null) return null;
		const [, lead, quoted, plain, tail] = found as unknown as [string, string, string | undefined, string | undefined, string];
		const from = at + lead.length;
		const to = at + part.length - tail.length;
		const node = quoted !== undefined ? scalar(quoted, "double", from, to) : plainScalar(plain!, from);
		if (node === null) return null;
		items.push({ dash: null, node });
		value.push(node.value);
		at += part.length + 1;
	}
	return { type: "list", range: { start, end: start + text.length }, value, anchor: null, size: 1 + items.length, flow: true, items };
}

/** At commas that are not in quotes. */
function splitItems(text: string): readonly string[] {
	return text.includes('"') ? (text.match(/(?:"[^"]*"|[^",])+|(?<=,|^)(?=,|$)/g) ?? []) : text.split(",");
}
