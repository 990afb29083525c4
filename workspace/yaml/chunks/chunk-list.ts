import type { Schema } from "yaml";
import { type Anchors, MAX_ALIASED_NODES } from "../compose-nodes.ts";
import type { ConfigNode } from "../config-node.ts";
import { createYamlSchema } from "../parse-yaml.ts";
import { type Chunk, isStillLinked, parseChunk } from "./parse-chunk.ts";
import { type Span, splitText } from "./split-text.ts";

/** A text as pieces that were parsed alone, without a gap between them. */
export interface ChunkList {
	readonly text: string;
	readonly chunks: readonly Chunk[];
	/** Where each begins. */
	readonly starts: readonly number[];
}

/**
 * Cuts a text and parses its pieces; pieces that the version before had, or the last good one, are taken over. Null for a text that can only
 * be understood as a whole.
 */
export function parseChunks(text: string, before: ChunkList | null, lastGood: ChunkList | null): ChunkList | null {
	const spans = splitText(text);
	if (spans === null) return null;
	const reusedOfBefore = reuse(spans, text, before);
	const reusedOfGood = lastGood === before ? reusedOfBefore : reuse(spans, text, lastGood);
	const reused = (index: number) => {
		const ofGood = reusedOfGood(index);
		if (ofGood.same !== null || reusedOfGood === reusedOfBefore) return ofGood;
		const { same, earlier } = reusedOfBefore(index);
		return { same, earlier: ofGood.earlier ?? earlier };
	};
	const chunks: Chunk[] = [];
	const anchors = new Map<string, ConfigNode | null>();
	let schema: Schema | null = null;
	let aliasedNodes = 0;
	for (const [index, span] of spans.entries()) {
		const { same, earlier } = reused(index);
		let chunk = same;
		if (chunk === null || !isStillLinked(chunk, anchors)) {
			schema ??= createYamlSchema();
			const own = chunk?.text ?? copyOf(text, span);
			chunk = parseChunk(own, span.role, span.column, schema, anchors, chunk ?? earlier);
			// Without its key a list in pieces would hang in the air.
			if (chunk === null || (chunk.isBroken && chunk.role === "head")) return null;
		}
		chunks.push(chunk);
		if (chunk.links === null) continue;
		aliasedNodes += chunk.links.aliasedNodes;
		if (aliasedNodes >= MAX_ALIASED_NODES) return null;
		for (const [name, node] of chunk.links.anchors) anchors.set(name, node);
	}
	return { text, chunks, starts: spans.map((span) => span.start) };
}

/** The anchors known before each piece. */
export function* anchorsBefore(chunks: readonly Chunk[]): Generator<Anchors> {
	const anchors = new Map<string, ConfigNode | null>();
	for (const chunk of chunks) {
		yield anchors;
		if (chunk.links !== null) for (const [name, node] of chunk.links.anchors) anchors.set(name, node);
	}
}

/** Index of the piece that an offset is in; at a seam, of the one that begins there. */
export function chunkIndexAt({ starts }: ChunkList, offset: number): number {
	let low = 0;
	let high = starts.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if (starts[middle]! <= offset) low = middle;
		else high = middle - 1;
	}
	return low;
}

/** By index, the piece of an earlier version that is the same, or else the one that stood in its place. */
function reuse(
	spans: readonly Span[],
	text: string,
	before: ChunkList | null,
): (index: number) => { readonly same: Chunk | null; readonly earlier: Chunk | null } {
	if (before === null) return () => ({ same: null, earlier: null });
	const { chunks, starts } = before;
	const { lead, tail } = commonEnds(before.text, text);
	const most = Math.min(spans.length, chunks.length);
	const grown = spans.length - chunks.length;
	const moved = text.length - before.text.length;
	let prefix = 0;
	while (prefix < most && spans[prefix]!.end <= lead && isAt(spans[prefix]!, chunks[prefix]!, starts[prefix]!)) prefix++;
	let suffix = 0;
	for (; suffix < most - prefix; suffix++) {
		const index = spans.length - 1 - suffix;
		if (spans[index]!.start < text.length - tail || !isAt(spans[index]!, chunks[index - grown]!, starts[index - grown]! + moved)) break;
	}
	return (index) => {
		if (index < prefix) return { same: chunks[index]!, earlier: null };
		if (index >= spans.length - suffix) return { same: chunks[index - grown]!, earlier: null };
		return { same: null, earlier: index < chunks.length - suffix ? chunks[index]! : null };
	};
}

function isAt(span: Span, { text, role, column }: Chunk, start: number): boolean {
	return span.start === start && span.end - span.start === text.length && span.role === role && span.column === column;
}

/** How many characters two texts begin with in common, and how many of the rest they end with. Compares whole blocks, as the machine does. */
function commonEnds(one: string, other: string): { readonly lead: number; readonly tail: number } {
	const most = Math.min(one.length, other.length);
	const lead = longest(most, (from, to) => one.slice(from, to) === other.slice(from, to));
	const tail = longest(
		most - lead,
		(from, to) => one.slice(one.length - to, one.length - from) === other.slice(other.length - to, other.length - from),
	);
	return { lead, tail };
}

/** The greatest length at which everything is equal. */
function longest(most: number, isEqual: (from: number, to: number) => boolean): number {
	let length = 0;
	for (let block = BLOCK; block > 0; block = Math.floor(block / 2))
		while (length + block <= most && isEqual(length, length + block)) length += block;
	return length;
}

const BLOCK = 65_536;

/** A text of its own: a mere view would keep the whole text of its version in memory for as long as the piece lives. */
function copyOf(text: string, { start, end }: Span): string {
	return ` ${text.slice(start, end)}`.slice(1);
}
