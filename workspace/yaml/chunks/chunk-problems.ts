import { isConfigKind } from "../../../core/schema/schemas.ts";
import type { Anchors } from "../compose-nodes.ts";
import { problemsOf } from "../parse-whole.ts";
import { parseYaml } from "../parse-yaml.ts";
import { duplicateKey, MAX_PROBLEMS, type TextProblem } from "../syntax-problems.ts";
import { anchorsBefore } from "./chunk-list.ts";
import { type ChunkedConfig, ownerOf, repeatedKeys } from "./chunked-config.ts";
import type { Chunk } from "./parse-chunk.ts";

/** The problems of pieces as they were found for one version, for the next. */
export type KnownChunkProblems = WeakMap<Chunk, { readonly key: string; readonly problems: readonly TextProblem[] }>;

/**
 * What is wrong with a text in pieces, each piece judged alone under the key that it belongs to: so a slip says nothing of what is behind its
 * piece, and costs no more than that piece. Null when a broken piece shows no fault that way.
 */
export function problemsIn(config: ChunkedConfig, known: KnownChunkProblems): readonly TextProblem[] | null {
	const { chunks, starts, text } = config;
	const problems: TextProblem[] = repeatedKeys(config).map(({ chunk, entry }) => duplicateKey(starts[chunk]! + entry.keyRange.start, text));
	if (chunks.some(({ isBroken }) => isBroken)) {
		const anchors = anchorsBefore(chunks);
		let line = 0;
		let counted = 0;
		for (const [index, chunk] of chunks.entries()) {
			const before = anchors.next().value as Anchors;
			if (!chunk.isBroken) continue;
			if (problems.length >= MAX_PROBLEMS) break;
			const start = starts[index]!;
			for (; counted < start; line++) counted = text.indexOf("\n", counted) + 1;
			const found = problemsOfChunk(config, index, before, line, known);
			if (found.length === 0) return null;
			problems.push(...found.map(({ range, ...rest }) => ({ ...rest, range: { start: range.start + start, end: range.end + start } })));
		}
	}
	return problems.sort((left, right) => left.range.start - right.range.start).slice(0, MAX_PROBLEMS);
}

/** Relative to the piece. */
function problemsOfChunk(
	config: ChunkedConfig,
	index: number,
	anchors: Anchors,
	linesBefore: number,
	known: KnownChunkProblems,
): readonly TextProblem[] {
	const chunk = config.chunks[index]!;
	const lead = leadOf(config, index);
	const key = `${linesBefore} ${lead}`;
	const earlier = known.get(chunk);
	if (earlier?.key === key) return earlier.problems;
	const text = lead + chunk.text;
	const leadLines = lead === "" ? 0 : lead.split("\n").length - 1;
	const place = (offset: number) => Math.max(0, Math.min(offset - lead.length, chunk.text.length));
	const problems = problemsOf(parseYaml(text), text, anchors, linesBefore - leadLines).map(({ range, ...rest }) => ({
		...rest,
		range: { start: place(range.start), end: Math.max(place(range.end), place(range.start)) },
	}));
	// What aliases lead to, also those that only come to light when a slip is mended, may have changed by the next time.
	if (!chunk.text.includes("*")) known.set(chunk, { key, problems });
	return problems;
}

/** As much of the file as tells what a piece should be. */
function leadOf(config: ChunkedConfig, index: number): string {
	const kind = config.byKey.get("kind");
	const isOwn = kind?.chunk === index;
	const kindLine = isConfigKind(kind?.value) && !isOwn ? `kind: ${kind.value}\n` : "";
	if (config.chunks[index]!.role !== "item") return index === 0 ? "" : kindLine;
	return `${kindLine}${JSON.stringify(ownerOf(config, index).entry.key)}:\n`;
}
