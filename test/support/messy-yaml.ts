import fc from "fast-check";

/**
 * Texts in YAML whose layout is as untidy as it may be: any indentation, spaces around everything, comments and blank lines anywhere, block and flow
 * style, texts of every style over one or more lines, anchors, CRLF. All of them parse.
 */
export function messyYaml(): fc.Arbitrary<string> {
	return fc
		.tuple(
			fc.array(fc.tuple(keyText(), block(2)), { minLength: 1, maxLength: 5 }),
			fc.infiniteStream(fc.nat(1000)),
			fc.constantFrom("\n", "\r\n"),
		)
		.map(([entries, stream, lineBreak]) => {
			const next = (below: number) => (stream.next().value ?? 0) % below;
			const writer: Writer = { lines: [], next, anchors: 0 };
			writeMap(writer, entries, 0, "");
			if (next(2) === 0) writer.lines.push(...Array.from({ length: next(3) }, () => " ".repeat(next(3))));
			return (writer.lines.join("\n") + (next(3) === 0 ? "" : "\n")).replaceAll("\n", lineBreak);
		});
}

type Block =
	| { readonly kind: "map"; readonly entries: readonly (readonly [string, Block])[] }
	| { readonly kind: "list"; readonly items: readonly Block[] }
	| { readonly kind: "flow"; readonly value: Flow }
	| { readonly kind: "text"; readonly words: readonly string[]; readonly style: "plain" | "single" | "double" | "literal" | "folded" }
	| { readonly kind: "empty" };

type Flow = string | readonly Flow[] | { readonly entries: readonly (readonly [string, Flow])[] };

function keyText(): fc.Arbitrary<string> {
	return fc
		.tuple(fc.constantFrom("name", "path", "größe", "a b", '"x: y"', "'it''s'", "🙂"), fc.nat(99))
		.map(([word, number]) => (/["']$/.test(word) ? word.replace(/(["'])$/, `${number}$1`) : `${word}${number}`));
}

function word(): fc.Arbitrary<string> {
	return fc.constantFrom("Word", "30", "x:y", "a#b", "*.csv", "Ä", "🙂", "-1", "2026-11-04");
}

function block(depth: number): fc.Arbitrary<Block> {
	const text = fc.record({
		kind: fc.constant("text" as const),
		words: fc.array(word(), { minLength: 1, maxLength: 4 }),
		style: fc.constantFrom("plain" as const, "single" as const, "double" as const, "literal" as const, "folded" as const),
	});
	const leaves = [text, fc.record({ kind: fc.constant("flow" as const), value: flow(2) }), fc.constant({ kind: "empty" as const })];
	if (depth === 0) return fc.oneof(...leaves);
	return fc.oneof(
		...leaves,
		fc.record({
			kind: fc.constant("map" as const),
			entries: fc.array(fc.tuple(keyText(), block(depth - 1)), { minLength: 1, maxLength: 4 }),
		}),
		fc.record({ kind: fc.constant("list" as const), items: fc.array(block(depth - 1), { minLength: 1, maxLength: 4 }) }),
	);
}

function flow(depth: number): fc.Arbitrary<Flow> {
	const leaf = fc.constantFrom("a", "30", '"b, c"', "'d]'", "x y", "🙂");
	if (depth === 0) return leaf;
	return fc.oneof(
		fc.array(flow(depth - 1), { maxLength: 3 }),
		fc.record({
			entries: fc.array(fc.tuple(fc.constantFrom("k", '"q"', "l m"), fc.oneof(flow(depth - 1), fc.constant(""))), { maxLength: 3 }),
		}),
		leaf,
	);
}

interface Writer {
	readonly lines: string[];
	/** Some whole number from 0 to below another. */
	readonly next: (below: number) => number;
	anchors: number;
}

/** @param head what stands on the line already, behind which the first key begins. */
function writeMap(writer: Writer, entries: readonly (readonly [string, Block])[], column: number, head: string): void {
	const seen = new Set<string>();
	let lead = head;
	for (const [key, value] of entries) {
		if (seen.has(key)) continue;
		seen.add(key);
		if (lead === "") writeNoise(writer, column);
		const start = lead === "" ? " ".repeat(column) : lead;
		lead = "";
		const isTight = writer.next(2) === 0;
		writeValue(writer, value, column, `${start}${key}${isTight ? "" : " ".repeat(writer.next(3))}:`, false);
	}
}

function writeList(writer: Writer, items: readonly Block[], column: number, head: string): void {
	let lead = head;
	for (const item of items) {
		if (lead === "") writeNoise(writer, column);
		const start = lead === "" ? " ".repeat(column) : lead;
		lead = "";
		writeValue(writer, item, column, `${start}-`, true);
	}
}

/** Writes a value behind what its line begins with. @param column of the key or dash. */
function writeValue(writer: Writer, value: Block, column: number, before: string, isItem: boolean): void {
	const { next, lines } = writer;
	const space = () => " ".repeat(1 + next(3));
	const deeper = column + 1 + next(4);
	const anchor = next(6) === 0 && value.kind !== "empty" ? `${space()}&a${++writer.anchors}` : "";
	switch (value.kind) {
		case "empty":
			lines.push(before + tail(writer));
			return;
		case "map": {
			if (isItem && anchor === "" && next(2) === 0) {
				const lead = before + space();
				writeMap(writer, value.entries, widthOf(lead), lead);
			} else {
				lines.push(before + anchor + tail(writer));
				writeMap(writer, value.entries, deeper, "");
			}
			return;
		}
		case "list": {
			if (isItem && anchor === "" && next(2) === 0) {
				const lead = before + space();
				writeList(writer, value.items, widthOf(lead), lead);
			} else {
				lines.push(before + anchor + tail(writer));
				writeList(writer, value.items, isItem || next(2) === 0 ? deeper : column, "");
			}
			return;
		}
		case "flow":
			lines.push(before + anchor + space() + renderFlow(writer, value.value, deeper) + tail(writer));
			return;
		case "text":
			writeText(writer, value.words, value.style, before + anchor, column, deeper);
	}
}

function writeText(
	writer: Writer,
	words: readonly string[],
	style: "plain" | "single" | "double" | "literal" | "folded",
	before: string,
	column: number,
	deeper: number,
): void {
	const { next, lines } = writer;
	if (style === "literal" || style === "folded") {
		const columns = next(4) === 0 ? String(deeper - column) : "";
		lines.push(`${before} ${style === "literal" ? "|" : ">"}${columns}${["", "-", "+"][next(3)]}${tail(writer)}`);
		for (const [index, each] of words.entries()) {
			lines.push(" ".repeat(deeper + (index === 0 ? 0 : next(3))) + each);
			if (next(4) === 0) lines.push(" ".repeat(next(deeper + 3)));
		}
		return;
	}
	const quote = style === "plain" ? "" : style === "single" ? "'" : '"';
	const first = style === "plain" ? `w${words[0]}` : words[0]!;
	let line = `${before} ${quote}${first}`;
	for (const each of words.slice(1)) {
		if (next(3) === 0) {
			lines.push(line);
			if (next(4) === 0) lines.push("");
			line = `${" ".repeat(deeper + next(3))}${each}`;
		} else {
			line += ` ${each}`;
		}
	}
	lines.push(line + quote + tail(writer));
}

function renderFlow(writer: Writer, value: Flow, column: number): string {
	const { next } = writer;
	const gap = () => (next(5) === 0 ? `${next(3) === 0 ? " # in brackets" : ""}\n${" ".repeat(column + next(4))}` : " ".repeat(next(3)));
	if (typeof value === "string") return value;
	const parts = Array.isArray(value)
		? (value as readonly Flow[]).map((item) => renderFlow(writer, item, column))
		: (value as { entries: readonly (readonly [string, Flow])[] }).entries
				.filter(([key], index, all) => all.findIndex(([other]) => other === key) === index)
				.map(([key, item]) => `${key}${" ".repeat(next(2))}:${" ".repeat(1 + next(2))}${renderFlow(writer, item, column)}`);
	const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
	return open + gap() + parts.join(`${" ".repeat(next(2))},${gap()}`) + gap() + close;
}

function writeNoise({ lines, next }: Writer, column: number): void {
	if (next(5) === 0) lines.push(" ".repeat(next(4)));
	if (next(5) === 0) lines.push(`${" ".repeat(next(3) === 0 ? next(6) : column)}# note ${next(100)}${" ".repeat(next(2))}`);
}

function tail({ next }: Writer): string {
	if (next(6) === 0) return `${" ".repeat(1 + next(4))}# tail ${next(100)}`;
	return next(4) === 0 ? " ".repeat(next(3)) : "";
}

/** Columns count UTF-16 code units, as the parser does. */
function widthOf(text: string): number {
	return text.length;
}
