import type { ConfigFix, ConfigPath } from "../../../core/problems.ts";
import { describeNode } from "../../../core/schema/describe.ts";
import { isConfigKind } from "../../../core/schema/schemas.ts";
import type { ListNode, MapEntry, MapNode } from "../config-node.ts";
import type { ParsedConfig } from "../parse-config.ts";
import type { Editing, TextEdit } from "../text-edit.ts";
import {
	columnOfList,
	columnOfMap,
	detectStyle,
	endOfEntry,
	endOfItem,
	endOfLine,
	findSite,
	lineBreakOf,
	type NodeSite,
} from "./node-site.ts";
import { removalEdits } from "./remove-node.ts";
import { renderEntry, renderInline, renderKey, renderLines } from "./render-value.ts";
import { replaceValue } from "./replace-value.ts";

export type { TextEdit } from "../text-edit.ts";

/**
 * The edits by which a fix is carried out on a file: few and small, none overlapping another, with comments, indentation, quotes and line
 * breaks kept. Empty when the fix does not fit the file as it is now, or would reach through an alias into another place.
 */
export function editsForFix(parsed: ParsedConfig, fix: ConfigFix): readonly TextEdit[] {
	const editing: Editing = { parsed, style: detectStyle(parsed.root, parsed.text), lineBreak: lineBreakOf(parsed.text) };
	switch (fix.kind) {
		case "set":
			return setEdits(editing, fix.path, fix.value);
		case "append":
			return appendEdits(editing, fix.path, fix.value);
		case "remove":
			return removalEdits(editing, fix.path);
		case "rename-key":
			return renameEdits(editing, fix.path, fix.newKey);
	}
}

function setEdits(editing: Editing, path: ConfigPath, value: unknown): readonly TextEdit[] {
	const { root } = editing.parsed;
	if (root === null) return writeIntoEmptyFile(editing, nest(path, value));
	const found = findSite(root, path);
	if (found === null) return [];
	const [next, ...rest] = found.rest;
	if (next === undefined) return found.site.parent === null ? [] : replaceValue(editing, found.site, value);
	return addBelow(editing, found.site, next, nest(rest, value));
}

function appendEdits(editing: Editing, path: ConfigPath, value: unknown): readonly TextEdit[] {
	const { root } = editing.parsed;
	const found = root === null ? null : findSite(root, path);
	if (root === null || (found !== null && found.rest.length > 0)) return setEdits(editing, path, [value]);
	if (found === null) return [];
	const { node } = found.site;
	if (node.type === "map" && node.entries.length > 0 && typeof value === "object" && value !== null && !Array.isArray(value)) {
		return Object.entries(value).flatMap(([key, child]) => addBelow(editing, found.site, key, child));
	}
	return addBelow(editing, found.site, node.type === "list" ? node.items.length : 0, value);
}

/** Gives a mapping a key, or a list an item, that it does not have; a place where nothing stands becomes one. */
function addBelow(editing: Editing, site: NodeSite, segment: string | number, value: unknown): readonly TextEdit[] {
	const { node } = site;
	if (node.type === "map" && node.entries.length > 0)
		return typeof segment === "string" ? insertEntry(editing, site, node, segment, value) : [];
	if (node.type === "list" && node.items.length > 0) return typeof segment === "number" ? appendItem(editing, site, node, value) : [];
	const holdsSomething = node.type === "alias" || (node.type === "scalar" && node.value !== null);
	return holdsSomething || site.parent === null ? [] : replaceValue(editing, site, nest([segment], value));
}

function insertEntry(editing: Editing, site: NodeSite, node: MapNode, key: string, value: unknown): readonly TextEdit[] {
	const { style, lineBreak } = editing;
	const { text } = editing.parsed;
	const before = predecessorOf(editing, site, node, key);
	const first = node.entries[0]!;
	if (node.flow || site.inFlow) {
		const written = `${renderKey(key)}: ${renderInline(value, style, true)}`;
		return before === null ? [insertion(first.keyRange.start, `${written}, `)] : [insertion(endOfEntry(before), `, ${written}`)];
	}
	const indent = " ".repeat(columnOfMap(node, text));
	const lines = renderEntry(key, value, style);
	if (before !== null) return [insertion(endOfLine(endOfEntry(before), text), lines.map((line) => lineBreak + indent + line).join(""))];
	// Keys written with a question mark begin earlier than they seem to.
	if (text[first.keyRange.start - 2] === "?" || first.keyRange.start === first.keyRange.end) return [];
	return [insertion(first.keyRange.start, lines.map((line) => line + lineBreak + indent).join(""))];
}

/** The entry after which a new key is written: by the order of the schema; the last one for a key that it does not know. */
function predecessorOf(editing: Editing, site: NodeSite, node: MapNode, key: string): MapEntry | null {
	const { tree } = editing.parsed;
	const kind = typeof tree === "object" && tree !== null && "kind" in tree ? tree.kind : null;
	const order = isConfigKind(kind) ? (describeNode(kind, site.path, tree)?.properties.map((property) => property.key) ?? []) : ["kind"];
	const place = order.indexOf(key);
	if (place < 0) return node.entries.at(-1) ?? null;
	const earlier = order.slice(0, place).toReversed();
	for (const candidate of earlier) {
		const entry = node.entries.find((each) => each.key === candidate);
		if (entry !== undefined) return entry;
	}
	return null;
}

function appendItem(editing: Editing, site: NodeSite, node: ListNode, value: unknown): readonly TextEdit[] {
	const { style, lineBreak } = editing;
	const { text } = editing.parsed;
	const end = endOfItem(node.items.at(-1)!);
	const column = columnOfList(node, text);
	if (node.flow || site.inFlow || column === null) return [insertion(end, `, ${renderInline(value, style, true)}`)];
	const indent = lineBreak + " ".repeat(column);
	const lines = renderLines(value, style).map((line, index) => indent + (index === 0 ? "- " : "  ") + line);
	return [insertion(endOfLine(end, text), lines.join(""))];
}

function renameEdits(editing: Editing, path: ConfigPath, newKey: string): readonly TextEdit[] {
	const { root } = editing.parsed;
	const found = root === null ? null : findSite(root, path);
	const entry = found === null || found.rest.length > 0 ? null : found.site.entry;
	const parent = found?.site.parent?.node;
	if (entry === null || (parent?.type === "map" && parent.byKey.get(newKey)?.mergedAt === null)) return [];
	return [{ range: entry.keyRange, newText: renderKey(newKey) }];
}

function writeIntoEmptyFile({ parsed: { text }, style, lineBreak }: Editing, value: unknown): readonly TextEdit[] {
	const separator = text === "" || text.endsWith("\n") ? "" : lineBreak;
	// A lone document marker or a byte-order mark may stand there: what is written comes after it.
	return [
		insertion(
			text.length,
			separator +
				renderLines(value, style)
					.map((line) => line + lineBreak)
					.join(""),
		),
	];
}

/** The tree in which a value stands at a path. */
function nest(path: ConfigPath, value: unknown): unknown {
	return path.reduceRight<unknown>((inner, segment) => (typeof segment === "number" ? [inner] : { [segment]: inner }), value);
}

function insertion(offset: number, newText: string): TextEdit {
	return { range: { start: offset, end: offset }, newText };
}
